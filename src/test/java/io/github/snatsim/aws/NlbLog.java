package io.github.snatsim.aws;

import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.Side;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a load balancer reports, in words, and passes it on to metrics. */
final class NlbLog implements GatewayListener {
    /**
     * One report.
     *
     * @param timeNanos when
     * @param what kind and reason in words
     * @param flow whose, null where none is named
     * @param halfOpen how many handshakes were under way when this was reported
     */
    record Heard(long timeNanos, String what, FiveTuple flow, int halfOpen) {}

    private final FlowKeys keys;
    private final List<GatewayListener> others;
    private int halfOpen;

    final List<Heard> heard = new ArrayList<>();

    NlbLog(FlowKeys keys, GatewayListener... others) {
        this.keys = keys;
        this.others = List.of(others);
    }

    List<String> words() {
        return heard.stream().map(Heard::what).toList();
    }

    private void add(long timeNanos, String what, FiveTuple flow) {
        heard.add(new Heard(timeNanos, what, flow, halfOpen));
    }

    @Override
    public void opened(long timeNanos, long flow, int port) {
        add(timeNanos, "opened", keys.tuple(flow));
        others.forEach(other -> other.opened(timeNanos, flow, port));
    }

    @Override
    public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
        add(timeNanos, "refused " + reason, keys.tuple(flow));
        others.forEach(other -> other.refused(timeNanos, flow, frontend, reason));
    }

    @Override
    public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
        add(timeNanos, "ended " + end, keys.tuple(flow));
        others.forEach(other -> other.ended(timeNanos, flow, port, state, end));
    }

    @Override
    public void dropped(long timeNanos) {
        add(timeNanos, "dropped", null);
        others.forEach(other -> other.dropped(timeNanos));
    }

    @Override
    public void reset(long timeNanos, Side to) {
        add(timeNanos, "reset to " + to, null);
        others.forEach(other -> other.reset(timeNanos, to));
    }

    @Override
    public void halfOpenChanged(long timeNanos, int flows) {
        halfOpen = flows;
        add(timeNanos, "half-open", null);
        others.forEach(other -> other.halfOpenChanged(timeNanos, flows));
    }

    @Override
    public void lateDatagram(long timeNanos) {
        add(timeNanos, "late datagram", null);
        others.forEach(other -> other.lateDatagram(timeNanos));
    }
}
