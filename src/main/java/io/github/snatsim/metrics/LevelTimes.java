package io.github.snatsim.metrics;

import java.math.BigInteger;
import java.util.Arrays;

/** How long a number was at each of its values: exact percentiles weighted by time. 8 bytes for each value. */
final class LevelTimes {
    private long[] nanos = new long[16];
    private long sinceNanos;
    private int level;

    LevelTimes(long startNanos) {
        sinceNanos = startNanos;
    }

    /** Says that the number has another value from a time on. */
    void change(long timeNanos, int newLevel) {
        lastUntil(timeNanos);
        level = newLevel;
    }

    /** Says that the present value has lasted until a time. */
    void lastUntil(long timeNanos) {
        if (level >= nanos.length) {
            nanos = Arrays.copyOf(nanos, Math.max(level + 1, nanos.length * 2));
        }
        nanos[level] += timeNanos - sinceNanos;
        sinceNanos = timeNanos;
    }

    /** Forgets the past but not the present value. */
    void restart(long timeNanos) {
        Arrays.fill(nanos, 0);
        sinceNanos = timeNanos;
    }

    PortPercentiles percentiles() {
        return new PortPercentiles(percentile(50), percentile(95), percentile(99));
    }

    /** The lowest value that the number did not exceed for a share of the time. */
    private int percentile(int percent) {
        BigInteger all = BigInteger.valueOf(Arrays.stream(nanos).sum());
        long wanted = all.multiply(BigInteger.valueOf(percent))
                .add(BigInteger.valueOf(99))
                .divide(BigInteger.valueOf(100))
                .longValueExact();
        long sum = 0;
        for (int value = 0; value < nanos.length; value++) {
            sum += nanos[value];
            if (sum >= wanted && sum > 0) {
                return value;
            }
        }
        return level;
    }
}
