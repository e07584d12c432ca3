package io.github.snatsim.azure;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.port.PortSet;
import java.util.Optional;

/**
 * How an instance reaches the internet now, and why. Immutable; threads may share it.
 *
 * @param instance the instance
 * @param method the method that carries its flows
 * @param reason why, with the rule; a sentence without a full stop
 * @param publicIp the source that destinations see; empty if each flow draws one of several endpoints (S2)
 * @param portsPerDestination how many flows to one destination it can have at once, per protocol; of the drawn frontend, and
 *     where each flow draws, of all of them together
 * @param blocks the ports that it owns, one block for each pool that it counts in
 * @param findings what whoever runs it should know; sentences without full stops
 */
public record Outbound(
        RoleInstance instance,
        OutboundMethod method,
        String reason,
        Optional<IpAddress> publicIp,
        int portsPerDestination,
        ImmutableList<Block> blocks,
        ImmutableList<String> findings) {
    /**
     * An instance's ports of one frontend.
     *
     * @param publicIp the frontend
     * @param name the endpoint's name, empty for the shared address
     * @param carries whether flows of the instance can use it now
     * @param poolSize how many instances share it
     * @param reportedSize the size that the ports follow (P8)
     * @param ports the ports, for TCP and as many for UDP
     * @param portsUsedTcp how many of them have a TCP flow, holds included (T6)
     * @param portsUsedUdp how many of them have a UDP flow
     */
    public record Block(
            IpAddress publicIp,
            Optional<String> name,
            boolean carries,
            int poolSize,
            int reportedSize,
            PortSet ports,
            int portsUsedTcp,
            int portsUsedUdp) {
        /**
         * Returns how many ports the instance owns.
         *
         * @return ports, for TCP and as many for UDP
         */
        public int portsOwned() {
            return ports.size();
        }

        /**
         * Returns which ports the instance owns, for people.
         *
         * @return ranges such as {@code 1024-1535,2048-2559}
         */
        public String portRanges() {
            return ports.toString();
        }
    }
}
