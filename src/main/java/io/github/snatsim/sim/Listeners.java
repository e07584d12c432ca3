package io.github.snatsim.sim;

import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.net.Side;

/**
 * Hands what a gateway without ports of instances reports to two listeners, one after the other.
 *
 * @param first hears everything first
 * @param second hears it then
 */
record Listeners(GatewayListener first, GatewayListener second) implements GatewayListener {
    @Override
    public void opened(long timeNanos, long flow, int port) {
        first.opened(timeNanos, flow, port);
        second.opened(timeNanos, flow, port);
    }

    @Override
    public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
        first.refused(timeNanos, flow, frontend, reason);
        second.refused(timeNanos, flow, frontend, reason);
    }

    @Override
    public void stateChanged(long timeNanos, long flow, int port, FlowState before, FlowState after) {
        first.stateChanged(timeNanos, flow, port, before, after);
        second.stateChanged(timeNanos, flow, port, before, after);
    }

    @Override
    public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
        first.ended(timeNanos, flow, port, state, end);
        second.ended(timeNanos, flow, port, state, end);
    }

    @Override
    public void dropped(long timeNanos) {
        first.dropped(timeNanos);
        second.dropped(timeNanos);
    }

    @Override
    public void reset(long timeNanos, Side to) {
        first.reset(timeNanos, to);
        second.reset(timeNanos, to);
    }

    @Override
    public void halfOpenChanged(long timeNanos, int flows) {
        first.halfOpenChanged(timeNanos, flows);
        second.halfOpenChanged(timeNanos, flows);
    }

    @Override
    public void lateDatagram(long timeNanos) {
        first.lateDatagram(timeNanos);
        second.lateDatagram(timeNanos);
    }
}
