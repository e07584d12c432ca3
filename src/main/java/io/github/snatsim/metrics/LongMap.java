package io.github.snatsim.metrics;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by a key that is not 0: linear probing without tombstones, at most half full.
 *
 * @param <V> what it holds
 */
final class LongMap<V> {
    private long[] keys = new long[16];
    private @Nullable Object[] values = new Object[16];
    private int size;

    /** The topmost bits of the product, which alone depend on all bits of the key. */
    private static int home(long key, int mask) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> Long.numberOfLeadingZeros(mask));
    }

    @Nullable
    V get(long key) {
        return value(slot(key));
    }

    void put(long key, V value) {
        if (size >= keys.length / 2) {
            grow();
        }
        int slot = slot(key);
        if (keys[slot] == 0) {
            size++;
        }
        keys[slot] = key;
        values[slot] = value;
    }

    void remove(long key) {
        int mask = keys.length - 1;
        int hole = slot(key);
        if (keys[hole] == 0) {
            return;
        }
        for (int i = (hole + 1) & mask; keys[i] != 0; i = (i + 1) & mask) {
            if (((i - home(keys[i], mask)) & mask) >= ((i - hole) & mask)) {
                keys[hole] = keys[i];
                values[hole] = values[i];
                hole = i;
            }
        }
        keys[hole] = 0;
        values[hole] = null;
        size--;
    }

    void forEach(Consumer<V> action) {
        for (int slot = 0; slot < keys.length; slot++) {
            V value = value(slot);
            if (value != null) {
                action.accept(value);
            }
        }
    }

    @SuppressWarnings("unchecked") // only values of type V go in
    private @Nullable V value(int slot) {
        return (V) values[slot];
    }

    /** The slot of a key, or the empty one where it would go. */
    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = home(key, mask);
        while (keys[slot] != key && keys[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Object[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
