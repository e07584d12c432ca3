package io.github.snatsim.plan;

import io.github.snatsim.net.Destination;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.Scenario;
import java.util.Comparator;
import java.util.Optional;

/**
 * Whether the ports of a scenario explain failures that were observed (rule M4). Immutable; threads may share it.
 *
 * @param instance the instances that were judged by, which are alike
 * @param demand what one of them asks of the destination where attempts failed
 * @param verdict the verdict with its arithmetic
 * @param simulated whether the numbers are those of runs, because arithmetic does not apply
 */
public record ScenarioVerdict(InstanceDemand instance, Demand demand, SnatVerdict verdict, boolean simulated) {
    /** A demand and whose it is. */
    private record Suspect(InstanceDemand instance, Demand demand) {
        double refusedShare() {
            return CapacityPlanner.refusedShare(demand, instance.ports());
        }
    }

    static ScenarioVerdict of(
            Scenario scenario, Observation observed, Optional<Destination> failing, int replications, int threads) {
        Suspect suspect = InstanceDemand.of(scenario).stream()
                .flatMap(instance -> instance.demands().stream().map(demand -> new Suspect(instance, demand)))
                .filter(one -> failing.isEmpty() || one.demand().destinations().contains(failing.get()))
                .max(Comparator.comparingDouble(Suspect::refusedShare)
                        .thenComparingDouble(one -> one.demand().erlangs()))
                .orElseThrow(() -> new IllegalArgumentException(
                        failing.map(to -> to + " is no destination of the scenario that takes ports")
                                .orElse("nothing in the scenario takes ports")));
        SnatVerdict byArithmetic =
                NotSnat.judge(suspect.demand(), suspect.instance().ports(), observed);
        if (byArithmetic.reason() != SnatVerdict.Reason.THEORY_DOES_NOT_APPLY) {
            return new ScenarioVerdict(suspect.instance(), suspect.demand(), byArithmetic, false);
        }
        Replications runs = Replications.run(scenario, replications, threads);
        SnatVerdict bySimulation = NotSnat.judge(runs, suspect.instance().ports(), observed);
        return new ScenarioVerdict(suspect.instance(), suspect.demand(), bySimulation, true);
    }
}
