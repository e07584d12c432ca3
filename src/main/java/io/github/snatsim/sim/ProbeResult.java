package io.github.snatsim.sim;

import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.net.IpAddress;
import java.util.Optional;

/**
 * What became of a packet that a scenario sent from an instance (rules S4, S5). Immutable; threads may share it.
 *
 * @param timeNanos when
 * @param instance the name of the instance
 * @param protocol what was sent
 * @param destination where to
 * @param outcome what the gateway did
 * @param publicIp the source that the destination saw, and what an echo resolver answers; empty if nothing arrived
 */
public record ProbeResult(
        long timeNanos,
        String instance,
        IpProtocol protocol,
        IpAddress destination,
        Outcome outcome,
        Optional<IpAddress> publicIp) {
    /**
     * Returns what became of it, for people.
     *
     * @return a sentence without a full stop
     */
    public String sentence() {
        return publicIp.map(source -> "arrived from " + source).orElseGet(outcome::sentence);
    }

    /**
     * Returns the outcome's name, for machines.
     *
     * @return for example {@code NO_FREE_PORT}
     */
    public String outcomeName() {
        return outcome.name();
    }
}
