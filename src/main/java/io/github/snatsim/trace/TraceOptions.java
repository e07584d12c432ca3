package io.github.snatsim.trace;

import java.time.Duration;
import java.util.Optional;

/**
 * How to read a trace. Immutable; threads may share it.
 *
 * @param format what the file is, or empty to tell it from its content
 * @param captureWindow how far back in time a packet of a capture, or an event of a conntrack log, may lie behind the
 *     latest one before it; not negative
 * @param logWindow how far back the start of a connection in a Zeek log may lie behind the latest start before it (rows
 *     are written when connections end); not negative
 * @param initiatorMemory how long the initiator of a captured flow is remembered after the flow has fallen silent and
 *     been released; not negative
 * @param initiatorsMax how many captured 5-tuples are remembered at most, 1-{@value #INITIATORS_LIMIT}; beyond it the
 *     one not seen for the longest time is forgotten. Each takes about 45 bytes
 */
public record TraceOptions(
        Optional<TraceFormat> format,
        Duration captureWindow,
        Duration logWindow,
        Duration initiatorMemory,
        int initiatorsMax) {
    /** The largest value of {@code initiatorsMax}. */
    public static final int INITIATORS_LIMIT = 1 << 26;

    private static final Duration WINDOW_MAX = Duration.ofDays(36_500);
    private static final TraceOptions DEFAULTS = new TraceOptions(
            Optional.empty(), Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1), 250_000);

    /**
     * Checks the ranges.
     *
     * @param format what the file is, or empty to tell it from its content
     * @param captureWindow how far back a packet may lie, zero to 36,500 days
     * @param logWindow how far back a row may lie, zero to 36,500 days
     * @param initiatorMemory how long an initiator is remembered, zero to 36,500 days
     * @param initiatorsMax how many are remembered, 1-{@value #INITIATORS_LIMIT}
     * @throws IllegalArgumentException if a value is out of range
     */
    public TraceOptions {
        checkDuration("captureWindow", captureWindow);
        checkDuration("logWindow", logWindow);
        checkDuration("initiatorMemory", initiatorMemory);
        if (initiatorsMax < 1 || initiatorsMax > INITIATORS_LIMIT) {
            throw new IllegalArgumentException("initiatorsMax " + initiatorsMax + " is outside 1-" + INITIATORS_LIMIT);
        }
    }

    private static void checkDuration(String name, Duration duration) {
        if (duration.isNegative() || duration.compareTo(WINDOW_MAX) > 0) {
            throw new IllegalArgumentException(name + " " + duration + " is outside 0-36,500 days");
        }
    }

    /**
     * Returns the usual options: format from the content, a second for captures, an hour for logs, initiators for an
     * hour, 250,000 of them.
     *
     * @return the same value each time
     */
    public static TraceOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options for a file of a known format.
     *
     * @param format what the file must be
     * @return a copy with this format
     */
    public TraceOptions withFormat(TraceFormat format) {
        return new TraceOptions(Optional.of(format), captureWindow, logWindow, initiatorMemory, initiatorsMax);
    }

    /**
     * Returns these options with another window for captures and conntrack logs.
     *
     * @param window how far back a packet may lie, not negative
     * @return a copy with this window
     * @throws IllegalArgumentException if it is out of range
     */
    public TraceOptions withCaptureWindow(Duration window) {
        return new TraceOptions(format, window, logWindow, initiatorMemory, initiatorsMax);
    }

    /**
     * Returns these options with another window for Zeek logs.
     *
     * @param window how far back a row may lie, not negative
     * @return a copy with this window
     * @throws IllegalArgumentException if it is out of range
     */
    public TraceOptions withLogWindow(Duration window) {
        return new TraceOptions(format, captureWindow, window, initiatorMemory, initiatorsMax);
    }

    /**
     * Returns these options with another memory for initiators.
     *
     * @param memory how long after its release a flow's initiator is remembered, not negative
     * @return a copy with this memory
     * @throws IllegalArgumentException if it is out of range
     */
    public TraceOptions withInitiatorMemory(Duration memory) {
        return new TraceOptions(format, captureWindow, logWindow, memory, initiatorsMax);
    }

    /**
     * Returns these options with another bound on remembered initiators.
     *
     * @param count how many, 1-{@value #INITIATORS_LIMIT}
     * @return a copy with this bound
     * @throws IllegalArgumentException if it is out of range
     */
    public TraceOptions withInitiatorsMax(int count) {
        return new TraceOptions(format, captureWindow, logWindow, initiatorMemory, count);
    }
}
