package io.github.snatsim.metrics;

/**
 * Ports in use, weighted by time, exact. Immutable; threads may share it.
 *
 * @param p50 not exceeded for half of the time
 * @param p95 not exceeded for 95 % of the time
 * @param p99 not exceeded for 99 % of the time
 */
public record PortPercentiles(int p50, int p95, int p99) {}
