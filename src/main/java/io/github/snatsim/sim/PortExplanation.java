package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.IpAddress;
import java.util.Optional;

/**
 * Why a SNAT port is still held, or that it is not: at one virtual time, on every frontend that has such a port. Immutable;
 * threads may share it.
 *
 * @param port the port
 * @param nowNanos the virtual time
 * @param frontends what is known of it on each frontend
 */
public record PortExplanation(int port, long nowNanos, ImmutableList<OnFrontend> frontends) {
    /** Whose the ports of a frontend can be. Immutable; threads may share it. */
    public enum Kind {
        /** A pool's: each instance owns a block by the tier table (P1). */
        POOL,
        /** One instance's, which has the frontend for itself. */
        OWN,
        /** One instance's, whose ports are not translated (S1). */
        INSTANCE_LEVEL,
        /** A firewall's, for all units behind it (G3). */
        FIREWALL
    }

    /** Why a flow still holds the port. Immutable; threads may share it. */
    public enum Why {
        /** Nothing has closed it; silence ends it (R3, R4). */
        OPEN,
        /** It was closed by FINs and waits (R1). */
        FIN_HOLD,
        /** It was reset and waits (R2). */
        RST_HOLD,
        /** It passes untranslated and has no idle time; only its close ends it (S1). */
        NOT_TRANSLATED
    }

    /** With which other flows a flow can share its port (T3, T7). Immutable; threads may share it. */
    public enum Sharing {
        /** Those to another IP or port. */
        OTHER_DESTINATIONS,
        /** Those to another IP. */
        OTHER_ADDRESSES,
        /** None. */
        NOBODY
    }

    /**
     * An instance, by its address and, in a deployment, its name.
     *
     * @param address its private address
     * @param name its name, empty if it has none
     */
    public record Instance(IpAddress address, Optional<String> name) {}

    /**
     * The port of one frontend.
     *
     * @param kind whose its ports can be
     * @param publicIp its address, empty if it has none in the model
     * @param name what the model calls it, empty if it has no name
     * @param poolSize how many instances share it
     * @param reportedSize the pool size that the blocks follow (P8)
     * @param ownable the ports that can be owned, such as {@code 1024-65535} (P4)
     * @param inRange whether the port is one of them
     * @param owner who owns the port, empty if nobody does
     * @param portsOwned how many ports of the frontend the owner has, 0 without one
     * @param portRanges which those are, such as {@code 1024-1535,2048-2559}; {@code none} without one
     * @param udpSharing with which other UDP flows a UDP flow can share it; TCP flows share by destination
     * @param holders the flows that hold it, in the order in which they opened
     */
    public record OnFrontend(
            Kind kind,
            Optional<IpAddress> publicIp,
            Optional<String> name,
            int poolSize,
            int reportedSize,
            String ownable,
            boolean inRange,
            Optional<Instance> owner,
            int portsOwned,
            String portRanges,
            Sharing udpSharing,
            ImmutableList<Holder> holders) {}

    /**
     * A flow that holds the port.
     *
     * @param flow the 5-tuple
     * @param instance whose flow it is
     * @param why what it waits for
     * @param sinceNanos since when it waits: the last packet of an open flow, the close of another; without meaning if it is not
     *     translated
     * @param untilNanos when it ends if nothing more is sent; without meaning if it is not translated
     * @param client the name of the client that sends keepalives on it, empty if nobody does
     * @param keepaliveNanos how long it is from one keepalive to the next, 0 without any
     */
    public record Holder(
            FiveTuple flow,
            Instance instance,
            Why why,
            long sinceNanos,
            long untilNanos,
            Optional<String> client,
            long keepaliveNanos) {
        /**
         * Returns how long the wait is.
         *
         * @return the idle time of an open flow, else the hold
         */
        public long waitNanos() {
            return untilNanos - sinceNanos;
        }

        /**
         * Tells whether the client's keepalives come often enough to keep the port whatever else is sent.
         *
         * @return false without keepalives, and for what is closed
         */
        public boolean isKeptAlive() {
            return why == Why.OPEN && client.isPresent() && keepaliveNanos < waitNanos();
        }
    }
}
