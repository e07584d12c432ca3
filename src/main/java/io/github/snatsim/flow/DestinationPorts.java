package io.github.snatsim.flow;

import org.jspecify.annotations.Nullable;

/**
 * Which ports are taken for which (source, protocol, destination): a bit map per pair that has flows. Most pairs have
 * few, and those within 64 neighbouring ports: such a map is one word in the slot; a pair that outgrows it gets an
 * array over all words of its block. Linear probing, no tombstones; 24 bytes a slot at up to three quarters fill, and
 * {@code ports / 8} more for a pair that spilled.
 *
 * <p>A slot's number is good until the next {@link #findOrInsert} or {@link #clear}.
 */
final class DestinationPorts {
    static final int NONE = -1;

    private static final int PORTS_OF_PAIR_MAX = 0xffff;
    private static final int WORD_SHIFT = 16;

    /** 0 where empty; a pair key is never 0 because sources are numbered from 1. */
    private long[] pairs = new long[16];

    /** The only word of a map that has not spilled. */
    private long[] inline = new long[16];

    /** Bits 0-15 how many ports are taken, from bit 16 on the number of the inline word or of the first spilled one. */
    private int[] meta = new int[16];

    private long[] @Nullable [] spilled = new long[16][];
    private int mask = 15;
    private int size;

    /** The topmost bits of the product: those below do not depend on the source, whose number stands at the top of a pair. */
    private static int home(long pair, int mask) {
        return (int) ((pair * 0x9E3779B97F4A7C15L) >>> Long.numberOfLeadingZeros(mask));
    }

    int find(long pair) {
        for (int slot = home(pair, mask); pairs[slot] != 0; slot = slot + 1 & mask) {
            if (pairs[slot] == pair) {
                return slot;
            }
        }
        return NONE;
    }

    int findOrInsert(long pair) {
        int slot = home(pair, mask);
        while (pairs[slot] != 0) {
            if (pairs[slot] == pair) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        if (size >= ((mask + 1) >> 2) * 3) {
            grow();
            return findOrInsert(pair);
        }
        size++;
        pairs[slot] = pair;
        return slot;
    }

    private void grow() {
        DestinationPorts old = new DestinationPorts();
        old.pairs = pairs;
        old.inline = inline;
        old.meta = meta;
        old.spilled = spilled;
        int capacity = pairs.length * 2;
        pairs = new long[capacity];
        inline = new long[capacity];
        meta = new int[capacity];
        spilled = new long[capacity][];
        mask = capacity - 1;
        for (int from = 0; from < old.pairs.length; from++) {
            if (old.pairs[from] != 0) {
                int to = home(old.pairs[from], mask);
                while (pairs[to] != 0) {
                    to = to + 1 & mask;
                }
                copy(old, from, to);
            }
        }
    }

    private void copy(DestinationPorts source, int from, int to) {
        pairs[to] = source.pairs[from];
        inline[to] = source.inline[from];
        meta[to] = source.meta[from];
        spilled[to] = source.spilled[from];
    }

    /** How many ports the pair has taken: its flows. */
    int count(int slot) {
        return meta[slot] & PORTS_OF_PAIR_MAX;
    }

    /** The ports taken among 64, by the number of their word. */
    long word(int slot, int word) {
        int first = meta[slot] >>> WORD_SHIFT;
        long[] words = spilled[slot];
        if (words == null) {
            return word == first ? inline[slot] : 0;
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
            meta[slot] = word << WORD_SHIFT;
        }
        int first = meta[slot] >>> WORD_SHIFT;
        long[] words = spilled[slot];
        if (words == null && word == first) {
            inline[slot] |= 1L << port;
        } else {
            if (words == null || word < first || word >= first + words.length) {
                words = spill(slot, block);
            }
            words[word - (meta[slot] >>> WORD_SHIFT)] |= 1L << port;
        }
        meta[slot]++;
    }

    /** Moves the map to an array that covers the whole block. */
    private long[] spill(int slot, PortBlock block) {
        long[] words = new long[block.lastWord() - block.firstWord() + 1];
        for (int i = 0; i < words.length; i++) {
            words[i] = word(slot, block.firstWord() + i);
        }
        spilled[slot] = words;
        inline[slot] = 0;
        meta[slot] = block.firstWord() << WORD_SHIFT | count(slot);
        return words;
    }

    /** Marks a taken port as free; a pair without ports is removed. */
    void clear(int slot, int port) {
        long[] words = spilled[slot];
        if (words == null) {
            inline[slot] &= ~(1L << port);
        } else {
            words[port / PortBlock.WORD_PORTS - (meta[slot] >>> WORD_SHIFT)] &= ~(1L << port);
        }
        if (count(slot) == 1) {
            remove(slot);
        } else {
            meta[slot]--;
        }
    }

    private void remove(int slot) {
        int hole = slot;
        for (int i = slot + 1 & mask; pairs[i] != 0; i = i + 1 & mask) {
            if ((i - home(pairs[i], mask) & mask) >= (i - hole & mask)) {
                copy(this, i, hole);
                hole = i;
            }
        }
        pairs[hole] = 0;
        inline[hole] = 0;
        meta[hole] = 0;
        spilled[hole] = null;
        size--;
    }
}
