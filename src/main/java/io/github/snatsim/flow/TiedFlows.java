package io.github.snatsim.flow;

import java.util.Arrays;

/** Slots of flows that are due at one instant, to be put in the order in which they opened (R6). Reused, so it allocates rarely. */
final class TiedFlows {
    private int[] slots = new int[16];
    private long[] orders = new long[16];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int slot, long order) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size * 2);
            orders = Arrays.copyOf(orders, size * 2);
        }
        slots[size] = slot;
        orders[size++] = order;
    }

    int size() {
        return size;
    }

    int slot(int i) {
        return slots[i];
    }

    /** Shell sort with gaps that shrink by 4/9 (Tokuda): in place, and quick where little is out of order. */
    void sort() {
        for (int gap = size; gap > 1; ) {
            gap = Math.max(1, (int) (gap * 4L / 9));
            for (int i = gap; i < size; i++) {
                int slot = slots[i];
                long order = orders[i];
                int to = i;
                for (; to >= gap && orders[to - gap] > order; to -= gap) {
                    slots[to] = slots[to - gap];
                    orders[to] = orders[to - gap];
                }
                slots[to] = slot;
                orders[to] = order;
            }
        }
    }
}
