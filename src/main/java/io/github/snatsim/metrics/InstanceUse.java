package io.github.snatsim.metrics;

import io.github.snatsim.flow.FlowState;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import java.util.Optional;

/** The running use of one instance's ports of one frontend and protocol. */
final class InstanceUse {
    private final IpAddress instance;
    private final Optional<IpAddress> frontend;
    private final Protocol protocol;
    private final PortStates ports = new PortStates();
    private final LevelTimes levels;
    private final Timeline timeline = new Timeline();
    private int peak;
    private long peakTimeNanos;
    private PortsByState atPeak = PortsByState.NONE;

    InstanceUse(IpAddress instance, Optional<IpAddress> frontend, Protocol protocol, long startNanos) {
        this.instance = instance;
        this.frontend = frontend;
        this.protocol = protocol;
        this.levels = new LevelTimes(startNanos);
    }

    int count(FlowState state) {
        return ports.count(state);
    }

    void add(long timeNanos, int port) {
        ports.add(port, FlowState.OPEN);
        changed(timeNanos);
    }

    void move(long timeNanos, int port, FlowState before, FlowState after) {
        ports.move(port, before, after);
        changed(timeNanos);
    }

    void remove(long timeNanos, int port, FlowState state) {
        ports.remove(port, state);
        changed(timeNanos);
    }

    private void changed(long timeNanos) {
        int total = ports.total();
        levels.change(timeNanos, total);
        timeline.change(
                timeNanos,
                ports.count(FlowState.OPEN),
                ports.count(FlowState.FIN_HOLD),
                ports.count(FlowState.RST_HOLD));
        if (total > peak) {
            peak = total;
            peakTimeNanos = timeNanos;
            atPeak = ports.snapshot();
        }
    }

    /** Forgets the past but not what is in use. */
    void restart(long timeNanos) {
        levels.restart(timeNanos);
        timeline.restart(timeNanos);
        peak = ports.total();
        peakTimeNanos = timeNanos;
        atPeak = ports.snapshot();
    }

    PortUse result(long timeNanos) {
        levels.lastUntil(timeNanos);
        timeline.lastUntil(timeNanos);
        return new PortUse(
                instance,
                frontend,
                protocol,
                peak,
                peakTimeNanos,
                atPeak,
                ports.snapshot(),
                levels.percentiles(),
                timeline.result());
    }
}
