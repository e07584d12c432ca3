package io.github.snatsim.metrics;

import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import java.util.Optional;

/**
 * An exhaustion episode: refusals of one instance and frontend at one destination with less than a FIN hold between one and
 * the next.
 * Immutable; threads may share it.
 *
 * @param instance its private address
 * @param frontend the public IP, empty where the gateway does not name it
 * @param destination where it wanted to go
 * @param firstRefusalNanos when it began
 * @param lastRefusalNanos when the last refusal so far was
 * @param refused how many attempts were refused
 */
public record Episode(
        IpAddress instance,
        Optional<IpAddress> frontend,
        Destination destination,
        long firstRefusalNanos,
        long lastRefusalNanos,
        long refused) {}
