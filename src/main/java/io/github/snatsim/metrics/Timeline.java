package io.github.snatsim.metrics;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;

/**
 * The course of the ports in use over a run of unknown length in bounded memory: equal slices of time, each with the
 * highest use met in it and its split. When the run outgrows the slices, neighbours merge and the width doubles, so the
 * result does not depend on knowing the end beforehand.
 */
final class Timeline {
    private static final int SLICES = 512;
    private static final long FIRST_WIDTH_NANOS = 1_000_000;

    private final PortsByState[] peaks = new PortsByState[SLICES];
    private long startNanos;
    private long widthNanos = FIRST_WIDTH_NANOS;
    private int last = -1;

    Timeline() {
        Arrays.fill(peaks, PortsByState.NONE);
    }

    /** Notes what is in use from a time on, until the next call says otherwise. */
    void record(long timeNanos, int open, int finHold, int rstHold) {
        if (last < 0) {
            startNanos = timeNanos;
            last = 0;
        }
        int slice = sliceOf(timeNanos);
        if (open + finHold + rstHold > peaks[slice].total()) {
            peaks[slice] = new PortsByState(open, finHold, rstHold);
        }
    }

    /** Says that what was in use has lasted until a time. */
    void lasted(long timeNanos, int open, int finHold, int rstHold) {
        if (last >= 0 && (timeNanos - startNanos) / widthNanos > last) {
            PortsByState lasting = new PortsByState(open, finHold, rstHold);
            int before = last;
            int slice = sliceOf(timeNanos);
            for (int i = Math.min(before, slice) + 1; i <= slice; i++) {
                if (lasting.total() > peaks[i].total()) {
                    peaks[i] = lasting;
                }
            }
        }
    }

    private int sliceOf(long timeNanos) {
        while ((timeNanos - startNanos) / widthNanos >= SLICES) {
            for (int i = 0; i < SLICES; i++) {
                peaks[i] = 2 * i < SLICES ? higher(peaks[2 * i], peaks[2 * i + 1]) : PortsByState.NONE;
            }
            widthNanos *= 2;
            last /= 2;
        }
        last = Math.max(last, (int) ((timeNanos - startNanos) / widthNanos));
        return last;
    }

    private static PortsByState higher(PortsByState one, PortsByState other) {
        return one.total() >= other.total() ? one : other;
    }

    PortsOverTime result() {
        return new PortsOverTime(
                startNanos, widthNanos, ImmutableList.copyOf(peaks).subList(0, last + 1));
    }
}
