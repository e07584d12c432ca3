package io.github.snatsim.aws;

import io.github.snatsim.net.Protocol;
import java.time.Duration;

/** What a listener listens for. Immutable; threads may share it. */
public enum ListenerProtocol {
    /** TCP: the only one whose idle time can be modified (N3). */
    TCP(Protocol.TCP, Duration.ofSeconds(350)),
    /** UDP. */
    UDP(Protocol.UDP, Duration.ofMinutes(2)),
    /** TLS over TCP: in the flow table like TCP, but its idle time is fixed. */
    TLS(Protocol.TCP, Duration.ofSeconds(350));

    private final Protocol transport;
    private final Duration idle;

    ListenerProtocol(Protocol transport, Duration idle) {
        this.transport = transport;
        this.idle = idle;
    }

    /**
     * Returns what the packets of the listener's flows are.
     *
     * @return TCP or UDP
     */
    public Protocol transport() {
        return transport;
    }

    /**
     * Returns how long a flow may be silent unless the listener says otherwise (rule N2).
     *
     * @return 350 s for TCP and TLS, 120 s for UDP
     */
    public Duration idle() {
        return idle;
    }
}
