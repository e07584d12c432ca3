package io.github.snatsim.flow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which ports are taken for which (source, protocol, destination): a bit map per pair that has flows. Most pairs have
 * few, and those within 64 neighbouring ports: such a map is one word in the slot; a pair that outgrows it gets an
 * array over all words of its block. Linear probing, no tombstones; a look-up costs about one miss.
 *
 * <p>A slot is three longs: pair (0 where empty), the map's only word, and a word of
 *
 * <pre>
 *   63            32   31          16   15        0
 *   number of the array | first word | ports taken
 * </pre>
 *
 * So a pair costs 24 bytes at up to three quarters fill, and {@code ports / 8} more once it has spilled.
 *
 * <p>A slot's number is good until the next {@link #findOrInsert} or {@link #clear}.
 */
final class DestinationPorts {
    static final int NONE = -1;

    private static final int STRIDE = 3;
    private static final int MAP = 1;
    private static final int META = 2;
    private static final int PORTS_OF_PAIR_MAX = 0xffff;
    private static final int WORD_SHIFT = 16;
    private static final int ARRAY_SHIFT = 32;

    /** A pair is never 0 because sources are numbered from 1. */
    private long[] slots = new long[16 * STRIDE];

    private int mask = 15;
    private int size;

    /** Maps of several words, by number from 1 on. */
    private long[] @Nullable [] arrays = new long[16][];

    /** Numbers of arrays that nobody has, a stack; those above {@code arrayLast} were never given out. */
    private int[] vacant = new int[16];

    private int vacantCount;
    private int arrayLast;

    /** The topmost bits of the product: those below do not depend on the source, whose number stands at the top of a pair. */
    private static int home(long pair, int mask) {
        return (int) ((pair * 0x9E3779B97F4A7C15L) >>> Long.numberOfLeadingZeros(mask));
    }

    private long pair(int slot) {
        return slots[slot * STRIDE];
    }

    private long meta(int slot) {
        return slots[slot * STRIDE + META];
    }

    int find(long pair) {
        for (int slot = home(pair, mask); pair(slot) != 0; slot = slot + 1 & mask) {
            if (pair(slot) == pair) {
                return slot;
            }
        }
        return NONE;
    }

    /** Loads the line where a search for a pair begins, as {@link FlowStore#touch} does. */
    long touch(long pair) {
        return pair(home(pair, mask));
    }

    int findOrInsert(long pair) {
        int slot = home(pair, mask);
        while (pair(slot) != 0) {
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
                int to = home(old[from], mask);
                while (pair(to) != 0) {
                    to = to + 1 & mask;
                }
                System.arraycopy(old, from, slots, to * STRIDE, STRIDE);
            }
        }
    }

    /** How many ports the pair has taken: its flows. */
    int count(int slot) {
        return (int) meta(slot) & PORTS_OF_PAIR_MAX;
    }

    private int firstWord(int slot) {
        return (int) meta(slot) >>> WORD_SHIFT;
    }

    /** The map of a pair that has spilled. */
    private long @Nullable [] array(int slot) {
        int number = (int) (meta(slot) >>> ARRAY_SHIFT);
        return number == 0 ? null : arrays[number];
    }

    /** The ports taken among 64, by the number of their word. */
    long word(int slot, int word) {
        int first = firstWord(slot);
        long[] words = array(slot);
        if (words == null) {
            return word == first ? slots[slot * STRIDE + MAP] : 0;
        }
        int i = word - first;
        return i >= 0 && i < words.length ? words[i] : 0;
    }

    boolean isTaken(int slot, int port) {
        return (word(slot, port / PortBlock.WORD_PORTS) >>> port & 1) != 0;
    }

    /** Marks a free port of the block as taken. */
    void set(int slot, int port, PortBlock block) {
        int word = port / PortBlock.WORD_PORTS;
        if (count(slot) == 0) {
            slots[slot * STRIDE + META] = (long) word << WORD_SHIFT;
        }
        int first = firstWord(slot);
        long[] words = array(slot);
        if (words == null && word == first) {
            slots[slot * STRIDE + MAP] |= 1L << port;
        } else {
            if (words == null || word < first || word >= first + words.length) {
                words = spill(slot, block);
            }
            words[word - firstWord(slot)] |= 1L << port;
        }
        slots[slot * STRIDE + META]++;
    }

    /** Moves the map to an array that covers the whole block. */
    private long[] spill(int slot, PortBlock block) {
        long[] words = new long[block.lastWord() - block.firstWord() + 1];
        for (int i = 0; i < words.length; i++) {
            words[i] = word(slot, block.firstWord() + i);
        }
        long number = meta(slot) >>> ARRAY_SHIFT;
        if (number == 0) {
            number = newArray();
        }
        arrays[(int) number] = words;
        slots[slot * STRIDE + MAP] = 0;
        slots[slot * STRIDE + META] = number << ARRAY_SHIFT | (long) block.firstWord() << WORD_SHIFT | count(slot);
        return words;
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
        long[] words = array(slot);
        if (words == null) {
            slots[slot * STRIDE + MAP] &= ~(1L << port);
        } else {
            words[port / PortBlock.WORD_PORTS - firstWord(slot)] &= ~(1L << port);
        }
        if (count(slot) == 1) {
            remove(slot);
        } else {
            slots[slot * STRIDE + META]--;
        }
    }

    private void remove(int slot) {
        int number = (int) (meta(slot) >>> ARRAY_SHIFT);
        if (number != 0) {
            forget(number);
        }
        int hole = slot;
        for (int i = slot + 1 & mask; pair(i) != 0; i = i + 1 & mask) {
            if ((i - home(pair(i), mask) & mask) >= (i - hole & mask)) {
                System.arraycopy(slots, i * STRIDE, slots, hole * STRIDE, STRIDE);
                hole = i;
            }
        }
        Arrays.fill(slots, hole * STRIDE, (hole + 1) * STRIDE, 0);
        size--;
    }

    private void forget(int number) {
        arrays[number] = null;
        if (vacantCount == vacant.length) {
            vacant = Arrays.copyOf(vacant, vacantCount * 2);
        }
        vacant[vacantCount++] = number;
    }
}
