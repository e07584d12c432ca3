package io.github.snatsim.azure;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowTable;
import io.github.snatsim.flow.SnatPorts;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.gateway.PortStatus;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.port.AllocationChange;
import io.github.snatsim.port.AllocationChange.InstanceChange;
import io.github.snatsim.port.AllocationChange.Membership;
import io.github.snatsim.port.PortAllocator;
import io.github.snatsim.port.PortSet;
import java.util.List;
import java.util.Optional;

/**
 * A public IP that a pool of instances shares.
 *
 * @param number its number in ports and keys
 * @param publicIp what destinations see
 * @param endpoint the name of the public endpoint; empty for the address that the platform assigns
 * @param pool who owns which of its ports
 * @param ports which of them have flows
 */
record Frontend(int number, IpAddress publicIp, Optional<String> endpoint, PortAllocator pool, SnatPorts ports) {
    /** The instances that count in its pool (S7). */
    ImmutableList<IpAddress> members(Deployment deployment) {
        List<RoleInstance> members = endpoint.map(deployment::poolOf).orElseGet(deployment::sharedPool);
        return members.stream().map(RoleInstance::address).collect(toImmutableList());
    }

    int reportedSize() {
        return pool.reportedSize();
    }

    /** Gives the pool the size that a deployment has it at, and ends the flows whose ports or instances go (P5, P6). */
    void resize(Deployment deployment, FlowTable table, FlowKeys keys, GatewayListener listener) {
        ImmutableList<IpAddress> members = members(deployment);
        AllocationChange change = pool.resize(members, deployment.reportedSize(members.size()));
        for (InstanceChange instance : change.instances()) {
            boolean removed = instance.membership() == Membership.REMOVED;
            table.endFlows(
                    instance.instance(),
                    number,
                    instance.reclaimed(),
                    removed ? FlowEnd.INSTANCE_REMOVED : FlowEnd.RECLAIMED);
            if (removed) {
                ports.remove(instance.instance());
            } else {
                ports.assign(instance.instance(), instance.after());
            }
            listener.portsAssigned(
                    table.nowNanos(),
                    keys.sourceNumber(instance.instance()),
                    number,
                    instance.after().size());
        }
        listener.allocationChanged(table.nowNanos(), number, change);
    }

    PortStatus status(int port, ImmutableList<Flow> flows) {
        Optional<IpAddress> owner = pool.ownerOf(port);
        return new PortStatus(
                new PortStatus.Frontend(
                        PortStatus.Kind.POOL,
                        Optional.of(publicIp),
                        endpoint,
                        Optional.empty(),
                        pool.instances().size(),
                        pool.reportedSize(),
                        pool.rules().range()),
                owner,
                owner.map(pool::portsOf).orElse(PortSet.empty()),
                flows);
    }

    Outbound.Block block(IpAddress instance, OutboundPorts.Route route) {
        return new Outbound.Block(
                publicIp,
                endpoint,
                route.frontends().contains(number),
                pool.instances().size(),
                pool.reportedSize(),
                pool.portsOf(instance),
                ports.portsUsed(instance, Protocol.TCP),
                ports.portsUsed(instance, Protocol.UDP));
    }
}
