package io.github.snatsim.sim;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Work by time, and at one time in the order in which it was added: a binary heap on arrays. */
final class TimedQueue {
    private long[] times = new long[64];
    private long[] orders = new long[64];
    private @Nullable Runnable[] works = new Runnable[64];
    private int size;
    private long added;

    void add(long timeNanos, Runnable work) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            orders = Arrays.copyOf(orders, size * 2);
            works = Arrays.copyOf(works, size * 2);
        }
        long order = added++;
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!isBefore(timeNanos, order, parent)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        put(at, timeNanos, order, work);
    }

    /** The earliest time, {@link Long#MAX_VALUE} if there is no work. */
    long earliestNanos() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Takes the earliest work out. */
    Runnable remove() {
        Runnable first = Objects.requireNonNull(works[0], "nothing is scheduled");
        size--;
        long time = times[size];
        long order = orders[size];
        @Nullable Runnable work = works[size];
        works[size] = null;
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && isBefore(times[child + 1], orders[child + 1], child)) {
                child++;
            }
            if (isBefore(time, order, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, time, order, work);
        return first;
    }

    private boolean isBefore(long time, long order, int other) {
        return time < times[other] || (time == times[other] && order < orders[other]);
    }

    private void move(int from, int to) {
        put(to, times[from], orders[from], works[from]);
    }

    private void put(int at, long time, long order, @Nullable Runnable work) {
        times[at] = time;
        orders[at] = order;
        works[at] = work;
    }
}
