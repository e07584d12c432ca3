package io.github.snatsim.scenario;

import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Distribution;
import java.time.Duration;

/** Writes arrivals and distributions: the inverse of {@link ArrivalsBinder} and {@link DistributionBinder}. */
final class ArrivalsWriter {
    private ArrivalsWriter() {}

    static Block arrivals(Arrivals arrivals) {
        if (arrivals instanceof Arrivals.Even even) {
            return Block.of("even", Units.write(even.rate()));
        } else if (arrivals instanceof Arrivals.Poisson poisson) {
            return Block.of("poisson", Units.write(poisson.rate()));
        } else if (arrivals instanceof Arrivals.Bursts bursts) {
            return Block.of(
                    "bursts",
                    Block.of("size", Integer.toString(bursts.size())).put("every", Units.write(bursts.every())));
        } else if (arrivals instanceof Arrivals.Daily daily) {
            return Block.of(
                    "daily",
                    ScenarioWriter.list(
                            daily.hourly(), rate -> rate.map(Units::write).orElse("0")));
        } else if (arrivals instanceof Arrivals.Recorded recorded) {
            return Block.of("recorded", ScenarioWriter.list(recorded.times(), Units::write));
        } else if (arrivals instanceof Arrivals.ClosedLoop loop) {
            return Block.of(
                    "closed-loop",
                    Block.of("workers", Integer.toString(loop.workers()))
                            .putUnless(
                                    Distribution.fixed(Duration.ZERO),
                                    "think",
                                    loop.think(),
                                    ArrivalsWriter::distribution));
        }
        throw ScenarioWriter.unknown(arrivals);
    }

    static Object distribution(Distribution distribution) {
        if (distribution instanceof Distribution.Fixed fixed) {
            return Units.write(fixed.value());
        } else if (distribution instanceof Distribution.Exponential exponential) {
            return Block.of("exponential", Block.of("mean", Units.write(exponential.mean())));
        } else if (distribution instanceof Distribution.LogNormal normal) {
            return Block.of(
                    "log-normal",
                    Block.of("median", Units.write(normal.median())).put("sigma", Units.write(normal.sigma())));
        } else if (distribution instanceof Distribution.Pareto pareto) {
            return Block.of(
                    "pareto", Block.of("min", Units.write(pareto.min())).put("shape", Units.write(pareto.shape())));
        } else if (distribution instanceof Distribution.Empirical empirical) {
            return Block.of("empirical", ScenarioWriter.list(empirical.values(), Units::write));
        }
        throw ScenarioWriter.unknown(distribution);
    }
}
