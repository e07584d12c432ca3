package io.github.snatsim.metrics;

import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import java.util.Optional;

/**
 * The ports that one instance used of one frontend for one destination; here each flow has a port of its own (T3).
 * Immutable; threads may
 * share it.
 *
 * @param instance its private address
 * @param frontend the public IP, empty where the gateway does not name it
 * @param destination where to
 * @param opened attempts that opened a flow
 * @param refused attempts that were refused
 * @param portsUsedMax the most ports at one instant
 * @param exhaustedNanos how long every port that the instance owned was taken for this destination, exact
 * @param atEnd what its ports waited for at the end
 * @param overTime how the number of ports went
 */
public record DestinationUse(
        IpAddress instance,
        Optional<IpAddress> frontend,
        Destination destination,
        long opened,
        long refused,
        int portsUsedMax,
        long exhaustedNanos,
        PortsByState atEnd,
        PortsOverTime overTime) {}
