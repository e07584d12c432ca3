package io.github.snatsim.trace;

import java.util.Arrays;

/**
 * A bounded memory of flows: one byte of state for each pair of ends, in the order in which they were last seen. An
 * entry is a number into parallel arrays (45 bytes in all) and stays the same while the flow is remembered. Hash chains
 * find it; a list through all entries, from the one silent longest to the one seen last, tells which to forget.
 */
final class FlowMemory {
    static final int NONE = -1;

    private final int entriesMax;
    private int[] chains = newLinks(64);
    private int[] nextInChain = newLinks(64);
    private int[] older = newLinks(64);
    private int[] newer = newLinks(64);
    private long[] lowEnds = new long[64];
    private long[] highEnds = new long[64];
    private long[] seenNanos = new long[64];
    private byte[] states = new byte[64];

    private int entriesUsed;
    private int firstFree = NONE;
    private int oldest = NONE;
    private int newest = NONE;
    private long evictions;

    FlowMemory(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    private static int[] newLinks(int length) {
        int[] links = new int[length];
        Arrays.fill(links, NONE);
        return links;
    }

    /** Returns how many entries had to give way to others. */
    long evictions() {
        return evictions;
    }

    byte state(int entry) {
        return states[entry];
    }

    void setState(int entry, int state) {
        states[entry] = (byte) state;
    }

    /** Returns the entry of a pair of ends, now the one seen last, or {@link #NONE}. */
    int seen(long lowEnd, long highEnd, long nowNanos) {
        int entry = chains[chainOf(lowEnd, highEnd)];
        while (entry != NONE && !(lowEnds[entry] == lowEnd && highEnds[entry] == highEnd)) {
            entry = nextInChain[entry];
        }
        if (entry != NONE) {
            seenNanos[entry] = nowNanos;
            if (entry != newest) {
                unlink(entry);
                linkAsNewest(entry);
            }
        }
        return entry;
    }

    /** Adds a pair of ends that is not there, with state 0; if all entries are taken, the oldest gives way. */
    int add(long lowEnd, long highEnd, long nowNanos) {
        if (firstFree == NONE && entriesUsed == entriesMax) {
            forget(oldest);
            evictions++;
        }
        int entry = firstFree;
        if (entry == NONE) {
            if (entriesUsed == states.length) {
                grow();
            }
            entry = entriesUsed++;
        } else {
            firstFree = nextInChain[entry];
        }
        lowEnds[entry] = lowEnd;
        highEnds[entry] = highEnd;
        seenNanos[entry] = nowNanos;
        states[entry] = 0;
        putInChain(entry);
        linkAsNewest(entry);
        return entry;
    }

    /** Forgets what was last seen before the given time. */
    void forgetBefore(long timeNanos) {
        while (oldest != NONE && seenNanos[oldest] < timeNanos) {
            forget(oldest);
        }
    }

    private void forget(int entry) {
        unlink(entry);
        int chain = chainOf(lowEnds[entry], highEnds[entry]);
        if (chains[chain] == entry) {
            chains[chain] = nextInChain[entry];
        } else {
            int before = chains[chain];
            while (nextInChain[before] != entry) {
                before = nextInChain[before];
            }
            nextInChain[before] = nextInChain[entry];
        }
        nextInChain[entry] = firstFree;
        firstFree = entry;
    }

    private void unlink(int entry) {
        if (entry == oldest) {
            oldest = newer[entry];
        } else {
            newer[older[entry]] = newer[entry];
        }
        if (entry == newest) {
            newest = older[entry];
        } else {
            older[newer[entry]] = older[entry];
        }
    }

    private void linkAsNewest(int entry) {
        older[entry] = newest;
        newer[entry] = NONE;
        if (newest == NONE) {
            oldest = entry;
        } else {
            newer[newest] = entry;
        }
        newest = entry;
    }

    /** Called only when every entry is in use, so that all of them are in the new chains. */
    private void grow() {
        int length = Math.min(entriesMax, 2 * states.length);
        nextInChain = Arrays.copyOf(nextInChain, length);
        older = Arrays.copyOf(older, length);
        newer = Arrays.copyOf(newer, length);
        lowEnds = Arrays.copyOf(lowEnds, length);
        highEnds = Arrays.copyOf(highEnds, length);
        seenNanos = Arrays.copyOf(seenNanos, length);
        states = Arrays.copyOf(states, length);
        chains = newLinks(2 * chains.length);
        for (int entry = 0; entry < entriesUsed; entry++) {
            putInChain(entry);
        }
    }

    private void putInChain(int entry) {
        int chain = chainOf(lowEnds[entry], highEnds[entry]);
        nextInChain[entry] = chains[chain];
        chains[chain] = entry;
    }

    /** Mixes both ends (the multipliers are those of MurmurHash3 and the golden ratio) into a chain's number. */
    private int chainOf(long lowEnd, long highEnd) {
        long mixed = (lowEnd * 0xFF51AFD7ED558CCDL ^ highEnd) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & chains.length - 1;
    }
}
