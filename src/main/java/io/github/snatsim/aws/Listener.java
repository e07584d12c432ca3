package io.github.snatsim.aws;

import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.port.Violation;
import io.github.snatsim.time.Nanos;
import java.time.Duration;

/**
 * One listener of a load balancer: where clients connect to, and how long their flows may be silent. Immutable; threads may
 * share it.
 *
 * @param arn what the API calls it: its Amazon Resource Name, or any other name, not blank
 * @param protocol what it listens for
 * @param endpoint the address and port that clients send to
 * @param idle how long a flow that opens from now on may be silent (N2, N3): for TCP whole seconds from 60 to 6,000, for UDP
 *     and TLS, whose idle time the API cannot change, above zero
 */
public record Listener(String arn, ListenerProtocol protocol, Endpoint endpoint, Duration idle) {
    /**
     * Checks the name and the idle time.
     *
     * @param arn what the API calls it: its Amazon Resource Name, or any other name, not blank
     * @param protocol what it listens for
     * @param endpoint the address and port that clients send to
     * @param idle how long a flow that opens from now on may be silent
     * @throws IllegalArgumentException if the name is blank or the idle time out of range
     * @throws ArithmeticException if the idle time is longer than 292 years
     */
    public Listener {
        if (arn.isBlank()) {
            throw new IllegalArgumentException("listener name '" + arn + "' is blank: expected an ARN or another name");
        }
        if (protocol == ListenerProtocol.TCP) {
            Violation.refuse(TcpIdleTimeout.violations(idle, arn));
        } else if (Nanos.of(idle) < 1) {
            throw new IllegalArgumentException(
                    "idle time " + idle + " of " + protocol + " listener " + arn + ": expected above zero");
        }
    }

    /**
     * Returns a listener with the idle time of its protocol: 350 s for TCP and TLS, 120 s for UDP (rule N2).
     *
     * @param arn what the API calls it, not blank
     * @param protocol what it listens for
     * @param endpoint the address and port that clients send to
     * @return the listener
     * @throws IllegalArgumentException if the name is blank
     */
    public static Listener of(String arn, ListenerProtocol protocol, Endpoint endpoint) {
        return new Listener(arn, protocol, endpoint, protocol.idle());
    }

    /**
     * Returns this listener with another idle time.
     *
     * @param idle how long a flow may be silent
     * @return the new listener
     * @throws IllegalArgumentException if the idle time is out of range
     */
    public Listener withIdle(Duration idle) {
        return new Listener(arn, protocol, endpoint, idle);
    }

    /**
     * Returns what the flows to this listener have as their destination.
     *
     * @return transport protocol, address and port
     */
    public Destination destination() {
        return new Destination(protocol.transport(), endpoint);
    }
}
