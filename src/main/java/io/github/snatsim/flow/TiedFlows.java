package io.github.snatsim.flow;

import java.util.Arrays;

/** Flows that are due at one instant, to be put in the order in which they opened (R6). Reused, so it allocates rarely. */
final class TiedFlows {
    private long[] flows = new long[16];
    private long[] orders = new long[16];
    private int size;

    void clear() {
        size = 0;
    }

    void add(long flow, long order) {
        if (size == flows.length) {
            flows = Arrays.copyOf(flows, size * 2);
            orders = Arrays.copyOf(orders, size * 2);
        }
        flows[size] = flow;
        orders[size++] = order;
    }

    int size() {
        return size;
    }

    long flow(int i) {
        return flows[i];
    }

    /** Shell sort with gaps that shrink by 4/9 (Tokuda): in place, and quick where little is out of order. */
    void sort() {
        for (int gap = size; gap > 1; ) {
            gap = Math.max(1, (int) (gap * 4L / 9));
            for (int i = gap; i < size; i++) {
                long flow = flows[i];
                long order = orders[i];
                int to = i;
                for (; to >= gap && orders[to - gap] > order; to -= gap) {
                    flows[to] = flows[to - gap];
                    orders[to] = orders[to - gap];
                }
                flows[to] = flow;
                orders[to] = order;
            }
        }
    }
}
