package io.github.snatsim.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How numbers and times look in every report, whatever the JDK and the locale. */
final class Numbers {
    private static final double SHARE_MIN = 1e-8;

    private Numbers() {}

    /** A name from outside without control characters: it may not move the cursor or break the line. */
    static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    /** 1234567 as {@code 1,234,567}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A share in per cent with one digit: {@code 33.8 %}; what is above zero never prints as 0.0. */
    static String percent(long part, long whole) {
        if (part == 0 || whole == 0) {
            return "0 %";
        }
        BigDecimal percent = BigDecimal.valueOf(part)
                .scaleByPowerOfTen(2)
                .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
        return percent.signum() == 0 ? "< 0.1 %" : percent + " %";
    }

    /** A mean with a digit behind the point, or none where it is whole: {@code 37,980}, {@code 34.1}. */
    static String mean(double value) {
        return StrictMath.rint(value) == value
                ? count((long) value)
                : String.format(Locale.ROOT, "%,.1f", new BigDecimal(value).setScale(1, RoundingMode.HALF_EVEN));
    }

    /** A number with so many digits behind the point, the same on every JDK. */
    static String decimal(double value, int digits) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString()
                : "unknown";
    }

    /** A number with three significant digits, the same on every JDK; {@code 1.06}, {@code 12,300}. */
    static String significant(double value) {
        if (!Double.isFinite(value)) {
            return "unknown";
        }
        BigDecimal rounded = new BigDecimal(value)
                .round(new MathContext(3, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        return rounded.scale() <= 0 && rounded.precision() - rounded.scale() < 19
                ? count(rounded.longValueExact())
                : rounded.toPlainString();
    }

    /** A share of 1 in per cent with three digits; what is above zero never prints as 0. */
    static String share(double share) {
        return share > 0 && share < SHARE_MIN ? "< 0.000001 %" : significant(100 * share) + " %";
    }

    /** A share of 1 in per cent however small: {@code 0.1 %}, {@code 1E-10 %}. */
    static String smallShare(double share) {
        return share > 0 && share < SHARE_MIN
                ? new BigDecimal(100 * share).round(new MathContext(3)).stripTrailingZeros() + " %"
                : share(share);
    }

    /** 64170.25 as {@code 64,170.3}, with so many digits behind the point. */
    static String grouped(double value, int digits) {
        return Double.isFinite(value)
                ? String.format(
                        Locale.ROOT,
                        "%,." + digits + "f",
                        new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN))
                : "unknown";
    }

    /** A number for machines: at most nine digits behind the point, no exponent. */
    static BigDecimal exact(double value) {
        BigDecimal rounded =
                new BigDecimal(value).setScale(9, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** Seconds for machines, exact to the nanosecond. */
    static BigDecimal seconds(long nanos) {
        BigDecimal seconds = BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }

    /** A duration with the unit that suits it: {@code 12.3 s}, {@code 4 min 5 s}, {@code 3 h 20 min}. */
    static String duration(long nanos) {
        long seconds = nanos / 1_000_000_000;
        if (seconds < 60) {
            return BigDecimal.valueOf(nanos, 9).setScale(seconds < 1 ? 3 : 1, RoundingMode.HALF_UP) + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return count(seconds / 3_600) + " h " + seconds / 60 % 60 + " min";
    }

    /** A point in virtual time in seconds, to the millisecond where it has any: {@code 243.2 s}, {@code 12.0 s}. */
    static String time(long nanos) {
        BigDecimal seconds =
                BigDecimal.valueOf(nanos, 9).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
        return seconds.setScale(Math.max(1, seconds.scale())).toPlainString() + " s";
    }

    /** Microseconds since the epoch, for machines. */
    static long micros(long nanos) {
        return Math.floorDiv(nanos, 1_000);
    }

    /** An instant in UTC with microseconds: {@code 2014-10-11T19:36:07.199882Z}. */
    static String instant(long nanos) {
        return Instant.EPOCH.plus(micros(nanos), ChronoUnit.MICROS).toString();
    }
}
