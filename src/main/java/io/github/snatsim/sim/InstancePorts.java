package io.github.snatsim.sim;

import io.github.snatsim.flow.FlowRules;
import io.github.snatsim.gateway.SnatGateway;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.port.PortAllocator;
import io.github.snatsim.port.TierTable;
import java.util.Optional;

/**
 * What an instance of a plain scenario, or a unit of a service, has to open flows with, now. Immutable; threads may share it.
 *
 * @param instance its private address
 * @param tier the row of the tier table that its pool falls into, empty if it has a frontend of its own
 * @param poolSize how many instances share its frontend, itself included
 * @param portsOwned the ports that it owns, for TCP and as many for UDP: so many flows can go to one destination (T2)
 * @param portRanges which those are, such as {@code 1024-1535,2048-2559}
 * @param portsUsedTcp how many of them have a TCP flow, holds included (T6)
 * @param portsUsedUdp how many of them have a UDP flow
 * @param portsRedeploying the ports that it would own while the pool is reported at twice its size (P8)
 * @param finHoldNanos how long a port waits after a close by FIN (R1)
 * @param rstHoldNanos how long a port waits after an RST (R2)
 * @param needsPorts whether its flows take ports at all: calls by way of an endpoint of the VNet do not (G3)
 */
public record InstancePorts(
        IpAddress instance,
        Optional<Tier> tier,
        int poolSize,
        int portsOwned,
        String portRanges,
        int portsUsedTcp,
        int portsUsedUdp,
        int portsRedeploying,
        long finHoldNanos,
        long rstHoldNanos,
        boolean needsPorts) {
    /**
     * A row of a tier table.
     *
     * @param poolSizeMin the smallest pool of the tier
     * @param poolSizeMax the largest pool of the tier
     * @param portsPerInstance ports that each instance of such a pool owns
     */
    public record Tier(int poolSizeMin, int poolSizeMax, int portsPerInstance) {}

    static InstancePorts of(IpAddress instance, SnatGateway gateway, FlowRules holds, boolean needsPorts) {
        boolean pooled = gateway.pool().instances().contains(instance);
        int owned = gateway.portsOf(instance).size();
        return new InstancePorts(
                instance,
                pooled ? Optional.of(tier(gateway.pool())) : Optional.empty(),
                pooled ? gateway.pool().instances().size() : 1,
                owned,
                gateway.portsOf(instance).toString(),
                gateway.ports().portsUsed(instance, Protocol.TCP),
                gateway.ports().portsUsed(instance, Protocol.UDP),
                pooled ? redeploying(gateway.pool()) : owned,
                holds.finHold().toNanos(),
                holds.rstHold().toNanos(),
                needsPorts);
    }

    private static Tier tier(PortAllocator pool) {
        TierTable.Tier row = pool.rules().tiers().tier(pool.instances().size());
        return new Tier(row.poolSizeMin(), row.poolSizeMax(), row.portsPerInstance());
    }

    private static int redeploying(PortAllocator pool) {
        return pool.rules()
                .tiers()
                .portsPerInstanceReported(2 * pool.instances().size());
    }

    /**
     * Returns the most connections that the instance can open to one destination in the long run if each is closed at once: its
     * ports by the hold. A lifetime makes it fewer.
     *
     * @param holdNanos how long a port waits, one of the holds
     * @return connections per second, infinite without a hold
     */
    public double perSecond(long holdNanos) {
        return portsOwned / (holdNanos / 1e9);
    }
}
