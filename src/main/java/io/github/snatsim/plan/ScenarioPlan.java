package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.DeploymentSetup;
import io.github.snatsim.sim.FirewallSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.Setup;
import io.github.snatsim.sim.SnatSetup;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All that is planned for a scenario, both ways (rule M2): from its load to ports and pools, from its ports to the load that
 * breaks it, and what a simulation says to that. Immutable; threads may share it.
 *
 * @param load how it fares as the load grows
 * @param instances what is planned for each kind of instance
 * @param alertThresholds the port use at which the target share begins, for every tier; none for a target of 0
 * @param simulated the load steps that were simulated, the load as it is first
 */
public record ScenarioPlan(
        LoadPlan load,
        ImmutableList<InstancePlan> instances,
        ImmutableList<AlertThreshold> alertThresholds,
        ImmutableList<SimulatedStep> simulated) {
    /** A further step is simulated if all its runs together make so many attempts at most, the warm-up included (D). */
    public static final long STEP_ATTEMPTS_MAX = 1_000_000;

    private static final ImmutableSet<Caveat> BELONG_TO_INSTANCES =
            Sets.immutableEnumSet(Caveat.BURSTS, Caveat.RECORDED_ARRIVALS, Caveat.CLOSED_LOOP);

    /**
     * The destination that breaks first. Immutable; threads may share it.
     *
     * @param instance whose ports
     * @param destination where to
     */
    public record Scarcest(InstancePlan instance, DestinationPlan destination) {}

    /**
     * A multiple of the load that was simulated. Immutable; threads may share it.
     *
     * @param multiple how often the load
     * @param confirmation the closed form beside the simulation
     */
    public record SimulatedStep(long multiple, Confirmation confirmation) {}

    static ScenarioPlan of(Scenario scenario, LoadPlan load, int replications, int threads) {
        double target = load.targetShare();
        TierTable table = table(scenario.gateway());
        ImmutableList.Builder<InstancePlan> plans = ImmutableList.builder();
        for (InstanceDemand instance : load.instances()) {
            Optional<InstancePlan.WithoutPools> without = withoutPools(scenario.gateway(), table, load.instances());
            plans.add(plan(instance, scenario.gateway(), table, target, without));
        }
        return new ScenarioPlan(
                load,
                plans.build(),
                target == 0 ? ImmutableList.of() : CapacityPlanner.alertThresholds(table, target),
                simulate(scenario, load, replications, threads));
    }

    private static ImmutableList<SimulatedStep> simulate(
            Scenario scenario, LoadPlan load, int replications, int threads) {
        double wholeByCounted = (double) scenario.duration().toNanos()
                / scenario.duration().minus(scenario.warmUp()).toNanos();
        ImmutableList.Builder<SimulatedStep> steps = ImmutableList.builder();
        double expected = 0;
        for (LoadPlan.LoadStep step : load.steps()) {
            if (step.multiple() > 1 && (load.asksNothing() || expected > STEP_ATTEMPTS_MAX)) {
                break;
            }
            Scenario more = step.multiple() == 1
                    ? scenario
                    : ScenarioEdit.scaled(
                            scenario, ScenarioEdit.clientNames(scenario), new LoadScale(step.multiple(), 1));
            Confirmation confirmation = CapacityPlanner.confirm(more, replications, threads);
            steps.add(new SimulatedStep(step.multiple(), confirmation));
            expected = 2 * confirmation.attempts() * wholeByCounted;
        }
        return steps.build();
    }

    /**
     * Returns what the simulation says to the load as it is.
     *
     * @return the closed form beside the simulation
     */
    public Confirmation confirmation() {
        return simulated.get(0).confirmation();
    }

    /**
     * Returns the least load that breaks in the simulation, of those that were simulated.
     *
     * @return its multiple; empty if none of them misses the target
     */
    public OptionalLong simulatedMultipleThatBreaks() {
        return simulated.stream()
                .filter(step -> step.confirmation().simulatedShare().mean() > load.targetShare())
                .mapToLong(SimulatedStep::multiple)
                .findFirst();
    }

    /** Instances with frontends of their own are planned as if they shared one by the classic table. */
    private static TierTable table(Setup setup) {
        boolean pooled = setup instanceof DeploymentSetup || isPool(setup);
        return pooled ? setup.profile().allocation().tiers() : TierTable.classic();
    }

    private static boolean isPool(Setup setup) {
        return setup instanceof SnatSetup snat && snat.portsPerInstance().isEmpty();
    }

    private static Optional<InstancePlan.WithoutPools> withoutPools(
            Setup setup, TierTable table, ImmutableList<InstanceDemand> instances) {
        InstanceDemand first = instances.get(0);
        if (setup instanceof FirewallSetup) {
            return Optional.of(InstancePlan.WithoutPools.FIREWALL);
        } else if (setup instanceof ApiManagementSetup) {
            return Optional.of(InstancePlan.WithoutPools.UNITS);
        } else if (instances.size() > 1) {
            return Optional.of(InstancePlan.WithoutPools.INSTANCES_DIFFER);
        } else if (!first.translatesPorts()) {
            return Optional.of(InstancePlan.WithoutPools.NO_TRANSLATION);
        } else if (first.demands().isEmpty()) {
            return Optional.of(InstancePlan.WithoutPools.NOTHING_ASKED);
        } else if (setup instanceof DeploymentSetup && first.ports() != table.portsPerInstance(first.instances())) {
            return Optional.of(InstancePlan.WithoutPools.SIZE_DOES_NOT_DECIDE);
        }
        boolean owned = first.demands().stream()
                .flatMap(demand -> demand.caveats().stream())
                .anyMatch(BELONG_TO_INSTANCES::contains);
        return owned ? Optional.of(InstancePlan.WithoutPools.NOT_SHARED_OUT) : Optional.empty();
    }

    private static InstancePlan plan(
            InstanceDemand instance,
            Setup setup,
            TierTable table,
            double target,
            Optional<InstancePlan.WithoutPools> without) {
        Optional<TierTable> grown = without.isEmpty() && (setup instanceof DeploymentSetup || isPool(setup))
                ? Optional.of(table)
                : Optional.empty();
        ImmutableList<DestinationPlan> destinations = instance.demands().stream()
                .map(demand -> new DestinationPlan(
                        demand,
                        CapacityPlanner.capacity(demand, instance.ports(), target),
                        CapacityPlanner.capacity(demand, instance.portsRedeploying(), target),
                        without.isPresent()
                                ? Optional.empty()
                                : Optional.of(CapacityPlanner.feasiblePools(
                                        demand.times(instance.instances()), table, target)),
                        exhaustion(demand, instance, grown)))
                .collect(ImmutableList.toImmutableList());
        return new InstancePlan(
                instance,
                destinations,
                without.isPresent()
                        ? Optional.empty()
                        : Optional.of(CommonPools.of(destinations.stream()
                                .map(destination -> destination.pools().orElseThrow())
                                .toList())),
                without,
                target == 0
                        ? Optional.empty()
                        : Optional.of(AlertThreshold.of(
                                instance.instances(), instance.instances(), instance.ports(), target)),
                udpPortsNeeded(instance, target));
    }

    private static OptionalInt udpPortsNeeded(InstanceDemand instance, double target) {
        double erlangs = instance.udpErlangsOnePerFlow().orElse(Double.POSITIVE_INFINITY);
        return target == 0 || erlangs > ErlangB.ERLANGS_MAX
                ? OptionalInt.empty()
                : OptionalInt.of(instance.udpPortsNeededOnePerFlow(target));
    }

    private static ImmutableList<ExhaustionAfter> exhaustion(
            Demand demand, InstanceDemand instance, Optional<TierTable> pool) {
        if (demand.exactPart().isEmpty()) {
            return ImmutableList.of();
        }
        ImmutableList.Builder<ExhaustionAfter> after = ImmutableList.builder();
        after.add(ExhaustionAfter.doubledLoad(demand, instance));
        pool.filter(table -> table.tier(instance.instances()).poolSizeMax() < table.poolSizeMax())
                .ifPresent(table -> {
                    int size = table.tier(instance.instances()).poolSizeMax() + 1;
                    after.add(ExhaustionAfter.fewerPorts(
                            ExhaustionAfter.Change.NEXT_TIER, demand, size, table.portsPerInstance(size)));
                });
        if (instance.portsRedeploying() < instance.ports()) {
            after.add(ExhaustionAfter.fewerPorts(
                    ExhaustionAfter.Change.REDEPLOYMENT,
                    demand,
                    2 * instance.instances(),
                    instance.portsRedeploying()));
        }
        return after.build();
    }

    /**
     * Returns the destination that a growing load breaks first.
     *
     * @return the one with the lowest multiple; empty if nothing asks for ports
     */
    public Optional<Scarcest> scarcest() {
        return instances.stream()
                .flatMap(instance ->
                        instance.destinations().stream().map(destination -> new Scarcest(instance, destination)))
                .min(Comparator.comparingDouble(
                        one -> one.destination().normal().loadMultipleMax()));
    }
}
