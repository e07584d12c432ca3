package io.github.snatsim.trace;

import static io.github.snatsim.trace.PackedEvent.WORDS;

import java.util.Arrays;

/** Events that came out of order: a binary heap of words by (time, sequence), which doubles as needed up to a bound. */
final class EventHeap implements Waiting {
    private final int eventsMax;
    private long[] words = new long[64 * WORDS];
    private int size;

    EventHeap(int eventsMax) {
        this.eventsMax = eventsMax;
    }

    boolean isFull() {
        return size == eventsMax;
    }

    void add(PackedEvent event) {
        if (size * WORDS == words.length) {
            words = Arrays.copyOf(words, words.length * 2);
        }
        int hole = size++;
        while (hole > 0 && isBefore(event.timeNanos, event.sequence, (hole - 1) / 2)) {
            move((hole - 1) / 2, hole);
            hole = (hole - 1) / 2;
        }
        event.copyTo(words, hole * WORDS);
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public long timeNanos() {
        return words[0];
    }

    @Override
    public long sequence() {
        return words[1];
    }

    @Override
    public void take(PackedEvent event) {
        event.set(words, 0);
        int last = --size;
        int hole = 0;
        for (int child = 1; child < last; child = 2 * hole + 1) {
            if (child + 1 < last && isBefore(words[(child + 1) * WORDS], words[(child + 1) * WORDS + 1], child)) {
                child++;
            }
            if (isBefore(words[last * WORDS], words[last * WORDS + 1], child)) {
                break;
            }
            move(child, hole);
            hole = child;
        }
        move(last, hole);
    }

    private boolean isBefore(long timeNanos, long sequence, int other) {
        return PackedEvent.isBefore(timeNanos, sequence, words[other * WORDS], words[other * WORDS + 1]);
    }

    private void move(int source, int target) {
        System.arraycopy(words, source * WORDS, words, target * WORDS, WORDS);
    }
}
