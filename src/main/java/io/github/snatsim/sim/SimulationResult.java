package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.metrics.MetricsResult;
import java.util.Optional;

/**
 * What a simulation showed. Immutable; threads may share it.
 *
 * @param seed what all random numbers followed from
 * @param endNanos how far the run has gone
 * @param countedNanos the part of it behind the warm-up
 * @param events how many packets were offered, warm-up included
 * @param metrics what the gateway did behind the warm-up
 * @param clients what each client saw, warm-up included
 * @param scaleEvents changes of pools and deployments and what each cost, in order; none where instances have frontends of
 *     their own
 * @param probes what became of the packets that a deployment's scenario sent, in order
 * @param portsShared whether all instances or units share their ports, those of a firewall (G3); else each has its own
 * @param http what an API Management service answered, empty for other systems
 * @param nlb what a Network Load Balancer did, empty for other systems
 * @param openedInSecondHalf flows opened since the middle of the time to be counted
 * @param secondHalfNanos how long that is ago, 0 before it
 */
public record SimulationResult(
        long seed,
        long endNanos,
        long countedNanos,
        long events,
        MetricsResult metrics,
        ImmutableList<ClientResult> clients,
        ImmutableList<ScaleEvent> scaleEvents,
        ImmutableList<ProbeResult> probes,
        boolean portsShared,
        Optional<HttpResult> http,
        Optional<NlbResult> nlb,
        long openedInSecondHalf,
        long secondHalfNanos) {
    /**
     * Returns the share of attempts that were refused.
     *
     * @return 0 to 1; 0 without attempts
     */
    public double refusedShare() {
        return metrics.attempts() == 0 ? 0 : (double) metrics.refused() / metrics.attempts();
    }

    /**
     * Returns how many flows opened per second since the middle of the time to be counted: what the ports sustain once
     * the first holds have passed.
     *
     * @return opens per second
     */
    public double sustainedOpensPerSecond() {
        return secondHalfNanos == 0 ? 0 : openedInSecondHalf / (secondHalfNanos / 1e9);
    }

    /** Returns this result without its courses over time, which take most of its memory. */
    SimulationResult totals() {
        return new SimulationResult(
                seed,
                endNanos,
                countedNanos,
                events,
                metrics.totals(),
                clients,
                scaleEvents,
                probes,
                portsShared,
                http,
                nlb,
                openedInSecondHalf,
                secondHalfNanos);
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
