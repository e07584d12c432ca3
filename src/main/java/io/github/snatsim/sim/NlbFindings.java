package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.aws.Listener;
import io.github.snatsim.aws.NlbMetric;
import io.github.snatsim.aws.NlbMetricsResult;
import io.github.snatsim.net.Destination;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Connections;
import java.time.Duration;
import java.util.Optional;

/** What the times of clients and listeners mean for each other (rule N5), and what a run showed. Stateless. */
final class NlbFindings {
    /** What operating systems wait before their first keepalive unless told otherwise (M3). */
    private static final Duration OS_KEEPALIVE = Duration.ofHours(2);

    private NlbFindings() {}

    static ImmutableList<String> of(NlbSetup setup, Scenario scenario, NlbMetricsResult metrics) {
        ImmutableSet.Builder<String> findings = ImmutableSet.builder();
        for (Client client : scenario.workload().clients()) {
            for (Destination destination : client.destinations().all()) {
                setup.listenerAt(destination)
                        .flatMap(listener -> ofTimes(client, listener))
                        .ifPresent(findings::add);
            }
        }
        long rejected = metrics.total(NlbMetric.REJECTED_FLOW_COUNT);
        if (rejected > 0) {
            findings.add(rejected + " flows were rejected because the table of "
                    + setup.balancer().flowsMax()
                    + " was full: shorten the idle time-out, or close connections that are not needed (N4, N5)");
        }
        return findings.build().asList();
    }

    private static Optional<String> ofTimes(Client client, Listener listener) {
        if (!(client.connections() instanceof Connections.Kept kept)) {
            return Optional.empty();
        }
        String who = "client " + client.name() + " at " + listener.arn() + ": ";
        Duration idle = listener.idle();
        if (client.keepalive().isPresent()) {
            Duration keepalive = client.keepalive().get();
            return Optional.of(
                    keepalive.compareTo(idle) < 0
                            ? who + "a keepalive every " + text(keepalive)
                                    + " keeps connections within the idle time-out of " + text(idle)
                                    + ", so only the application closes them (N2)"
                            : who + "a keepalive every " + text(keepalive)
                                    + (keepalive.equals(OS_KEEPALIVE) ? ", the default of many systems," : "")
                                    + " comes too late for an idle time-out of " + text(idle)
                                    + ": the connection is gone by then, and the keepalive is answered with an RST (N2)");
        }
        if (kept.idleLimit().isPresent() && kept.idleLimit().get().compareTo(idle) < 0) {
            return Optional.of(who + "the application closes first, after "
                    + text(kept.idleLimit().get()) + " of silence, by a FIN that its peer sees: as it should be (N5)");
        }
        return Optional.of(who + "the load balancer forgets a silent connection after " + text(idle)
                + ", before the application"
                + kept.idleLimit().map(limit -> " does after " + text(limit)).orElse(", which keeps it for ever")
                + ": neither side hears of it until one sends and gets an RST. First a keepalive below " + text(idle)
                + "; where none can be had, a longer time-out than the application's (N5)");
    }

    private static String text(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
