package io.github.snatsim.gateway;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.PortSet;
import java.util.Optional;

/**
 * One port number of one frontend as it stood when somebody asked: whose it is, and what holds it. Immutable; threads may share
 * it.
 *
 * @param frontend the frontend
 * @param owner the private address of the instance that owns the port, empty if nobody does
 * @param owned all ports of the frontend that the owner has, empty if nobody owns the port
 * @param flows the live flows that hold the port, holds included, in the order in which they opened
 */
public record PortStatus(Frontend frontend, Optional<IpAddress> owner, PortSet owned, ImmutableList<Flow> flows) {
    /** Who can own ports of a frontend. Immutable; threads may share it. */
    public enum Kind {
        /** The instances of a pool, by its tier table. */
        POOL,
        /** One instance, which has the frontend for itself. */
        OWN,
        /** One instance whose host's ports are not translated (S1). */
        INSTANCE_LEVEL,
        /** A firewall, for all sources behind it (G3). */
        FIREWALL
    }

    /**
     * A public IP, as far as its ports are concerned.
     *
     * @param kind who can own its ports
     * @param publicIp its address, empty if it has none in the model
     * @param name the name of its endpoint, empty if it has none
     * @param instance the one instance that has it for itself, empty if several share it
     * @param poolSize how many instances share it
     * @param reportedSize the pool size that the blocks follow (P8)
     * @param range the ports that can be owned (P4)
     */
    public record Frontend(
            Kind kind,
            Optional<IpAddress> publicIp,
            Optional<String> name,
            Optional<IpAddress> instance,
            int poolSize,
            int reportedSize,
            PortRange range) {}
}
