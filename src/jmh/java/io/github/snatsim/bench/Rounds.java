package io.github.snatsim.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The measured forks of a workload: in each round every entrant runs once, in an order of its own, so that what the
 * machine does meanwhile hits all alike. Ratios are formed inside a round.
 */
final class Rounds {
    private final Workload workload;
    private final List<Map<Entrant, Figure>> rounds = new ArrayList<>();

    Rounds(Workload workload) {
        this.workload = workload;
    }

    void run(List<Entrant> entrants, long seed) throws RunnerException {
        List<Entrant> shuffled = new ArrayList<>(entrants);
        Collections.shuffle(shuffled, new Random(seed));
        Map<Entrant, Figure> round = new EnumMap<>(Entrant.class);
        for (Entrant entrant : shuffled) {
            round.put(entrant, fork(workload, entrant, entrant.collector(workload)));
        }
        rounds.add(round);
    }

    static Figure fork(Workload workload, Entrant entrant, String collector) throws RunnerException {
        int gigabytes = workload.slots() > 1_000_000 ? 8 : workload.slots() > 100_000 ? 3 : 1;
        RunResult result = new Runner(new OptionsBuilder()
                        .include(FlowBenchmark.class.getName())
                        .param("workload", workload.name())
                        .param("entrant", entrant.name())
                        .forks(1)
                        .jvmArgs("-XX:+Use" + collector, "-Xms" + gigabytes + "g", "-Xmx" + gigabytes + "g")
                        .addProfiler(FlowFigures.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .runSingle();
        Figure figure = new Figure(
                // not the mean: what else the machine does meanwhile spoils single batches
                result.getPrimaryResult().getStatistics().getPercentile(50),
                secondary(result, FlowFigures.ALLOCATED),
                secondary(result, FlowFigures.FOOTPRINT),
                secondary(result, FlowFigures.LIVE));
        System.err.printf("%s %s %s: %.1f ns%n", workload.name(), entrant, collector, figure.nanos());
        return figure;
    }

    private static double secondary(RunResult result, String name) {
        return result.getSecondaryResults().get(name).getScore();
    }

    Workload workload() {
        return workload;
    }

    List<Entrant> entrants() {
        return List.copyOf(rounds.get(0).keySet());
    }

    Spread spread(Entrant entrant, ToDoubleFunction<Figure> of) {
        return Spread.of(rounds.stream()
                .mapToDouble(round -> of.applyAsDouble(round.get(entrant)))
                .toArray());
    }

    /** How many times as long the best peer of a round took. */
    Spread bestPeerTo(Entrant entrant) {
        return Spread.of(rounds.stream()
                .mapToDouble(round -> bestPeerNanos(round) / round.get(entrant).nanos())
                .toArray());
    }

    private static double bestPeerNanos(Map<Entrant, Figure> round) {
        return round.entrySet().stream()
                .filter(entry -> entry.getKey().isPeer())
                .mapToDouble(entry -> entry.getValue().nanos())
                .min()
                .orElse(Double.NaN);
    }

    /** How many times as long as a cache miss an event took. */
    Spread toChase(Entrant entrant) {
        return Spread.of(rounds.stream()
                .mapToDouble(round -> round.get(entrant).nanos()
                        / round.get(Entrant.POINTER_CHASE).nanos())
                .toArray());
    }
}
