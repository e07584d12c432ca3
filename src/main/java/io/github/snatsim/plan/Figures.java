package io.github.snatsim.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** How numbers stand in the planner's sentences, and their ranges. Stateless. */
final class Figures {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    private Figures() {}

    /** Exactly, {@code 0.5 s}. */
    static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
        return plain(seconds) + " s";
    }

    /** {@code 64,512}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** With three digits, {@code 4.27}. */
    static String number(double value) {
        return Double.isFinite(value) ? plain(new BigDecimal(value).round(THREE_DIGITS)) : "unlimited";
    }

    /** With three digits, {@code 12.5 %}. */
    static String percent(double share) {
        return number(share * 100) + " %";
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    static void checkAboveZero(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " of " + seconds(value) + ": expected above zero");
        }
    }

    static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " " + value + ": expected "
                    + (max == Integer.MAX_VALUE ? "at least " + min : min + "-" + max));
        }
    }
}
