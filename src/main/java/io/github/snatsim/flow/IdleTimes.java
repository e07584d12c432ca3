package io.github.snatsim.flow;

import java.util.Arrays;

/** The distinct idle times of a table's flows, so that a flow stores 15 bits. Found by a linear search: few exist. */
final class IdleTimes {
    private long[] nanos = new long[4];
    private int count;

    /** Returns the class of an idle time, a new one if it has none. */
    int classOf(long idleNanos) {
        for (int i = 0; i < count; i++) {
            if (nanos[i] == idleNanos) {
                return i;
            }
        }
        if (idleNanos < 1) {
            throw new IllegalArgumentException("idle time of " + idleNanos + " ns: expected at least 1");
        }
        if (count == FlowStore.IDLE_CLASSES_MAX) {
            throw new IllegalStateException("more than " + FlowStore.IDLE_CLASSES_MAX + " different idle times");
        }
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count] = idleNanos;
        return count++;
    }

    long nanos(int idleClass) {
        return nanos[idleClass];
    }
}
