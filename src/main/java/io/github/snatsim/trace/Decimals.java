package io.github.snatsim.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Exact decimal text to whole nanoseconds and back; a {@code double} would shift half of all microseconds. */
final class Decimals {
    /** What {@link #nanos} takes, in words for an error. */
    static final String EXPECTED = "seconds as a decimal number from 0 to 9,223,372,036";

    private static final long SECONDS_MAX = Long.MAX_VALUE / 1_000_000_000L - 1;
    private static final int TEXT_MAX = 64;

    private Decimals() {}

    /**
     * Returns seconds, such as {@code 1588205199.82437} or {@code 1.9e-06}, in nanoseconds; further digits are cut off.
     *
     * @return the nanoseconds, or -1 if the text is not such a number, is negative or above 292 years
     */
    static long nanos(String text) {
        int end = text.length();
        long seconds = 0;
        int at = 0;
        while (at < end && isDigit(text.charAt(at)) && seconds <= SECONDS_MAX) {
            seconds = seconds * 10 + text.charAt(at++) - '0';
        }
        if (at == 0 || seconds > SECONDS_MAX) {
            return -1;
        }
        long fraction = 0;
        long digitNanos = 100_000_000;
        if (at < end && text.charAt(at) == '.') {
            int first = ++at;
            for (; at < end && isDigit(text.charAt(at)); at++) {
                fraction += (text.charAt(at) - '0') * digitNanos;
                digitNanos /= 10;
            }
            if (at == first) {
                return -1;
            }
        }
        return at == end ? seconds * 1_000_000_000 + fraction : withExponent(text, at);
    }

    private static boolean isDigit(char c) {
        return '0' <= c && c <= '9';
    }

    private static long withExponent(String text, int exponentAt) {
        if (text.length() > TEXT_MAX || !text.substring(exponentAt).matches("[eE][+-]?[0-9]{1,3}")) {
            return -1;
        }
        BigDecimal seconds = new BigDecimal(text);
        return seconds.compareTo(BigDecimal.valueOf(SECONDS_MAX)) > 0
                ? -1
                : seconds.movePointRight(9).setScale(0, RoundingMode.DOWN).longValueExact();
    }

    /** Returns a length of time in seconds for people, for example {@code 1.5 s}. */
    static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
    }
}
