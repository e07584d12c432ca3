package io.github.snatsim.time;

import java.time.Duration;
import java.time.Instant;

/** Conversions between {@code java.time} values and nanoseconds in a {@code long}. Stateless. */
public final class Nanos {
    /** Nanoseconds in a second. */
    public static final long PER_SECOND = 1_000_000_000L;

    private Nanos() {}

    /**
     * Returns a duration in nanoseconds.
     *
     * @param duration any duration up to 292 years
     * @return its length
     * @throws ArithmeticException if it does not fit a {@code long}
     */
    public static long of(Duration duration) {
        return duration.toNanos();
    }

    /**
     * Returns a number of seconds in nanoseconds.
     *
     * @param seconds whole seconds
     * @return the same time in nanoseconds
     * @throws ArithmeticException if it does not fit a {@code long}
     */
    public static long ofSeconds(long seconds) {
        return Math.multiplyExact(seconds, PER_SECOND);
    }

    /**
     * Returns an instant in nanoseconds since the epoch.
     *
     * @param instant from 1677 to 2262
     * @return nanoseconds since 1970-01-01T00:00:00Z
     * @throws ArithmeticException if it does not fit a {@code long}
     */
    public static long sinceEpoch(Instant instant) {
        return of(Duration.ofSeconds(instant.getEpochSecond(), instant.getNano()));
    }

    /**
     * Returns the instant that lies so many nanoseconds after the epoch; the inverse of {@link #sinceEpoch}.
     *
     * @param nanos nanoseconds since the epoch
     * @return the instant
     */
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }

    /**
     * Returns the later time, or {@link Long#MAX_VALUE} ("never") where the sum does not fit.
     *
     * @param timeNanos a time
     * @param durationNanos how much later, not negative
     * @return {@code timeNanos + durationNanos}, saturated
     */
    public static long later(long timeNanos, long durationNanos) {
        long sum = timeNanos + durationNanos;
        return sum < timeNanos ? Long.MAX_VALUE : sum;
    }
}
