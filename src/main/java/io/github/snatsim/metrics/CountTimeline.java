package io.github.snatsim.metrics;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;

/**
 * Counts of several kinds over a run of unknown length in bounded memory: equal slices of time, each with its sums. When the run
 * outgrows the slices, neighbours merge and the width doubles. Not for use by several threads at once.
 */
public final class CountTimeline {
    private static final int SLICES = 512;
    private static final long FIRST_WIDTH_NANOS = 1_000_000;

    private final int kinds;

    /** By slice, then by kind. */
    private final long[] counts;

    private long startNanos;
    private long widthNanos = FIRST_WIDTH_NANOS;
    private int last = -1;

    /**
     * Makes a course without counts.
     *
     * @param kinds how many kinds there are
     * @param startNanos when the first slice begins
     */
    public CountTimeline(int kinds, long startNanos) {
        this.kinds = kinds;
        this.counts = new long[SLICES * kinds];
        this.startNanos = startNanos;
    }

    /**
     * Counts one of a kind.
     *
     * @param timeNanos when, not before the start
     * @param kind which, from 0
     */
    public void add(long timeNanos, int kind) {
        int slice = slice(timeNanos); // first: it can halve the last one
        last = Math.max(last, slice);
        counts[slice * kinds + kind]++;
    }

    private int slice(long timeNanos) {
        while ((timeNanos - startNanos) / widthNanos >= SLICES) {
            halve();
        }
        return (int) ((timeNanos - startNanos) / widthNanos);
    }

    private void halve() {
        for (int to = 0; to < SLICES; to++) {
            for (int kind = 0; kind < kinds; kind++) {
                counts[to * kinds + kind] =
                        2 * to < SLICES ? counts[2 * to * kinds + kind] + counts[(2 * to + 1) * kinds + kind] : 0;
            }
        }
        widthNanos *= 2;
        last /= 2;
    }

    /**
     * Forgets what was counted.
     *
     * @param timeNanos when the first slice begins from now on
     */
    public void restart(long timeNanos) {
        Arrays.fill(counts, 0);
        startNanos = timeNanos;
        widthNanos = FIRST_WIDTH_NANOS;
        last = -1;
    }

    /**
     * Returns the course until a time.
     *
     * @param timeNanos the end, not before the last count
     * @return a snapshot
     */
    public CountsOverTime result(long timeNanos) {
        int present = timeNanos > startNanos ? slice(timeNanos - 1) : -1; // first: it can halve the last one
        int end = Math.max(last, present);
        ImmutableList.Builder<ImmutableList<Long>> slices = ImmutableList.builder();
        for (int slice = 0; slice <= end; slice++) {
            ImmutableList.Builder<Long> ofSlice = ImmutableList.builder();
            for (int kind = 0; kind < kinds; kind++) {
                ofSlice.add(counts[slice * kinds + kind]);
            }
            slices.add(ofSlice.build());
        }
        return new CountsOverTime(startNanos, widthNanos, slices.build());
    }
}
