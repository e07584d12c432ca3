package io.github.snatsim.bench;

import io.github.snatsim.flow.FlowBatch;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Side;

/** This library, some hundred events at a time: as {@link SnatSim}, but that the misses of a batch overlap. */
final class SnatSimBatched extends SnatSim {
    private static final int EVENTS = 256;
    private static final Kind[] KINDS = Kind.values();
    private static final Side[] SIDES = Side.values();

    private final FlowBatch events = new FlowBatch(EVENTS);

    SnatSimBatched(Workload workload) {
        super(workload);
    }

    @Override
    public void offerAll(Batch batch) {
        int done = 0;
        for (int i = 0; i < batch.size(); i++) {
            events.add(batch.timeNanos[i], KINDS[batch.kind[i]], SIDES[batch.side[i]], batch.key[i]);
            if (events.isFull() || i == batch.size() - 1) {
                table().offer(events);
                for (int event = 0; event < events.size(); event++) {
                    batch.verdict[done++] = verdict(events.outcome(event));
                }
                events.clear();
            }
        }
    }
}
