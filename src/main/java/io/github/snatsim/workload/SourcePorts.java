package io.github.snatsim.workload;

import io.github.snatsim.net.PortRange;

/**
 * Which source ports a host gives its connections (rule C9). Immutable; threads may share it.
 *
 * @param range the ports it uses
 * @param order how it goes through them
 */
public record SourcePorts(PortRange range, Order order) {
    /** How a host goes through its source ports. Immutable; threads may share it. */
    public enum Order {
        /** One after the other, from the lowest again after the highest. */
        SEQUENTIAL,
        /** From a random place for each connection. */
        RANDOM
    }

    /**
     * Returns all ports from 1,024 on, one after the other.
     *
     * @return the default
     */
    public static SourcePorts all() {
        return new SourcePorts(new PortRange(1_024, 65_535), Order.SEQUENTIAL);
    }

    /**
     * Returns the range of Linux, 32,768-60,999, from random places.
     *
     * @return what most servers do
     */
    public static SourcePorts linux() {
        return new SourcePorts(new PortRange(32_768, 60_999), Order.RANDOM);
    }
}
