package io.github.snatsim.workload;

import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.Side;
import java.util.OptionalLong;

/**
 * What one instance sends through. When another gets the address of one that has gone, it is cut: what the one still means to
 * send, from flows that ended with it, must not reach the flows of the other.
 */
final class InstanceNetwork implements Network {
    private final Network network;
    private boolean isCut;

    InstanceNetwork(Network network) {
        this.network = network;
    }

    /** Loses everything from now on. */
    void cut() {
        isCut = true;
    }

    @Override
    public long nowNanos() {
        return network.nowNanos();
    }

    @Override
    public void wakeAt(long timeNanos, Runnable wakeUp) {
        network.wakeAt(timeNanos, wakeUp);
    }

    @Override
    public Answer send(FlowEvent.Kind kind, Side side, FiveTuple flow) {
        return isCut ? Answer.LOST : network.send(kind, side, flow);
    }

    @Override
    public OptionalLong handshakeNanos() {
        return network.handshakeNanos();
    }

    @Override
    public boolean answersRefusals() {
        return network.answersRefusals();
    }

    @Override
    public boolean isLive(FiveTuple flow) {
        return !isCut && network.isLive(flow);
    }
}
