package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.workload.Rate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How many ports, instances, requests (rule M2): from a load to ports and pools, and from ports to the load that they carry.
 * Even arrivals with constant busy times are reckoned exactly ({@link EvenArrivals}), all else by {@link ErlangB} with typed
 * {@link Caveat caveats}. Each answer but {@link #confirm} takes well below a millisecond for the ports of any pool.
 *
 * <p>A target share is 1e-50 to below 1, or 0, which even arrivals can have; no finite number of ports gives it to others.
 * Stateless.
 */
public final class CapacityPlanner {
    private static final double NANOS = 1e9;
    private static final int DOUBLINGS_MAX = 40;

    private CapacityPlanner() {}

    /**
     * Returns the share of a demand's attempts that so many ports refuse in the long run. More ports never give a higher
     * share, more load never a lower one. Connections of a pool keep their ports, others have the rest.
     *
     * @param demand what one instance asks of one destination
     * @param ports how many it has, not negative
     * @return 0 to 1
     * @throws IllegalArgumentException if the number is negative
     */
    public static double refusedShare(Demand demand, int ports) {
        if (demand.exactPart().isPresent()) {
            DemandPart part = demand.exactPart().get();
            return EvenArrivals.refusedShare(part.rate(), busyNanos(part), ports);
        }
        if (demand.portsMax().isPresent() && demand.portsMax().getAsLong() <= ports) {
            return 0;
        }
        long pinned = pinned(demand);
        return pinned == 0 ? ErlangB.blocking(ports, demand.erlangs()) : besidePools(demand, ports, pinned);
    }

    private static double besidePools(Demand demand, int ports, long pinned) {
        if (demand.parts().stream().allMatch(CapacityPlanner::isPool)) {
            return ErlangB.blocking(ports, demand.erlangs());
        }
        return ports <= pinned ? 1 : ErlangB.blocking((int) (ports - pinned), erlangsBesidePools(demand));
    }

    private static boolean isPool(DemandPart part) {
        return part.connections() == DemandPart.Use.POOLED && part.portsMax().isPresent();
    }

    /** Ports that bounded pools keep. */
    private static long pinned(Demand demand) {
        return demand.parts().stream()
                .filter(CapacityPlanner::isPool)
                .mapToLong(part -> part.portsMax().getAsLong())
                .sum();
    }

    private static double erlangsBesidePools(Demand demand) {
        return demand.parts().stream()
                .filter(part -> !isPool(part))
                .mapToDouble(DemandPart::erlangs)
                .reduce(0, Double::sum);
    }

    /**
     * Returns the fewest ports that keep the refused share within a target; for bursts and recorded arrivals with constant busy
     * times those that refuse nothing.
     *
     * @param demand what one instance asks of one destination
     * @param targetShare the share that may be refused
     * @return ports; empty if no number an {@code int} can hold is enough
     * @throws IllegalArgumentException if the target is out of range
     */
    public static OptionalInt portsNeeded(Demand demand, double targetShare) {
        checkTarget(demand, targetShare);
        if (demand.exactPart().isPresent()) {
            return exactPortsNeeded(demand.exactPart().get(), targetShare);
        }
        boolean poolsOnly = demand.parts().stream().allMatch(CapacityPlanner::isPool);
        double erlangs = poolsOnly ? demand.erlangs() : erlangsBesidePools(demand);
        long bound = demand.portsMax().orElse(Long.MAX_VALUE);
        boolean boundOnly = bound < Long.MAX_VALUE && comesInBursts(demand);
        if (targetShare > 0 && erlangs <= ErlangB.ERLANGS_MAX && !boundOnly) {
            bound = Math.min(bound, ErlangB.ports(erlangs, targetShare) + (poolsOnly ? 0 : pinned(demand)));
        }
        return bound > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) bound);
    }

    /** Erlang's formula would say too little of such arrivals. */
    private static boolean comesInBursts(Demand demand) {
        return demand.caveats().contains(Caveat.BURSTS) || demand.caveats().contains(Caveat.RECORDED_ARRIVALS);
    }

    /** The share is (needed - ports) / needed. */
    private static OptionalInt exactPortsNeeded(DemandPart part, double targetShare) {
        long needed = EvenArrivals.portsNeeded(part.rate(), busyNanos(part));
        long ports = Math.max(0, (long) Math.floor(needed * (1 - targetShare)) - 1);
        while ((double) (needed - ports) / needed > targetShare) {
            ports++;
        }
        return ports > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) ports);
    }

    /**
     * Returns what so many ports carry of a demand.
     *
     * @param demand what one instance asks of one destination
     * @param ports how many it has, at least 1
     * @param targetShare the share that may be refused
     * @return the refused share, the headroom, and the limits of load, rate and hold, each found by halving an interval
     * @throws IllegalArgumentException if a number is out of range
     */
    public static PortCapacity capacity(Demand demand, int ports, double targetShare) {
        checkTarget(demand, targetShare);
        if (ports < 1) {
            throw new IllegalArgumentException(ports + " ports: expected at least 1");
        }
        return demand.exactPart()
                .map(part -> exactCapacity(demand, part, ports, targetShare))
                .orElseGet(() -> erlangCapacity(demand, ports, targetShare));
    }

    private static PortCapacity erlangCapacity(Demand demand, int ports, double targetShare) {
        double multiple = loadMultipleMax(demand, ports, targetShare);
        double busySeconds = multiple == 0 || multiple == Double.POSITIVE_INFINITY
                ? multiple
                : demand.erlangs() / demand.perSecond() * multiple;
        double lifetimeSeconds = demand.parts().stream()
                        .mapToDouble(part ->
                                part.arrivals().perSecond() * part.lifetime().meanNanos())
                        .reduce(0, Double::sum)
                / demand.perSecond()
                / NANOS;
        double hold = busySeconds - lifetimeSeconds;
        return new PortCapacity(
                ports,
                refusedShare(demand, ports),
                portsNeeded(demand, targetShare),
                multiple,
                multiple * demand.perSecond(),
                Optional.empty(),
                busySeconds,
                hold >= 0 ? OptionalDouble.of(hold) : OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private static double loadMultipleMax(Demand demand, int ports, double targetShare) {
        boolean poolsOnly = demand.parts().stream().allMatch(CapacityPlanner::isPool);
        if (poolsOnly && pinned(demand) <= ports) {
            return Double.POSITIVE_INFINITY;
        }
        long bound = demand.portsMax().orElse(Long.MAX_VALUE);
        double bounded =
                Math.floor(ports / (double) Math.max(1, bound)); // whole multiples take so many times the bound
        if (targetShare == 0) {
            return bounded;
        }
        double load = poolsOnly ? demand.erlangs() : erlangsBesidePools(demand);
        long free = poolsOnly ? ports : Math.max(0, ports - pinned(demand));
        double carried = ErlangB.erlangs((int) free, targetShare);
        return load == 0 ? Double.POSITIVE_INFINITY : Math.max(bounded, carried / load);
    }

    private static PortCapacity exactCapacity(Demand demand, DemandPart part, int ports, double targetShare) {
        long busyNanos = busyNanos(part);
        long cycle = arrivalsPerCycleMax(ports, targetShare);
        Optional<Rate> rateMax = EvenArrivals.rateMax(cycle, busyNanos);
        double perSecondMax = rateMax.map(Rate::perSecond).orElse(Double.POSITIVE_INFINITY);
        long busyNanosMax = EvenArrivals.busyNanosMax(part.rate(), cycle);
        double hold = (busyNanosMax - part.lifetime().meanNanos()) / NANOS;
        return new PortCapacity(
                ports,
                refusedShare(demand, ports),
                portsNeeded(demand, targetShare),
                perSecondMax / part.rate().perSecond(),
                perSecondMax,
                rateMax,
                busyNanosMax / NANOS,
                hold >= 0 ? OptionalDouble.of(hold) : OptionalDouble.empty(),
                OptionalLong.of(busyNanosMax),
                EvenArrivals.firstRefusalNanos(part.rate(), busyNanos, ports));
    }

    /** The most arrivals within a busy time of which the target share at most is refused. */
    private static long arrivalsPerCycleMax(int ports, double targetShare) {
        long most = (long) Math.min(ports / (1 - targetShare) + 1, 1e15);
        while (most > ports && (double) (most - ports) / most > targetShare) {
            most--;
        }
        return most;
    }

    /**
     * Returns when ports run out after an even demand that had settled becomes another one, or ports become fewer (then both
     * demands are the same); {@link PortCapacity#firstRefusalNanos} begins with all ports free.
     *
     * @param before what one instance asked of one destination
     * @param after what it asks from now on, each for as long
     * @param ports how many it has from now on, not negative
     * @return nanoseconds until the first refusal; empty if there is none
     * @throws IllegalArgumentException if a demand is not exact, their busy times differ, or the number is negative
     */
    public static OptionalLong firstRefusalNanos(Demand before, Demand after, int ports) {
        DemandPart old = exactPart(before);
        DemandPart next = exactPart(after);
        if (busyNanos(old) != busyNanos(next)) {
            throw new IllegalArgumentException("ports taken for " + busyNanos(old) + " ns, then for " + busyNanos(next)
                    + " ns: expected the same before and after");
        }
        return EvenArrivals.firstRefusalNanos(old.rate(), next.rate(), busyNanos(next), ports);
    }

    private static DemandPart exactPart(Demand demand) {
        return demand.exactPart()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a demand that is not exact: expected even arrivals with constant busy times"));
    }

    /**
     * Returns every size of a pool that carries a total load: all of them, not only the first (P9), in normal life and during a
     * redeployment (P8).
     *
     * @param total what all instances together are asked for; they share it equally
     * @param table ports per instance by pool size, such as {@link TierTable#classic} or {@link TierTable#resourceManager}
     * @param targetShare the share that may be refused
     * @return the sizes, as ranges
     * @throws IllegalArgumentException if the target is out of range, or a rate is too fine to be shared
     */
    public static FeasiblePools feasiblePools(Demand total, TierTable table, double targetShare) {
        checkTarget(total, targetShare);
        return FeasiblePools.of(total, table, targetShare);
    }

    /**
     * Returns how a scenario fares at its load, twice, four times, and so on, and which multiple breaks it.
     *
     * @param scenario what would be simulated
     * @param targetShare the share that may be refused
     * @param doublings how often to double, 0 to 40
     * @return the steps, and the highest multiples that meet the target
     * @throws IllegalArgumentException if a number is out of range, a rate becomes too large for a fraction of longs, or the
     *     scenario has no SNAT ports
     */
    public static LoadPlan loadPlan(Scenario scenario, double targetShare, int doublings) {
        if (doublings < 0 || doublings > DOUBLINGS_MAX) {
            throw new IllegalArgumentException(doublings + " doublings: expected 0-" + DOUBLINGS_MAX);
        }
        ImmutableList<InstanceDemand> instances = InstanceDemand.of(scenario);
        instances.forEach(instance -> instance.demands().forEach(demand -> checkTarget(demand, targetShare)));
        return LoadPlan.of(instances, targetShare, doublings);
    }

    /**
     * Returns the use of ports at which a share of refusals begins, for every tier of a table.
     *
     * @param table ports per instance by pool size
     * @param targetShare the share, 1e-50 to below 1
     * @return a row for each tier, smallest pools first
     * @throws IllegalArgumentException if the share is out of range
     */
    public static ImmutableList<AlertThreshold> alertThresholds(TierTable table, double targetShare) {
        return table.tiers().stream()
                .map(tier ->
                        AlertThreshold.of(tier.poolSizeMin(), tier.poolSizeMax(), tier.portsPerInstance(), targetShare))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * Simulates a scenario and puts the closed form beside it.
     *
     * @param scenario what to simulate
     * @param replications how many runs, at least 2: one has no interval
     * @param threads how many may go on at once, at least 1; the result does not depend on it
     * @return both shares, and whether they agree
     * @throws IllegalArgumentException if a number is out of range, the runs would need more memory than there is, or the
     *     scenario has no SNAT ports
     */
    public static Confirmation confirm(Scenario scenario, int replications, int threads) {
        if (replications < 2) {
            throw new IllegalArgumentException(replications + " replications: expected at least 2");
        }
        ImmutableList<InstanceDemand> instances = InstanceDemand.of(scenario);
        return Confirmation.of(instances, Replications.run(scenario, replications, threads));
    }

    /**
     * Returns all of this for a scenario: {@link #loadPlan}, the capacity and the pools of each destination, {@link
     * #alertThresholds}, and {@link #confirm} for the load as it is and as many steps as {@link
     * ScenarioPlan#STEP_ATTEMPTS_MAX} allows. A small one:
     *
     * <pre>{@code
     * Client orders = Client.of("orders", new Arrivals.Even(Rate.perSecond(4)), Destinations.one(database));
     * Scenario scenario = Scenario.of(SnatSetup.pool(), 30, Workload.of(orders), Duration.ofHours(1));
     * ScenarioPlan plan = CapacityPlanner.plan(scenario, 0.001, 4, 10, 2);
     * plan.instances().get(0).portsNeeded(); // 960: 4/s x 240 s
     * }</pre>
     *
     * @param scenario what is planned, and simulated
     * @param targetShare the share that may be refused
     * @param doublings how often to double the load, 0 to 40
     * @param replications how many runs, at least 2: one has no interval
     * @param threads how many may go on at once, at least 1; the result does not depend on it
     * @return the plan
     * @throws IllegalArgumentException if a number is out of range, a rate cannot be scaled, the runs would need more memory than
     *     there is, or the scenario has no SNAT ports
     */
    public static ScenarioPlan plan(
            Scenario scenario, double targetShare, int doublings, int replications, int threads) {
        LoadPlan load = loadPlan(scenario, targetShare, doublings);
        return ScenarioPlan.of(scenario, load, replications, threads);
    }

    private static long busyNanos(DemandPart part) {
        return part.busy().constantNanos().getAsLong();
    }

    private static void checkTarget(Demand demand, double targetShare) {
        if (targetShare != 0) {
            ErlangB.checkTarget(targetShare);
        } else if (demand.exactPart().isEmpty() && demand.portsMax().isEmpty()) {
            throw new IllegalArgumentException("a refused share of 0 for arrivals that are not even: expected "
                    + ErlangB.TARGET_MIN + " to below 1");
        }
    }
}
