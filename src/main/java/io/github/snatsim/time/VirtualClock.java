package io.github.snatsim.time;

import java.time.Duration;

/** A clock that moves only when told to, and never back. Not for use by several threads at once. */
public final class VirtualClock implements NanoClock {
    private long nowNanos;

    /** Makes a clock that stands at zero. */
    public VirtualClock() {}

    /**
     * Makes a clock that stands at a given time.
     *
     * @param startNanos the first reading
     */
    public VirtualClock(long startNanos) {
        nowNanos = startNanos;
    }

    @Override
    public long nanos() {
        return nowNanos;
    }

    /**
     * Moves the clock to a time.
     *
     * @param timeNanos the new reading, not before the present one
     * @throws IllegalArgumentException if the clock would run backwards
     */
    public void advanceTo(long timeNanos) {
        if (timeNanos < nowNanos) {
            throw new IllegalArgumentException("time runs backwards: " + timeNanos + " ns after " + nowNanos + " ns");
        }
        nowNanos = timeNanos;
    }

    /**
     * Moves the clock by a duration.
     *
     * @param duration how far, not negative
     * @throws IllegalArgumentException if the duration is negative
     * @throws ArithmeticException if the clock would leave the range of a {@code long}
     */
    public void advance(Duration duration) {
        advanceTo(Math.addExact(nowNanos, Nanos.of(duration)));
    }
}
