package io.github.snatsim.metrics;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The course of the ports in use over a run of unknown length in bounded memory: equal slices of time, each with the
 * highest use within it and its split. When the run outgrows the slices, neighbours merge and the width doubles, so the
 * result does not depend on knowing the end beforehand.
 */
final class Timeline {
    private static final int SLICES = 512;
    private static final long FIRST_WIDTH_NANOS = 1_000_000;

    /** Highest use of each slice: total, then, where that is not 0, open and FIN hold; the rest is RST hold. */
    private final int[] total = new int[SLICES];

    private final int[] open = new int[SLICES];
    private final int[] finHold = new int[SLICES];
    private long startNanos;
    private long widthNanos = FIRST_WIDTH_NANOS;
    private int last = -1;

    private int openNow;
    private int finHoldNow;
    private int rstHoldNow;

    /** Says what is in use from a time on; times do not run backwards. */
    void change(long timeNanos, int open, int finHold, int rstHold) {
        if (last < 0) {
            startNanos = timeNanos;
            last = 0;
        }
        lastUntil(timeNanos);
        openNow = open;
        finHoldNow = finHold;
        rstHoldNow = rstHold;
        last = slice(timeNanos);
        raise(last);
    }

    /** Says that what is in use has lasted until just before a time; says nothing before the first change. */
    void lastUntil(long timeNanos) {
        if (last < 0) {
            return;
        }
        int slice = slice(timeNanos - 1);
        while (last < slice) {
            raise(++last);
        }
    }

    /** The slice that a time falls into, after merging until there is one. */
    private int slice(long timeNanos) {
        while ((timeNanos - startNanos) / widthNanos >= SLICES) {
            halve();
        }
        return (int) ((timeNanos - startNanos) / widthNanos);
    }

    /** Forgets the past but not what is in use. */
    void restart(long timeNanos) {
        Arrays.fill(total, 0);
        widthNanos = FIRST_WIDTH_NANOS;
        startNanos = timeNanos;
        last = 0;
        raise(0);
    }

    private void raise(int slice) {
        int totalNow = openNow + finHoldNow + rstHoldNow;
        if (totalNow > total[slice]) {
            total[slice] = totalNow;
            open[slice] = openNow;
            finHold[slice] = finHoldNow;
        }
    }

    private void halve() {
        for (int to = 0; to < SLICES; to++) {
            int from = 2 * to;
            if (from < SLICES) {
                copy(total[from] >= total[from + 1] ? from : from + 1, to);
            } else {
                total[to] = 0;
            }
        }
        widthNanos *= 2;
        last /= 2;
    }

    private void copy(int from, int to) {
        total[to] = total[from];
        open[to] = open[from];
        finHold[to] = finHold[from];
    }

    PortsOverTime result() {
        List<PortsByState> peaks = new ArrayList<>();
        for (int slice = 0; slice <= last; slice++) {
            peaks.add(
                    total[slice] == 0
                            ? PortsByState.NONE
                            : new PortsByState(
                                    open[slice], finHold[slice], total[slice] - open[slice] - finHold[slice]));
        }
        return new PortsOverTime(startNanos, widthNanos, ImmutableList.copyOf(peaks));
    }
}
