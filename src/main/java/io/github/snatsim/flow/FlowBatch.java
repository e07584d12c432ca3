package io.github.snatsim.flow;

import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.Side;

/**
 * Events to be offered to a {@link FlowTable} together, in columns that are used again: 18 bytes for each. Not for use by
 * several threads at once.
 */
public final class FlowBatch {
    private static final FlowEvent.Kind[] KINDS = FlowEvent.Kind.values();
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final int KIND_BITS = 0x7f;
    private static final int RESPONDER = 0x80;

    private final long[] timesNanos;
    private final long[] flows;

    /** The kind, and {@link #RESPONDER} for that side. */
    private final byte[] packets;

    private final byte[] outcomes;
    private int size;

    /**
     * Makes an empty batch.
     *
     * @param capacity how many events it has room for, at least 1; some hundreds are enough
     * @throws IllegalArgumentException if it is below 1
     */
    public FlowBatch(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a batch of " + capacity + " events: expected at least 1");
        }
        timesNanos = new long[capacity];
        flows = new long[capacity];
        packets = new byte[capacity];
        outcomes = new byte[capacity];
    }

    /**
     * Adds an event.
     *
     * @param timeNanos when, not before the event before
     * @param kind what
     * @param side who sent it
     * @param flow the flow's key, from {@link FlowKeys#key}
     * @throws IllegalStateException if the batch is full
     */
    public void add(long timeNanos, FlowEvent.Kind kind, Side side, long flow) {
        if (isFull()) {
            throw new IllegalStateException("a batch of " + size + " events is full");
        }
        timesNanos[size] = timeNanos;
        flows[size] = flow;
        packets[size] = (byte) (kind.ordinal() | (side == Side.RESPONDER ? RESPONDER : 0));
        size++;
    }

    /** Makes the batch empty. */
    public void clear() {
        size = 0;
    }

    /**
     * Returns how many events it has.
     *
     * @return events
     */
    public int size() {
        return size;
    }

    /**
     * Tells whether there is no room for another event.
     *
     * @return true at the capacity
     */
    public boolean isFull() {
        return size == timesNanos.length;
    }

    /**
     * Returns what became of an event.
     *
     * @param i which, from 0
     * @return its outcome, once the batch has been offered
     */
    public Outcome outcome(int i) {
        return OUTCOMES[outcomes[i]];
    }

    void outcome(int i, Outcome outcome) {
        outcomes[i] = (byte) outcome.ordinal();
    }

    long timeNanos(int i) {
        return timesNanos[i];
    }

    long flow(int i) {
        return flows[i];
    }

    FlowEvent.Kind kind(int i) {
        return KINDS[packets[i] & KIND_BITS];
    }

    Side side(int i) {
        return packets[i] < 0 ? Side.RESPONDER : Side.INITIATOR;
    }
}
