package io.github.snatsim.trace;

import static io.github.snatsim.trace.PackedEvent.WORDS;

/** Events that came in time order: a queue in a ring of words, which doubles as needed up to a bound. */
final class EventRing implements Waiting {
    private final int eventsMax;
    private long[] words = new long[64 * WORDS];
    private int first;
    private int size;
    private long lastNanos;

    EventRing(int eventsMax) {
        this.eventsMax = eventsMax;
    }

    /** Tells whether an event of this time may follow the last one. */
    boolean continuesAt(long timeNanos) {
        return size == 0 || timeNanos >= lastNanos;
    }

    boolean isFull() {
        return size == eventsMax;
    }

    void add(PackedEvent event) {
        if (size * WORDS == words.length) {
            grow();
        }
        event.copyTo(words, (first + size * WORDS) & words.length - 1);
        size++;
        lastNanos = event.timeNanos;
    }

    private void grow() {
        long[] grown = new long[words.length * 2];
        int untilEnd = words.length - first;
        System.arraycopy(words, first, grown, 0, untilEnd);
        System.arraycopy(words, 0, grown, untilEnd, first);
        words = grown;
        first = 0;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public long timeNanos() {
        return words[first];
    }

    @Override
    public long sequence() {
        return words[first + 1];
    }

    @Override
    public void take(PackedEvent event) {
        event.set(words, first);
        first = (first + WORDS) & words.length - 1;
        size--;
    }
}
