package io.github.snatsim.flow;

import io.github.snatsim.net.FiveTuple;
import java.util.ArrayList;
import java.util.List;

/** Writes down all that a table reports, in words, so that two accounts can be compared line by line. */
final class EventLog implements FlowListener {
    /**
     * One report.
     *
     * @param timeNanos when
     * @param what kind, port and reason in words
     * @param flow whose, null for a drop
     */
    record Heard(long timeNanos, String what, FiveTuple flow) {
        static Heard opened(long timeNanos, FiveTuple flow, int port) {
            return new Heard(timeNanos, "opened on " + port, flow);
        }

        static Heard refused(long timeNanos, FiveTuple flow, Outcome reason) {
            return new Heard(timeNanos, "refused " + reason, flow);
        }

        static Heard changed(long timeNanos, FiveTuple flow, int port, FlowState before, FlowState after) {
            return new Heard(timeNanos, before + " to " + after + " on " + port, flow);
        }

        static Heard ended(long timeNanos, FiveTuple flow, int port, FlowState state, FlowEnd end) {
            return new Heard(timeNanos, "ended " + end + " in " + state + " on " + port, flow);
        }

        static Heard dropped(long timeNanos) {
            return new Heard(timeNanos, "dropped", null);
        }
    }

    private final FlowKeys keys;
    private final List<Heard> heard = new ArrayList<>();

    EventLog(FlowKeys keys) {
        this.keys = keys;
    }

    /** Everything so far. */
    List<Heard> heard() {
        return heard;
    }

    /** The ends so far. */
    List<Heard> ends() {
        return heard.stream().filter(report -> report.what.startsWith("ended")).toList();
    }

    @Override
    public void opened(long timeNanos, long flow, int port) {
        heard.add(Heard.opened(timeNanos, keys.tuple(flow), port));
    }

    @Override
    public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
        heard.add(Heard.refused(timeNanos, keys.tuple(flow), reason));
    }

    @Override
    public void stateChanged(long timeNanos, long flow, int port, FlowState before, FlowState after) {
        heard.add(Heard.changed(timeNanos, keys.tuple(flow), port, before, after));
    }

    @Override
    public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
        heard.add(Heard.ended(timeNanos, keys.tuple(flow), port, state, end));
    }

    @Override
    public void dropped(long timeNanos) {
        heard.add(Heard.dropped(timeNanos));
    }
}
