package io.github.snatsim.sim;

import io.github.snatsim.workload.ClientCounters;

/**
 * What one client saw, on all its instances together. Immutable; threads may share it.
 *
 * @param client its name
 * @param requests requests that began
 * @param completed requests that got their answer
 * @param gaveUp requests that ended without one: no retries left, or no place in the queue
 * @param inProgress requests that were waiting or being served at the end
 * @param attempts attempts to open a flow
 * @param refused attempts that were refused
 * @param failures tries that failed after they had a connection: outages and lost flows
 * @param sourcePortsOut tries that failed because the host itself had no source port left
 * @param retries how often a request was tried again
 * @param waits how long requests waited for a connection
 */
public record ClientResult(
        String client,
        long requests,
        long completed,
        long gaveUp,
        long inProgress,
        long attempts,
        long refused,
        long failures,
        long sourcePortsOut,
        long retries,
        Waits waits) {
    /**
     * How long the completed requests waited from their beginning to their last connection, to within one per cent.
     * Immutable; threads
     * may share it.
     *
     * @param p50Nanos half of them at most this long
     * @param p95Nanos 95 % of them at most this long
     * @param p99Nanos 99 % of them at most this long
     * @param maxNanos the longest, exact
     */
    public record Waits(long p50Nanos, long p95Nanos, long p99Nanos, long maxNanos) {}

    /** Takes a snapshot of a client's counters. */
    static ClientResult of(String client, ClientCounters counters) {
        return new ClientResult(
                client,
                counters.requests(),
                counters.completed(),
                counters.gaveUp(),
                counters.requests() - counters.completed() - counters.gaveUp(),
                counters.attempts(),
                counters.refused(),
                counters.failures(),
                counters.sourcePortsOut(),
                counters.retries(),
                new Waits(
                        counters.waitNanos(50),
                        counters.waitNanos(95),
                        counters.waitNanos(99),
                        counters.waitNanosMax()));
    }

    /**
     * Returns how many connections were opened for each request.
     *
     * @return opened / requests, 0 without requests
     */
    public double connectionsPerRequest() {
        return requests == 0 ? 0 : (double) (attempts - refused) / requests;
    }
}
