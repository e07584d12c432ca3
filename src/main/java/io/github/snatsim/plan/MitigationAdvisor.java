package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.sim.Estimate;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.SimulationResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Which mitigation helps most (rule M3)? Runs a scenario with each and without, with the same seeds. Stateless.
 *
 * <pre>{@code
 * Comparison comparison = MitigationAdvisor.compare(scenario, MitigationAdvisor.usual(scenario), 10, 2);
 * String advice = comparison.best().title() + ": " + comparison.best().reason();
 * }</pre>
 */
public final class MitigationAdvisor {
    private MitigationAdvisor() {}

    /** One choice as it ran. */
    private record Tried(
            ImmutableList<ScenarioMitigation> mitigations, String reason, Scenario scenario, Replications runs) {
        double mean(ToDoubleFunction<SimulationResult> figure) {
            return runs.estimate(figure).mean();
        }
    }

    /**
     * Returns every mitigation once, with a usual value for the scenario, and two that go together.
     *
     * @param scenario what would be compared
     * @return the choices, for {@link #compare}; some may be such that the scenario cannot have them
     */
    public static ImmutableList<ImmutableList<ScenarioMitigation>> usual(Scenario scenario) {
        return UsualMitigations.of(scenario);
    }

    /**
     * Compares choices of mitigations with the scenario as it stands.
     *
     * @param scenario the scenario as it stands
     * @param choices what to try; the mitigations of one choice are tried together, applied in their order
     * @param replications how many runs for each, at least 1; with 1 a difference is taken as it is, without an interval
     * @param threads how many may go on at once, at least 1; the result does not depend on it
     * @return the ranking
     * @throws IllegalArgumentException if a number is out of range, a choice is empty, the scenario has no SNAT ports, or the runs would need more
     *     memory than there is
     */
    public static Comparison compare(
            Scenario scenario,
            ImmutableList<ImmutableList<ScenarioMitigation>> choices,
            int replications,
            int threads) {
        InstanceDemand.of(scenario); // refuses what has no SNAT ports
        Tried baseline = new Tried(
                ImmutableList.of(), "for comparison", scenario, Replications.run(scenario, replications, threads));
        List<Tried> tried = new ArrayList<>(List.of(baseline));
        ImmutableList.Builder<Comparison.Unavailable> unavailable = ImmutableList.builder();
        for (ImmutableList<ScenarioMitigation> choice : choices) {
            if (choice.isEmpty()) {
                throw new IllegalArgumentException("a choice of no mitigation: expected at least one");
            }
            try {
                tried.add(attempt(scenario, choice, baseline, replications, threads));
            } catch (IllegalArgumentException e) { // it cannot be had, or its runs need more memory than there is
                unavailable.add(new Comparison.Unavailable(choice, String.valueOf(e.getMessage())));
            }
        }
        return new Comparison(replications, scenario.seed(), ranked(baseline, tried), unavailable.build());
    }

    private static Tried attempt(
            Scenario scenario,
            ImmutableList<ScenarioMitigation> choice,
            Tried baseline,
            int replications,
            int threads) {
        Mitigated mitigated = apply(scenario, choice);
        Replications runs = mitigated.scenario().equals(scenario)
                ? baseline.runs()
                : Replications.run(mitigated.scenario(), replications, threads);
        return new Tried(choice, mitigated.reason(), mitigated.scenario(), runs);
    }

    private static Mitigated apply(Scenario scenario, ImmutableList<ScenarioMitigation> choice) {
        Mitigated all = new Mitigated(scenario, "");
        for (ScenarioMitigation mitigation : choice) {
            Mitigated next = Mitigated.of(all.scenario(), mitigation);
            all = new Mitigated(
                    next.scenario(), all.reason().isEmpty() ? next.reason() : all.reason() + "; " + next.reason());
        }
        return all;
    }

    /** Of equals the one that fails fewer requests, then the one asked for first. */
    private static ImmutableList<Comparison.Row> ranked(Tried baseline, List<Tried> tried) {
        List<Tried> sorted = new ArrayList<>(tried);
        sorted.sort(Comparator.<Tried>comparingDouble(one -> one.mean(MitigationAdvisor::refused))
                .thenComparingDouble(one -> one.mean(SimulationResult::gaveUp)));
        ImmutableList.Builder<Comparison.Row> rows = ImmutableList.builder();
        int rank = 1;
        for (int i = 0; i < sorted.size(); i++) {
            if (differs(difference(sorted.get(i), sorted.get(rank - 1)))) {
                rank = i + 1;
            }
            rows.add(row(baseline, sorted.get(i)).withRank(rank));
        }
        return rows.build();
    }

    private static double refused(SimulationResult run) {
        return run.metrics().refused();
    }

    /** Run by run, with the same seeds: how many fewer are refused in the second. */
    private static Estimate difference(Tried first, Tried second) {
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < first.runs().runs().size(); i++) {
            differences.add(refused(first.runs().runs().get(i))
                    - refused(second.runs().runs().get(i)));
        }
        return Estimate.of(ImmutableList.copyOf(differences));
    }

    private static boolean differs(Estimate difference) {
        return difference.n() == 1 ? difference.mean() != 0 : difference.low() > 0 || difference.high() < 0;
    }

    private static Comparison.Row row(Tried baseline, Tried one) {
        Estimate less = difference(baseline, one);
        PublicSources sources = PublicSources.of(one.scenario());
        return new Comparison.Row(
                1,
                one.mitigations(),
                one.reason(),
                effect(one.mitigations().isEmpty(), less),
                one.runs().estimate(MitigationAdvisor::refused),
                less,
                one.runs().estimate(SimulationResult::refusedShare),
                one.runs().estimate(run -> run.metrics().attempts()),
                one.runs().estimate(MitigationAdvisor::requests),
                one.runs().estimate(SimulationResult::gaveUp),
                cost(baseline.scenario(), one.scenario(), sources),
                sources);
    }

    private static double requests(SimulationResult run) {
        return run.clients().stream().mapToLong(client -> client.requests()).sum();
    }

    private static Comparison.Effect effect(boolean isBaseline, Estimate less) {
        if (isBaseline) {
            return Comparison.Effect.BASELINE;
        } else if (!differs(less)) {
            return Comparison.Effect.NO_DIFFERENCE;
        }
        return less.mean() > 0 ? Comparison.Effect.FEWER : Comparison.Effect.MORE;
    }

    private static Comparison.Cost cost(Scenario before, Scenario after, PublicSources sources) {
        return new Comparison.Cost(
                after.instances().size() - before.instances().size(),
                sources.count() - PublicSources.of(before).count(),
                DestinationMitigations.places(after) - DestinationMitigations.places(before));
    }
}
