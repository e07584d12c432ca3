package io.github.snatsim.aws;

import io.github.snatsim.flow.Admission;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.net.Destination;
import io.github.snatsim.time.Nanos;
import java.util.function.Function;

/**
 * The places of a load balancer's flow table: so many, for TCP and UDP together (N4). What a flow takes as its port is the
 * number of its target.
 */
final class Places implements Admission {
    private final FlowKeys keys;
    private final int flowsMax;
    private final TargetDraw targets;
    private final Function<Destination, Listener> listeners;
    private int taken;
    private int handedOver;

    Places(FlowKeys keys, int flowsMax, TargetDraw targets, Function<Destination, Listener> listeners) {
        this.keys = keys;
        this.flowsMax = flowsMax;
        this.targets = targets;
        this.listeners = listeners;
    }

    /** Says where the TCP flow goes that opens next: to where its SYN went. */
    void handOver(int target) {
        handedOver = target;
    }

    @Override
    public int take(long flow) {
        if (taken == flowsMax) {
            return Admission.refusal(Outcome.TABLE_FULL);
        }
        taken++;
        return FlowKeys.isUdp(flow) ? targets.next(keys.tuple(flow)) : handedOver;
    }

    @Override
    public void giveBack(long flow, int port) {
        taken--;
    }

    /** The present idle time of the flow's listener; {@link NlbGateway} sees to it that no TCP flow asks a second time. */
    @Override
    public long idleNanos(long flow, boolean answered) {
        return Nanos.of(listeners.apply(keys.destinationOf(flow)).idle());
    }
}
