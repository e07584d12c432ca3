package io.github.snatsim.sim;

import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Rate;
import java.util.Locale;
import java.util.Optional;

/**
 * How much memory and work a scenario takes, roughly and from above: live flows follow from the arrivals within the
 * longest hold, and are no more than the ports allow. Immutable; threads may share it.
 *
 * @param flows live flows at most, holds included
 * @param pending requests at most that wait for their end or their next try
 * @param requests requests in the whole run, retries not counted
 * @param bytes heap needed
 */
public record MemoryEstimate(double flows, double pending, double requests, double bytes) {
    private static final double FLOW_BYTES = 200;
    private static final double PENDING_BYTES = 400;
    private static final double INSTANCE_BYTES = 40_000;
    private static final double REQUESTS_MAX = 1e12;

    /**
     * Estimates a scenario.
     *
     * @param scenario what would be simulated
     * @return the estimate
     */
    public static MemoryEstimate of(Scenario scenario) {
        SnatProfile profile = scenario.gateway().profile();
        double holdSeconds = Math.max(
                profile.flows().finHold().toSeconds(), profile.idle().tcp().toSeconds());
        double seconds = scenario.duration().toSeconds() + 1;
        double flows = 0;
        double pending = 0;
        double requests = 0;
        int instances = scenario.instances().size();
        double ports = scenario.gateway().portsOf(instances);
        for (Client client : scenario.workload().clients()) {
            double made = Math.min(requestsIn(client.arrivals(), seconds), (double)
                    client.timing().requestsMax().orElse(Long.MAX_VALUE));
            double lifetime = Math.min(seconds, client.lifetime().meanNanos() / 1e9);
            double inHold = Math.min(made, requestsIn(client.arrivals(), lifetime + holdSeconds));
            flows += instances
                    * Math.min(inHold, ports * client.destinations().all().size());
            pending += instances * Math.min(made, requestsIn(client.arrivals(), lifetime + 1));
            requests += instances * made;
        }
        double bytes = flows * FLOW_BYTES + pending * PENDING_BYTES + instances * INSTANCE_BYTES;
        return new MemoryEstimate(flows, pending, requests, bytes);
    }

    private static double requestsIn(Arrivals arrivals, double seconds) {
        if (arrivals instanceof Arrivals.Even even) {
            return even.rate().perSecond() * seconds + 1;
        } else if (arrivals instanceof Arrivals.Poisson poisson) {
            double mean = poisson.rate().perSecond() * seconds;
            return mean + 5 * Math.sqrt(mean) + 1;
        } else if (arrivals instanceof Arrivals.Bursts bursts) {
            return bursts.size() * (Math.floor(seconds * 1e9 / bursts.every().toNanos()) + 1);
        } else if (arrivals instanceof Arrivals.Daily daily) {
            return daily.hourly().stream()
                                    .flatMap(Optional::stream)
                                    .mapToDouble(Rate::perSecond)
                                    .max()
                                    .orElse(0)
                            * seconds
                    + 1;
        } else if (arrivals instanceof Arrivals.Recorded recorded) {
            return recorded.times().size();
        }
        return ((Arrivals.ClosedLoop) arrivals).workers();
    }

    /**
     * Refuses what cannot be run.
     *
     * @param heapBytes the heap that there is
     * @throws IllegalArgumentException if the estimate exceeds it, or the run would take days; the message shows the
     *     arithmetic
     */
    public void check(long heapBytes) {
        if (requests > REQUESTS_MAX) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the clients make %.1e requests (instances x rate x duration): expected at most %.0e",
                    requests,
                    REQUESTS_MAX));
        }
        if (bytes > heapBytes) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "needs about %,.0f MiB: %,.0f live flows x %.0f B + %,.0f pending requests x %.0f B; the heap has"
                            + " %,d MiB",
                    bytes / (1 << 20),
                    flows,
                    FLOW_BYTES,
                    pending,
                    PENDING_BYTES,
                    heapBytes >> 20));
        }
    }
}
