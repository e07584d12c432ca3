package io.github.snatsim.scenario;

import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.workload.Rate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values: durations and rates exactly, without a {@code double} on the way. */
final class Units {
    private static final String DECIMAL = "[0-9]{1,19}(?:\\.[0-9]{1,19})?";
    private static final Pattern DURATION_PART = Pattern.compile("(" + DECIMAL + ")(ns|us|ms|s|min|h|d)");
    private static final Pattern RATE = Pattern.compile("(" + DECIMAL + ")/(.{1,100})");
    private static final Pattern NUMBER = Pattern.compile("-?" + DECIMAL + "(?:[eE][-+]?[0-9]{1,3})?");
    private static final Pattern PERCENT = Pattern.compile("(" + DECIMAL + ")%");
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    /** From the longest to the shortest: the order in which parts may follow each other. */
    private static final List<String> UNITS = List.of("d", "h", "min", "s", "ms", "us", "ns");

    private static final long[] UNIT_NANOS = {
        86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
    };

    private static final String A_DURATION = "a duration with a unit such as 240s, 10ms, 4min, 1h, 1d";
    private static final String A_RATE = "a rate such as 5/s, 0.5/s, 100/min, 1000/h, 1/240s";

    private Units() {}

    /** A duration of whole nanoseconds, up to 292 years. */
    static Duration duration(Node node) {
        String text = scalar(node, A_DURATION);
        return parseDuration(text).orElseThrow(() -> node.wrong(A_DURATION + reason(text)));
    }

    /** A duration above zero. */
    static Duration aboveZero(Node node) {
        Duration duration = duration(node);
        if (duration.isZero()) {
            throw node.wrong(A_DURATION + ", above zero");
        }
        return duration;
    }

    private static String reason(String text) {
        return NUMBER.matcher(text).matches() && !text.startsWith("-")
                ? ""
                : "; whole nanoseconds, up to 292 years, longer units first";
    }

    /** Reads a duration, empty if the text is none. */
    static Optional<Duration> parseDuration(String text) {
        Matcher parts = DURATION_PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        int last = -1;
        while (end < text.length()) {
            if (!parts.region(end, text.length()).lookingAt() || UNITS.indexOf(parts.group(2)) <= last) {
                return Optional.empty();
            }
            last = UNITS.indexOf(parts.group(2));
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(UNIT_NANOS[last])));
            end = parts.end();
        }
        try {
            return end == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos.longValueExact()));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Writes a duration in the largest unit of which it is a whole number; the inverse of {@link #parseDuration}. */
    static String write(Duration duration) {
        long nanos;
        try {
            nanos = duration.toNanos();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a duration of " + duration + ": expected up to 292 years", e);
        }
        if (nanos < 0) {
            throw new IllegalArgumentException("a duration of " + duration + ": expected not negative");
        }
        int unit = 0;
        while (nanos % UNIT_NANOS[unit] != 0) {
            unit++;
        }
        return nanos == 0 ? "0s" : nanos / UNIT_NANOS[unit] + UNITS.get(unit);
    }

    /** A rate as an exact fraction. */
    static Rate rate(Node node) {
        try {
            return parseRate(scalar(node, A_RATE)).orElseThrow(() -> node.wrong(A_RATE));
        } catch (IllegalArgumentException e) {
            throw node.error(e.getMessage() + "; expected " + A_RATE, e);
        }
    }

    /** Reads a rate, empty if the text is none. */
    static Optional<Rate> parseRate(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            return Optional.empty();
        }
        String per = rate.group(2);
        return parseDuration(UNITS.contains(per) ? "1" + per : per)
                .filter(duration -> !duration.isZero())
                .map(unit -> Rate.of(new BigDecimal(rate.group(1)), unit.toNanos()));
    }

    /** Writes a rate; the inverse of {@link #rate}. */
    static String write(Rate rate) {
        for (int unit = UNITS.indexOf("s"); unit >= 0; unit--) {
            if (UNIT_NANOS[unit] % rate.perNanos() == 0) {
                BigInteger count = BigInteger.valueOf(UNIT_NANOS[unit] / rate.perNanos())
                        .multiply(BigInteger.valueOf(rate.count()));
                if (count.bitLength() < 64) {
                    return count + "/" + UNITS.get(unit);
                }
            }
        }
        return rate.count() + "/" + write(Duration.ofNanos(rate.perNanos()));
    }

    /** A share: {@code 10%} or {@code 0.1}. */
    static double share(Node node) {
        String expected = "a share such as 10% or 0.1";
        OptionalDouble percent = parsePercent(scalar(node, expected));
        return percent.isPresent() ? percent.getAsDouble() : number(node, expected);
    }

    private static OptionalDouble parsePercent(String text) {
        Matcher percent = PERCENT.matcher(text);
        return percent.matches()
                ? OptionalDouble.of(
                        new BigDecimal(percent.group(1)).movePointLeft(2).doubleValue())
                : OptionalDouble.empty();
    }

    /** Reads a share, empty if the text is none. */
    static OptionalDouble parseShare(String text) {
        OptionalDouble percent = parsePercent(text);
        return percent.isPresent() || !NUMBER.matcher(text).matches()
                ? percent
                : OptionalDouble.of(Double.parseDouble(text));
    }

    /** A number without a unit. */
    static double number(Node node) {
        return number(node, "a number such as 1.5");
    }

    private static double number(Node node, String expected) {
        String text = scalar(node, expected);
        if (!node.isPlain() || !NUMBER.matcher(text).matches()) {
            throw node.wrong(expected);
        }
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw node.wrong(expected);
        }
        return number;
    }

    /** Writes a number with as few digits as give it back, the same on every JDK. */
    static String write(double number) {
        if (number == 0) {
            return Double.doubleToRawLongBits(number) == 0 ? "0" : "-0.0";
        }
        for (int digits = 1; ; digits++) {
            BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                String text = rounded.stripTrailingZeros().toPlainString();
                return NUMBER.matcher(text).matches() ? text : rounded.unscaledValue() + "e" + -rounded.scale();
            }
        }
    }

    /** A whole number from a least one on. */
    static long whole(Node node, long min, long max) {
        String expected = min == Long.MIN_VALUE
                ? "a whole number"
                : "a whole number " + (max >= Integer.MAX_VALUE ? "from " + min + " on" : min + "-" + max);
        String text = scalar(node, expected);
        try {
            long value = node.isPlain() && WHOLE.matcher(text).matches() ? Long.parseLong(text) : Long.MIN_VALUE;
            boolean isNumber = value != Long.MIN_VALUE || text.equals(Long.toString(Long.MIN_VALUE));
            if (isNumber && value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw node.wrong(expected + ", up to 9223372036854775807");
        }
        throw node.wrong(expected);
    }

    /** Any 64-bit number: a seed. */
    static long seed(Node node) {
        return whole(node, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A number of things, at least one. */
    static int count(Node node) {
        return (int) whole(node, 1, Integer.MAX_VALUE);
    }

    /** A number of things, zero allowed. */
    static int countOrNone(Node node) {
        return (int) whole(node, 0, Integer.MAX_VALUE);
    }

    /** Any text; what YAML would take for a number must stand in quotes. */
    static String text(Node node) {
        String text = scalar(node, "text");
        if (node.isPlain() && (NUMBER.matcher(text).matches() || text.equals("true") || text.equals("false"))) {
            throw node.wrong("text, this one in quotes");
        }
        return text;
    }

    /** Text that another class reads; what that says is reported here. */
    static <T> T parsed(Node node, Function<String, T> parse) {
        String text = scalar(node, "text");
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw node.error("value " + e.getMessage(), e);
        }
    }

    /** A constant by its word. */
    static <E extends Enum<E>> E word(Node node, Class<E> type) {
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
        String text = scalar(node, Words.oneOf(words));
        int found = words.indexOf(text);
        if (found < 0) {
            throw node.error("value " + ScenarioException.quoted(text) + ": " + Words.didYouMean(text, words)
                    + Words.expected(words));
        }
        return type.getEnumConstants()[found];
    }

    private static String scalar(Node node, String expected) {
        if (node.isEmpty()) {
            throw node.wrong(expected);
        }
        return node.expect(Kind.SCALAR, expected).text();
    }
}
