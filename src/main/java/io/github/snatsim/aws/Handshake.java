package io.github.snatsim.aws;

import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.Side;

/** What has been seen of a TCP flow since its SYN, while it is half-open (N1). */
final class Handshake {
    private final int target;
    private boolean clientSent;
    private boolean targetSent;
    private boolean clientFin;
    private boolean targetFin;

    Handshake(int target) {
        this.target = target;
    }

    /** The number of the target that the SYN went to. */
    int target() {
        return target;
    }

    /** Takes note of a packet that is no RST. A SYN of the client is the first one sent again. */
    void note(FlowEvent event) {
        boolean client = event.side() == Side.INITIATOR;
        clientSent |= client && event.kind() != FlowEvent.Kind.SYN;
        targetSent |= !client;
        if (event.kind() == FlowEvent.Kind.FIN) {
            clientFin |= client;
            targetFin |= !client;
        }
    }

    boolean isComplete(TargetPackets reading) {
        return reading == TargetPackets.SEEN ? clientSent && targetSent : clientSent || targetSent;
    }

    boolean hasFin(Side side) {
        return side == Side.INITIATOR ? clientFin : targetFin;
    }
}
