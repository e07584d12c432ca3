package io.github.snatsim.workload;

import java.util.Arrays;

/**
 * Counts durations with an error below one per cent: 128 equal classes to every doubling. 8 bytes a class, up to 7,424 of
 * them.
 */
final class WaitHistogram {
    private static final int CLASS_BITS = 7;
    private static final int CLASSES = 1 << CLASS_BITS;

    private long[] counts = new long[CLASSES];
    private long count;
    private long max;

    void add(long nanos) {
        int number = classOf(nanos);
        if (number >= counts.length) {
            counts = Arrays.copyOf(counts, number + CLASSES);
        }
        counts[number]++;
        count++;
        max = Math.max(max, nanos);
    }

    /** Adds what another one counted. */
    void add(WaitHistogram other) {
        if (other.counts.length > counts.length) {
            counts = Arrays.copyOf(counts, other.counts.length);
        }
        for (int i = 0; i < other.counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        max = Math.max(max, other.max);
    }

    private static int classOf(long nanos) {
        if (nanos < CLASSES) {
            return (int) nanos;
        }
        int shift = 63 - Long.numberOfLeadingZeros(nanos) - CLASS_BITS;
        return (shift + 1) * CLASSES + (int) (nanos >>> shift) - CLASSES;
    }

    private static long highestOf(int number) {
        if (number < CLASSES) {
            return number;
        }
        int shift = number / CLASSES - 1;
        return ((long) (number % CLASSES + CLASSES + 1) << shift) - 1;
    }

    /** The duration that a share of the counted ones does not exceed; 0 if none was counted. */
    long percentile(double percent) {
        long wanted = (long) Math.ceil(count * percent / 100);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return Math.min(max, highestOf(i));
            }
        }
        return 0;
    }

    long max() {
        return max;
    }
}
