package io.github.snatsim.aws;

import io.github.snatsim.flow.Admission;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowListener;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.FlowTable;
import io.github.snatsim.flow.SnatPorts.IdleRules;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * TCP flows whose handshake is under way. They take no place in the load balancer's table (N1), so they wait in one of their
 * own, without a limit; all that is heard of them is how many there are.
 */
final class HalfOpenFlows {
    private final FlowKeys keys = new FlowKeys();
    private final FlowTable table;
    private final Map<FiveTuple, Handshake> handshakes = new HashMap<>();
    private GatewayListener listener = GatewayListener.NONE;

    HalfOpenFlows(Duration idle) {
        FlowListener forgetsEnded = new FlowListener() {
            @Override
            public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
                handshakes.remove(keys.tuple(flow));
                listener.halfOpenChanged(timeNanos, handshakes.size());
            }
        };
        table = new FlowTable(keys, Admission.unlimited(IdleRules.of(idle)), NlbGateway.NO_HOLDS, forgetsEnded);
    }

    void listen(GatewayListener listener) {
        this.listener = listener;
    }

    int size() {
        return handshakes.size();
    }

    @Nullable
    Handshake find(FiveTuple flow) {
        return handshakes.get(flow);
    }

    /** A client's SYN on a 5-tuple that is not here. */
    void begin(FlowEvent syn, int target) {
        handshakes.put(syn.flow(), new Handshake(target));
        table.offer(syn);
        listener.halfOpenChanged(syn.timeNanos(), handshakes.size());
    }

    /** A packet that leaves its flow half-open, or an RST, which ends it. */
    void carry(FlowEvent event) {
        table.offer(event);
    }

    /** The handshake is complete. */
    void end(FiveTuple flow) {
        table.delete(flow);
    }

    void advanceTo(long timeNanos) {
        table.advanceTo(timeNanos);
    }

    long quietUntilNanos() {
        return table.quietUntilNanos();
    }

    OptionalLong nextDeadlineNanos() {
        return table.nextDeadlineNanos();
    }

    OptionalLong lastDeadlineNanos() {
        return table.lastDeadlineNanos();
    }
}
