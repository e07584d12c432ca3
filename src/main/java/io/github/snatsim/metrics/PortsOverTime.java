package io.github.snatsim.metrics;

import com.google.common.collect.ImmutableList;

/**
 * The course of the ports in use, in equal slices of time. Immutable; threads may share it.
 *
 * @param startNanos when the first slice begins
 * @param sliceNanos how long a slice is
 * @param peaks the highest use within each slice, with its split
 */
public record PortsOverTime(long startNanos, long sliceNanos, ImmutableList<PortsByState> peaks) {}
