package io.github.snatsim.metrics;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/** Ports in use as a plain list of what held from when on: what the running structures are compared with. */
final class Levels {
    private record Level(long timeNanos, PortsByState ports) {}

    private final List<Level> levels = new ArrayList<>();

    void add(long timeNanos, PortsByState ports) {
        levels.add(new Level(timeNanos, ports));
    }

    /** Forgets all but what holds now, which holds from this time on. */
    void restart(long timeNanos) {
        PortsByState now = last();
        levels.clear();
        levels.add(new Level(timeNanos, now));
    }

    PortsByState last() {
        return levels.isEmpty()
                ? PortsByState.NONE
                : levels.get(levels.size() - 1).ports();
    }

    /** The first of the highest levels: when it began and what it was. */
    private Level highest() {
        return levels.stream()
                .reduce((first, second) ->
                        second.ports().total() > first.ports().total() ? second : first)
                .orElseThrow();
    }

    int peak() {
        return highest().ports().total();
    }

    PortsByState atPeak() {
        return highest().ports();
    }

    long peakTimeNanos() {
        return highest().timeNanos();
    }

    private long end(int level, long endNanos) {
        return level + 1 < levels.size() ? levels.get(level + 1).timeNanos() : endNanos;
    }

    /** The lowest number of ports that was not exceeded for a share of the time; none was in use before the first level. */
    int percentile(int percent, long sinceNanos, long endNanos) {
        record Lasted(int ports, long nanos) {}
        List<Lasted> sorted = new ArrayList<>();
        long before = levels.isEmpty() ? 0 : levels.get(0).timeNanos() - sinceNanos;
        if (before > 0) {
            sorted.add(new Lasted(0, before));
        }
        for (int i = 0; i < levels.size(); i++) {
            long nanos = end(i, endNanos) - levels.get(i).timeNanos();
            if (nanos > 0) {
                sorted.add(new Lasted(levels.get(i).ports().total(), nanos));
            }
        }
        sorted.sort(Comparator.comparingInt(Lasted::ports));
        long all = sorted.stream().mapToLong(Lasted::nanos).sum();
        long sum = 0;
        for (Lasted level : sorted) {
            sum += level.nanos();
            if (100 * sum >= percent * all) {
                return level.ports();
            }
        }
        return last().total();
    }

    /** Cuts the time until the end into slices: of the levels that hold somewhere in a slice, the first of the highest. */
    PortsOverTime slices(long endNanos, long sliceNanos) {
        if (levels.isEmpty()) {
            return new PortsOverTime(0, sliceNanos, ImmutableList.of());
        }
        long start = levels.get(0).timeNanos();
        long lastNanos = Math.max(levels.get(levels.size() - 1).timeNanos(), endNanos - 1);
        return new PortsOverTime(
                start,
                sliceNanos,
                LongStream.rangeClosed(0, (lastNanos - start) / sliceNanos)
                        .mapToObj(slice -> highestWithin(start + slice * sliceNanos, sliceNanos))
                        .collect(toImmutableList()));
    }

    private PortsByState highestWithin(long fromNanos, long sliceNanos) {
        PortsByState highest = PortsByState.NONE;
        for (int i = 0; i < levels.size(); i++) {
            long begin = levels.get(i).timeNanos();
            boolean within =
                    begin < fromNanos + sliceNanos && (begin >= fromNanos || end(i, Long.MAX_VALUE) > fromNanos);
            if (within && levels.get(i).ports().total() > highest.total()) {
                highest = levels.get(i).ports();
            }
        }
        return highest;
    }
}
