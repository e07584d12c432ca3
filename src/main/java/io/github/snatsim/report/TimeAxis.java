package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The time that charts share. Immutable.
 *
 * @param startNanos where it begins
 * @param endNanos where it ends, not before
 * @param isAbsolute whether times are instants since the epoch; else they are times since the run began
 */
record TimeAxis(long startNanos, long endNanos, boolean isAbsolute) {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final ImmutableList<Long> STEPS = ImmutableList.of(
            SECOND,
            2 * SECOND,
            5 * SECOND,
            10 * SECOND,
            15 * SECOND,
            30 * SECOND,
            MINUTE,
            2 * MINUTE,
            5 * MINUTE,
            10 * MINUTE,
            15 * MINUTE,
            30 * MINUTE,
            HOUR,
            2 * HOUR,
            3 * HOUR,
            6 * HOUR,
            12 * HOUR,
            DAY);

    /** The length, at least a nanosecond. */
    long spanNanos() {
        return Math.max(1, endNanos - startNanos);
    }

    /** Where a time lies between the ends, from 0 to 1; times outside lie at the nearer end. */
    double share(long timeNanos) {
        return (double) (Math.min(endNanos, Math.max(startNanos, timeNanos)) - startNanos) / spanNanos();
    }

    /** A time as a sentence or a table has it. */
    String time(long timeNanos) {
        return isAbsolute ? Numbers.instant(timeNanos) : Numbers.duration(timeNanos);
    }

    /** How far apart ticks are if there may be so many: round in seconds, minutes, hours or days. */
    long step(int most) {
        long least = Math.max(1, (spanNanos() - 1) / most + 1);
        if (least <= SECOND / 2) {
            return rounded(least, 1);
        }
        return STEPS.stream().filter(step -> step >= least).findFirst().orElseGet(() -> rounded(least, DAY));
    }

    private static long rounded(long least, long unit) {
        return Ticks.step(BigDecimal.valueOf(least).divide(BigDecimal.valueOf(unit), MathContext.DECIMAL64))
                .multiply(BigDecimal.valueOf(unit))
                .longValue();
    }

    /** The multiples of a step between the ends. */
    ImmutableList<Long> ticks(long step) {
        ImmutableList.Builder<Long> ticks = ImmutableList.builder();
        long first = -Math.floorDiv(-startNanos, step) * step;
        for (long i = 0; i <= (endNanos - first) / step && first <= endNanos; i++) {
            ticks.add(first + i * step);
        }
        return ticks.build();
    }

    /** A tick as short as its step allows: {@code 1 h 30 min}, {@code 02:28:30}. */
    String label(long tickNanos, long step) {
        if (!isAbsolute) {
            return elapsed(tickNanos);
        }
        Instant instant = Instant.EPOCH.plus(tickNanos, ChronoUnit.NANOS);
        if (step < SECOND) {
            return instant.toString().replaceAll(".*T|Z", "");
        }
        String pattern = step % DAY == 0 ? "uuuu-MM-dd" : step % MINUTE == 0 ? "HH:mm" : "HH:mm:ss";
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(instant);
    }

    private static String elapsed(long nanos) {
        if (nanos == 0) {
            return "0";
        }
        if (nanos % SECOND != 0) {
            return Numbers.seconds(nanos).toPlainString() + " s";
        }
        if (nanos % DAY == 0) {
            return Numbers.count(nanos / DAY) + " d";
        }
        StringBuilder label = new StringBuilder();
        part(label, nanos / HOUR, " h");
        part(label, nanos % HOUR / MINUTE, " min");
        part(label, nanos % MINUTE / SECOND, " s");
        return label.toString();
    }

    private static void part(StringBuilder label, long count, String unit) {
        if (count > 0) {
            label.append(label.isEmpty() ? "" : " ")
                    .append(Numbers.count(count))
                    .append(unit);
        }
    }

    /** What the numbers along it are. */
    String caption() {
        return isAbsolute ? "UTC, from " + second(startNanos) : "virtual time";
    }

    /** An instant in UTC to the second below: {@code 2014-10-11 19:36:07}. */
    static String second(long nanos) {
        return Instant.EPOCH
                .plus(nanos, ChronoUnit.NANOS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", "");
    }
}
