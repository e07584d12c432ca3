package io.github.snatsim.azure;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimaps;
import io.github.snatsim.azure.DeploymentImpact.InstanceEnds;
import io.github.snatsim.azure.DeploymentImpact.PoolImpact;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowTable;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.gateway.PortStatus;
import io.github.snatsim.gateway.ResizeImpact;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outbound flows of a classic deployment: each instance by its method (rules S1-S7), through its whole life
 * ({@link #change}). One table holds the flows of all frontends, so that releases come in exact order (R6). A flow behind an
 * instance-level IP has no entry at the platform; it stands in the table only to count its host's ports, and never idles out.
 *
 * <p>Not for use by several threads at once.
 */
public final class DeploymentGateway implements Gateway {
    private final OutboundRules rules;
    private final FlowKeys keys = new FlowKeys();
    private final OutboundPorts admission;
    private final FlowTable table;
    private final Frontends frontends;
    private Deployment deployment;
    private ImmutableMap<IpAddress, RoleInstance> byAddress = ImmutableMap.of();
    private GatewayListener listener = GatewayListener.NONE;

    /**
     * Makes a gateway for a deployment.
     *
     * @param deployment what is deployed
     * @param rules the readings to follow
     * @param seed what the draws of endpoints and the shared address follow from
     * @throws IllegalArgumentException if a pool is larger than its tier table knows (P2), its ports do not fit, or there are
     *     more public IPs than the gateway can tell apart
     */
    public DeploymentGateway(Deployment deployment, OutboundRules rules, long seed) {
        this.rules = rules;
        this.admission = new OutboundPorts(keys, rules, seed);
        this.table = new FlowTable(keys, admission, rules.profile().flows(), listener);
        this.frontends = new Frontends(deployment, rules, admission, seed);
        this.deployment = new Deployment(
                deployment.endpoints(), deployment.roles(), ImmutableList.of(), deployment.reportedFactor());
        apply(impactOf(deployment));
    }

    @Override
    public Verdict offer(FlowEvent event) {
        FiveTuple flow = event.flow();
        if (IpPrefix.anyContains(
                rules.profile().untranslated(), flow.destination().address())) {
            advanceTo(event.timeNanos());
            if (event.side() == Side.INITIATOR) {
                listener.untranslated(event.timeNanos(), flow);
            }
            return new Verdict.Untranslated();
        }
        RoleInstance instance = byAddress.get(flow.source().address());
        if (instance != null && !instance.method().translatesPorts()) {
            advanceTo(event.timeNanos());
            boolean opens = event.side() == Side.INITIATOR
                    && (flow.protocol() == Protocol.UDP || event.kind() == FlowEvent.Kind.SYN);
            if (!opens && !table.isLive(flow)) {
                return new Verdict.Translated(flow.source().port()); // stateless: nothing is late (S1)
            }
        }
        return table.offer(event);
    }

    /**
     * Offers a packet of a protocol without ports: method 1 carries it, the others refuse it (S4).
     *
     * @param timeNanos when, not before the last event's time
     * @param protocol ICMP or ESP
     * @param instance the private address of the sender
     * @param destination where it goes; what needs no SNAT passes whatever the method (T8)
     * @return {@link Outcome#UNTRANSLATED} if it is carried: its ports, having none, are not translated; else a refusal
     * @throws IllegalArgumentException if the protocol has ports, or time runs backwards
     */
    public Outcome offer(long timeNanos, IpProtocol protocol, IpAddress instance, IpAddress destination) {
        if (protocol.hasPorts()) {
            throw new IllegalArgumentException(protocol + " has ports: expected icmp or esp");
        }
        advanceTo(timeNanos);
        RoleInstance sender = byAddress.get(instance);
        if (sender == null) {
            return Outcome.UNKNOWN_INSTANCE;
        }
        if (sender.method().carries(protocol)
                || IpPrefix.anyContains(rules.profile().untranslated(), destination)) {
            return Outcome.UNTRANSLATED;
        }
        listener.notCarried(timeNanos);
        return Outcome.PROTOCOL_NOT_CARRIED;
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
        return deadlines().min();
    }

    @Override
    public long quietUntilNanos() {
        return table.quietUntilNanos();
    }

    @Override
    public OptionalLong lastDeadlineNanos() {
        return deadlines().max();
    }

    /** Without those that never come: flows behind instance-level IPs do not idle out. */
    private LongStream deadlines() {
        return table.flows().stream()
                .mapToLong(Flow::deadlineNanos)
                .filter(deadline -> deadline != OutboundPorts.NEVER_NANOS);
    }

    @Override
    public void listen(GatewayListener listener) {
        this.listener = listener;
        table.listen(listener);
        frontends.nameTo(listener);
        for (RoleInstance instance : deployment.instances()) {
            int source = keys.sourceNumber(instance.address());
            frontends.ofPools().forEach(frontend -> {
                int owned = frontend.ports().portsOwned(instance.address());
                if (owned > 0) {
                    listener.portsAssigned(table.nowNanos(), source, frontend.number(), owned);
                }
            });
            reportInstanceLevelIp(instance, rules.hostPortsMax());
        }
    }

    @Override
    public ImmutableList<PortStatus> portStatus(int port) {
        ImmutableListMultimap<Integer, Flow> flows = Multimaps.index(table.flowsOn(port), Flow::frontend);
        return Stream.concat(
                        frontends.ofPools().stream()
                                .filter(frontend -> !frontend.pool().instances().isEmpty())
                                .map(frontend -> frontend.status(port, flows.get(frontend.number()))),
                        deployment.instances().stream()
                                .flatMap(instance -> instance.instanceLevelIp().stream()
                                        .map(publicIp -> hostPort(instance, publicIp, flows))))
                .collect(toImmutableList());
    }

    /** S1: every port of an instance-level IP is its instance's. */
    private PortStatus hostPort(RoleInstance instance, IpAddress publicIp, ImmutableListMultimap<Integer, Flow> flows) {
        PortRange all = new PortRange(1, 65_535);
        return new PortStatus(
                new PortStatus.Frontend(
                        PortStatus.Kind.INSTANCE_LEVEL,
                        Optional.of(publicIp),
                        Optional.empty(),
                        Optional.of(instance.address()),
                        1,
                        1,
                        all),
                Optional.of(instance.address()),
                PortSet.of(all),
                flows.get(frontends.ofInstance(publicIp)));
    }

    @Override
    public FlowKeys keys() {
        return keys;
    }

    /**
     * Returns the live flows, for queries.
     *
     * @return the table; events offered to it directly skip rules T8 and S1
     */
    public FlowTable table() {
        return table;
    }

    /**
     * Returns the deployment as it stands.
     *
     * @return the deployment after all changes so far
     */
    public Deployment deployment() {
        return deployment;
    }

    /**
     * Returns the address that the platform assigned to instances without another method (S3): of 192.0.2.0/24, which is
     * set aside for documentation (RFC 5737). It cannot be chosen.
     *
     * @return the address
     */
    public IpAddress sharedAddress() {
        return frontends.shared().publicIp();
    }

    /**
     * Changes the deployment, now (rules P5-P8, S7). Flows of instances whose method changes end first, then pools get their
     * new sizes; on an error nothing changes.
     *
     * @param change what happens
     * @return what moved and which flows ended
     * @throws IllegalArgumentException if it cannot happen, a pool would be larger than its tier table knows, or an
     *     instance-level IP is of the block that the platform assigns from
     */
    public DeploymentImpact change(DeploymentChange change) {
        DeploymentImpact impact = whatIf(change);
        apply(impact);
        return impact;
    }

    /**
     * Ends a redeployment, now: pools are reported as they are, and instances gain what they lost (P6, P8).
     *
     * @return what moved
     */
    public DeploymentImpact redeployed() {
        DeploymentImpact impact = impactOf(deployment.redeployed());
        apply(impact);
        return impact;
    }

    /**
     * Tells what a change would move and which flows it would end, now, without doing it. Costs a pass over the table and the
     * work of the resizes.
     *
     * @param change what would happen
     * @return what it would cost
     * @throws IllegalArgumentException as for {@link #change}
     */
    public DeploymentImpact whatIf(DeploymentChange change) {
        if (change instanceof DeploymentChange.AssignInstanceLevelIp assign) {
            Frontends.checkChoosable(assign.publicIp());
        }
        return impactOf(deployment.with(change));
    }

    /**
     * Tells by how many a role can grow now where it cannot by as many as asked for.
     *
     * @param out a scale-out that is refused because of the size of a pool
     * @return the nearest count that is not refused, at least 1; empty if there is none
     * @throws IllegalArgumentException if there is no such role
     */
    public OptionalInt nearestCount(DeploymentChange.ScaleOut out) {
        Role role = Names.find("role", out.role(), deployment.roles(), Role::name);
        OptionalInt count = frontends.nearestCount(deployment, role, out.count());
        return count.isPresent() && count.getAsInt() >= 1 && isPossible(out.role(), count.getAsInt())
                ? count
                : OptionalInt.empty();
    }

    private boolean isPossible(String role, int count) {
        try {
            frontends.checkPools(deployment.with(new DeploymentChange.ScaleOut(role, count)));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private DeploymentImpact impactOf(Deployment next) {
        frontends.checkRoom(next);
        frontends.checkPools(next);
        ImmutableMap<IpAddress, RoleInstance> nextByAddress = byAddress(next);
        Map<IpAddress, FlowEnd> ending = new HashMap<>();
        for (RoleInstance before : deployment.instances()) {
            RoleInstance after = nextByAddress.get(before.address());
            if (after == null) {
                if (!before.method().translatesPorts()) {
                    ending.put(before.address(), FlowEnd.INSTANCE_REMOVED);
                }
            } else if (usesOtherIp(before, after)) {
                ending.put(before.address(), FlowEnd.METHOD_CHANGED);
            }
        }
        ImmutableList<Flow> flows = table.flows();
        Map<IpAddress, Long> counts = new HashMap<>();
        flows.forEach(flow -> counts.merge(flow.tuple().source().address(), 1L, Long::sum));
        List<Flow> staying = flows.stream()
                .filter(flow -> !ending.containsKey(flow.tuple().source().address()))
                .toList();
        return new DeploymentImpact(
                next,
                deployment.instances().stream()
                        .filter(instance -> ending.containsKey(instance.address()))
                        .map(instance -> new InstanceEnds(
                                instance,
                                ending.getOrDefault(instance.address(), FlowEnd.METHOD_CHANGED),
                                counts.getOrDefault(instance.address(), 0L)))
                        .collect(toImmutableList()),
                frontends.ofPools().stream()
                        .flatMap(frontend -> impactOn(frontend, next, staying).stream())
                        .collect(toImmutableList()));
    }

    /** S7: another instance-level IP, or port translation with other endpoints. */
    private static boolean usesOtherIp(RoleInstance before, RoleInstance after) {
        return !before.instanceLevelIp().equals(after.instanceLevelIp())
                || (before.method().translatesPorts() && !before.endpoints().equals(after.endpoints()));
    }

    private static Optional<PoolImpact> impactOn(Frontend frontend, Deployment next, List<Flow> flows) {
        ImmutableList<IpAddress> members = frontend.members(next);
        int reportedSize = next.reportedSize(members.size());
        boolean same = frontend.reportedSize() == reportedSize
                && frontend.pool().instances().equals(ImmutableSet.copyOf(members));
        return same
                ? Optional.empty()
                : Optional.of(new PoolImpact(
                        frontend.number(),
                        frontend.publicIp(),
                        ResizeImpact.of(frontend.pool().whatIf(members, reportedSize), frontend.number(), flows)));
    }

    private void apply(DeploymentImpact impact) {
        impact.ends().forEach(end -> table.endFlows(end.instance().address(), end.reason()));
        ImmutableMap<IpAddress, RoleInstance> before = byAddress;
        deployment = impact.after();
        byAddress = byAddress(deployment);
        impact.pools().forEach(pool -> frontends.ofPool(pool.frontend()).resize(deployment, table, keys, listener));
        for (RoleInstance instance : before.values()) {
            RoleInstance after = byAddress.get(instance.address());
            if (!instance.equals(after)) {
                reportInstanceLevelIp(instance, 0);
                setRoute(instance.address(), null);
            }
        }
        for (RoleInstance instance : deployment.instances()) {
            if (!instance.equals(before.get(instance.address()))) {
                setRoute(instance.address(), frontends.route(instance));
                reportInstanceLevelIp(instance, rules.hostPortsMax());
            }
        }
    }

    private void setRoute(IpAddress instance, OutboundPorts.@Nullable Route route) {
        admission.route(keys.pinSource(instance), route);
    }

    private void reportInstanceLevelIp(RoleInstance instance, int ports) {
        instance.instanceLevelIp().ifPresent(publicIp -> {
            int frontend = frontends.ofInstance(publicIp);
            listener.frontendNamed(frontend, publicIp);
            listener.portsAssigned(table.nowNanos(), keys.pinSource(instance.address()), frontend, ports);
        });
    }

    private static ImmutableMap<IpAddress, RoleInstance> byAddress(Deployment deployment) {
        return Maps.uniqueIndex(deployment.instances(), RoleInstance::address);
    }

    /**
     * Returns the public IP that destinations see of an instance (S5).
     *
     * @param instance its name
     * @return the public IP; empty if each of its flows draws one of several endpoints
     * @throws IllegalArgumentException if there is no such instance
     */
    public Optional<IpAddress> publicIpOf(String instance) {
        OutboundPorts.Route route = frontends.route(deployment.instance(instance));
        return route.draws()
                ? Optional.empty()
                : Optional.of(frontends.publicIp(route.frontends().get(0)));
    }

    /**
     * Returns the public IP that the destination of a flow sees or would see.
     *
     * @param flow a flow of an instance
     * @return the public IP, empty if its source is no instance
     */
    public Optional<IpAddress> publicIpOf(FiveTuple flow) {
        return Optional.ofNullable(byAddress.get(flow.source().address()))
                .map(instance -> frontends.publicIp(admission.frontendOf(frontends.route(instance), flow)));
    }

    /**
     * Explains how an instance reaches the internet now.
     *
     * @param instance its name
     * @return method, reason, public IP and ports
     * @throws IllegalArgumentException if there is no such instance
     */
    public Outbound explain(String instance) {
        RoleInstance asked = deployment.instance(instance);
        OutboundPorts.Route route = frontends.route(asked);
        ImmutableList<Outbound.Block> blocks = frontends.ofPools().stream()
                .filter(frontend -> frontend.pool().instances().contains(asked.address()))
                .map(frontend -> frontend.block(asked.address(), route))
                .collect(toImmutableList());
        int ports = asked.method().translatesPorts()
                ? blocks.stream()
                        .filter(Outbound.Block::carries)
                        .mapToInt(block -> block.ports().size())
                        .sum()
                : rules.hostPortsMax();
        return new Outbound(
                asked,
                asked.method(),
                asked.reason(),
                publicIpOf(instance),
                ports,
                blocks,
                OutboundFindings.of(deployment, asked, rules, blocks));
    }
}
