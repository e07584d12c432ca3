package io.github.snatsim.workload;

import io.github.snatsim.net.FiveTuple;

/** A connection, or a UDP socket, as its client knows it; the gateway may have forgotten it already. */
final class Connection {
    final FiveTuple flow;
    final long openedNanos;

    /** Whether the client still has it; keepalives go on that long. */
    boolean open = true;

    /** Since when it has been idle in the pool; meaningless while it serves a request. */
    long idleSinceNanos;

    boolean idle;

    /** Whether a keepalive of the client was answered with an RST. */
    boolean reset;

    Connection(FiveTuple flow, long openedNanos) {
        this.flow = flow;
        this.openedNanos = openedNanos;
    }
}
