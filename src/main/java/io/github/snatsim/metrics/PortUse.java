package io.github.snatsim.metrics;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import java.util.Optional;

/**
 * The ports that one instance used of one frontend and protocol. Immutable; threads may share it.
 *
 * @param instance its private address
 * @param frontend the public IP, empty where the gateway does not name it
 * @param protocol TCP or UDP
 * @param portsUsedMax the most distinct ports in use at one instant
 * @param peakTimeNanos when that was first
 * @param atPeak what those ports waited for then
 * @param atEnd what the ports in use waited for at the end
 * @param percentiles ports in use over the counted time, level 0 before the first flow included
 * @param overTime how that number went
 */
public record PortUse(
        IpAddress instance,
        Optional<IpAddress> frontend,
        Protocol protocol,
        int portsUsedMax,
        long peakTimeNanos,
        PortsByState atPeak,
        PortsByState atEnd,
        PortPercentiles percentiles,
        PortsOverTime overTime) {
    /** Returns this use without its course over time. */
    PortUse withoutCourse() {
        PortsOverTime none = new PortsOverTime(overTime.startNanos(), overTime.sliceNanos(), ImmutableList.of());
        return new PortUse(instance, frontend, protocol, portsUsedMax, peakTimeNanos, atPeak, atEnd, percentiles, none);
    }
}
