package io.github.snatsim.plan;

/**
 * Erlang's loss formula B(N, a): the share of attempts that find all N ports taken, for Poisson arrivals that ask for a
 * erlangs (arrivals per second x mean seconds a port is taken), whatever the distribution of that time (rule M2). Source: A.
 * K. Erlang, 1917.
 *
 * <p>Sums 1/B = 1 + N/a + N(N-1)/a² + ... from its first term on. All terms are positive, so nothing cancels: the relative
 * error is below 2.3e-16 x terms, 3e-10 at the worst for N = 10^6. Terms fall once fewer ports are left than a, and the sum
 * ends when the rest cannot matter: about max(0, N - a) + 9 x sqrt(N) terms, never more than N + 1. Only the four basic
 * operations are used, so every JDK gives the same bits. Stateless.
 */
public final class ErlangB {
    /** The smallest share that can be asked for. */
    public static final double TARGET_MIN = 1e-50;

    /** The smallest load above none: below it a step of the sum could leave the range of a {@code double}. */
    private static final double ERLANGS_MIN = 1e-100;

    /** More than this asks for more ports than an {@code int} counts. */
    static final double ERLANGS_MAX = 1e9;

    /** A rest of the sum that does not change it. */
    private static final double NEGLIGIBLE = 1e-17;

    private static final int RESCALE_BITS = 500;
    private static final double RESCALE_ABOVE = 0x1p500;

    private ErlangB() {}

    /** 1/B = sum x 2^exponent. */
    private record Inverse(double sum, int exponent) {
        static Inverse of(int ports, double erlangs) {
            double sum = 1;
            double term = 1;
            int exponent = 0;
            for (int left = ports; left > 0; left--) {
                term *= left / erlangs;
                sum += term;
                if (sum > RESCALE_ABOVE) {
                    sum /= RESCALE_ABOVE;
                    term /= RESCALE_ABOVE;
                    exponent += RESCALE_BITS;
                }
                // further terms fall at least like powers of left/erlangs: their sum is below term x left/(erlangs -
                // left)
                if (left < erlangs && term * left <= NEGLIGIBLE * sum * (erlangs - left)) {
                    break;
                }
            }
            return new Inverse(sum, exponent);
        }
    }

    /**
     * Returns the share of attempts that are refused.
     *
     * @param ports how many ports there are, not negative
     * @param erlangs the offered load, 0 or from 1e-100 on; may be infinite
     * @return 0 to 1; 1 without ports, 0 where B is below the range of a {@code double}
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double blocking(int ports, double erlangs) {
        check(ports, erlangs);
        if (erlangs == 0) {
            return ports == 0 ? 1 : 0;
        }
        Inverse inverse = Inverse.of(ports, erlangs);
        return Math.scalb(1 / inverse.sum, -inverse.exponent);
    }

    /**
     * Returns the decimal logarithm of {@link #blocking}, also where that is below the range of a {@code double}.
     *
     * @param ports how many ports there are, not negative
     * @param erlangs the offered load, 0 or from 1e-100 on; may be infinite
     * @return 0 or less; negative infinity without load
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double log10Blocking(int ports, double erlangs) {
        check(ports, erlangs);
        if (erlangs == 0) {
            return ports == 0 ? 0 : Double.NEGATIVE_INFINITY;
        }
        Inverse inverse = Inverse.of(ports, erlangs);
        double log = StrictMath.log10(inverse.sum) + inverse.exponent * StrictMath.log10(2);
        return log == 0 ? 0 : -log;
    }

    /**
     * Returns the fewest ports that keep the refused share within a target. Doubling steps, then halving: as often as the
     * answer has binary digits, twice.
     *
     * @param erlangs the offered load, 0 or 1e-100 to 1e9
     * @param targetShare the share that may be refused, 1e-50 to below 1
     * @return the smallest N with {@code blocking(N, erlangs) <= targetShare}; 0 without load
     * @throws IllegalArgumentException if a number is out of range
     */
    public static int ports(double erlangs, double targetShare) {
        check(0, erlangs);
        checkTarget(targetShare);
        if (erlangs > ERLANGS_MAX) {
            throw new IllegalArgumentException("a load of " + erlangs + " erlangs: expected at most " + ERLANGS_MAX);
        }
        if (erlangs == 0) {
            return 0;
        }
        // N ports carry less than N erlangs, so fewer than a(1 - target) ports refuse more than the target
        int tooFew = (int) Math.max(0, Math.floor(erlangs * (1 - targetShare)) - 1);
        int step = 1;
        while (blocking(tooFew + step, erlangs) > targetShare) {
            tooFew += step;
            step *= 2;
        }
        int enough = tooFew + step;
        while (enough - tooFew > 1) {
            int middle = tooFew + (enough - tooFew) / 2;
            if (blocking(middle, erlangs) > targetShare) {
                tooFew = middle;
            } else {
                enough = middle;
            }
        }
        return enough;
    }

    /**
     * Returns the highest load that so many ports carry within a target. Halves an interval down to two neighbouring
     * numbers: about 60 times the cost of {@link #blocking}.
     *
     * @param ports how many ports there are, not negative
     * @param targetShare the share that may be refused, 1e-50 to below 1
     * @return a load a with {@code blocking(ports, a) <= targetShare} that the next {@code double} exceeds; 0 without ports
     * @throws IllegalArgumentException if a number is out of range
     */
    public static double erlangs(int ports, double targetShare) {
        check(ports, 0);
        checkTarget(targetShare);
        if (ports == 0) {
            return 0;
        }
        double fits = 0;
        double tooMuch = Math.nextUp(ports / (1 - targetShare)); // N ports carry less than N erlangs
        while (true) {
            double middle = fits + (tooMuch - fits) / 2;
            if (middle <= fits || middle >= tooMuch) {
                return fits;
            }
            if (blocking(ports, middle) > targetShare) {
                tooMuch = middle;
            } else {
                fits = middle;
            }
        }
    }

    private static void check(int ports, double erlangs) {
        if (ports < 0) {
            throw new IllegalArgumentException(ports + " ports: expected at least 0");
        }
        if (!(erlangs == 0 || erlangs >= ERLANGS_MIN)) {
            throw new IllegalArgumentException(
                    "a load of " + erlangs + " erlangs: expected 0, or " + ERLANGS_MIN + " and above");
        }
    }

    /** Refuses a target that no number of ports, or any, would meet. */
    static void checkTarget(double targetShare) {
        if (!(targetShare >= TARGET_MIN && targetShare < 1)) {
            throw new IllegalArgumentException(
                    "a refused share of " + targetShare + ": expected " + TARGET_MIN + " to below 1");
        }
    }
}
