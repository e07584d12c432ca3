package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.aws.Listener;
import io.github.snatsim.aws.ListenerProtocol;
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
                        .flatMap(listener -> ofTimes(client, listener, shortestIdle(listener, scenario)))
                        .ifPresent(findings::add);
            }
        }
        long rejected = metrics.total(NlbMetric.REJECTED_FLOW_COUNT);
        if (rejected > 0) {
            boolean canShorten = setup.balancer().listeners().stream().anyMatch(NlbFindings::canBeSet);
            findings.add(rejected + " flows were rejected because the table of "
                    + setup.balancer().flowsMax()
                    + " was full: " + (canShorten ? "shorten the idle time-out, or " : "")
                    + "close connections that are not needed (N4, N5)");
        }
        return findings.build().asList();
    }

    private static boolean canBeSet(Listener listener) {
        return listener.protocol() == ListenerProtocol.TCP;
    }

    /** The shortest idle time that a listener ever has: actions can change it. */
    private static Duration shortestIdle(Listener listener, Scenario scenario) {
        return scenario.actions().stream()
                .filter(ScheduledAction.ModifyListener.class::isInstance)
                .map(ScheduledAction.ModifyListener.class::cast)
                .filter(change -> change.listenerArn().equals(listener.arn()))
                .flatMap(change -> change.attributes().stream())
                .map(attribute -> Duration.ofSeconds(Long.parseLong(attribute.value())))
                .reduce(listener.idle(), (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    private static Optional<String> ofTimes(Client client, Listener listener, Duration idle) {
        if (!(client.connections() instanceof Connections.Kept kept)) {
            return Optional.empty();
        }
        String who = "client " + client.name() + " at " + listener.arn() + ": ";
        if (kept.idleLimit().filter(limit -> limit.compareTo(idle) < 0).isPresent()) {
            return Optional.of(who + "the application closes first, after "
                    + text(kept.idleLimit().get()) + " of silence"
                    + (isUdp(listener) ? " (N5)" : ", by a FIN that its peer sees: as it should be (N5)"));
        }
        if (client.keepalive().filter(interval -> interval.compareTo(idle) < 0).isPresent()) {
            return Optional.of(who + "a keepalive every "
                    + text(client.keepalive().get()) + " keeps connections within the idle time-out of " + text(idle)
                    + ", so only the application closes them (N2)");
        }
        if (isUdp(listener)) {
            return Optional.of(who + "the load balancer forgets a silent flow after " + text(idle)
                    + ": the next datagram is a new flow, which may go to another target (N2)");
        }
        if (client.keepalive().isPresent()) {
            Duration keepalive = client.keepalive().get();
            return Optional.of(who + "a keepalive every " + text(keepalive)
                    + (keepalive.equals(OS_KEEPALIVE) ? ", the default of many systems," : "")
                    + " comes too late for an idle time-out of " + text(idle)
                    + ": a connection that is silent for so long is gone by then, and the keepalive is answered with an RST"
                    + " (N2)");
        }
        return Optional.of(who + "the load balancer forgets a silent connection after " + text(idle)
                + ", before the application"
                + kept.idleLimit().map(limit -> " does after " + text(limit)).orElse(", which keeps it for ever")
                + ": neither side hears of it until one sends and gets an RST. "
                + (canBeSet(listener)
                        ? "First a keepalive below " + text(idle)
                                + "; where none can be had, a longer time-out than the application's (N5)"
                        : "Let the client send a keepalive below " + text(idle)
                                + ": the time-out of a TLS listener cannot be set (N3, N5)"));
    }

    private static boolean isUdp(Listener listener) {
        return listener.protocol() == ListenerProtocol.UDP;
    }

    private static String text(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
