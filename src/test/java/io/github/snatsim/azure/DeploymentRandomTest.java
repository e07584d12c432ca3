package io.github.snatsim.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.azure.DeploymentChange.AddInstance;
import io.github.snatsim.azure.DeploymentChange.AssignEndpoint;
import io.github.snatsim.azure.DeploymentChange.AssignInstanceLevelIp;
import io.github.snatsim.azure.DeploymentChange.Redeploy;
import io.github.snatsim.azure.DeploymentChange.RemoveEndpoint;
import io.github.snatsim.azure.DeploymentChange.RemoveInstance;
import io.github.snatsim.azure.DeploymentChange.RemoveInstanceLevelIp;
import io.github.snatsim.azure.DeploymentChange.ScaleIn;
import io.github.snatsim.azure.DeploymentChange.ScaleOut;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.SnatPort;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.metrics.DestinationUse;
import io.github.snatsim.metrics.Metrics;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.metrics.PortUse;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.AllocationChange;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.port.ReclaimedPart;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.port.TierTable.Tier;
import io.github.snatsim.time.Nanos;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random lives of deployments under traffic against a plain reference: maps and scans, after each step. The reference takes
 * from the gateway only which ports an instance owns (whose number and distinctness it checks) and which of several
 * endpoints is drawn.
 */
class DeploymentRandomTest {
    private static final int STEPS = 300;
    private static final int HOST_PORTS = 5;
    private static final TierTable TIERS =
            TierTable.of(List.of(new Tier(1, 2, 32), new Tier(3, 4, 16), new Tier(5, 9, 8)));
    private static final List<String> ENDPOINTS = List.of("e0", "e1", "e2");
    private static final List<String> ROLES = List.of("a", "b", "web");
    private static final String WEB_ROLE = "web";
    private static final List<String> FACTORS = List.of("1.1", "1.3", "1.5", "2");
    private static final List<EndpointDraw> DRAWS = List.of(EndpointDraw.values());
    private static final List<ReclaimedPart> PARTS = List.of(ReclaimedPart.values());
    private static final List<Kind> KINDS =
            List.of(Kind.SYN, Kind.PACKET, Kind.PACKET, Kind.FIN, Kind.FIN, Kind.FIN, Kind.FIN, Kind.RST);
    private static final long IDLE = Nanos.ofSeconds(240);
    private static final long FIN_HOLD = Nanos.ofSeconds(240);
    private static final long RST_HOLD = Nanos.ofSeconds(15);
    private static final long NEVER = Long.MAX_VALUE;

    /** A live flow as the reference has it. */
    private static final class Live {
        private final FiveTuple tuple;
        private final IpAddress publicIp;
        private final int port;
        private final boolean direct;
        private final long order;
        private FlowState state = FlowState.OPEN;
        private long deadline;
        private boolean finByInitiator;
        private boolean finByResponder;

        Live(FiveTuple tuple, IpAddress publicIp, int port, boolean direct, long order) {
            this.tuple = tuple;
            this.publicIp = publicIp;
            this.port = port;
            this.direct = direct;
            this.order = order;
        }

        IpAddress instance() {
            return tuple.source().address();
        }

        boolean neverIdles() {
            return direct && tuple.protocol() == Protocol.TCP;
        }
    }

    private record Ended(long timeNanos, FiveTuple flow, int port, FlowEnd end) {}

    private record Use(IpAddress instance, IpAddress publicIp, Protocol protocol) {}

    private record To(IpAddress instance, IpAddress publicIp, Destination destination) {}

    /** Counts, and remembers the ends and what instances own. */
    private final class Listener implements GatewayListener {
        private final Metrics metrics = new Metrics(gateway.keys(), Duration.ofMinutes(4));
        private final Map<Integer, IpAddress> names = new HashMap<>();
        private final Map<List<Object>, Integer> owned = new HashMap<>();

        @Override
        public void opened(long timeNanos, long flow, int port) {
            metrics.opened(timeNanos, flow, port);
        }

        @Override
        public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
            metrics.refused(timeNanos, flow, frontend, reason);
        }

        @Override
        public void stateChanged(long timeNanos, long flow, int port, FlowState before, FlowState after) {
            metrics.stateChanged(timeNanos, flow, port, before, after);
        }

        @Override
        public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
            metrics.ended(timeNanos, flow, port, state, end);
            ends.add(new Ended(timeNanos, gateway.keys().tuple(flow), SnatPort.port(port), end));
        }

        @Override
        public void dropped(long timeNanos) {
            metrics.dropped(timeNanos);
        }

        @Override
        public void allocationChanged(long timeNanos, int frontend, AllocationChange change) {
            metrics.allocationChanged(timeNanos, frontend, change);
        }

        @Override
        public void frontendNamed(int frontend, IpAddress publicIp) {
            assertThat(names.getOrDefault(frontend, publicIp)).isEqualTo(publicIp);
            names.put(frontend, publicIp);
            metrics.frontendNamed(frontend, publicIp);
        }

        @Override
        public void portsAssigned(long timeNanos, int source, int frontend, int ports) {
            owned.put(
                    List.of(
                            gateway.keys().sourceAddress((long) source << 40),
                            Objects.requireNonNull(names.get(frontend))),
                    ports);
            metrics.portsAssigned(timeNanos, source, frontend, ports);
        }

        @Override
        public void notCarried(long timeNanos) {
            metrics.notCarried(timeNanos);
        }
    }

    private final List<Ended> ends = new ArrayList<>();
    private final Map<FiveTuple, Live> live = new LinkedHashMap<>();
    private final Map<Use, Integer> peaks = new HashMap<>();
    private final Map<To, Long> openedTo = new HashMap<>();
    private final Map<Outcome, Long> refusals = new EnumMap<>(Outcome.class);
    private final Map<FlowEnd, Long> endCounts = new EnumMap<>(FlowEnd.class);

    /** What each instance owns of each pool, by private address and public IP. */
    private final Map<IpAddress, Map<IpAddress, PortSet>> owned = new HashMap<>();

    private final Map<String, IpAddress> endpointIps = new LinkedHashMap<>();
    private DeploymentGateway gateway;
    private Listener listener;
    private NaiveDeployment model;
    private EndpointDraw draw;
    private Random random;
    private long now;
    private long opened;
    private long late;

    private static LongStream seeds() {
        return LongStream.range(0, 36); // each draw with each reclaimed part, four times
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void s1_s2_s7_p5_p6_p8_invariants1To5_randomLivesAreAsTheReferenceSays(long seed) {
        random = new Random(seed);
        draw = DRAWS.get((int) (seed % 3));
        ReclaimedPart part = PARTS.get((int) (seed / 3 % 3));
        begin(seed, part);
        for (int step = 0; step < STEPS; step++) {
            try {
                step();
                checkState();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", step " + step + ": " + e.getMessage(), e);
            }
        }
        assertThat(endCounts.keySet())
                .as("seed " + seed + " is worth its time")
                .contains(FlowEnd.IDLE, FlowEnd.FIN, FlowEnd.RST)
                .contains(FlowEnd.METHOD_CHANGED, FlowEnd.INSTANCE_REMOVED);
        assertThat(refusals)
                .containsOnlyKeys(Outcome.NO_FREE_PORT, Outcome.UNKNOWN_INSTANCE, Outcome.PROTOCOL_NOT_CARRIED);
    }

    private void begin(long seed, ReclaimedPart part) {
        ImmutableList.Builder<PublicEndpoint> endpoints = ImmutableList.builder();
        for (String endpoint : ENDPOINTS) {
            endpointIps.put(endpoint, IpAddress.parse("203.0.113." + (10 + endpointIps.size())));
            endpoints.add(new PublicEndpoint(endpoint, Objects.requireNonNull(endpointIps.get(endpoint))));
        }
        SnatProfile profile =
                SnatProfile.classic().withAllocation(AllocationRules.of(TIERS).withReclaimedPart(part, seed));
        OutboundRules rules = new OutboundRules(profile, draw, HOST_PORTS);
        ImmutableMap<Role, Integer> roles = ImmutableMap.of(
                new Role("a", InstanceKind.VM, ImmutableList.of()), 2,
                new Role("b", InstanceKind.VM, ImmutableList.of("e0", "e1")), 1,
                new Role(WEB_ROLE, InstanceKind.WEB_ROLE, ImmutableList.of("e1")), 1);
        gateway = new DeploymentGateway(Deployment.of(endpoints.build(), roles), rules, seed);
        listener = new Listener();
        gateway.listen(listener);
        gateway.advanceTo(0);
        model = new NaiveDeployment(WEB_ROLE, ENDPOINTS, TIERS);
        roles.keySet().forEach(role -> model.roles.put(role.name(), role.endpoints()));
        roles.forEach((role, count) -> model.apply(new ScaleOut(role.name(), count)));
        readOwned();
        checkState();
    }

    private void step() {
        ends.clear();
        int kind = random.nextInt(20);
        if (kind < 4) {
            change(randomChange());
        } else if (kind < 5) {
            upAndDown();
        } else if (kind < 6) {
            endOfRedeployment();
        } else if (kind < 9) {
            pass(Nanos.ofSeconds(random.nextInt(random.nextBoolean() ? 20 : 200)));
        } else if (kind < 10) {
            ping();
        } else {
            for (int i = 0; i < 16; i++) {
                packet();
            }
        }
    }

    // ---- changes

    private String role() {
        return random.nextInt(40) == 0 ? "nobody" : ROLES.get(random.nextInt(ROLES.size()));
    }

    private String instance() {
        return model.instances.isEmpty() || random.nextInt(30) == 0
                ? "nobody"
                : model.instances.get(random.nextInt(model.instances.size())).name();
    }

    private DeploymentChange randomChange() {
        String to = random.nextInt(3) == 0 ? role() : instance();
        String endpoint = random.nextInt(30) == 0 ? "none" : ENDPOINTS.get(random.nextInt(3));
        return switch (random.nextInt(11)) {
            case 0, 1 -> new ScaleOut(role(), random.nextInt(4));
            case 2, 3 -> new ScaleIn(role(), random.nextInt(3));
            case 4 -> new AddInstance(role(), random.nextBoolean() ? "x" + random.nextInt(5) : "a-7");
            case 5 -> new RemoveInstance(instance());
            case 6 -> new AssignInstanceLevelIp(instance(), IpAddress.parse("198.51.100." + random.nextInt(4)));
            case 7 -> new RemoveInstanceLevelIp(instance());
            case 8 -> new AssignEndpoint(to, endpoint);
            case 9 -> new RemoveEndpoint(to, endpoint);
            default -> new Redeploy(new BigDecimal(FACTORS.get(random.nextInt(4))), Duration.ofMinutes(1));
        };
    }

    /** Returns whether it could be. */
    private boolean change(DeploymentChange change) {
        NaiveDeployment next = model.copy();
        if (!next.apply(change)) {
            Deployment before = gateway.deployment();
            assertThatIllegalArgumentException().as(change.title()).isThrownBy(() -> gateway.change(change));
            assertThat(gateway.deployment()).isEqualTo(before);
            assertThat(ends).isEmpty();
            return false;
        }
        List<Flow> flowsBefore = gateway.table().flows();
        DeploymentImpact foretold = gateway.whatIf(change);
        assertThat(gateway.table().flows()).isEqualTo(flowsBefore);
        assertThat(ends).isEmpty();
        assertThat(gateway.change(change)).as(change.title()).isEqualTo(foretold);
        settle(next, foretold, change.title());
        return true;
    }

    private void endOfRedeployment() {
        NaiveDeployment next = model.copy();
        next.factor = BigDecimal.ONE;
        settle(next, gateway.redeployed(), "redeployment over");
        assertThat(ends).as("P6, P8: its end ends nothing").isEmpty();
    }

    /** Invariant 5: what joins and leaves again leaves the ports of the others as they were. */
    private void upAndDown() {
        String role = ROLES.get(random.nextInt(ROLES.size()));
        int count = 1 + random.nextInt(4);
        Map<IpAddress, Map<IpAddress, PortSet>> before = copyOfOwned();
        if (change(new ScaleOut(role, count))) {
            ends.clear();
            assertThat(change(new ScaleIn(role, count))).isTrue();
            assertThat(copyOfOwned()).as("up and down by " + count).isEqualTo(before);
            assertThat(ends).as("down loses nothing").isEmpty();
        }
    }

    private Map<IpAddress, Map<IpAddress, PortSet>> copyOfOwned() {
        return new HashMap<>(owned);
    }

    /** What the rules say that a change ends, against what was heard and what it was said to cost. */
    private void settle(NaiveDeployment next, DeploymentImpact impact, String title) {
        Map<Long, NaiveDeployment.Instance> before = new HashMap<>();
        model.instances.forEach(it -> before.put(it.address(), it));
        Map<Long, NaiveDeployment.Instance> after = new HashMap<>();
        next.instances.forEach(it -> after.put(it.address(), it));
        model = next;
        readOwned();
        Map<FiveTuple, FlowEnd> expected = new HashMap<>();
        for (Live flow : live.values()) {
            long address = Integer.toUnsignedLong(flow.instance().ipv4Bits());
            NaiveDeployment.Instance was = Objects.requireNonNull(before.get(address));
            NaiveDeployment.Instance is = after.get(address);
            if (is == null) {
                expected.put(flow.tuple, FlowEnd.INSTANCE_REMOVED);
            } else if (!is.ownIp().equals(was.ownIp())
                    || (!flow.direct && !is.endpoints().equals(was.endpoints()))) {
                expected.put(flow.tuple, FlowEnd.METHOD_CHANGED);
            } else if (!flow.direct && !ownedBy(flow.instance(), flow.publicIp).contains(flow.port)) {
                expected.put(flow.tuple, FlowEnd.RECLAIMED);
            }
        }
        Map<FiveTuple, FlowEnd> heard = new HashMap<>();
        ends.forEach(end -> {
            assertThat(heard.put(end.flow(), end.end())).as("heard once").isNull();
            assertThat(end.timeNanos()).isEqualTo(now);
            assertThat(end.port()).isEqualTo(Objects.requireNonNull(live.get(end.flow())).port);
        });
        assertThat(heard).as(title).isEqualTo(expected);
        assertThat(impact.flowsCut()).isEqualTo(count(expected, FlowEnd.RECLAIMED));
        assertThat(impact.flowsMethodChanged()).isEqualTo(count(expected, FlowEnd.METHOD_CHANGED));
        assertThat(impact.flowsRemoved()).isEqualTo(count(expected, FlowEnd.INSTANCE_REMOVED));
        assertThat(impact.flowsCut()).isBetween(impact.flowsCutMin(), impact.flowsCutMax());
        ends.forEach(end -> forget(end.flow(), end.end()));
    }

    private static long count(Map<FiveTuple, FlowEnd> ends, FlowEnd reason) {
        return ends.values().stream().filter(end -> end == reason).count();
    }

    private void forget(FiveTuple flow, FlowEnd end) {
        live.remove(flow);
        endCounts.merge(end, 1L, Long::sum);
    }

    private void readOwned() {
        owned.clear();
        for (RoleInstance instance : gateway.deployment().instances()) {
            Map<IpAddress, PortSet> blocks = new HashMap<>();
            gateway.explain(instance.name()).blocks().forEach(block -> blocks.put(block.publicIp(), block.ports()));
            owned.put(instance.address(), blocks);
        }
    }

    private PortSet ownedBy(IpAddress instance, IpAddress publicIp) {
        return owned.getOrDefault(instance, Map.of()).getOrDefault(publicIp, PortSet.empty());
    }

    // ---- packets

    private Destination destination() {
        return Destination.parse((random.nextBoolean() ? "tcp" : "udp") + " 203.0.113.8" + random.nextInt(2) + ":443");
    }

    private void ping() {
        NaiveDeployment.Instance it = model.find(instance());
        Outcome outcome = gateway.offer(
                now,
                random.nextBoolean() ? IpProtocol.ICMP : IpProtocol.ESP,
                it == null ? IpAddress.parse("10.200.0.1") : IpAddress.ofIpv4((int) it.address()),
                IpAddress.parse("203.0.113.200"));
        if (it == null) {
            assertThat(outcome).isEqualTo(Outcome.UNKNOWN_INSTANCE);
        } else if (it.ownIp().isPresent()) {
            assertThat(outcome).isEqualTo(Outcome.UNTRANSLATED);
        } else {
            assertThat(outcome).isEqualTo(Outcome.PROTOCOL_NOT_CARRIED);
            refusals.merge(outcome, 1L, Long::sum);
        }
    }

    private void packet() {
        if (random.nextInt(4) == 0) {
            pass(Nanos.ofSeconds(random.nextInt(3)));
        }
        List<Live> flows = List.copyOf(live.values());
        if (!flows.isEmpty() && random.nextInt(3) == 0) {
            Live flow = flows.get(random.nextInt(flows.size()));
            of(flow, KINDS.get(random.nextInt(KINDS.size())), random.nextBoolean() ? Side.INITIATOR : Side.RESPONDER);
            return;
        }
        NaiveDeployment.Instance it = model.find(instance());
        IpAddress address = it == null ? IpAddress.parse("10.200.0.1") : IpAddress.ofIpv4((int) it.address());
        Destination to = destination();
        FiveTuple tuple =
                new FiveTuple(to.protocol(), new Endpoint(address, 1 + random.nextInt(40_000)), to.endpoint());
        if (live.containsKey(tuple)) {
            return;
        }
        Kind kind = random.nextInt(6) == 0 ? Kind.PACKET : Kind.SYN;
        Side side = random.nextInt(8) == 0 ? Side.RESPONDER : Side.INITIATOR;
        Verdict verdict = gateway.offer(new FlowEvent(now, kind, side, tuple));
        boolean opens = side == Side.INITIATOR && (to.protocol() == Protocol.UDP || kind == Kind.SYN);
        boolean direct = it != null && it.ownIp().isPresent();
        if (!opens && direct) {
            assertThat(verdict).isEqualTo(new Verdict.Translated(tuple.source().port()));
        } else if (!opens) {
            assertThat(verdict).isEqualTo(new Verdict.Dropped());
            late++;
        } else if (it == null) {
            assertRefused(verdict, Outcome.UNKNOWN_INSTANCE);
        } else {
            attempt(it, tuple, direct, verdict);
        }
    }

    private void attempt(NaiveDeployment.Instance it, FiveTuple tuple, boolean direct, Verdict verdict) {
        IpAddress publicIp = publicIpOf(it, tuple);
        Set<Integer> taken = new HashSet<>();
        Set<Integer> used = new HashSet<>();
        for (Live flow : live.values()) {
            if (flow.instance().equals(tuple.source().address())
                    && flow.publicIp.equals(publicIp)
                    && flow.tuple.protocol() == tuple.protocol()) {
                used.add(flow.port);
                if (flow.tuple.destination().equals(tuple.destination())) {
                    taken.add(flow.port);
                }
            }
        }
        Optional<Integer> port = direct
                ? Optional.of(tuple.source().port()).filter(unused -> taken.size() < HOST_PORTS)
                : lowest(ownedBy(tuple.source().address(), publicIp), used, taken);
        if (port.isEmpty()) {
            assertRefused(verdict, Outcome.NO_FREE_PORT);
            return;
        }
        assertThat(verdict).isEqualTo(new Verdict.Opened(port.get()));
        open(new Live(tuple, publicIp, port.get(), direct, ++opened));
    }

    private void assertRefused(Verdict verdict, Outcome reason) {
        assertThat(verdict.outcome()).isEqualTo(reason);
        refusals.merge(reason, 1L, Long::sum);
    }

    private void open(Live flow) {
        flow.deadline = flow.neverIdles() ? NEVER : now + IDLE;
        live.put(flow.tuple, flow);
        openedTo.merge(new To(flow.instance(), flow.publicIp, flow.tuple.to()), 1L, Long::sum);
        Use use = new Use(flow.instance(), flow.publicIp, flow.tuple.protocol());
        peaks.merge(use, used(use).size(), Math::max);
    }

    /** T3: the lowest port in use that is free for the destination, else the lowest unused one. */
    private static Optional<Integer> lowest(PortSet owned, Set<Integer> used, Set<Integer> taken) {
        Optional<Integer> unused = Optional.empty();
        for (PortRange range : owned.ranges()) {
            for (int port = range.first(); port <= range.last(); port++) {
                if (used.contains(port) && !taken.contains(port)) {
                    return Optional.of(port);
                }
                if (unused.isEmpty() && !used.contains(port)) {
                    unused = Optional.of(port);
                }
            }
        }
        return unused;
    }

    /** S1-S3; which of several endpoints is drawn is asked for, and checked to be one of them. */
    private IpAddress publicIpOf(NaiveDeployment.Instance it, FiveTuple flow) {
        IpAddress publicIp = gateway.publicIpOf(flow).orElseThrow();
        if (it.ownIp().isPresent()) {
            assertThat(publicIp).isEqualTo(it.ownIp().get());
        } else if (it.endpoints().isEmpty()) {
            assertThat(publicIp).isEqualTo(gateway.sharedAddress());
        } else {
            assertThat(it.endpoints().stream().map(endpointIps::get)).contains(publicIp);
        }
        return publicIp;
    }

    /** R1, R2, R5, T5 for a packet of a live flow. */
    private void of(Live flow, Kind kind, Side side) {
        boolean tcp = flow.tuple.protocol() == Protocol.TCP;
        Verdict verdict = gateway.offer(new FlowEvent(now, kind, side, flow.tuple));
        if (tcp && flow.state != FlowState.OPEN && kind == Kind.SYN && side == Side.INITIATOR) {
            assertThat(verdict).isEqualTo(new Verdict.Opened(flow.port));
            assertEnded(flow, FlowEnd.REVIVED);
            open(new Live(flow.tuple, flow.publicIp, flow.port, flow.direct, ++opened));
            return;
        }
        assertThat(verdict).isEqualTo(new Verdict.Translated(flow.port));
        if (flow.state == FlowState.OPEN && !flow.neverIdles()) {
            flow.deadline = now + IDLE;
        }
        if (!tcp) {
            return;
        }
        flow.finByInitiator |= kind == Kind.FIN && side == Side.INITIATOR;
        flow.finByResponder |= kind == Kind.FIN && side == Side.RESPONDER;
        if (kind == Kind.RST) {
            hold(flow, FlowState.RST_HOLD, RST_HOLD);
        } else if (kind == Kind.FIN && flow.finByInitiator && flow.finByResponder && flow.state != FlowState.FIN_HOLD) {
            hold(flow, FlowState.FIN_HOLD, FIN_HOLD);
        }
    }

    private void hold(Live flow, FlowState state, long hold) {
        if (flow.direct) { // S1: no hold
            assertEnded(flow, state == FlowState.RST_HOLD ? FlowEnd.RST : FlowEnd.FIN);
        } else if (flow.state == FlowState.OPEN || now + hold < flow.deadline) {
            flow.state = state;
            flow.deadline = now + hold;
        }
    }

    private void assertEnded(Live flow, FlowEnd end) {
        assertThat(ends).last().isEqualTo(new Ended(now, flow.tuple, flow.port, end));
        forget(flow.tuple, end);
    }

    private void pass(long nanos) {
        now += nanos;
        int heardBefore = ends.size();
        gateway.advanceTo(now);
        List<Ended> expected = live.values().stream()
                .filter(flow -> flow.deadline <= now)
                .sorted(Comparator.comparingLong((Live flow) -> flow.deadline).thenComparing(flow -> flow.order))
                .map(flow -> new Ended(
                        flow.deadline,
                        flow.tuple,
                        flow.port,
                        switch (flow.state) {
                            case OPEN -> FlowEnd.IDLE;
                            case FIN_HOLD -> FlowEnd.FIN;
                            case RST_HOLD -> FlowEnd.RST;
                        }))
                .toList();
        assertThat(ends.subList(heardBefore, ends.size())).isEqualTo(expected);
        expected.forEach(end -> forget(end.flow(), end.end()));
    }

    // ---- checks after each step

    private Set<Integer> used(Use use) {
        Set<Integer> ports = new HashSet<>();
        for (Live flow : live.values()) {
            if (new Use(flow.instance(), flow.publicIp, flow.tuple.protocol()).equals(use)) {
                ports.add(flow.port);
            }
        }
        return ports;
    }

    private void checkState() {
        checkDeployment();
        checkFlows();
        checkOwned();
        model.instances.forEach(this::checkExplanation);
        checkMetrics();
    }

    private void checkDeployment() {
        Deployment deployment = gateway.deployment();
        assertThat(deployment.reportedFactor()).isEqualByComparingTo(model.factor);
        assertThat(deployment.instances())
                .extracting(it -> new NaiveDeployment.Instance(
                        it.name(),
                        it.role(),
                        Integer.toUnsignedLong(it.address().ipv4Bits()),
                        it.endpoints(),
                        it.instanceLevelIp()))
                .isEqualTo(model.instances);
        deployment.roles().forEach(role -> assertThat(role.endpoints()).isEqualTo(model.roles.get(role.name())));
    }

    private void checkFlows() {
        List<List<Object>> expected = live.values().stream()
                .sorted(Comparator.comparingLong(flow -> flow.order))
                .map(flow -> List.<Object>of(flow.tuple, flow.port, flow.state, flow.deadline))
                .toList();
        List<Flow> flows = gateway.table().flows();
        assertThat(flows)
                .extracting(flow -> List.<Object>of(flow.tuple(), flow.port(), flow.state(), flow.deadlineNanos()))
                .isEqualTo(expected);
        Set<List<Object>> publicTuples = new HashSet<>();
        for (Flow flow : flows) {
            IpAddress publicIp = Objects.requireNonNull(listener.names.get(flow.frontend()));
            assertThat(gateway.publicIpOf(flow.tuple())).contains(publicIp);
            assertThat(publicIp).isEqualTo(Objects.requireNonNull(live.get(flow.tuple())).publicIp);
            assertThat(publicTuples.add(
                            List.of(publicIp, flow.port(), flow.tuple().to())))
                    .as("invariant 1")
                    .isTrue();
        }
        assertThat(gateway.nextDeadlineNanos())
                .isEqualTo(live.values().stream()
                        .mapToLong(flow -> flow.deadline)
                        .filter(deadline -> deadline != NEVER)
                        .min());
    }

    private void checkOwned() {
        Map<IpAddress, PortSet> all = new HashMap<>();
        Map<IpAddress, Integer> sums = new HashMap<>();
        owned.values()
                .forEach(blocks -> blocks.forEach((publicIp, ports) -> {
                    all.merge(publicIp, ports, PortSet::union);
                    sums.merge(publicIp, ports.size(), Integer::sum);
                }));
        all.forEach((publicIp, ports) ->
                assertThat(ports.size()).as("ports of " + publicIp).isEqualTo(sums.get(publicIp)));
        for (Live flow : live.values()) {
            assertThat(flow.direct || ownedBy(flow.instance(), flow.publicIp).contains(flow.port))
                    .as("invariant 2")
                    .isTrue();
        }
    }

    private void checkExplanation(NaiveDeployment.Instance it) {
        IpAddress address = IpAddress.ofIpv4((int) it.address());
        Outbound outbound = gateway.explain(it.name());
        Map<IpAddress, Optional<String>> pools = new LinkedHashMap<>();
        it.endpoints()
                .forEach(endpoint ->
                        pools.put(Objects.requireNonNull(endpointIps.get(endpoint)), Optional.of(endpoint)));
        if (it.endpoints().isEmpty() && it.ownIp().isEmpty()) {
            pools.put(gateway.sharedAddress(), Optional.empty());
        }
        assertThat(outbound.blocks())
                .extracting(Outbound.Block::publicIp)
                .containsExactlyInAnyOrderElementsOf(pools.keySet());
        int ports = 0;
        for (Outbound.Block block : outbound.blocks()) {
            Optional<String> pool = Objects.requireNonNull(pools.get(block.publicIp()));
            assertThat(block.name()).isEqualTo(pool);
            assertThat(block.poolSize()).isEqualTo(model.pool(pool).size());
            assertThat(block.ports().size()).isEqualTo(model.ports(pool));
            assertThat(listener.owned).containsEntry(List.of(address, block.publicIp()), model.ports(pool));
            assertThat(block.portsUsedTcp())
                    .isEqualTo(used(new Use(address, block.publicIp(), Protocol.TCP))
                            .size());
            assertThat(block.portsUsedUdp())
                    .isEqualTo(used(new Use(address, block.publicIp(), Protocol.UDP))
                            .size());
            ports += block.carries() ? block.ports().size() : 0;
        }
        boolean direct = it.ownIp().isPresent();
        assertThat(outbound.method())
                .isEqualTo(
                        direct
                                ? OutboundMethod.INSTANCE_LEVEL_PUBLIC_IP
                                : it.endpoints().isEmpty()
                                        ? OutboundMethod.SHARED_ADDRESS
                                        : OutboundMethod.PUBLIC_ENDPOINT);
        boolean each =
                draw == EndpointDraw.PER_FLOW && !direct && it.endpoints().size() > 1;
        assertThat(outbound.blocks().stream().filter(Outbound.Block::carries))
                .hasSize(direct ? 0 : each ? it.endpoints().size() : 1);
        assertThat(outbound.portsPerDestination()).isEqualTo(direct ? HOST_PORTS : ports);
        assertThat(outbound.publicIp().isEmpty()).isEqualTo(each);
        for (Live flow : live.values()) {
            if (flow.instance().equals(address)) {
                assertThat(outbound.publicIp().orElse(flow.publicIp)).isEqualTo(flow.publicIp);
            }
        }
    }

    private void checkMetrics() {
        MetricsResult result = listener.metrics.result(now);
        assertThat(result.opened()).isEqualTo(opened);
        assertThat(result.refusedByReason()).isEqualTo(refusals);
        assertThat(result.ends()).isEqualTo(endCounts);
        assertThat(result.latePackets()).isEqualTo(late);
        Map<Use, Integer> peaksHeard = new HashMap<>();
        int inUse = 0;
        for (PortUse use : result.portUse()) {
            Use key = new Use(use.instance(), use.frontend().orElseThrow(), use.protocol());
            peaksHeard.put(key, use.portsUsedMax());
            assertThat(use.atEnd().total()).as(key + " now").isEqualTo(used(key).size());
            inUse += use.atEnd().total();
        }
        assertThat(peaksHeard).as("peaks").isEqualTo(peaks);
        assertThat(result.portsInUse().total()).isEqualTo(inUse);
        Map<To, Long> openedHeard = new HashMap<>();
        for (DestinationUse use : result.destinations()) {
            if (use.opened() > 0) {
                openedHeard.put(new To(use.instance(), use.frontend().orElseThrow(), use.destination()), use.opened());
            }
        }
        assertThat(openedHeard).as("opened by destination").isEqualTo(openedTo);
        assertThat(sum(refusals.values()) + opened).isEqualTo(result.attempts());
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
