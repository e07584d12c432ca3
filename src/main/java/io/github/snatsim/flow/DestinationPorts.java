package io.github.snatsim.flow;

import java.util.Arrays;

/**
 * Which ports are taken for which (source, protocol, destination): a bit map per pair that has flows. Most pairs have
 * few, and those within 64 neighbouring ports: such a map is one word in the slot; a pair that outgrows it gets an
 * array over all words of its block. Linear probing, no tombstones; a look-up costs about one miss.
 *
 * <p>A slot is two longs. The first (0 where empty) is the pair, which has nothing where a flow's key has its source port:
 *
 * <pre>
 *   63  40     34        33      24   23         0
 *   source | spilled | first word | destination
 * </pre>
 *
 * The second is the map's only word, or once it has spilled the number of the array (upper half) and of the ports taken.
 *
 * <p>So a pair costs 16 bytes at three eighths to three quarters fill, and {@code ports / 8} more once it has spilled.
 *
 * <p>A slot's number is good until the next {@link #findOrInsert} or {@link #clear}.
 */
final class DestinationPorts {
    static final int NONE = -1;

    private static final int STRIDE = 2;
    private static final int MAP = 1;
    private static final long WORD_MASK = 0x3ffL << FlowKeys.PORT_SHIFT;
    private static final long SPILLED = 0x400L << FlowKeys.PORT_SHIFT;
    private static final int ARRAY_SHIFT = 32;
    private static final long[] NO_WORDS = {};

    /** A pair is never 0 because sources are numbered from 1. */
    private long[] slots = new long[16 * STRIDE];

    private int mask = 15;
    private int size;

    /** Maps of several words, by number from 1 on. */
    private long[][] arrays = new long[16][];

    /** Numbers of arrays that nobody has, a stack; those above {@code arrayLast} were never given out. */
    private int[] vacant = new int[16];

    private int vacantCount;
    private int arrayLast;

    /** The topmost bits of the product: those below do not depend on the source, whose number stands at the top of a pair. */
    private static int home(long pair, int mask) {
        return (int) ((pair * 0x9E3779B97F4A7C15L) >>> Long.numberOfLeadingZeros(mask));
    }

    private long first(int slot) {
        return slots[slot * STRIDE];
    }

    private long second(int slot) {
        return slots[slot * STRIDE + MAP];
    }

    private long pair(int slot) {
        return FlowKeys.pair(first(slot));
    }

    private boolean isSpilled(int slot) {
        return (first(slot) & SPILLED) != 0;
    }

    int find(long pair) {
        for (int slot = home(pair, mask); first(slot) != 0; slot = slot + 1 & mask) {
            if (pair(slot) == pair) {
                return slot;
            }
        }
        return NONE;
    }

    /** Loads the line where a search for a pair begins, as {@link FlowStore#touch} does. */
    long touch(long pair) {
        int slot = home(pair, mask);
        return first(slot) + second(slot);
    }

    int findOrInsert(long pair) {
        int slot = home(pair, mask);
        while (first(slot) != 0) {
            if (pair(slot) == pair) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        if (size >= ((mask + 1) >> 2) * 3) {
            grow();
            return findOrInsert(pair);
        }
        size++;
        slots[slot * STRIDE] = pair;
        return slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        mask = 2 * mask + 1;
        for (int from = 0; from < old.length; from += STRIDE) {
            if (old[from] != 0) {
                int to = home(FlowKeys.pair(old[from]), mask);
                while (first(to) != 0) {
                    to = to + 1 & mask;
                }
                System.arraycopy(old, from, slots, to * STRIDE, STRIDE);
            }
        }
    }

    /** How many ports the pair has taken: its flows. */
    int count(int slot) {
        return isSpilled(slot) ? (int) second(slot) : Long.bitCount(second(slot));
    }

    private int firstWord(int slot) {
        return (int) ((first(slot) & WORD_MASK) >>> FlowKeys.PORT_SHIFT);
    }

    private void firstWord(int slot, int word) {
        slots[slot * STRIDE] = (first(slot) & ~WORD_MASK) | (long) word << FlowKeys.PORT_SHIFT;
    }

    /** The map of a pair that has spilled. */
    private long[] array(int slot) {
        return arrays[(int) (second(slot) >>> ARRAY_SHIFT)];
    }

    /** The ports taken among 64, by the number of their word. */
    long word(int slot, int word) {
        int i = word - firstWord(slot);
        if (!isSpilled(slot)) {
            return i == 0 ? second(slot) : 0;
        }
        long[] words = array(slot);
        return i >= 0 && i < words.length ? words[i] : 0;
    }

    boolean isTaken(int slot, int port) {
        return (word(slot, port / PortBlock.WORD_PORTS) >>> port & 1) != 0;
    }

    /** Marks a free port of the block as taken. */
    void set(int slot, int port, PortBlock block) {
        int word = port / PortBlock.WORD_PORTS;
        if (second(slot) == 0) {
            firstWord(slot, word);
        }
        int i = word - firstWord(slot);
        if (!isSpilled(slot)) {
            if (i == 0) {
                slots[slot * STRIDE + MAP] |= 1L << port;
                return;
            }
            spill(slot, block, newArray());
        } else if (i < 0 || i >= array(slot).length) {
            spill(slot, block, (int) (second(slot) >>> ARRAY_SHIFT));
        }
        array(slot)[word - firstWord(slot)] |= 1L << port;
        slots[slot * STRIDE + MAP]++;
    }

    /** Moves the map to an array that covers the whole block. */
    private void spill(int slot, PortBlock block, int number) {
        long[] words = new long[block.lastWord() - block.firstWord() + 1];
        for (int i = 0; i < words.length; i++) {
            words[i] = word(slot, block.firstWord() + i);
        }
        arrays[number] = words;
        slots[slot * STRIDE + MAP] = (long) number << ARRAY_SHIFT | count(slot);
        slots[slot * STRIDE] |= SPILLED;
        firstWord(slot, block.firstWord());
    }

    private int newArray() {
        if (vacantCount > 0) {
            return vacant[--vacantCount];
        }
        if (++arrayLast == arrays.length) {
            arrays = Arrays.copyOf(arrays, arrays.length * 2);
        }
        return arrayLast;
    }

    /** Marks a taken port as free; a pair without ports is removed. */
    void clear(int slot, int port) {
        boolean spilled = isSpilled(slot);
        if (spilled) {
            array(slot)[port / PortBlock.WORD_PORTS - firstWord(slot)] &= ~(1L << port);
            slots[slot * STRIDE + MAP]--;
        } else {
            slots[slot * STRIDE + MAP] &= ~(1L << port);
        }
        if (count(slot) == 0) {
            if (spilled) {
                forget((int) (second(slot) >>> ARRAY_SHIFT));
            }
            remove(slot);
        }
    }

    private void remove(int slot) {
        int hole = slot;
        for (int i = slot + 1 & mask; first(i) != 0; i = i + 1 & mask) {
            if ((i - home(pair(i), mask) & mask) >= (i - hole & mask)) {
                System.arraycopy(slots, i * STRIDE, slots, hole * STRIDE, STRIDE);
                hole = i;
            }
        }
        Arrays.fill(slots, hole * STRIDE, (hole + 1) * STRIDE, 0);
        size--;
    }

    private void forget(int number) {
        arrays[number] = NO_WORDS;
        if (vacantCount == vacant.length) {
            vacant = Arrays.copyOf(vacant, vacantCount * 2);
        }
        vacant[vacantCount++] = number;
    }
}
