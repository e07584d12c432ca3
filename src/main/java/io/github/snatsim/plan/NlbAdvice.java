package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;

/**
 * What to do about the idle time-out of a load balancer's TCP listeners, each answer from runs of the scenario (rules N5, N6).
 * Immutable; threads may share it.
 *
 * @param listenerArns the TCP listeners that are advised on, all with one time-out
 * @param options what was tried, the scenario as it stands first
 * @param rejections how to have no flow rejected, empty if none is
 * @param occupancy how full the table is at several time-outs, the shortest first
 * @param decision what to do, in a sentence without a full stop
 */
public record NlbAdvice(
        ImmutableList<String> listenerArns,
        ImmutableList<Option> options,
        Optional<Rejections> rejections,
        ImmutableList<Occupancy> occupancy,
        String decision) {
    /** What can be done about connections that are lost in silence. Immutable; threads may share it. */
    public enum Kind {
        /** Nothing: the scenario as it stands. */
        AS_IS,
        /** Clients send keepalives. */
        KEEPALIVE,
        /** The listener has a longer time-out. */
        TIMEOUT
    }

    /**
     * One way, and what a run showed.
     *
     * @param kind what was done
     * @param value the keepalive interval or the time-out; of the scenario as it stands, the shortest time-out
     * @param possible whether any such value keeps clients from meeting an RST because of silence; if not, the others are of the
     *     value tried last
     * @param resetsToClients RSTs that clients met
     * @param rejectedFlows flows that met a full table
     * @param connections connections that were opened
     * @param roundTrips round trips that opening them took (N6)
     * @param bytes bytes that opening them took (N6)
     * @param activeFlowsMax the most flows at one time
     */
    public record Option(
            Kind kind,
            Duration value,
            boolean possible,
            long resetsToClients,
            long rejectedFlows,
            long connections,
            long roundTrips,
            long bytes,
            long activeFlowsMax) {}

    /**
     * A time-out with which no flow would have been rejected.
     *
     * @param rejectedFlows flows that were
     * @param computed the time-out by Little's law: places / openings per second, less what flows live beside it; empty if
     *     that is below the shortest allowed
     * @param confirmed the longest time-out, in whole seconds and below the present one, with which a run rejected none; empty if
     *     even the shortest rejects some
     */
    public record Rejections(long rejectedFlows, Optional<Duration> computed, Optional<Duration> confirmed) {}

    /**
     * How full the table is with one time-out.
     *
     * @param timeout the time-out
     * @param predictedFlows flows on average by Little's law, without a limit: openings per second x how long a flow stays; rough
     *     where clients differ, since it takes their mean
     * @param simulatedFlows flows on average in a run
     * @param simulatedFlowsMax the most at one time in that run
     * @param rejectedFlows flows that it rejected
     */
    public record Occupancy(
            Duration timeout,
            double predictedFlows,
            double simulatedFlows,
            long simulatedFlowsMax,
            long rejectedFlows) {}
}
