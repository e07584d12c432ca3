package io.github.snatsim.gateway;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multimaps;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowTable;
import io.github.snatsim.flow.SnatPorts;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.AllocationChange;
import io.github.snatsim.port.AllocationChange.InstanceChange;
import io.github.snatsim.port.AllocationChange.Membership;
import io.github.snatsim.port.PortAllocator;
import io.github.snatsim.port.PortSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Instances behind SNAT. A pool shares one frontend by the tier table ({@link #resize}); an instance can also be given
 * ports of a frontend of its own ({@link #own}). Not for use by several threads at once.
 */
public final class SnatGateway implements Gateway {
    private static final PortRange ALL_PORTS = new PortRange(1, 65_535);
    private static final int FRONTEND = 0;

    private final FlowKeys keys = new FlowKeys();
    private final SnatPorts ports;
    private final FlowTable table;
    private final PortAllocator pool;
    private final ImmutableList<IpPrefix> untranslated;

    /** What instances own that have frontends of their own, in the order in which they got them. */
    private final Map<IpAddress, PortSet> ownFrontends = new LinkedHashMap<>();

    private GatewayListener listener = GatewayListener.NONE;

    /**
     * Makes a gateway without instances.
     *
     * @param profile the readings to follow
     */
    public SnatGateway(SnatProfile profile) {
        ports = new SnatPorts(keys, profile.portChoice().get(), profile.udpSharing(), profile.idle());
        table = new FlowTable(keys, ports, profile.flows(), listener);
        pool = new PortAllocator(profile.allocation());
        untranslated = profile.untranslated();
    }

    /**
     * Returns a gateway whose pool has some instances.
     *
     * @param profile the readings to follow
     * @param members the instances' private addresses
     * @return the gateway
     * @throws IllegalArgumentException if the pool cannot have these members
     */
    public static SnatGateway withPool(SnatProfile profile, Collection<IpAddress> members) {
        SnatGateway gateway = new SnatGateway(profile);
        gateway.resize(members, members.size());
        return gateway;
    }

    @Override
    public Verdict offer(FlowEvent event) {
        if (IpPrefix.anyContains(untranslated, event.flow().destination().address())) {
            advanceTo(event.timeNanos());
            if (event.side() == Side.INITIATOR) {
                listener.untranslated(event.timeNanos(), event.flow());
            }
            return new Verdict.Untranslated();
        }
        return table.offer(event);
    }

    @Override
    public void advanceTo(long timeNanos) {
        table.advanceTo(timeNanos);
    }

    @Override
    public boolean isLive(FiveTuple flow) {
        return table.isLive(flow);
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
        return table.nextDeadlineNanos();
    }

    @Override
    public long quietUntilNanos() {
        return table.quietUntilNanos();
    }

    @Override
    public OptionalLong lastDeadlineNanos() {
        return table.lastDeadlineNanos();
    }

    @Override
    public void listen(GatewayListener listener) {
        this.listener = listener;
        table.listen(listener);
        instances().forEach(instance -> report(instance, ports.portsOwned(instance)));
    }

    private void report(IpAddress instance, int owned) {
        listener.portsAssigned(table.nowNanos(), keys.sourceNumber(instance), FRONTEND, owned);
    }

    @Override
    public FlowKeys keys() {
        return keys;
    }

    /**
     * Returns the live flows, for queries and for the primitive entry.
     *
     * @return the table; events offered to it directly skip rule T8
     */
    public FlowTable table() {
        return table;
    }

    /**
     * Returns the ports in use, for queries.
     *
     * @return the admission of this gateway's table
     */
    public SnatPorts ports() {
        return ports;
    }

    /**
     * Returns who owns which ports of the pool's frontend, for queries.
     *
     * @return the allocator; resize through the gateway, which ends the flows on reclaimed ports
     */
    public PortAllocator pool() {
        return pool;
    }

    /**
     * Makes the pool consist of exactly these instances, now (rules P5-P7). Flows on reclaimed ports end with reason
     * RECLAIMED, those of removed instances with INSTANCE_REMOVED.
     *
     * @param members the instances' private addresses
     * @param reportedSize the pool size to look up in the table; the number of members outside a redeployment
     * @return what moved
     * @throws IllegalArgumentException if the pool cannot have these members, or one has a frontend of its own; nothing
     *     changes then
     */
    public AllocationChange resize(Collection<IpAddress> members, int reportedSize) {
        checkMembers(members);
        AllocationChange change = pool.resize(members, reportedSize);
        for (InstanceChange instance : change.instances()) {
            boolean removed = instance.membership() == Membership.REMOVED;
            table.endFlows(
                    instance.instance(),
                    FRONTEND,
                    instance.reclaimed(),
                    removed ? FlowEnd.INSTANCE_REMOVED : FlowEnd.RECLAIMED);
            if (removed) {
                ports.remove(instance.instance());
            } else {
                ports.assign(instance.instance(), instance.after());
            }
            report(instance.instance(), instance.after().size());
        }
        listener.allocationChanged(table.nowNanos(), FRONTEND, change);
        return change;
    }

    /**
     * Tells what a resize of the pool would move and which flows it would cut, now, without doing it.
     *
     * @param members as for {@link #resize}
     * @param reportedSize as for {@link #resize}
     * @return what it would cost
     * @throws IllegalArgumentException as for {@link #resize}
     */
    public ResizeImpact whatIf(Collection<IpAddress> members, int reportedSize) {
        checkMembers(members);
        return ResizeImpact.of(pool.whatIf(members, reportedSize), FRONTEND, table.flows());
    }

    private void checkMembers(Collection<IpAddress> members) {
        for (IpAddress member : members) {
            if (ownFrontends.containsKey(member)) {
                throw new IllegalArgumentException(member + " has a frontend of its own and cannot join the pool");
            }
        }
    }

    /**
     * Gives an instance ports of a frontend of its own, outside the pool.
     *
     * @param instance its private address
     * @param owned all ports that it owns from now on; flows on others end with reason RECLAIMED
     * @throws IllegalArgumentException if the instance is in the pool
     */
    public void own(IpAddress instance, PortSet owned) {
        if (pool.instances().contains(instance)) {
            throw new IllegalArgumentException(instance + " is in the pool and cannot have a frontend of its own");
        }
        if (ownFrontends.put(instance, owned) != null) {
            table.endFlows(instance, FRONTEND, PortSet.of(ALL_PORTS).minus(owned), FlowEnd.RECLAIMED);
        }
        ports.assign(instance, owned);
        report(instance, owned.size());
    }

    /**
     * Removes an instance that has a frontend of its own; its flows end with reason INSTANCE_REMOVED.
     *
     * @param instance its private address
     * @throws IllegalArgumentException if the instance has no frontend of its own
     */
    public void disown(IpAddress instance) {
        if (ownFrontends.remove(instance) == null) {
            throw new IllegalArgumentException(instance + " has no frontend of its own");
        }
        table.endFlows(instance, FlowEnd.INSTANCE_REMOVED);
        ports.remove(instance);
        report(instance, 0);
    }

    /**
     * Returns which flow of the pool a packet from outside belongs to (rule T9). Costs a pass over the table.
     *
     * @param from where the packet comes from
     * @param port the port of the pool's frontend that it is sent to
     * @return the flow, whose source is where the packet goes; empty if it would be dropped
     */
    public Optional<FiveTuple> inbound(Destination from, int port) {
        return pool.ownerOf(port)
                .flatMap(owner -> table.flows().stream()
                        .filter(flow -> flow.port() == port
                                && flow.tuple().to().equals(from)
                                && flow.tuple().source().address().equals(owner))
                        .map(flow -> flow.tuple())
                        .findAny());
    }

    /**
     * Returns the ports that an instance owns.
     *
     * @param instance its private address
     * @return its ports of the pool's frontend or of its own, empty if it is not known
     */
    public PortSet portsOf(IpAddress instance) {
        PortSet own = ownFrontends.get(instance);
        return own != null ? own : pool.portsOf(instance);
    }

    @Override
    public ImmutableList<PortStatus> portStatus(int port) {
        ImmutableListMultimap<IpAddress, Flow> flows = Multimaps.index(
                table.flowsOn(port), flow -> flow.tuple().source().address());
        ImmutableList.Builder<PortStatus> all = ImmutableList.builder();
        if (!pool.instances().isEmpty()) {
            Optional<IpAddress> owner = pool.ownerOf(port);
            all.add(new PortStatus(
                    frontend(Optional.empty(), pool.instances().size(), pool.reportedSize()),
                    owner,
                    owner.map(pool::portsOf).orElse(PortSet.empty()),
                    owner.map(flows::get).orElse(ImmutableList.of())));
        }
        ownFrontends.forEach((instance, owned) -> {
            boolean owns = owned.contains(port);
            all.add(new PortStatus(
                    frontend(Optional.of(instance), 1, 1),
                    owns ? Optional.of(instance) : Optional.empty(),
                    owns ? owned : PortSet.empty(),
                    flows.get(instance)));
        });
        return all.build();
    }

    private PortStatus.Frontend frontend(Optional<IpAddress> instance, int poolSize, int reportedSize) {
        return new PortStatus.Frontend(
                instance.isPresent() ? PortStatus.Kind.OWN : PortStatus.Kind.POOL,
                Optional.empty(),
                Optional.empty(),
                instance,
                poolSize,
                reportedSize,
                pool.rules().range());
    }

    /**
     * Returns the instances that can open flows: the pool's, then those with frontends of their own.
     *
     * @return private addresses
     */
    public ImmutableSet<IpAddress> instances() {
        return ImmutableSet.<IpAddress>builder()
                .addAll(pool.instances())
                .addAll(ownFrontends.keySet())
                .build();
    }
}
