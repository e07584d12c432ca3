package io.github.snatsim.flow;

import io.github.snatsim.time.Nanos;
import java.util.Arrays;

/**
 * Timers in exact order of time: a hierarchical wheel of eight levels with 256 slots each, one byte of the time per
 * level, so that it needs no tick and loses no precision.
 *
 * <p>A timer lies on the level of the highest byte in which its time differs from {@code base}, the time up to which
 * slots have been emptied. When the earliest slot comes due it is spread over the levels below; once it is as narrow as
 * 17 ms and holds few timers they are sorted into the <em>run</em> instead, from where they are polled. A timer of some
 * minutes is therefore moved two or three times, sequentially, and sorted among a few dozen.
 *
 * <p>Timers that come due within the next slot of 17 ms are told to {@link Ahead}, so that what they stand for can be loaded at
 * once.
 *
 * <p>A timer costs 17 bytes (time and key, and its part of a chunk's head) in chunks that are reused, so that a steady state
 * allocates nothing.
 */
final class DeadlineQueue {
    private static final int LEVELS = 8;
    private static final int SLOTS = 256;

    /** A slot becomes the run if it holds at most this many timers ... */
    private static final int RUN_MAX = 32;

    /** ... and is at most 2^24 ns wide, so that few timers are ever added to a run. */
    private static final int RUN_LEVEL_MAX = 3;

    /** Timers of a slot lie in linked chunks of the pool; the first two longs of a chunk are its next and its count. */
    private static final int CHUNK_TIMERS = 15;

    private static final int CHUNK_LONGS = 2 + 2 * CHUNK_TIMERS;
    private static final int NO_CHUNK = 0;

    /** The pool grows by segments of 1,024 chunks, 256 KiB, so that it holds little more than it needs. */
    private static final int SEGMENT_BITS = 10;

    private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;

    private final Ahead ahead;

    private final int[] firstChunk = new int[LEVELS * SLOTS];
    private final long[] occupied = new long[LEVELS * SLOTS / Long.SIZE];
    private long[][] pool = {new long[CHUNK_LONGS * 16]};
    private int freeChunk = NO_CHUNK;
    private int chunkLast;

    /** Every timer in a slot is at or after this time. */
    private long base = Long.MIN_VALUE;

    private int size;

    /** Timers before {@code runEnd}, sorted by time: (time, key) from {@code runNext} to {@code runLast}. */
    private long[] run = new long[4 * RUN_MAX];

    private int runNext;
    private int runLast;
    private long runEnd = Long.MIN_VALUE;

    private long dueNanos;
    private long[] dueKeys = new long[8];

    /** Hears which timers will be due soon, all of a slot of 17 ms at once. */
    interface Ahead {
        void dueSoon(long key);
    }

    /**
     * Makes an empty queue.
     *
     * @param ahead hears of each timer a little before it is polled, once or more often
     */
    DeadlineQueue(Ahead ahead) {
        this.ahead = ahead;
    }

    int size() {
        return size;
    }

    /**
     * Adds a timer.
     *
     * @param timeNanos not before the last polled time
     */
    void add(long timeNanos, long key) {
        size++;
        if (timeNanos < runEnd) {
            insertIntoRun(timeNanos, key);
        } else {
            put(timeNanos, key);
        }
    }

    /**
     * Takes out all timers of the earliest time, if it has come.
     *
     * @return how many; their time is {@link #dueNanos}, their keys {@link #dueKey}, in no order
     */
    int poll(long nowNanos) {
        if (!fillRun(nowNanos) || run[runNext] > nowNanos) {
            return 0;
        }
        dueNanos = run[runNext];
        int count = 0;
        while (runNext < runLast && run[runNext] == dueNanos) {
            if (count == dueKeys.length) {
                dueKeys = Arrays.copyOf(dueKeys, count * 2);
            }
            dueKeys[count++] = run[runNext + 1];
            runNext += 2;
        }
        size -= count;
        return count;
    }

    long dueNanos() {
        return dueNanos;
    }

    long dueKey(int i) {
        return dueKeys[i];
    }

    /** A time before which no timer is due: exact while the run has timers, else the start of the earliest slot. */
    long earliestNanos() {
        if (runNext < runLast) {
            return run[runNext];
        }
        int slot = firstOccupied();
        return slot < 0 ? Long.MAX_VALUE : startOf(slot);
    }

    /** Makes the run hold the earliest timers, if a slot has come due; returns whether the run holds any. */
    private boolean fillRun(long nowNanos) {
        while (runNext == runLast) {
            int slot = firstOccupied();
            if (slot < 0 || startOf(slot) > nowNanos) {
                return false;
            }
            base = startOf(slot);
            int level = slot / SLOTS;
            int chunk = firstChunk[slot];
            if (level == RUN_LEVEL_MAX) {
                tellAhead(chunk);
            }
            firstChunk[slot] = NO_CHUNK;
            occupied[slot / Long.SIZE] &= ~(1L << slot % Long.SIZE);
            if (level == 0 || (level <= RUN_LEVEL_MAX && isShort(chunk))) {
                loadRun(chunk);
                runEnd = Nanos.later(base, 1L << (level * 8));
            } else {
                spread(chunk);
            }
        }
        return true;
    }

    private void tellAhead(int chunk) {
        for (int c = chunk; c != NO_CHUNK; c = next(c)) {
            long[] timers = segment(c);
            int at = at(c) + 3;
            for (int i = 0; i < count(c); i++) {
                ahead.dueSoon(timers[at + 2 * i]);
            }
        }
    }

    private boolean isShort(int chunk) {
        int count = 0;
        for (int c = chunk; c != NO_CHUNK && count <= RUN_MAX; c = next(c)) {
            count += count(c);
        }
        return count <= RUN_MAX;
    }

    private void loadRun(int chunk) {
        runNext = 0;
        runLast = 0;
        for (int c = chunk; c != NO_CHUNK; c = recycle(c)) {
            int longs = 2 * count(c);
            if (runLast + longs > run.length) {
                run = Arrays.copyOf(run, run.length * 2);
            }
            System.arraycopy(segment(c), at(c) + 2, run, runLast, longs);
            runLast += longs;
        }
        sortRun();
    }

    /** Insertion sort: a run has few timers, or many of one time (level 0), which are sorted already. */
    private void sortRun() {
        for (int i = 2; i < runLast; i += 2) {
            long time = run[i];
            long key = run[i + 1];
            int to = i;
            for (; to > 0 && run[to - 2] > time; to -= 2) {
                run[to] = run[to - 2];
                run[to + 1] = run[to - 1];
            }
            run[to] = time;
            run[to + 1] = key;
        }
    }

    private void insertIntoRun(long timeNanos, long key) {
        if (runLast == run.length) {
            run = Arrays.copyOf(run, run.length * 2);
        }
        int to = runLast;
        for (; to > runNext && run[to - 2] > timeNanos; to -= 2) {
            run[to] = run[to - 2];
            run[to + 1] = run[to - 1];
        }
        run[to] = timeNanos;
        run[to + 1] = key;
        runLast += 2;
    }

    private void spread(int chunk) {
        for (int c = chunk; c != NO_CHUNK; c = recycle(c)) {
            long[] timers = segment(c);
            int at = at(c) + 2;
            for (int i = 0; i < count(c); i++) {
                put(timers[at + 2 * i], timers[at + 2 * i + 1]);
            }
        }
    }

    private void put(long timeNanos, long key) {
        long differing = timeNanos ^ base;
        int level = differing == 0 ? 0 : (63 - Long.numberOfLeadingZeros(differing)) / 8;
        // The sign bit is turned so that the slots of the top level are in order of signed time.
        int digit = (int) ((timeNanos ^ Long.MIN_VALUE) >>> (level * 8)) & 0xff;
        int slot = level * SLOTS + digit;
        int chunk = firstChunk[slot];
        if (chunk == NO_CHUNK || count(chunk) == CHUNK_TIMERS) {
            int next = chunk;
            chunk = newChunk();
            segment(chunk)[at(chunk)] = next;
            firstChunk[slot] = chunk;
            occupied[slot / Long.SIZE] |= 1L << slot % Long.SIZE;
        }
        long[] timers = segment(chunk);
        int at = at(chunk);
        int i = (int) timers[at + 1]++;
        timers[at + 2 + 2 * i] = timeNanos;
        timers[at + 3 + 2 * i] = key;
    }

    /** The occupied slot with the earliest times, or -1: the lowest level is always the earliest. */
    private int firstOccupied() {
        for (int word = 0; word < occupied.length; word++) {
            if (occupied[word] != 0) {
                return word * Long.SIZE + Long.numberOfTrailingZeros(occupied[word]);
            }
        }
        return -1;
    }

    /** The earliest time that a slot can hold: base above the slot's byte, the slot's byte, zeros below. */
    private long startOf(int slot) {
        int level = slot / SLOTS;
        long digit = (long) (slot % SLOTS) << (level * 8);
        int aboveShift = (level + 1) * 8;
        return level == LEVELS - 1 ? digit ^ Long.MIN_VALUE : (base >>> aboveShift << aboveShift) | digit;
    }

    /** A small queue doubles its only segment; behind that each is whole from the beginning. */
    private void makeRoom(int chunk) {
        int number = chunk >> SEGMENT_BITS;
        if (number == pool.length) {
            pool = Arrays.copyOf(pool, number + 1);
            pool[number] = new long[CHUNK_LONGS << SEGMENT_BITS];
        } else if (at(chunk) == pool[number].length) {
            pool[number] = Arrays.copyOf(pool[number], at(chunk) * 2);
        }
    }

    private long[] segment(int chunk) {
        return pool[chunk >> SEGMENT_BITS];
    }

    private static int at(int chunk) {
        return (chunk & SEGMENT_MASK) * CHUNK_LONGS;
    }

    private int next(int chunk) {
        return (int) segment(chunk)[at(chunk)];
    }

    private int count(int chunk) {
        return (int) segment(chunk)[at(chunk) + 1];
    }

    /** Frees a chunk and returns the one behind it. */
    private int recycle(int chunk) {
        int next = next(chunk);
        segment(chunk)[at(chunk)] = freeChunk;
        freeChunk = chunk;
        return next;
    }

    private int newChunk() {
        int chunk = freeChunk;
        if (chunk != NO_CHUNK) {
            freeChunk = next(chunk);
        } else {
            chunk = ++chunkLast;
            makeRoom(chunk);
        }
        segment(chunk)[at(chunk) + 1] = 0;
        return chunk;
    }
}
