package io.github.snatsim.flow;

import io.github.snatsim.time.Nanos;
import java.util.Arrays;

/**
 * The timers of the flows of a {@link FlowStore}, in exact order of deadline: a hierarchical wheel of eight levels with 256
 * places each, one byte of the time per level, so that it needs no tick and loses no precision.
 *
 * <p>A timer is the number of its flow's slot; the time is the flow's deadline, and the flow knows in which place its timer is.
 * So a deadline that is put off costs nothing here: when the timer's place comes due it goes to where the deadline is by then.
 * One that is brought forward gets a second timer, and the first, which is no longer where the flow has its timer, is dropped
 * when its place comes due.
 *
 * <p>A timer lies on the level of the highest byte in which its deadline differs from {@code base}, the time up to which
 * places have been emptied. When the earliest place comes due it is spread over the levels below; once it is as narrow as
 * 17 ms and holds few timers they are sorted into the <em>run</em> instead, from where they are polled. A timer of some
 * minutes is therefore moved two or three times; the flows of a place are loaded together, so that their misses overlap.
 *
 * <p>A timer costs 4.1 bytes in chunks that are reused, so that a steady state allocates nothing.
 */
final class DeadlineQueue {
    /** What {@link Nanos#later} gives for a time that is too far away: it never comes, and such a flow has no timer. */
    static final long NEVER_NANOS = Long.MAX_VALUE;

    private static final int LEVELS = 8;
    private static final int DIGITS = 256;

    /** Places are numbered from 1, level by level; the run is the last. */
    private static final int NOWHERE = 0;

    private static final int RUN = LEVELS * DIGITS + 1;

    /** A place becomes the run if it holds at most this many timers, or is of one time, ... */
    private static final int RUN_MAX = 1_024;

    /** ... and is at most 2^24 ns wide, so that few timers are ever added to a run. */
    private static final int RUN_LEVEL_MAX = 3;

    /** Timers of a place lie in linked chunks of the pool; the first of a chunk's numbers leads to the chunk before. */
    private static final int CHUNK = 32;

    private static final int NO_CHUNK = -1;

    /** The pool grows by segments of 1,024 chunks, 128 KiB, so that it holds little more than it needs. */
    private static final int SEGMENT_BITS = 15;

    private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;

    private final FlowStore store;
    private final Ahead ahead;

    /** Where the last timer of each place lies in the pool, by place; the chunks before its own are full. */
    private final int[] last = new int[RUN];

    private final long[] occupied = new long[LEVELS * DIGITS / Long.SIZE];
    private int[][] pool = {new int[CHUNK * 16]};
    private int freeChunk = NO_CHUNK;
    private int chunks;

    /** Every timer in a place is at or after this time. */
    private long base = Long.MIN_VALUE;

    /** Timers before {@code runEnd}, sorted: (time since {@code runBase}, slot) from {@code runNext} to {@code runLast}. */
    private long[] run = new long[64];

    private int runNext;
    private int runLast;
    private long runBase = Long.MIN_VALUE;
    private long runEnd = Long.MIN_VALUE;

    private long dueNanos;
    private int[] due = new int[8];

    /**
     * Makes an empty queue.
     *
     * @param store has the flows
     * @param ahead loads the flows of a place together
     */
    DeadlineQueue(FlowStore store, Ahead ahead) {
        this.store = store;
        this.ahead = ahead;
        Arrays.fill(last, NO_CHUNK);
    }

    /**
     * Adds a timer for a flow that has none, or whose deadline has been brought forward.
     *
     * @param slot the flow's, with a deadline not before the last polled time
     */
    void add(int slot) {
        long deadline = store.deadline(slot);
        if (deadline == NEVER_NANOS) {
            store.timer(slot, NOWHERE);
        } else if (deadline < runEnd) {
            insertIntoRun(deadline, slot);
        } else {
            put(deadline, slot);
        }
    }

    /**
     * Takes out the flows of the earliest deadline, if it has come.
     *
     * @return how many; their deadline is {@link #dueNanos}, their slots {@link #due}, in no order
     */
    int poll(long nowNanos) {
        while (fillRun(nowNanos)) {
            long offset = offset(run[runNext]);
            dueNanos = runBase + offset;
            if (dueNanos > nowNanos) {
                return 0;
            }
            int count = 0;
            while (runNext < runLast && offset(run[runNext]) == offset) {
                int slot = (int) run[runNext++];
                if (store.timer(slot) == RUN) {
                    if (store.deadline(slot) > dueNanos) {
                        add(slot);
                    } else {
                        store.timer(slot, NOWHERE);
                        count = addDue(count, slot);
                    }
                }
            }
            if (count > 0) {
                return count;
            }
        }
        return 0;
    }

    private int addDue(int count, int slot) {
        if (count == due.length) {
            due = Arrays.copyOf(due, count * 2);
        }
        due[count] = slot;
        return count + 1;
    }

    long dueNanos() {
        return dueNanos;
    }

    int due(int i) {
        return due[i];
    }

    /** A time before which no flow is due: near while the run has timers, else the start of the earliest place. */
    long earliestNanos() {
        if (runNext < runLast) {
            return runBase + offset(run[runNext]);
        }
        int place = firstOccupied();
        return place == NOWHERE ? NEVER_NANOS : startOf(place);
    }

    /** Follows the flows to their slots in a store that has grown. */
    void renumber(int[] newSlots) {
        for (int i = runNext; i < runLast; i++) {
            run[i] = pack(offset(run[i]), renumbered((int) run[i], newSlots));
        }
        for (int place = 1; place < RUN; place++) {
            for (int at = last[place]; at != NO_CHUNK; at = before(at)) {
                int[] timers = segment(at);
                for (int i = first(at); i <= (at & SEGMENT_MASK); i++) {
                    timers[i] = renumbered(timers[i], newSlots);
                }
            }
        }
    }

    /** A timer without a flow goes to any slot: what is there has its timer elsewhere, or one more in the same place. */
    private static int renumbered(int slot, int[] newSlots) {
        return Math.max(0, newSlots[slot]);
    }

    private static long pack(long offset, int slot) {
        return offset << Integer.SIZE | slot;
    }

    private static long offset(long timer) {
        return timer >>> Integer.SIZE;
    }

    /** Makes the run hold the earliest timers, if a place has come due; returns whether the run holds any. */
    private boolean fillRun(long nowNanos) {
        while (runNext == runLast) {
            int place = firstOccupied();
            if (place == NOWHERE || startOf(place) > nowNanos) {
                return false;
            }
            base = startOf(place);
            int level = level(place);
            int at = last[place];
            last[place] = NO_CHUNK;
            occupied[(place - 1) / Long.SIZE] &= ~(1L << (place - 1));
            boolean isRun = level == 0 || (level <= RUN_LEVEL_MAX && isShort(at));
            if (isRun) {
                runNext = 0;
                runLast = 0;
                runBase = base;
                runEnd = Nanos.later(base, 1L << (level * 8));
            }
            empty(place, at, isRun);
            Arrays.sort(run, runNext, runLast);
        }
        return true;
    }

    private boolean isShort(int at) {
        int count = 0;
        for (int chunk = at; chunk != NO_CHUNK && count <= RUN_MAX; chunk = before(chunk)) {
            count += chunk & CHUNK - 1;
        }
        return count <= RUN_MAX;
    }

    /** Moves the timers of a place to where their deadlines are by now: some of them into the run, if it is this place. */
    private void empty(int place, int at, boolean isRun) {
        for (int chunk = at; chunk != NO_CHUNK; chunk = recycle(chunk)) {
            int[] timers = segment(chunk);
            int to = chunk & SEGMENT_MASK;
            if (isRun) {
                ahead.loadDue(timers, first(chunk), to);
            } else {
                ahead.loadMoving(timers, first(chunk), to);
            }
            for (int i = first(chunk); i <= to; i++) {
                int slot = timers[i];
                if (store.timer(slot) == place) {
                    long deadline = store.deadline(slot);
                    if (deadline < runEnd) {
                        append(deadline, slot);
                    } else {
                        add(slot);
                    }
                }
            }
        }
    }

    private void append(long deadline, int slot) {
        if (runLast == run.length) {
            run = Arrays.copyOf(run, run.length * 2);
        }
        run[runLast++] = pack(deadline - runBase, slot);
        store.timer(slot, RUN);
    }

    private void insertIntoRun(long deadline, int slot) {
        append(deadline, slot);
        long timer = run[runLast - 1];
        int to = runLast - 1;
        for (; to > runNext && run[to - 1] > timer; to--) {
            run[to] = run[to - 1];
        }
        run[to] = timer;
    }

    private void put(long deadline, int slot) {
        long differing = deadline ^ base;
        int level = differing == 0 ? 0 : (63 - Long.numberOfLeadingZeros(differing)) / 8;
        // The sign bit is turned so that the places of the top level are in order of signed time.
        int digit = (int) ((deadline ^ Long.MIN_VALUE) >>> (level * 8)) & 0xff;
        int place = 1 + level * DIGITS + digit;
        if (store.timer(slot) == place) {
            return;
        }
        store.timer(slot, place);
        int at = last[place] + 1;
        if ((at & CHUNK - 1) == 0) {
            at = newChunk(last[place]) + 1;
            occupied[(place - 1) / Long.SIZE] |= 1L << (place - 1);
        }
        segment(at)[at & SEGMENT_MASK] = slot;
        last[place] = at;
    }

    /** The occupied place with the earliest times, or {@link #NOWHERE}: the lowest level is always the earliest. */
    private int firstOccupied() {
        for (int word = 0; word < occupied.length; word++) {
            if (occupied[word] != 0) {
                return 1 + word * Long.SIZE + Long.numberOfTrailingZeros(occupied[word]);
            }
        }
        return NOWHERE;
    }

    private static int level(int place) {
        return (place - 1) / DIGITS;
    }

    /** The earliest time that a place can hold: base above the place's byte, the place's byte, zeros below. */
    private long startOf(int place) {
        int level = level(place);
        long digit = (long) ((place - 1) % DIGITS) << (level * 8);
        int aboveShift = (level + 1) * 8;
        return level == LEVELS - 1 ? digit ^ Long.MIN_VALUE : (base >>> aboveShift << aboveShift) | digit;
    }

    private int[] segment(int at) {
        return pool[at >> SEGMENT_BITS];
    }

    /** Where the first timer of a chunk lies in its segment. */
    private static int first(int at) {
        return (at & SEGMENT_MASK & -CHUNK) + 1;
    }

    /** The last timer of the chunk before, which is full, or {@link #NO_CHUNK}. */
    private int before(int at) {
        return segment(at)[at & SEGMENT_MASK & -CHUNK];
    }

    /** Frees a chunk and returns the one before it. */
    private int recycle(int at) {
        int before = before(at);
        segment(at)[at & SEGMENT_MASK & -CHUNK] = freeChunk;
        freeChunk = at & -CHUNK;
        return before;
    }

    private int newChunk(int before) {
        int chunk = freeChunk;
        if (chunk != NO_CHUNK) {
            freeChunk = before(chunk);
        } else {
            chunk = chunks++ * CHUNK;
            makeRoom(chunk);
        }
        segment(chunk)[chunk & SEGMENT_MASK] = before;
        return chunk;
    }

    /** A small queue doubles its only segment; behind that each is whole from the beginning. */
    private void makeRoom(int chunk) {
        int number = chunk >> SEGMENT_BITS;
        if (number == pool.length) {
            pool = Arrays.copyOf(pool, number + 1);
            pool[number] = new int[1 << SEGMENT_BITS];
        } else if ((chunk & SEGMENT_MASK) == pool[number].length) {
            pool[number] = Arrays.copyOf(pool[number], pool[number].length * 2);
        }
    }
}
