package io.github.snatsim.bench;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Passes what {@link FlowBenchmark} weighed on to JMH. Its fields are written on the one measuring thread. */
public final class FlowFigures implements InternalProfiler {
    static final String ALLOCATED = "allocated";
    static final String FOOTPRINT = "footprint";
    static final String LIVE = "live";

    static volatile double allocatedPerEvent;
    static volatile double bytesPerFlow;
    static volatile double liveFlows;

    /** For JMH. */
    public FlowFigures() {}

    @Override
    public String getDescription() {
        return "Bytes allocated per event, heap bytes per live flow";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

    /** The weights are known after the last iteration only, and zero before. */
    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return List.of(
                new ScalarResult(ALLOCATED, allocatedPerEvent, "B/op", AggregationPolicy.AVG),
                new ScalarResult(FOOTPRINT, bytesPerFlow, "B/flow", AggregationPolicy.MAX),
                new ScalarResult(LIVE, liveFlows, "flows", AggregationPolicy.MAX));
    }
}
