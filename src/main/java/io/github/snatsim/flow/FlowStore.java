package io.github.snatsim.flow;

/**
 * Live flows by key, in one array: linear probing with slots of 32 bytes, two to a cache line where the array begins at a
 * multiple of 64 bytes, so that a hit costs about one miss; elsewhere two slots lie across two lines. A slot is four longs: key
 * (0 where empty), deadline, opening order, and a word of
 *
 * <pre>
 *   63       48 47      40 39   37  36   35 34   33 32   31      0
 *   idle class | timer tag | unused |  A  |  fins | state |   port
 * </pre>
 *
 * A is set once the responder has sent something; the timer tag marks which queued timer is the valid one. A slot's
 * number is good until the next {@link #insert} or {@link #remove}: removing pulls later flows back into the gap, so
 * there are no tombstones.
 *
 * <p>A search begins with the first slot of a line. Where that is rises with the key's hash, and what is pushed past the end
 * goes to a tail behind it. So a store that grows moves its flows from the front to the back of both arrays, at the speed of
 * memory, and can afford to grow by a quarter: in a large store a flow costs 43 to 53 bytes.
 */
final class FlowStore {
    static final int NONE = -1;

    private static final int STRIDE = 4;
    private static final int DEADLINE = 1;
    private static final int ORDER = 2;
    private static final int WORD = 3;
    private static final int STATE_SHIFT = 32;
    private static final int FINS_SHIFT = 34;
    private static final long ANSWERED = 1L << 36;
    private static final int TAG_SHIFT = 40;
    private static final int IDLE_SHIFT = 48;
    private static final FlowState[] STATES = FlowState.values();

    /** An array's first element lies 16 bytes behind its beginning: with two more, pairs of slots lie as the array does, mod 32. */
    private static final int HEAD = 2;

    /** What a full store is pushed past its end by, at most; else it grows. */
    private static final int TAIL_MAX = 1_024;

    private static final int CAPACITY_MIN = 64;
    private static final int CAPACITY_MAX = 1 << 28;

    /** Up to here a store doubles, from here on it grows by a quarter. */
    private static final int DOUBLING_MAX = 1 << 16;

    private long[] slots;

    /** In how many slots searches begin. */
    private int capacity;

    /** The last slot of all, which is always empty: no search goes past it. */
    private int end;

    private int size;

    FlowStore() {
        allocate(CAPACITY_MIN);
    }

    private void allocate(int newCapacity) {
        capacity = newCapacity;
        end = capacity + Math.min(capacity, TAIL_MAX);
        slots = new long[HEAD + (end + 1) * STRIDE];
    }

    int size() {
        return size;
    }

    /** One past the highest slot number, for passes over all slots; empty ones have key 0. */
    int capacity() {
        return end;
    }

    /** The upper half of the product, which depends on all bits of the key, scaled to the first slots of the lines. */
    private static int home(long key, int capacity) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (((mixed >>> 32) * (capacity >>> 1)) >>> 32) << 1;
    }

    private static int at(int slot) {
        return HEAD + slot * STRIDE;
    }

    /** Returns the slot of a flow, or {@link #NONE}. */
    int find(long key) {
        for (int slot = home(key, capacity); ; slot++) {
            long there = slots[at(slot)];
            if (there == key) {
                return slot;
            }
            if (there == 0) {
                return NONE;
            }
        }
    }

    /**
     * Loads the line where a search for a flow begins, or both if it lies across two. Of several flows the loads go on at once,
     * so that searches for all of them soon after cost little more than one.
     *
     * @return anything, to be used somehow so that the load is not left out
     */
    long touch(long key) {
        int first = at(home(key, capacity));
        return slots[first] + slots[first + 2 * STRIDE - 1];
    }

    /** Adds a flow that is not there and returns its slot; all its fields but the key are 0. */
    int insert(long key) {
        if (size >= (capacity >> 2) * 3) {
            grow();
        }
        int slot = place(key);
        while (slot == NONE) {
            grow();
            slot = place(key);
        }
        size++;
        return slot;
    }

    /** Returns {@link #NONE} where not even the tail has room. */
    private int place(long key) {
        int slot = home(key, capacity);
        while (slots[at(slot)] != 0) {
            slot++;
        }
        if (slot == end) {
            return NONE;
        }
        slots[at(slot)] = key;
        return slot;
    }

    private void grow() {
        long[] old = slots;
        boolean placed;
        do {
            if (capacity >= CAPACITY_MAX) {
                throw new IllegalStateException("more than " + size + " live flows");
            }
            allocate(Math.min(CAPACITY_MAX, capacity < DOUBLING_MAX ? 2 * capacity : capacity + (capacity >> 3 << 1)));
            placed = placeAll(old);
        } while (!placed);
    }

    private boolean placeAll(long[] old) {
        for (int from = HEAD; from < old.length; from += STRIDE) {
            if (old[from] != 0) {
                int slot = place(old[from]);
                if (slot == NONE) {
                    return false;
                }
                System.arraycopy(old, from, slots, at(slot), STRIDE);
            }
        }
        return true;
    }

    /** Removes the flow in a slot. */
    void remove(int slot) {
        int hole = slot;
        for (int i = slot + 1; slots[at(i)] != 0; i++) {
            if (home(slots[at(i)], capacity) <= hole) {
                System.arraycopy(slots, at(i), slots, at(hole), STRIDE);
                hole = i;
            }
        }
        for (int field = 0; field < STRIDE; field++) {
            slots[at(hole) + field] = 0;
        }
        size--;
    }

    long key(int slot) {
        return slots[at(slot)];
    }

    long deadline(int slot) {
        return slots[at(slot) + DEADLINE];
    }

    void deadline(int slot, long timeNanos) {
        slots[at(slot) + DEADLINE] = timeNanos;
    }

    /** The opening order: a flow that opened earlier has a smaller number. */
    long order(int slot) {
        return slots[at(slot) + ORDER];
    }

    /** Makes the slot a flow that has just opened: no FIN, no answer. */
    void open(int slot, long order, int port, int idleClass) {
        slots[at(slot) + ORDER] = order;
        slots[at(slot) + WORD] = (long) idleClass << IDLE_SHIFT | port;
    }

    int port(int slot) {
        return (int) slots[at(slot) + WORD];
    }

    FlowState state(int slot) {
        return STATES[(int) (slots[at(slot) + WORD] >>> STATE_SHIFT) & 3];
    }

    boolean isOpen(int slot) {
        return (slots[at(slot) + WORD] >>> STATE_SHIFT & 3) == 0; // the first of the states
    }

    void state(int slot, FlowState state) {
        set(slot, STATE_SHIFT, 3, state.ordinal());
    }

    /** The sides that have sent a FIN: bit 0 the initiator, bit 1 the responder. */
    int fins(int slot) {
        return (int) (slots[at(slot) + WORD] >>> FINS_SHIFT) & 3;
    }

    void fins(int slot, int sides) {
        set(slot, FINS_SHIFT, 3, sides);
    }

    boolean answered(int slot) {
        return (slots[at(slot) + WORD] & ANSWERED) != 0;
    }

    void answered(int slot, int idleClass) {
        set(slot, IDLE_SHIFT, 0xffff, idleClass);
        slots[at(slot) + WORD] |= ANSWERED;
    }

    int idleClass(int slot) {
        return (int) (slots[at(slot) + WORD] >>> IDLE_SHIFT);
    }

    int timerTag(int slot) {
        return (int) (slots[at(slot) + WORD] >>> TAG_SHIFT) & 0xff;
    }

    void timerTag(int slot, int tag) {
        set(slot, TAG_SHIFT, 0xff, tag);
    }

    private void set(int slot, int shift, int mask, int value) {
        int word = at(slot) + WORD;
        slots[word] = (slots[word] & ~((long) mask << shift)) | ((long) value << shift);
    }
}
