package io.github.snatsim.metrics;

import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import java.util.Comparator;
import java.util.Optional;

/**
 * The most ports of one frontend that one instance had taken for one destination at one instant. Ordered by ports, then by
 * the texts of instance, protocol and address, the number of the port and the frontend, so that a ranking has no ties.
 * Immutable; threads may share
 * it.
 *
 * @param instance its private address
 * @param frontend the public IP, empty where the gateway does not name it
 * @param destination where to
 * @param portsUsedMax the most ports at one instant
 */
public record DestinationPeak(
        IpAddress instance, Optional<IpAddress> frontend, Destination destination, int portsUsedMax)
        implements Comparable<DestinationPeak> {
    private static final Comparator<DestinationPeak> ORDER = Comparator.comparingInt(DestinationPeak::portsUsedMax)
            .thenComparing(peak -> peak.instance().toString())
            .thenComparing(peak -> peak.destination().protocol().toString())
            .thenComparing(peak -> peak.destination().endpoint().address().toString())
            .thenComparingInt(peak -> peak.destination().endpoint().port())
            .thenComparing(peak -> peak.frontend().map(IpAddress::toString).orElse(""));

    @Override
    public int compareTo(DestinationPeak other) {
        return ORDER.compare(this, other);
    }
}
