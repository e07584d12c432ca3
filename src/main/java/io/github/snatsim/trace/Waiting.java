package io.github.snatsim.trace;

import java.io.IOException;

/** Events that wait for their turn; only the earliest of them can be seen and taken. */
sealed interface Waiting permits EventRing, EventHeap, SpilledRuns {
    boolean isEmpty();

    /** Returns the time of the earliest event; undefined when empty. */
    long timeNanos();

    /** Returns the sequence of the earliest event; undefined when empty. */
    long sequence();

    /** Moves the earliest event into {@code event}; not to be called when empty. */
    void take(PackedEvent event) throws IOException;

    default boolean isBefore(Waiting other) {
        return !isEmpty()
                && (other.isEmpty()
                        || PackedEvent.isBefore(timeNanos(), sequence(), other.timeNanos(), other.sequence()));
    }
}
