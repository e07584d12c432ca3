package io.github.snatsim.flow;

/**
 * Live flows by key, in buckets of fifteen slots. What a bucket holds stands in two longs, its tags: a byte of each flow's hash
 * (0 for an empty slot), and how many flows found the bucket full and went on to the next. A search compares the byte with all
 * of them at once and looks only at slots that match, so that it costs one cache line, or none where the flow is not there: the
 * tags take 1.1 bytes per slot and mostly lie in the cache. The count makes removing exact: no tombstones, and nothing moves.
 *
 * <p>A slot is four longs: key (0 where empty), deadline, opening order, and a word of
 *
 * <pre>
 *   63       49 48   37  36   35 34   33 32   31      0
 *   idle class | timer |  A  |  fins | state |   port
 * </pre>
 *
 * A is set once the responder has sent something; the timer is where {@link DeadlineQueue} has the flow's. A slot's number is
 * good until the next {@link #grow}.
 *
 * <p>A flow costs {@code 33.1 / fill} bytes, 44 to 55 between two growths of a large store: it grows by a quarter, and as buckets
 * rise with the hash it moves its flows from the front to the back of both arrays, at the speed of memory.
 */
final class FlowStore {
    static final int NONE = -1;

    /** The most idle classes that a slot can tell apart. */
    static final int IDLE_CLASSES_MAX = 1 << 15;

    private static final int BUCKET = 15;
    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long HIGH_BITS = ~LOW_BITS;

    /** A bit of matches behind all others, which leads to a slot of the bucket all the same. */
    private static final long LAST_OF_ALL = 1L << (Long.SIZE - Byte.SIZE);

    private static final int PASSED_SHIFT = 56;

    /** A count of passing flows that has come so far is not counted down any more: searches just go on to the next bucket. */
    private static final int PASSED_MAX = 255;

    private static final int STRIDE = 4;
    private static final int DEADLINE = 1;
    private static final int ORDER = 2;
    private static final int WORD = 3;
    private static final int STATE_SHIFT = 32;
    private static final int FINS_SHIFT = 34;
    private static final long ANSWERED = 1L << 36;
    private static final int TIMER_SHIFT = 37;
    private static final int TIMER_MASK = 0xfff;
    private static final int IDLE_SHIFT = 49;
    private static final FlowState[] STATES = FlowState.values();

    /** An array's elements begin 16 bytes behind its beginning: with six more, slots lie in lines as the array does. */
    private static final int HEAD = 6;

    private static final int BUCKETS_MIN = 4;
    private static final int BUCKETS_MAX = (1 << 28) / BUCKET;

    /** Up to here a store doubles, from here on it grows by a quarter. */
    private static final int DOUBLING_MAX = 1 << 12;

    /** Slots of 4 MB: up to here work is not loaded ahead. */
    private static final int SMALL_MAX = (1 << 17) / BUCKET;

    private int buckets = BUCKETS_MIN;

    /** Two for each bucket: the last byte of the second is the count of flows that went on. */
    private long[] tags = new long[2 * BUCKETS_MIN];

    private long[] slots = new long[HEAD + BUCKETS_MIN * BUCKET * STRIDE];
    private int size;

    int size() {
        return size;
    }

    /** One past the highest slot number, for passes over all slots; empty ones have key 0. */
    int capacity() {
        return buckets * BUCKET;
    }

    private static long hash(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return ((mixed ^ (mixed >>> 32)) * 0x9E3779B97F4A7C15L) >>> 32;
    }

    /** The hash scaled to the buckets. */
    private int home(long hash) {
        return (int) ((hash * buckets) >>> 32);
    }

    private static int tag(long hash) {
        return Math.max(1, (int) hash & 0xff);
    }

    private int next(int bucket) {
        return bucket + 1 == buckets ? 0 : bucket + 1;
    }

    /** The slots of a bucket that have a tag: bits 0, 8, ..., 56 for the first eight, 1, 9, ..., 49 for the others. */
    private long matches(int bucket, int tag) {
        long pattern = tag * EACH_BYTE;
        return zeroBytes(tags[2 * bucket] ^ pattern) >>> 7
                | (zeroBytes(tags[2 * bucket + 1] ^ pattern) << Byte.SIZE) >>> (Byte.SIZE + 6);
    }

    /** The highest bit of each byte that is 0. */
    private static long zeroBytes(long bytes) {
        return ~(((bytes & LOW_BITS) + LOW_BITS) | bytes) & HIGH_BITS;
    }

    /** The first of {@link #matches}. */
    private static int slot(int bucket, long matches) {
        int bit = Long.numberOfTrailingZeros(matches);
        return bucket * BUCKET + ((bit & 1) << 3) + (bit >>> 3);
    }

    /** Writes a tag into its slot where there is none, or takes it out again. */
    private void tag(int slot, int bucket, int tag) {
        int i = slot - bucket * BUCKET;
        tags[2 * bucket + (i >>> 3)] ^= (long) tag << (i * Byte.SIZE);
    }

    private static int at(int slot) {
        return HEAD + slot * STRIDE;
    }

    /** Returns the slot of a flow, or {@link #NONE}. */
    int find(long key) {
        long hash = hash(key);
        int tag = tag(hash);
        int home = home(hash);
        int bucket = home;
        do {
            for (long matches = matches(bucket, tag); matches != 0; matches &= matches - 1) {
                int slot = slot(bucket, matches);
                if (slots[at(slot)] == key) {
                    return slot;
                }
            }
            if (passed(bucket) == 0) {
                return NONE;
            }
            bucket = next(bucket);
        } while (bucket != home);
        return NONE;
    }

    /** Loads the tags of a flow's bucket, as {@link #touch} loads a slot. */
    long touchTags(long key) {
        return tags[2 * home(hash(key))];
    }

    /**
     * Returns the slot where a flow most often is if it is there, and where it most often goes if it is not: the first of its
     * bucket that matches, else the first empty one. Looks at the tags only; {@link #touch} loads the slot.
     */
    int likely(long key) {
        long hash = hash(key);
        int bucket = home(hash);
        long matches = matches(bucket, tag(hash));
        return slot(bucket, matches != 0 ? matches : matches(bucket, 0) | LAST_OF_ALL);
    }

    /**
     * Loads a slot. Of several slots the loads go on at once, so that work on all of them soon after costs little more than one
     * miss.
     *
     * @return anything, to be used somehow so that the load is not left out
     */
    long touch(int slot) {
        return slots[at(slot)] + slots[at(slot) + WORD]; // in two lines where the array begins inconveniently
    }

    /** Whether its slots are more than a core's own caches hold. */
    boolean isLarge() {
        return buckets > SMALL_MAX;
    }

    /** Whether {@link #insert} has no room: {@link #grow} then. */
    boolean isFull() {
        return size >= (capacity() >> 2) * 3;
    }

    /** Adds a flow that is not there to a store that is not full, and returns its slot; all its fields but the key are 0. */
    int insert(long key) {
        int slot = place(key);
        slots[at(slot)] = key;
        return slot;
    }

    private int place(long key) {
        long hash = hash(key);
        int bucket = home(hash);
        long empty = matches(bucket, 0);
        while (empty == 0) {
            if (passed(bucket) < PASSED_MAX) {
                tags[2 * bucket + 1] += 1L << PASSED_SHIFT;
            }
            bucket = next(bucket);
            empty = matches(bucket, 0);
        }
        int slot = slot(bucket, empty);
        tag(slot, bucket, tag(hash));
        size++;
        return slot;
    }

    private int passed(int bucket) {
        return (int) (tags[2 * bucket + 1] >>> PASSED_SHIFT);
    }

    /**
     * Makes room; every flow gets another slot.
     *
     * @return the new slots by the old ones, {@link #NONE} for those without a flow
     */
    int[] grow() {
        if (buckets == BUCKETS_MAX) {
            throw new IllegalStateException("more than " + size + " live flows");
        }
        int[] moved = new int[capacity()];
        long[] old = slots;
        buckets = Math.min(BUCKETS_MAX, buckets < DOUBLING_MAX ? 2 * buckets : buckets + (buckets >> 2));
        tags = new long[2 * buckets];
        slots = new long[HEAD + capacity() * STRIDE];
        size = 0;
        for (int from = 0; from < moved.length; from++) {
            long key = old[at(from)];
            if (key == 0) {
                moved[from] = NONE;
            } else {
                moved[from] = place(key);
                System.arraycopy(old, at(from), slots, at(moved[from]), STRIDE);
            }
        }
        return moved;
    }

    /** Removes the flow in a slot. */
    void remove(int slot) {
        int bucket = slot / BUCKET;
        long hash = hash(key(slot));
        for (int passed = home(hash); passed != bucket; passed = next(passed)) {
            if (passed(passed) < PASSED_MAX) {
                tags[2 * passed + 1] -= 1L << PASSED_SHIFT;
            }
        }
        tag(slot, bucket, tag(hash));
        for (int field = 0; field < STRIDE; field++) {
            slots[at(slot) + field] = 0;
        }
        size--;
    }

    /** 0 where no flow is. */
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

    /** Makes the slot a flow that has just opened: no FIN, no answer, no timer. */
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
        set(slot, IDLE_SHIFT, IDLE_CLASSES_MAX - 1, idleClass);
        slots[at(slot) + WORD] |= ANSWERED;
    }

    int idleClass(int slot) {
        return (int) (slots[at(slot) + WORD] >>> IDLE_SHIFT);
    }

    /** Where the flow's timer is, as {@link DeadlineQueue} counts, 0 if it has none. */
    int timer(int slot) {
        return (int) (slots[at(slot) + WORD] >>> TIMER_SHIFT) & TIMER_MASK;
    }

    void timer(int slot, int place) {
        set(slot, TIMER_SHIFT, TIMER_MASK, place);
    }

    private void set(int slot, int shift, int mask, int value) {
        int word = at(slot) + WORD;
        slots[word] = (slots[word] & ~((long) mask << shift)) | ((long) value << shift);
    }
}
