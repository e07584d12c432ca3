package io.github.snatsim.sim;

import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Rate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much memory and work a scenario takes, roughly: live flows follow from the mean arrivals within the longest hold,
 * and are no more than the ports allow. Heavy tails and what actions change beside the number of instances are not in it.
 * Immutable; threads may share it.
 *
 * @param flows live flows at most, holds included
 * @param pending requests at most that wait for their end or their next try
 * @param requests requests in the whole run, retries not counted
 * @param bytes heap needed
 */
public record MemoryEstimate(double flows, double pending, double requests, double bytes) {
    private static final double FLOW_BYTES = 200;
    private static final double PAIR_BYTES = 200;
    private static final double PENDING_BYTES = 400;
    private static final double INSTANCE_BYTES = 40_000;
    private static final double REQUESTS_MAX = 1e12;

    /** A worker that is never served at once cannot do more than this. */
    private static final double CYCLE_SECONDS_MIN = 1e-9;

    /** More retries than these do not add live flows: most are refusals, which hold nothing. */
    private static final double RETRIES_COUNTED = 10;

    /**
     * Estimates a scenario.
     *
     * @param scenario what would be simulated
     * @return the estimate
     */
    public static MemoryEstimate of(Scenario scenario) {
        double seconds = scenario.duration().toNanos() / 1e9;
        int instances = instancesMax(scenario);
        boolean service = scenario.gateway() instanceof ApiManagementSetup;
        int runners = service ? 1 : instances; // each client runs on every instance, or calls a service once
        double ports = scenario.gateway().portsOf(scenario.instances().size()) * (service ? instances : 1);
        double flows = 0;
        double pairs = 0;
        double pending = 0;
        double requests = 0;
        for (Client client : scenario.workload().clients()) {
            double made = Math.min(requestsIn(client, seconds), (double)
                    client.timing().requestsMax().orElse(Long.MAX_VALUE));
            double busy = Math.min(seconds, client.lifetime().meanNanos() / 1e9);
            double tries = 1 + Math.min(client.retry().retriesMax(), RETRIES_COUNTED);
            double inHold = tries * Math.min(made, requestsIn(client, busy + holdSeconds(scenario)));
            int destinations = client.destinations().all().size();
            flows += runners * Math.min(inHold, ports * destinations);
            pairs += runners * Math.min(inHold, destinations);
            pending += runners * Math.min(made, requestsIn(client, busy + 1) + backlog(client, seconds));
            requests += runners * made;
        }
        double bytes = flows * FLOW_BYTES
                + pairs * (PAIR_BYTES + ports / Byte.SIZE)
                + pending * PENDING_BYTES
                + instances * INSTANCE_BYTES;
        return new MemoryEstimate(flows, pending, requests, bytes);
    }

    private static int instancesMax(Scenario scenario) {
        int joining = 0;
        int highest = scenario.instances().size();
        for (ScheduledAction action : scenario.actions()) {
            if (action instanceof ScheduledAction.Resize resize) {
                highest = Math.max(highest, resize.instances());
            } else if (action instanceof ScheduledAction.Change change) {
                joining += joiningIn(change.change());
            }
        }
        return highest + joining;
    }

    private static int joiningIn(DeploymentChange change) {
        if (change instanceof DeploymentChange.ScaleOut out) {
            return out.count();
        }
        return change instanceof DeploymentChange.AddInstance ? 1 : 0;
    }

    private static double holdSeconds(Scenario scenario) {
        SnatProfile profile = scenario.gateway().profile();
        return Stream.of(
                        profile.flows().finHold(),
                        profile.flows().rstHold(),
                        profile.idle().tcp(),
                        profile.idle().udp())
                .mapToDouble(hold -> hold.toNanos() / 1e9)
                .reduce(0, Math::max);
    }

    /** Requests that wait in the end for a pool that is too small. */
    private static double backlog(Client client, double seconds) {
        if (!(client.connections() instanceof Connections.Kept kept)
                || kept.sizeMax().isEmpty()) {
            return 0;
        }
        double served = kept.sizeMax().getAsInt()
                * client.destinations().all().size()
                * seconds
                / Math.max(1e-9, client.lifetime().meanNanos() / 1e9);
        double waiting = Math.max(0, requestsIn(client, seconds) - served);
        return Math.min(
                waiting, (double) kept.queueMax() * client.destinations().all().size());
    }

    private static double requestsIn(Client client, double seconds) {
        Arrivals arrivals = client.arrivals();
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
        Arrivals.ClosedLoop loop = (Arrivals.ClosedLoop) arrivals;
        double cycleSeconds = (client.lifetime().meanNanos() + loop.think().meanNanos()) / 1e9;
        return loop.workers() * (1 + seconds / Math.max(CYCLE_SECONDS_MIN, cycleSeconds));
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
                    "needs about %,.0f MiB: %,.0f live flows x %.0f B + %,.0f pending requests x %.0f B + instances"
                            + " and destinations; the heap has"
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
