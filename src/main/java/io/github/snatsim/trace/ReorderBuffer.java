package io.github.snatsim.trace;

import java.io.Closeable;
import java.io.IOException;

/**
 * Puts events into time order; equal times keep their order of arrival. An event leaves when no record may still come
 * that is earlier: once a record has arrived that is later by the window, or the input has ended.
 *
 * <p>What arrives in order waits in a queue, at constant cost per event; what does not waits in a heap. When either
 * holds its share of the bound it goes to disk as a sorted run, so that memory is bounded however much waits.
 */
final class ReorderBuffer implements Closeable {
    /** About 2 MiB each in the queue and in the heap. */
    static final int EVENTS_IN_MEMORY_MAX = 1 << 17;

    private final long windowNanos;
    private final EventRing inOrder;
    private final EventHeap outOfOrder;
    private final SpilledRuns onDisk = new SpilledRuns();
    private final PackedEvent arriving = new PackedEvent();

    private long arrivals;
    private long latestNanos;
    /** Events up to this time may leave. */
    private long dueNanos = Long.MIN_VALUE;

    ReorderBuffer(long windowNanos, int eventsInMemoryMax) {
        this.windowNanos = windowNanos;
        inOrder = new EventRing(Math.max(1, eventsInMemoryMax / 2));
        outOfOrder = new EventHeap(Math.max(1, eventsInMemoryMax / 2));
    }

    long windowNanos() {
        return windowNanos;
    }

    /** Returns how far a record's time lies behind the latest record; zero or less if it is the latest. */
    long lagNanos(long timeNanos) {
        return latestNanos - timeNanos;
    }

    /** Notes that a record of this time has arrived, not negative and not further back than the window. */
    void arrive(long timeNanos) {
        if (timeNanos > latestNanos) {
            latestNanos = timeNanos;
            dueNanos = timeNanos - windowNanos;
        }
    }

    /** Notes that no further record will arrive: everything may leave. */
    void end() {
        dueNanos = Long.MAX_VALUE;
    }

    /** Adds an event of a record that has arrived; the event may be later than the record. */
    void add(long timeNanos, long from, long to) throws IOException {
        arriving.set(timeNanos, arrivals++, from, to);
        if (inOrder.continuesAt(timeNanos)) {
            if (inOrder.isFull()) {
                onDisk.spill(inOrder);
            }
            inOrder.add(arriving);
        } else {
            if (outOfOrder.isFull()) {
                onDisk.spill(outOfOrder);
            }
            outOfOrder.add(arriving);
        }
    }

    /** Tells whether an event may leave now. */
    boolean isReady() {
        Waiting earliest = earliest();
        return !earliest.isEmpty() && earliest.timeNanos() <= dueNanos;
    }

    /** Moves the earliest event into {@code event}; there must be one that is {@link #isReady ready}. */
    void take(PackedEvent event) throws IOException {
        earliest().take(event);
    }

    private Waiting earliest() {
        if (outOfOrder.isEmpty() && onDisk.isEmpty()) {
            return inOrder;
        }
        Waiting earliest = outOfOrder.isBefore(inOrder) ? outOfOrder : inOrder;
        return onDisk.isBefore(earliest) ? onDisk : earliest;
    }

    @Override
    public void close() throws IOException {
        onDisk.close();
    }
}
