package io.github.snatsim.metrics;

/** Counts above zero by a key that is not 0: linear probing without tombstones, 12 bytes a slot at up to half fill. */
final class LongCounts {
    private long[] keys = new long[16];
    private int[] counts = new int[16];
    private int size;

    private static int home(long key, int mask) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    }

    /** Counts one more and returns the new count. */
    int increment(long key) {
        if (size >= keys.length / 2) {
            grow();
        }
        int slot = slot(key);
        if (counts[slot] == 0) {
            keys[slot] = key;
            size++;
        }
        return ++counts[slot];
    }

    /** Counts one fewer and returns the new count. */
    int decrement(long key) {
        int slot = slot(key);
        if (counts[slot] > 1) {
            return --counts[slot];
        }
        if (counts[slot] == 1) {
            remove(slot);
            return 0;
        }
        throw new IllegalStateException("nothing is counted for key " + key);
    }

    /** The slot of a key, or the empty one where it would go. */
    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = home(key, mask);
        while (keys[slot] != key && keys[slot] != 0) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void remove(int slot) {
        int mask = keys.length - 1;
        int hole = slot;
        for (int i = slot + 1 & mask; keys[i] != 0; i = i + 1 & mask) {
            if ((i - home(keys[i], mask) & mask) >= (i - hole & mask)) {
                keys[hole] = keys[i];
                counts[hole] = counts[i];
                hole = i;
            }
        }
        keys[hole] = 0;
        counts[hole] = 0;
        size--;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[oldKeys.length * 2];
        counts = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}
