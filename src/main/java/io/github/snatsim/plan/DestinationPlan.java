package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * What is planned for one destination of one instance. Immutable; threads may share it.
 *
 * @param demand what the instance asks of it
 * @param normal what the instance's ports carry of that in normal life
 * @param redeploying what they carry while the pool is reported at twice its size (P8)
 * @param pools the sizes of a pool that carry the load of all instances; empty where {@link InstancePlan#withoutPools} says why
 * @param exhaustion when ports run out after changes; empty unless arrivals are even and busy times constant
 */
public record DestinationPlan(
        Demand demand,
        PortCapacity normal,
        PortCapacity redeploying,
        Optional<FeasiblePools> pools,
        ImmutableList<ExhaustionAfter> exhaustion) {}
