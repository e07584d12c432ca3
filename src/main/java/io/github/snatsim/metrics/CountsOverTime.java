package io.github.snatsim.metrics;

import com.google.common.collect.ImmutableList;

/**
 * Counts of several kinds in equal slices of time. Immutable; threads may share it.
 *
 * @param startNanos when the first slice begins
 * @param sliceNanos how long a slice is
 * @param slices for each slice, how many there were of each kind
 */
public record CountsOverTime(long startNanos, long sliceNanos, ImmutableList<ImmutableList<Long>> slices) {
    /**
     * Returns how many there were of a kind in the whole time.
     *
     * @param kind which, from 0
     * @return the sum over the slices
     */
    public long total(int kind) {
        return slices.stream().mapToLong(slice -> slice.get(kind)).sum();
    }
}
