package io.github.snatsim.sim;

import io.github.snatsim.workload.Arrivals;
import java.time.Duration;

/** Something that a scenario does at a virtual time. Immutable; threads may share it. */
public sealed interface ScheduledAction {
    /**
     * Returns when it happens.
     *
     * @return after the beginning, not negative
     */
    Duration at();

    /**
     * Another number of instances: the last ones go, new ones join behind the last and run every client (rules P5-P7).
     *
     * @param at when
     * @param instances how many there are from then on, at least 1
     */
    record Resize(Duration at, int instances) implements ScheduledAction {}

    /**
     * A client's arrivals end; what has begun goes on.
     *
     * @param at when
     * @param client its name
     */
    record StopClient(Duration at, String client) implements ScheduledAction {}

    /**
     * A client gets other arrivals.
     *
     * @param at when
     * @param client its name
     * @param arrivals the new ones
     */
    record ChangeArrivals(Duration at, String client, Arrivals arrivals) implements ScheduledAction {}
}
