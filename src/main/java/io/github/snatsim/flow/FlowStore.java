package io.github.snatsim.flow;

/**
 * Live flows by key, in one array: linear probing with slots of 32 bytes, two to a cache line, so that a hit costs
 * about one miss. A slot is four longs: key (0 where empty), deadline, opening order, and a word of
 *
 * <pre>
 *   63       48 47      40 39   37  36   35 34   33 32   31      0
 *   idle class | timer tag | unused |  A  |  fins | state |   port
 * </pre>
 *
 * A is set once the responder has sent something; the timer tag marks which queued timer is the valid one. A slot's
 * number is good until the next {@link #insert} or {@link #remove}: removing pulls later flows back into the gap, so
 * there are no tombstones.
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

    private long[] slots;
    private int mask;
    private int size;

    FlowStore() {
        allocate(64);
    }

    private void allocate(int capacity) {
        slots = new long[capacity * STRIDE];
        mask = capacity - 1;
    }

    int size() {
        return size;
    }

    /** One past the highest slot number, for passes over all slots; empty ones have key 0. */
    int capacity() {
        return mask + 1;
    }

    private static int home(long key, int mask) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }

    /** Returns the slot of a flow, or {@link #NONE}. */
    int find(long key) {
        for (int slot = home(key, mask); ; slot = slot + 1 & mask) {
            long there = slots[slot * STRIDE];
            if (there == key) {
                return slot;
            }
            if (there == 0) {
                return NONE;
            }
        }
    }

    /** Adds a flow that is not there and returns its slot; all its fields but the key are 0. */
    int insert(long key) {
        if (size >= (capacity() >> 2) * 3) {
            grow();
        }
        size++;
        return place(key);
    }

    private int place(long key) {
        int slot = home(key, mask);
        while (slots[slot * STRIDE] != 0) {
            slot = slot + 1 & mask;
        }
        slots[slot * STRIDE] = key;
        return slot;
    }

    private void grow() {
        if (capacity() == 1 << 28) {
            throw new IllegalStateException("more than " + size + " live flows");
        }
        long[] old = slots;
        allocate(capacity() * 2);
        for (int from = 0; from < old.length; from += STRIDE) {
            if (old[from] != 0) {
                System.arraycopy(old, from, slots, place(old[from]) * STRIDE, STRIDE);
            }
        }
    }

    /** Removes the flow in a slot. */
    void remove(int slot) {
        int hole = slot;
        for (int i = slot + 1 & mask; slots[i * STRIDE] != 0; i = i + 1 & mask) {
            int home = home(slots[i * STRIDE], mask);
            if ((i - home & mask) >= (i - hole & mask)) {
                System.arraycopy(slots, i * STRIDE, slots, hole * STRIDE, STRIDE);
                hole = i;
            }
        }
        for (int field = 0; field < STRIDE; field++) {
            slots[hole * STRIDE + field] = 0;
        }
        size--;
    }

    long key(int slot) {
        return slots[slot * STRIDE];
    }

    long deadline(int slot) {
        return slots[slot * STRIDE + DEADLINE];
    }

    void deadline(int slot, long timeNanos) {
        slots[slot * STRIDE + DEADLINE] = timeNanos;
    }

    /** The opening order: a flow that opened earlier has a smaller number. */
    long order(int slot) {
        return slots[slot * STRIDE + ORDER];
    }

    /** Makes the slot a flow that has just opened: no FIN, no answer. */
    void open(int slot, long order, int port, int idleClass) {
        slots[slot * STRIDE + ORDER] = order;
        slots[slot * STRIDE + WORD] = (long) idleClass << IDLE_SHIFT | port;
    }

    int port(int slot) {
        return (int) slots[slot * STRIDE + WORD];
    }

    FlowState state(int slot) {
        return STATES[(int) (slots[slot * STRIDE + WORD] >>> STATE_SHIFT) & 3];
    }

    void state(int slot, FlowState state) {
        set(slot, STATE_SHIFT, 3, state.ordinal());
    }

    /** The sides that have sent a FIN: bit 0 the initiator, bit 1 the responder. */
    int fins(int slot) {
        return (int) (slots[slot * STRIDE + WORD] >>> FINS_SHIFT) & 3;
    }

    void fins(int slot, int sides) {
        set(slot, FINS_SHIFT, 3, sides);
    }

    boolean answered(int slot) {
        return (slots[slot * STRIDE + WORD] & ANSWERED) != 0;
    }

    void answered(int slot, int idleClass) {
        set(slot, IDLE_SHIFT, 0xffff, idleClass);
        slots[slot * STRIDE + WORD] |= ANSWERED;
    }

    int idleClass(int slot) {
        return (int) (slots[slot * STRIDE + WORD] >>> IDLE_SHIFT);
    }

    int timerTag(int slot) {
        return (int) (slots[slot * STRIDE + WORD] >>> TAG_SHIFT) & 0xff;
    }

    void timerTag(int slot, int tag) {
        set(slot, TAG_SHIFT, 0xff, tag);
    }

    private void set(int slot, int shift, int mask, int value) {
        int at = slot * STRIDE + WORD;
        slots[at] = (slots[at] & ~((long) mask << shift)) | ((long) value << shift);
    }
}
