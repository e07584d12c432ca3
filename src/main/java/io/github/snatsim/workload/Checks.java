package io.github.snatsim.workload;

import java.time.Duration;

/** Refuses values that are out of range, with the value and the range in the message. */
final class Checks {
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private Checks() {}

    static void notNegative(String name, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " of " + value + ": expected 0 to 100 years");
        }
    }

    static void aboveZero(String name, Duration value) {
        notNegative(name, value);
        if (value.isZero()) {
            throw new IllegalArgumentException(name + " of 0: expected above zero");
        }
    }

    static void range(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(name + " " + value + ": expected " + min + " to " + max);
        }
    }

    static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + ": expected at least 1");
        }
    }
}
