package io.github.snatsim.plan;

import java.util.OptionalLong;

/**
 * How long ports last after a change of an even demand that had settled. Which flows a reclaim ends, no source says (P5), so
 * that there is a range: at the earliest the ports that stay are all taken, at the latest they are all free. Immutable;
 * threads may share it.
 *
 * @param change what changes
 * @param instances the size that the ports follow after it
 * @param ports ports of each instance after it
 * @param earliestNanos nanoseconds until the first refusal, at the earliest; empty if there is none
 * @param latestNanos the same at the latest; empty if there is none
 */
public record ExhaustionAfter(
        Change change, int instances, int ports, OptionalLong earliestNanos, OptionalLong latestNanos) {
    /** What can change. Immutable; threads may share it. */
    public enum Change {
        /** Twice as many requests. */
        LOAD_DOUBLES,
        /** The pool grows to the smallest size of the next tier (P5, P9). */
        NEXT_TIER,
        /** The pool is reported at twice its size (P8). */
        REDEPLOYMENT
    }

    static ExhaustionAfter doubledLoad(Demand demand, InstanceDemand instance) {
        OptionalLong refused = CapacityPlanner.firstRefusalNanos(demand, demand.times(2), instance.ports());
        return new ExhaustionAfter(Change.LOAD_DOUBLES, instance.instances(), instance.ports(), refused, refused);
    }

    static ExhaustionAfter fewerPorts(Change change, Demand demand, int instances, int ports) {
        DemandPart part = demand.exactPart().orElseThrow();
        return new ExhaustionAfter(
                change,
                instances,
                ports,
                CapacityPlanner.firstRefusalNanos(demand, demand, ports),
                EvenArrivals.firstRefusalNanos(
                        part.rate(), part.busy().constantNanos().orElseThrow(), ports));
    }
}
