package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.net.IpAddress;
import java.util.Optional;

/** One kind of {@link Setup} as it runs: its instances, and the actions that only it knows. */
interface SystemRun {
    Gateway gateway();

    /** The instances that are there now, or the units. */
    ImmutableList<IpAddress> instances();

    /** Lets the instances that there are at the beginning run their clients. */
    void start();

    /** Does what is scheduled, at its time; called only for actions that {@link Scenario} lets pass for the setup. */
    void perform(ScheduledAction action);

    /** What became of the packets that the scenario sent. */
    default ImmutableList<ProbeResult> probes() {
        return ImmutableList.of();
    }

    /** What a service answered; empty if the system is none. */
    default Optional<HttpResult> http() {
        return Optional.empty();
    }

    /** What a load balancer did; empty if the system is none. */
    default Optional<NlbResult> nlb() {
        return Optional.empty();
    }

    /** Forgets what the system counts itself: the end of the warm-up. */
    default void restartCounts(long timeNanos) {}
}
