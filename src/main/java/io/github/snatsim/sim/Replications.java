package io.github.snatsim.sim;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/**
 * Independent runs of one scenario with consecutive seeds. Immutable; threads may share it.
 *
 * @param runs one result for each seed, in the order of the seeds, whatever the number of threads; when several were run
 *     only the first has its courses over time, destinations and episodes
 */
public record Replications(ImmutableList<SimulationResult> runs) {
    /**
     * Runs a scenario with its seed and the following ones.
     *
     * @param scenario what to simulate
     * @param count how many runs, at least 1
     * @param threads how many may go on at once, at least 1; the result does not depend on it
     * @return the results
     * @throws IllegalArgumentException if a number is out of range, or the runs would need more memory than there is
     */
    public static Replications run(Scenario scenario, int count, int threads) {
        if (count < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    count + " replications on " + threads + " threads: expected at least 1 of each");
        }
        MemoryEstimate.of(scenario).check(Runtime.getRuntime().maxMemory() / Math.min(count, threads));
        List<Callable<SimulationResult>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Scenario run = scenario.withSeed(scenario.seed() + i);
            boolean whole = i == 0;
            tasks.add(() -> whole ? ScenarioRun.run(run) : ScenarioRun.run(run).totals());
        }
        ExecutorService executor = Executors.newFixedThreadPool(
                Math.min(count, threads),
                new ThreadFactoryBuilder()
                        .setDaemon(true)
                        .setNameFormat("replication-%d")
                        .build());
        try {
            ImmutableList.Builder<SimulationResult> results = ImmutableList.builder();
            for (Future<SimulationResult> result : executor.invokeAll(tasks)) {
                results.add(result.get());
            }
            return new Replications(results.build());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while replications ran", e);
        } catch (ExecutionException e) {
            Throwables.throwIfUnchecked(Objects.requireNonNull(e.getCause()));
            throw new IllegalStateException("a replication failed: " + e.getCause(), e);
        } finally {
            executor.shutdownNow();
        }
    }

    /**
     * Estimates a figure from all runs.
     *
     * @param figure what to take from each run
     * @return its mean with an interval
     */
    public Estimate estimate(ToDoubleFunction<SimulationResult> figure) {
        return Estimate.of(runs.stream().map(figure::applyAsDouble).collect(toImmutableList()));
    }
}
