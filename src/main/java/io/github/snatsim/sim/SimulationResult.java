package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.metrics.MetricsResult;

/**
 * What a simulation showed. Immutable; threads may share it.
 *
 * @param seed what all random numbers followed from
 * @param endNanos how far the run has gone
 * @param countedNanos the part of it behind the warm-up
 * @param events how many packets were offered, warm-up included
 * @param metrics what the gateway did behind the warm-up
 * @param clients what each client saw, warm-up included
 * @param openedInSecondHalf flows opened in the second half of the counted time
 */
public record SimulationResult(
        long seed,
        long endNanos,
        long countedNanos,
        long events,
        MetricsResult metrics,
        ImmutableList<ClientResult> clients,
        long openedInSecondHalf) {
    /**
     * Returns the share of attempts that were refused.
     *
     * @return 0 to 1; 0 without attempts
     */
    public double refusedShare() {
        return metrics.attempts() == 0 ? 0 : (double) metrics.refused() / metrics.attempts();
    }

    /**
     * Returns how many flows opened per second in the second half of the counted time: what the ports sustain once the
     * first holds have passed.
     *
     * @return opens per second
     */
    public double sustainedOpensPerSecond() {
        return countedNanos == 0 ? 0 : openedInSecondHalf / (countedNanos / 2e9);
    }

    /**
     * Returns how many requests ended without an answer.
     *
     * @return the sum over all clients
     */
    public long gaveUp() {
        return clients.stream().mapToLong(ClientResult::gaveUp).sum();
    }

    /**
     * Returns the most distinct ports that one instance had in use of one protocol.
     *
     * @return ports
     */
    public int peakPortsUsed() {
        return metrics.portUse().isEmpty() ? 0 : metrics.portUse().get(0).portsUsedMax();
    }
}
