package io.github.snatsim.sim;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.metrics.Metrics;
import io.github.snatsim.time.Nanos;
import java.util.ArrayList;
import java.util.List;

/** The scale events of a run, each with the refusals of the minutes that follow it. */
final class ScaleLog {
    private static final int MINUTES = 5;
    private static final long MINUTE_NANOS = Nanos.ofSeconds(60);

    /** An event and the refusals so far at it and at the end of each minute after it. */
    private record Entry(ScaleEvent event, List<Long> refusedUntil) {}

    private final Simulation simulation;
    private final Metrics metrics;
    private final long endNanos;
    private final List<Entry> entries = new ArrayList<>();

    ScaleLog(Simulation simulation, Metrics metrics, long endNanos) {
        this.simulation = simulation;
        this.metrics = metrics;
        this.endNanos = endNanos;
    }

    /** Adds an event that happens now. */
    void add(ScaleEvent event) {
        Entry entry = new Entry(event, new ArrayList<>());
        entry.refusedUntil.add(metrics.refusedEver());
        entries.add(entry);
        for (int minute = 1; minute <= MINUTES; minute++) {
            long time = event.timeNanos() + minute * MINUTE_NANOS;
            if (time <= endNanos) {
                simulation.schedule(time, () -> entry.refusedUntil.add(metrics.refusedEver()));
            }
        }
    }

    ImmutableList<ScaleEvent> events() {
        return entries.stream()
                .map(entry -> entry.event.withRefusedByMinute(refusedByMinute(entry)))
                .collect(toImmutableList());
    }

    private ImmutableList<Long> refusedByMinute(Entry entry) {
        List<Long> until = new ArrayList<>(entry.refusedUntil);
        long sampledNanos = entry.event.timeNanos() + (until.size() - 1) * MINUTE_NANOS;
        if (until.size() <= MINUTES && simulation.nowNanos() > sampledNanos) {
            until.add(metrics.refusedEver());
        }
        ImmutableList.Builder<Long> byMinute = ImmutableList.builder();
        for (int i = 1; i < until.size(); i++) {
            byMinute.add(until.get(i) - until.get(i - 1));
        }
        return byMinute.build();
    }
}
