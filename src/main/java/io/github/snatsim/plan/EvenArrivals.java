package io.github.snatsim.plan;

import io.github.snatsim.workload.Rate;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The exact bound for arrivals that are equally far apart and each take a port for the same time, lifetime and hold together
 * (rules M2, C5). Rates are fractions and times nanoseconds: nothing is rounded but where it says so.
 *
 * <p>The k-th arrival comes at floor(k x gap). A port taken at t is free for an arrival at t + busy (R6), so the arrivals
 * k, ..., k + m - 1 overlap where m = ceil(busy / gap), and k + m never meets k: m ports refuse nothing, m - 1 refuse arrival
 * m - 1. All answers take constant time. Stateless.
 */
public final class EvenArrivals {
    private EvenArrivals() {}

    /**
     * Returns the fewest ports that refuse nothing: the arrivals within the time that a port is taken.
     *
     * @param rate how often attempts come
     * @param busyNanos how long each takes its port, lifetime and hold, not negative
     * @return ports, at least 1
     * @throws IllegalArgumentException if the time is negative
     * @throws ArithmeticException if the number does not fit a {@code long}
     */
    public static long portsNeeded(Rate rate, long busyNanos) {
        check(busyNanos);
        return Math.max(1, ceilDiv(product(busyNanos, rate.count()), rate.perNanos()));
    }

    /**
     * Returns the share of attempts that are refused in the long run: of every m arrivals as many as there are ports are
     * served. Exact unless busy is within a nanosecond of a multiple of the gap, where the clock's grid shifts a few.
     *
     * @param rate how often attempts come
     * @param busyNanos how long each takes its port, not negative
     * @param ports how many there are, not negative
     * @return 0 to 1
     * @throws IllegalArgumentException if a number is negative
     */
    public static double refusedShare(Rate rate, long busyNanos, long ports) {
        checkPorts(ports);
        long needed = portsNeeded(rate, busyNanos);
        return ports >= needed ? 0 : (double) (needed - ports) / needed;
    }

    /**
     * Returns the highest rate that is never refused: ports / busy (corollary of R7; 1,024 ports at 240 s: 4.27/s).
     *
     * @param ports how many there are, at least 1
     * @param busyNanos how long each attempt takes its port, not negative
     * @return the rate; empty if ports are free at once and any rate is carried
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Optional<Rate> rateMax(long ports, long busyNanos) {
        check(busyNanos);
        if (ports < 1) {
            throw new IllegalArgumentException(ports + " ports: expected at least 1");
        }
        return busyNanos == 0 ? Optional.empty() : Optional.of(new Rate(ports, busyNanos));
    }

    /**
     * Returns the longest time, lifetime and hold together, for which so many ports refuse nothing at a rate.
     *
     * @param rate how often attempts come
     * @param ports how many there are, not negative
     * @return nanoseconds, rounded down; the longest {@code long} if it is longer
     * @throws IllegalArgumentException if the number is negative
     */
    public static long busyNanosMax(Rate rate, long ports) {
        checkPorts(ports);
        BigInteger nanos = product(ports, rate.perNanos()).divide(BigInteger.valueOf(rate.count()));
        return nanos.bitLength() < Long.SIZE ? nanos.longValue() : Long.MAX_VALUE;
    }

    /**
     * Returns when the first attempt is refused if arrivals begin with all ports free. The last free port went one gap
     * before.
     *
     * @param rate how often attempts come
     * @param busyNanos how long each takes its port, not negative
     * @param ports how many there are, not negative
     * @return nanoseconds after the first arrival; empty if that never happens
     * @throws IllegalArgumentException if a number is negative
     */
    public static OptionalLong firstRefusalNanos(Rate rate, long busyNanos, long ports) {
        checkPorts(ports);
        return ports >= portsNeeded(rate, busyNanos) ? OptionalLong.empty() : OptionalLong.of(rate.timeNanos(ports));
    }

    /**
     * Returns when the first attempt is refused after arrivals that had gone on for at least {@code busyNanos} get another
     * rate, or ports become fewer. The first arrival of the new rate comes in the place of one of the old rate. For a change
     * of ports alone both rates are the same; then, and where the rate falls, the answer is 0 or never. Takes as many steps
     * as the number of ports has binary digits.
     *
     * @param before the old rate; if the ports do not carry it, the answer is 0
     * @param after the new rate
     * @param busyNanos how long each takes its port, not negative
     * @param ports how many there are after the change, not negative
     * @return nanoseconds after the change; empty if that never happens
     * @throws IllegalArgumentException if a number is negative
     */
    public static OptionalLong firstRefusalNanos(Rate before, Rate after, long busyNanos, long ports) {
        checkPorts(ports);
        check(busyNanos);
        if (takenBefore(0, before, after, busyNanos) >= ports) {
            return OptionalLong.of(0);
        }
        long needed = portsNeeded(after, busyNanos);
        // after the last old flow has gone, arrival number ports is refused if any is: the latest first refusal there
        // can be
        long last = Math.min(ports, needed - 1);
        if (takenBefore(last, before, after, busyNanos) < ports) {
            return OptionalLong.empty();
        }
        long free = 0;
        long refused = last;
        while (refused - free > 1) {
            long middle = free + (refused - free) / 2;
            if (takenBefore(middle, before, after, busyNanos) >= ports) {
                refused = middle;
            } else {
                free = middle;
            }
        }
        return OptionalLong.of(after.timeNanos(refused));
    }

    /**
     * Ports that the k-th new arrival finds taken, k below {@code portsNeeded(after)}: k new ones, and the old ones that came
     * less than busy ago. Old ones came ceil(i x gap) before the change, i = 1, 2, ...
     */
    private static long takenBefore(long k, Rate before, Rate after, long busyNanos) {
        long leftNanos = busyNanos - after.timeNanos(k) - 1;
        long old = leftNanos < 0
                ? 0
                : product(leftNanos, before.count())
                        .divide(BigInteger.valueOf(before.perNanos()))
                        .longValueExact();
        return old + k;
    }

    private static BigInteger product(long one, long other) {
        return BigInteger.valueOf(one).multiply(BigInteger.valueOf(other));
    }

    private static long ceilDiv(BigInteger dividend, long divisor) {
        BigInteger[] parts = dividend.divideAndRemainder(BigInteger.valueOf(divisor));
        return parts[0].longValueExact() + parts[1].signum();
    }

    private static void check(long busyNanos) {
        if (busyNanos < 0) {
            throw new IllegalArgumentException("a port taken for " + busyNanos + " ns: expected at least 0");
        }
    }

    private static void checkPorts(long ports) {
        if (ports < 0) {
            throw new IllegalArgumentException(ports + " ports: expected at least 0");
        }
    }
}
