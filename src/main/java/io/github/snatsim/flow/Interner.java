package io.github.snatsim.flow;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives equal values the same small number, from 1 on, and counts how many hold it; a number that nobody holds any more
 * is given out again. Linear probing over an {@code int} index; a look-up costs about two cache misses.
 *
 * @param <V> a value with a good {@code hashCode}
 */
final class Interner<V> {
    private static final int SMALLEST = 16;

    private final String name;
    private final int idMax;

    /** Ids by hash, 0 where empty; at most half full. */
    private int[] index = new int[SMALLEST * 2];

    private @Nullable Object[] values = new Object[SMALLEST];
    private int[] holders = new int[SMALLEST];

    /** Ids that nobody holds, a stack. */
    private int[] vacant = new int[SMALLEST];

    private int vacantCount;
    private int idLast;

    Interner(String name, int idMax) {
        this.name = name;
        this.idMax = idMax;
    }

    /** Returns the id of a value, 0 if it has none. */
    int find(V value) {
        int mask = index.length - 1;
        for (int i = value.hashCode() & mask; index[i] != 0; i = i + 1 & mask) {
            if (value.equals(values[index[i]])) {
                return index[i];
            }
        }
        return 0;
    }

    /** Returns the id of a value, a new one if it has none. A new id is held by nobody. */
    int intern(V value) {
        int id = find(value);
        return id != 0 ? id : add(value);
    }

    private int add(V value) {
        if (vacantCount == 0 && idLast == idMax) {
            throw new IllegalStateException("more than " + idMax + " " + name + " at once");
        }
        int id = vacantCount > 0 ? vacant[--vacantCount] : ++idLast;
        if (id >= values.length) {
            values = Arrays.copyOf(values, values.length * 2);
            holders = Arrays.copyOf(holders, values.length);
            rehash(values.length * 2);
        }
        values[id] = value;
        put(value.hashCode(), id);
        return id;
    }

    private void put(int hash, int id) {
        int mask = index.length - 1;
        int i = hash & mask;
        while (index[i] != 0) {
            i = i + 1 & mask;
        }
        index[i] = id;
    }

    private void rehash(int size) {
        int[] ids = index;
        index = new int[size];
        for (int id : ids) {
            if (id != 0) {
                put(hash(id), id);
            }
        }
    }

    void hold(int id) {
        holders[id]++;
    }

    /** Drops one hold; the id is free when it was the last. */
    void drop(int id) {
        if (--holders[id] == 0) {
            forget(id);
        }
    }

    /** Frees an id that nobody holds. */
    void dropIfUnheld(int id) {
        if (holders[id] == 0) {
            forget(id);
        }
    }

    private void forget(int id) {
        int mask = index.length - 1;
        int hole = hash(id) & mask;
        while (index[hole] != id) {
            hole = hole + 1 & mask;
        }
        // Pull back what was pushed past the hole, so that probing never meets a tombstone.
        for (int i = hole + 1 & mask; index[i] != 0; i = i + 1 & mask) {
            int home = hash(index[i]) & mask;
            if ((i - home & mask) >= (i - hole & mask)) {
                index[hole] = index[i];
                hole = i;
            }
        }
        index[hole] = 0;
        values[id] = null;
        if (vacantCount == vacant.length) {
            vacant = Arrays.copyOf(vacant, vacantCount * 2);
        }
        vacant[vacantCount++] = id;
    }

    private int hash(int id) {
        return value(id).hashCode();
    }

    @SuppressWarnings("unchecked") // only values of type V go in
    V value(int id) {
        Object value = id > 0 && id <= idLast ? values[id] : null;
        if (value == null) {
            throw new IllegalArgumentException("a key that is not, or no longer, of this table's " + name);
        }
        return (V) value;
    }
}
