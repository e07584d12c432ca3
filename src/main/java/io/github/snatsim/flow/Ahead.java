package io.github.snatsim.flow;

import io.github.snatsim.net.FlowEvent;

/**
 * Loads what will be needed soon. Where the flows do not fit the cache, a look at one costs as much as some hundred
 * instructions, but a core has a dozen or more loads under way at once if it meets them close together. So work that is known
 * beforehand, the events of a batch and the timers of a place, is gone through twice: once in loops as short as can be that only
 * load, then to do it. With 10^6 flows a batch takes two thirds of the time of its events; small stores are left alone.
 */
final class Ahead {
    /** Events of a batch to be loaded together. */
    static final int EVENTS = 64;

    private final FlowStore store;
    private final Admission admission;

    /** Where the flows of a batch are expected. */
    private final int[] likely = new int[EVENTS];

    /** What was loaded. */
    @SuppressWarnings("UnusedVariable") // written, so that the compiler keeps the loads
    private long loaded;

    Ahead(FlowStore store, Admission admission) {
        this.store = store;
        this.admission = admission;
    }

    /**
     * Loads the flows of some events of a batch, and what those take that open.
     *
     * @param from the first event
     * @param to one past the last, at most {@link #EVENTS} further
     */
    void loadEvents(FlowBatch batch, int from, int to) {
        if (!store.isLarge()) {
            return;
        }
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += store.touchTags(batch.flow(i));
        }
        for (int i = from; i < to; i++) {
            likely[i - from] = store.likely(batch.flow(i));
        }
        for (int i = 0; i < to - from; i++) {
            sum += store.touch(likely[i]);
        }
        for (int i = from; i < to; i++) {
            if (batch.kind(i) == FlowEvent.Kind.SYN) {
                sum += admission.touch(batch.flow(i));
            }
        }
        loaded += sum;
    }

    /** Loads the slot of a flow that is about to open: it is at hand by the time there is a port. */
    void loadOpening(long flow) {
        if (store.isLarge()) {
            loaded += store.touch(store.likely(flow));
        }
    }

    /** Loads the flows of timers that move on: the slots {@code timers[from]} to {@code timers[to]}. */
    void loadMoving(int[] timers, int from, int to) {
        if (store.isLarge()) {
            loaded += sumOf(timers, from, to);
        }
    }

    /** Loads the flows of timers that are due soon, and what they give back. */
    void loadDue(int[] timers, int from, int to) {
        if (!store.isLarge()) {
            return;
        }
        long sum = sumOf(timers, from, to);
        for (int i = from; i <= to; i++) {
            long flow = store.key(timers[i]);
            if (flow != 0) { // else ended before its time
                sum += admission.touch(flow);
            }
        }
        loaded += sum;
    }

    private long sumOf(int[] timers, int from, int to) {
        long sum = 0;
        for (int i = from; i <= to; i++) {
            sum += store.touch(timers[i]);
        }
        return sum;
    }
}
