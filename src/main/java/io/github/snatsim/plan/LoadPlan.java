package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.OptionalInt;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToIntFunction;

/**
 * How a scenario fares as its load grows. Immutable; threads may share it.
 *
 * @param instances what its instances own and ask
 * @param targetShare the share that may be refused
 * @param steps the load doubled again and again
 * @param loadMultipleMax the highest multiple at which no instance's attempts at any destination are refused more than the
 *     target; infinite if nothing asks for ports
 * @param loadMultipleMaxRedeploying the same while pools are reported at twice their size (P8)
 */
public record LoadPlan(
        ImmutableList<InstanceDemand> instances,
        double targetShare,
        ImmutableList<LoadStep> steps,
        double loadMultipleMax,
        double loadMultipleMaxRedeploying) {
    /**
     * A multiple of the load. Immutable; threads may share it.
     *
     * @param multiple how often the load
     * @param refusedShare the share of all attempts that are refused
     * @param refusedShareWorst the share at the destination and instance where it is highest
     * @param refusedShareRedeploying the share of all while pools are reported at twice their size (P8)
     * @param headroomPortsMin ports less ports needed for the target where they are scarcest, negative if too few; empty if no
     *     number is enough
     */
    public record LoadStep(
            long multiple,
            double refusedShare,
            double refusedShareWorst,
            double refusedShareRedeploying,
            OptionalInt headroomPortsMin) {}

    static LoadPlan of(ImmutableList<InstanceDemand> instances, double targetShare, int doublings) {
        ImmutableList.Builder<LoadStep> steps = ImmutableList.builder();
        for (int i = 0; i <= doublings; i++) {
            steps.add(step(instances, targetShare, 1L << i));
        }
        ToDoubleBiFunction<Demand, Integer> multipleMax = (demand, ports) ->
                CapacityPlanner.capacity(demand, ports, targetShare).loadMultipleMax();
        return new LoadPlan(
                instances,
                targetShare,
                steps.build(),
                least(instances, InstanceDemand::ports, multipleMax),
                least(instances, InstanceDemand::portsRedeploying, multipleMax));
    }

    private static LoadStep step(ImmutableList<InstanceDemand> instances, double targetShare, long multiple) {
        double worst = 0;
        double headroom = Integer.MAX_VALUE;
        for (InstanceDemand instance : instances) {
            for (Demand demand : instance.demands()) {
                Demand more = demand.times(multiple);
                worst = Math.max(worst, CapacityPlanner.refusedShare(more, instance.ports()));
                OptionalInt needed = CapacityPlanner.portsNeeded(more, targetShare);
                headroom = Math.min(
                        headroom, needed.isPresent() ? instance.ports() - needed.getAsInt() : Double.NEGATIVE_INFINITY);
            }
        }
        return new LoadStep(
                multiple,
                refusedShare(instances, InstanceDemand::ports, multiple),
                worst,
                refusedShare(instances, InstanceDemand::portsRedeploying, multiple),
                headroom == Double.NEGATIVE_INFINITY ? OptionalInt.empty() : OptionalInt.of((int) headroom));
    }

    private static double least(
            ImmutableList<InstanceDemand> instances,
            ToIntFunction<InstanceDemand> ports,
            ToDoubleBiFunction<Demand, Integer> figure) {
        double least = Double.POSITIVE_INFINITY;
        for (InstanceDemand instance : instances) {
            for (Demand demand : instance.demands()) {
                least = Math.min(least, figure.applyAsDouble(demand, ports.applyAsInt(instance)));
            }
        }
        return least;
    }

    /** The share of all attempts, each destination by its rate and the number of instances. */
    static double refusedShare(
            ImmutableList<InstanceDemand> instances, ToIntFunction<InstanceDemand> ports, long multiple) {
        double refused = 0;
        double attempts = 0;
        for (InstanceDemand instance : instances) {
            for (Demand demand : instance.demands()) {
                double perSecond = demand.perSecond() * instance.instances();
                attempts += perSecond;
                refused += perSecond * CapacityPlanner.refusedShare(demand.times(multiple), ports.applyAsInt(instance));
            }
        }
        return attempts == 0 ? 0 : refused / attempts;
    }

    /** Every caveat of every demand. */
    static ImmutableSet<Caveat> caveats(ImmutableList<InstanceDemand> instances) {
        return instances.stream()
                .flatMap(instance -> instance.demands().stream())
                .flatMap(demand -> demand.caveats().stream())
                .collect(Sets.toImmutableEnumSet());
    }

    /** Whether nothing takes a port (T8). */
    boolean asksNothing() {
        return instances.stream().allMatch(instance -> instance.demands().isEmpty());
    }

    /**
     * Returns where theory does not apply.
     *
     * @return the caveats of all demands
     */
    public ImmutableSet<Caveat> caveats() {
        return caveats(instances);
    }
}
