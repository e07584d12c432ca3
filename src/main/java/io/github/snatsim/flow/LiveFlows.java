package io.github.snatsim.flow;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.time.Nanos;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What a {@link FlowTable} can tell of its flows by a pass over all of them; changes nothing. */
final class LiveFlows {
    private final FlowStore store;
    private final FlowKeys keys;
    private final IdleTimes idleTimes;
    private final long finHoldNanos;
    private final long rstHoldNanos;

    LiveFlows(FlowStore store, FlowKeys keys, IdleTimes idleTimes, FlowRules rules) {
        this.store = store;
        this.keys = keys;
        this.idleTimes = idleTimes;
        finHoldNanos = Nanos.of(rules.finHold());
        rstHoldNanos = Nanos.of(rules.rstHold());
    }

    /** The slots of the live flows that a predicate accepts, in opening order. */
    IntStream slots(IntPredicate wanted) {
        return liveSlots()
                .filter(wanted)
                .boxed()
                .sorted(Comparator.comparingLong(store::order))
                .mapToInt(Integer::intValue);
    }

    private IntStream liveSlots() {
        return IntStream.range(0, store.capacity()).filter(slot -> store.key(slot) != 0);
    }

    /** The live flows that a predicate of slots accepts, in opening order. */
    ImmutableList<Flow> flows(IntPredicate wanted) {
        return slots(wanted).mapToObj(this::flow).collect(toImmutableList());
    }

    Flow flow(int slot) {
        int snatPort = store.port(slot);
        return new Flow(
                keys.tuple(store.key(slot)),
                SnatPort.frontend(snatPort),
                SnatPort.port(snatPort),
                store.state(slot),
                since(slot),
                store.deadline(slot));
    }

    /** What a deadline counts from; nothing else is kept, since every deadline is a beginning and a fixed time. */
    private long since(int slot) {
        long deadline = store.deadline(slot);
        if (deadline == DeadlineQueue.NEVER_NANOS) {
            return Long.MIN_VALUE;
        }
        return deadline
                - switch (store.state(slot)) {
                    case OPEN -> idleTimes.nanos(store.idleClass(slot));
                    case FIN_HOLD -> finHoldNanos;
                    case RST_HOLD -> rstHoldNanos;
                };
    }

    /** The earliest deadline of the flows that a predicate of slots accepts, empty if there are none. */
    OptionalLong firstDeadlineNanos(IntPredicate wanted) {
        return liveSlots().filter(wanted).mapToLong(store::deadline).min();
    }

    /** The latest deadline of all, empty if no flow is live. */
    OptionalLong lastDeadlineNanos() {
        return liveSlots().mapToLong(store::deadline).max();
    }
}
