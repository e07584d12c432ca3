package io.github.snatsim.azure;

import static io.github.snatsim.azure.Traffic.DNS;
import static io.github.snatsim.azure.Traffic.OWN;
import static io.github.snatsim.azure.Traffic.PUBLIC;
import static io.github.snatsim.azure.Traffic.SECOND;
import static io.github.snatsim.azure.Traffic.TWO_ENDPOINTS;
import static io.github.snatsim.azure.Traffic.WEB;
import static io.github.snatsim.azure.Traffic.ownIp;
import static io.github.snatsim.azure.Traffic.vms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.metrics.Metrics;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules S1-S5: which public IP and port an instance's flows get by each method, and what is refused. */
class OutboundRulesTest {
    private static final IpAddress PARTNER = IpAddress.parse("203.0.113.200");

    private static final Destination ELSEWHERE = Destination.parse("tcp 203.0.113.81:443");

    /** Chi-square above these happens once in a thousand times if the draws are even: by degrees of freedom. */
    private static final double CHI_SQUARE_1 = 10.83;

    private static final double CHI_SQUARE_2 = 13.82;

    private static Traffic method1() {
        return Traffic.of(vms(2, "web").with(ownIp("vm-1")));
    }

    private static double chiSquare(Collection<Long> counts, long draws) {
        double expected = (double) draws / counts.size();
        return counts.stream()
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    @Test
    void s1_theSourcePortStaysAndTheOwnIpWinsOverEndpoints() {
        Traffic traffic = method1();

        assertThat(traffic.first(traffic.flow("vm-1", 40_000, WEB))).isEqualTo(new Verdict.Opened(40_000));
        assertThat(traffic.first(traffic.flow("vm-1", 1, DNS))).isEqualTo(new Verdict.Opened(1));
        assertThat(traffic.gateway.publicIpOf("vm-1")).contains(OWN);
        assertThat(traffic.gateway.explain("vm-1").method()).isEqualTo(OutboundMethod.INSTANCE_LEVEL_PUBLIC_IP);
        // the neighbour's ports are those of the endpoint: vm-2 joined second, so its 1,024 begin at 1,024 + 1,024
        assertThat(traffic.first(traffic.flow("vm-2", 40_000, WEB))).isEqualTo(new Verdict.Opened(2_048));
    }

    @Test
    void s1_anOpenFlowNeverIdlesOut() {
        Traffic traffic = method1();
        FiveTuple direct = traffic.flow("vm-1", 5_000, WEB);
        FiveTuple translated = traffic.flow("vm-2", 5_000, WEB);
        traffic.first(direct);
        traffic.first(translated);

        traffic.pass(100_000_000);

        assertThat(traffic.ends).extracting(Traffic.Ended::flow).containsExactly(translated);
        assertThat(traffic.gateway.nextDeadlineNanos()).isEmpty();
        assertThat(traffic.gateway.lastDeadlineNanos()).isEmpty();
        assertThat(traffic.send(Kind.PACKET, Side.RESPONDER, direct)).isEqualTo(new Verdict.Translated(5_000));
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void s1_latePacketsOfBothSidesAreCarried(Side side) {
        Traffic traffic = method1();
        FiveTuple never = traffic.flow("vm-1", 5_000, WEB);
        FiveTuple closed = traffic.flow("vm-1", 5_001, WEB);
        traffic.first(closed);
        traffic.send(Kind.RST, Side.RESPONDER, closed);

        for (Kind kind : List.of(Kind.PACKET, Kind.FIN, Kind.RST)) {
            assertThat(traffic.send(kind, side, never)).isEqualTo(new Verdict.Translated(5_000));
            assertThat(traffic.send(kind, side, closed)).isEqualTo(new Verdict.Translated(5_001));
        }
        assertThat(traffic.gateway.table().size()).as("nothing is remembered").isZero();
    }

    @Test
    void s1_theCeilingIsTheHostsPortsPerDestinationAndProtocol() {
        // 1,024-65,535 are 64,512 source ports: as many flows to one destination, and no more from any other port.
        Traffic traffic = method1();
        for (int port = 1_024; port < 65_535; port++) {
            assertThat(traffic.open("vm-1", port, WEB)).isEqualTo(Outcome.OPENED);
        }
        assertThat(traffic.gateway.table().size()).isEqualTo(64_511);
        assertThat(traffic.open("vm-1", 65_535, WEB)).as("the 64,512th").isEqualTo(Outcome.OPENED);

        assertThat(traffic.open("vm-1", 1_023, WEB)).isEqualTo(Outcome.NO_FREE_PORT);
        assertThat(traffic.open("vm-1", 1_023, ELSEWHERE)).isEqualTo(Outcome.OPENED);
        assertThat(traffic.open("vm-1", 1_023, Destination.parse("tcp 203.0.113.80:80")))
                .isEqualTo(Outcome.OPENED);
        assertThat(traffic.open("vm-1", 1_023, Destination.parse("udp 203.0.113.80:443")))
                .isEqualTo(Outcome.OPENED);
        assertThat(traffic.open("vm-2", 1_023, WEB)).isEqualTo(Outcome.OPENED);

        traffic.send(Kind.RST, Side.INITIATOR, traffic.flow("vm-1", 2_000, WEB));
        assertThat(traffic.open("vm-1", 1_023, WEB)).as("one was freed").isEqualTo(Outcome.OPENED);
        assertThat(traffic.open("vm-1", 1_022, WEB)).isEqualTo(Outcome.NO_FREE_PORT);
    }

    @Test
    void s1_selectable_linuxHas28232Ports() {
        // 32,768-60,999 are 28,232 ports.
        OutboundRules linux = OutboundRules.classic().withHostPortsMax(OutboundRules.HOST_PORTS_LINUX);
        Traffic traffic = new Traffic(new DeploymentGateway(vms(1).with(ownIp("vm-1")), linux, 1));

        assertThat(traffic.openUntilRefused("vm-1", WEB)).isEqualTo(60_999 - 32_768 + 1);
        assertThat(traffic.gateway.explain("vm-1").portsPerDestination()).isEqualTo(28_232);
    }

    @Test
    void s1_aCloseFreesTheHostPortAtOnce() {
        OutboundRules one = OutboundRules.classic().withHostPortsMax(1);
        Traffic traffic = new Traffic(new DeploymentGateway(vms(1).with(ownIp("vm-1")), one, 1));
        traffic.open("vm-1", 5_000, WEB);
        assertThat(traffic.open("vm-1", 5_001, WEB)).isEqualTo(Outcome.NO_FREE_PORT);

        // R1 without its hold: one FIN changes nothing, the second side's ends the flow
        traffic.send(Kind.FIN, Side.INITIATOR, traffic.flow("vm-1", 5_000, WEB));
        assertThat(traffic.open("vm-1", 5_001, WEB)).isEqualTo(Outcome.NO_FREE_PORT);
        traffic.send(Kind.FIN, Side.RESPONDER, traffic.flow("vm-1", 5_000, WEB));
        assertThat(traffic.open("vm-1", 5_001, WEB)).isEqualTo(Outcome.OPENED);

        traffic.send(Kind.RST, Side.RESPONDER, traffic.flow("vm-1", 5_001, WEB));
        assertThat(traffic.open("vm-1", 5_000, WEB)).isEqualTo(Outcome.OPENED);
        assertThat(traffic.ends).extracting(Traffic.Ended::end).containsExactly(FlowEnd.FIN, FlowEnd.RST);
    }

    @Test
    void s1_aTierChangeReclaimsNothingFromIt() {
        // vm-1 counts among the 50 of the endpoint; 51 halve the ports of all, but its flows do not use them.
        Traffic traffic = Traffic.of(vms(50, "web").with(ownIp("vm-1")));
        traffic.openMany("vm-1", 1_024, WEB);
        traffic.openMany("vm-2", 1_024, WEB);

        traffic.gateway.change(new DeploymentChange.ScaleOut("vm", 1));

        assertThat(traffic.live("vm-1")).isEqualTo(1_024);
        assertThat(traffic.live("vm-2")).isEqualTo(512);
    }

    @ParameterizedTest
    @EnumSource(
            value = InstanceKind.class,
            names = {"WEB_ROLE", "WORKER_ROLE"})
    void s1_s4_aRoleInstanceCannotHaveIt(InstanceKind kind) {
        Traffic traffic = Traffic.of(Traffic.role(kind, 1, "web"));
        Deployment before = traffic.gateway.deployment();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> traffic.gateway.change(ownIp("vm-1")))
                .withMessageContaining("vm-1")
                .withMessageContaining("role")
                .withMessageContaining("S1");
        assertThat(traffic.gateway.deployment()).isEqualTo(before);
        assertThat(traffic.gateway.publicIpOf("vm-1")).contains(PUBLIC);
    }

    @Test
    void s2_oneDrawPerDeploymentIsTheSameForAllAndFollowsFromTheSeed() {
        Map<IpAddress, Long> drawn = new HashMap<>();
        for (long seed = 0; seed < 1_000; seed++) {
            DeploymentGateway two = new DeploymentGateway(vms(2, "web", "api"), OutboundRules.classic(), seed);
            DeploymentGateway three = new DeploymentGateway(vms(3, "api", "web"), OutboundRules.classic(), seed);
            IpAddress publicIp = two.publicIpOf("vm-1").orElseThrow();
            assertThat(two.publicIpOf("vm-2")).contains(publicIp);
            assertThat(three.publicIpOf("vm-3")).as("seed " + seed).contains(publicIp);
            drawn.merge(publicIp, 1L, Long::sum);
        }
        assertThat(drawn).containsOnlyKeys(PUBLIC, SECOND);
        assertThat(chiSquare(drawn.values(), 1_000)).isLessThan(CHI_SQUARE_1);
    }

    @Test
    void s2_selectable_eachInstanceDraws() {
        OutboundRules rules = OutboundRules.classic().withDraw(EndpointDraw.PER_INSTANCE);
        DeploymentGateway gateway = new DeploymentGateway(vms(400, "web", "api"), rules, 7);
        DeploymentGateway again = new DeploymentGateway(vms(400, "web", "api"), rules, 7);
        Map<IpAddress, Long> drawn = new HashMap<>();
        for (RoleInstance instance : gateway.deployment().instances()) {
            IpAddress publicIp = gateway.publicIpOf(instance.name()).orElseThrow();
            assertThat(again.publicIpOf(instance.name())).contains(publicIp);
            for (int port = 5_000; port < 5_003; port++) {
                FiveTuple flow = new FiveTuple(Protocol.TCP, new Endpoint(instance.address(), port), WEB.endpoint());
                assertThat(gateway.publicIpOf(flow)).contains(publicIp);
            }
            drawn.merge(publicIp, 1L, Long::sum);
        }
        assertThat(drawn).containsOnlyKeys(PUBLIC, SECOND);
        assertThat(chiSquare(drawn.values(), 400)).isLessThan(CHI_SQUARE_1);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void s2_selectable_eachFlowDrawsEvenly(Protocol protocol) {
        ImmutableList<PublicEndpoint> three = ImmutableList.<PublicEndpoint>builder()
                .addAll(TWO_ENDPOINTS)
                .add(new PublicEndpoint("third", IpAddress.parse("203.0.113.12")))
                .build();
        Deployment deployment = Deployment.of(
                three, ImmutableMap.of(new Role("vm", InstanceKind.VM, ImmutableList.of("web", "api", "third")), 1));
        for (long seed : new long[] {1, 2, 3}) {
            Traffic traffic = new Traffic(
                    new DeploymentGateway(deployment, OutboundRules.classic().withDraw(EndpointDraw.PER_FLOW), seed));
            for (int i = 0; i < 10_000; i++) { // 5 flows to each of 2,000 destinations: no frontend gets full
                Destination to = Destination.parse(protocol + " 203.0.113.80:" + (1 + i / 5));
                assertThat(traffic.open("vm-1", 1_024 + i, to)).isEqualTo(Outcome.OPENED);
            }
            Map<IpAddress, Long> seen = new LinkedHashMap<>();
            Map<Integer, Long> used = new HashMap<>();
            traffic.gateway.table().flows().forEach(flow -> {
                seen.merge(traffic.gateway.publicIpOf(flow.tuple()).orElseThrow(), 1L, Long::sum);
                used.merge(flow.frontend(), 1L, Long::sum);
            });
            assertThat(used).hasSize(3);
            assertThat(used.values()).containsExactlyInAnyOrderElementsOf(seen.values());
            assertThat(chiSquare(used.values(), 10_000)).as("seed " + seed).isLessThan(CHI_SQUARE_2);
            assertThat(traffic.gateway.publicIpOf("vm-1")).isEmpty();
        }
    }

    @Test
    void s2_selectable_theSame5TupleUsesTheSameEndpointAgain() {
        Traffic traffic = new Traffic(new DeploymentGateway(
                vms(1, "web", "api"), OutboundRules.classic().withDraw(EndpointDraw.PER_FLOW), 1));
        for (int port = 5_000; port < 5_100; port++) {
            FiveTuple flow = traffic.flow("vm-1", port, WEB);
            traffic.first(flow);
            int frontend = traffic.gateway.table().flow(flow).orElseThrow().frontend();
            traffic.gateway.table().delete(flow);
            traffic.first(flow);
            assertThat(traffic.gateway.table().flow(flow).orElseThrow().frontend())
                    .isEqualTo(frontend);
        }
    }

    @ParameterizedTest
    @EnumSource(EndpointDraw.class)
    void s2_theDrawnEndpointIsFullAndTheOtherDoesNotHelp(EndpointDraw draw) {
        Traffic traffic = new Traffic(new DeploymentGateway(
                vms(1, "web", "api"), OutboundRules.classic().withDraw(draw), 1));

        int opened = traffic.openUntilRefused("vm-1", WEB);

        ImmutableList<Outbound.Block> blocks = traffic.gateway.explain("vm-1").blocks();
        assertThat(blocks).extracting(block -> block.ports().size()).containsExactly(1_024, 1_024);
        int[] used =
                blocks.stream().mapToInt(Outbound.Block::portsUsedTcp).sorted().toArray();
        assertThat(used[1]).as("the drawn one is full").isEqualTo(1_024);
        if (draw == EndpointDraw.PER_FLOW) {
            assertThat(used[0])
                    .as("the other one is not, yet the attempt was refused")
                    .isBetween(900, 1_023);
            assertThat(opened).isEqualTo(1_024 + used[0]);
            assertThat(traffic.gateway.explain("vm-1").portsPerDestination()).isEqualTo(2_048);
        } else {
            assertThat(used[0]).isZero();
            assertThat(opened).isEqualTo(1_024);
            assertThat(traffic.gateway.explain("vm-1").portsPerDestination()).isEqualTo(1_024);
        }
    }

    @Test
    void s3_theSharedAddressFollowsFromTheSeedAndIsForDocumentation() {
        IpPrefix documentation = IpPrefix.parse("192.0.2.0/24");
        Map<IpAddress, Long> seen = new HashMap<>();
        for (long seed = -500; seed < 500; seed++) {
            IpAddress shared = new DeploymentGateway(vms(1), OutboundRules.classic(), seed).sharedAddress();
            DeploymentGateway other = new DeploymentGateway(vms(3, "web"), OutboundRules.classic(), seed);
            assertThat(other.sharedAddress()).isEqualTo(shared);
            assertThat(documentation.contains(shared)).isTrue();
            assertThat(shared.ipv4Bits() & 0xff).isBetween(1, 254);
            seen.merge(shared, 1L, Long::sum);
        }
        // of 254 addresses 1,000 draws miss about 254 * (253/254)^1000 = 5
        assertThat(seen).hasSizeBetween(235, 254);
    }

    @Test
    void s3_theSharedAddressIsNoEndpointsAddress() {
        // All of 192.0.2.1-192.0.2.254 but one are endpoints: the one is left, whatever the seed.
        ImmutableList<PublicEndpoint> endpoints = IntStream.rangeClosed(1, 254)
                .filter(host -> host != 99)
                .mapToObj(host -> new PublicEndpoint("e" + host, IpAddress.parse("192.0.2." + host)))
                .collect(ImmutableList.toImmutableList());
        for (long seed = 0; seed < 20; seed++) {
            Deployment deployment = new Deployment(endpoints, ImmutableList.of(), ImmutableList.of(), BigDecimal.ONE);
            assertThat(new DeploymentGateway(deployment, OutboundRules.classic(), seed).sharedAddress())
                    .isEqualTo(IpAddress.parse("192.0.2.99"));
        }
    }

    @Test
    void s3_allWithoutAnotherMethodShareIt() {
        Traffic traffic = Traffic.of(vms(3).with(ownIp("vm-1")));

        IpAddress shared = traffic.gateway.sharedAddress();
        assertThat(traffic.gateway.publicIpOf("vm-2")).contains(shared);
        assertThat(traffic.gateway.publicIpOf("vm-3")).contains(shared);
        assertThat(traffic.gateway.explain("vm-2").findings())
                .as("not recommended where it matters")
                .anyMatch(finding -> finding.contains("not recommended"));
        assertThat(traffic.openUntilRefused("vm-2", WEB)).isEqualTo(1_024);
    }

    /** K J: the table of the methods. VMs have 1, 2 and 3, roles 2 and 3; only method 1 carries more than TCP and UDP. */
    @Test
    void s4_theMatrixIsTheTableOfTheSources() {
        List<IpProtocol> all = List.of(IpProtocol.TCP, IpProtocol.UDP, IpProtocol.ICMP, IpProtocol.ESP);
        List<IpProtocol> withPorts = List.of(IpProtocol.TCP, IpProtocol.UDP);
        Map<List<Object>, List<IpProtocol>> expected = new HashMap<>();
        expected.put(List.of(InstanceKind.VM, 1), all);
        expected.put(List.of(InstanceKind.VM, 2), withPorts);
        expected.put(List.of(InstanceKind.VM, 3), withPorts);
        for (InstanceKind role : List.of(InstanceKind.WEB_ROLE, InstanceKind.WORKER_ROLE)) {
            expected.put(List.of(role, 1), List.of());
            expected.put(List.of(role, 2), withPorts);
            expected.put(List.of(role, 3), withPorts);
        }

        assertThat(MethodMatrix.rows()).hasSize(9);
        for (MethodMatrix.Row row : MethodMatrix.rows()) {
            List<IpProtocol> protocols =
                    expected.get(List.of(row.kind(), row.method().number()));
            assertThat(row.protocols()).containsExactlyInAnyOrderElementsOf(protocols);
            assertThat(row.available()).isEqualTo(!protocols.isEmpty());
            boolean canHaveOwnIp = row.available()
                    && row.kind() == InstanceKind.VM
                    && row.method().number() != 1;
            assertThat(row.mitigations().contains(Mitigation.INSTANCE_LEVEL_PUBLIC_IP))
                    .isEqualTo(canHaveOwnIp);
            assertThat(row.mitigations().contains(Mitigation.CONNECTION_REUSE))
                    .isEqualTo(row.available() && row.method().number() != 1);
        }
    }

    @Test
    void s4_whatTheMatrixSaysIsWhatIsRefused() {
        for (MethodMatrix.Row row : MethodMatrix.rows()) {
            Deployment deployment = Traffic.role(
                    row.kind(),
                    1,
                    row.method() == OutboundMethod.PUBLIC_ENDPOINT ? new String[] {"web"} : new String[0]);
            if (row.method() == OutboundMethod.INSTANCE_LEVEL_PUBLIC_IP) {
                if (!row.available()) {
                    assertThatIllegalArgumentException().isThrownBy(() -> deployment.with(ownIp("vm-1")));
                    continue;
                }
                drive(row, deployment.with(ownIp("vm-1")));
            } else {
                drive(row, deployment);
            }
        }
    }

    private static void drive(MethodMatrix.Row row, Deployment deployment) {
        for (IpProtocol protocol : IpProtocol.values()) {
            Traffic traffic = Traffic.of(deployment);
            Metrics metrics = new Metrics(traffic.gateway.keys(), Duration.ofMinutes(4));
            traffic.gateway.listen(metrics);
            IpAddress instance = deployment.instance("vm-1").address();
            assertThat(deployment.instance("vm-1").method()).isEqualTo(row.method());
            Outcome outcome = protocol.hasPorts()
                    ? traffic.open("vm-1", 5_000, protocol == IpProtocol.TCP ? WEB : DNS)
                    : traffic.gateway.offer(0, protocol, instance, PARTNER);

            boolean carried = row.protocols().contains(protocol);
            assertThat(outcome.refused()).as(row + " " + protocol).isEqualTo(!carried);
            assertThat(metrics.refused()).isEqualTo(carried ? 0 : 1);
            assertThat(metrics.attempts()).isEqualTo(carried && !protocol.hasPorts() ? 0 : 1);
            assertThat(metrics.result(0).refusedByReason())
                    .isEqualTo(carried ? Map.of() : Map.of(Outcome.PROTOCOL_NOT_CARRIED, 1L));
        }
    }

    @Test
    void t8_aPingToAPrivateAddressPassesWhateverTheMethod() {
        Traffic traffic = Traffic.of(Deployment.behindOneEndpoint(1, IpAddress.parse("203.0.113.10")));
        IpAddress instance = traffic.gateway.deployment().instance("vm-1").address();
        assertThat(traffic.gateway.offer(0, IpProtocol.ICMP, instance, IpAddress.parse("10.0.0.9")))
                .isEqualTo(Outcome.UNTRANSLATED);
        assertThat(traffic.gateway.offer(0, IpProtocol.ICMP, instance, PARTNER))
                .isEqualTo(Outcome.PROTOCOL_NOT_CARRIED);
    }

    @Test
    void s4_aProtocolWithPortsIsOfferedAsAFlow() {
        Traffic traffic = method1();
        IpAddress instance = traffic.gateway.deployment().instance("vm-1").address();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traffic.gateway.offer(0, IpProtocol.UDP, instance, PARTNER));
        assertThat(traffic.gateway.offer(0, IpProtocol.ICMP, IpAddress.parse("10.9.9.9"), PARTNER))
                .isEqualTo(Outcome.UNKNOWN_INSTANCE);
    }

    @Test
    void s5_thePublicIpInUseCanBeAskedFor() {
        Traffic traffic = Traffic.of(vms(2, "web").with(ownIp("vm-1")));
        DeploymentGateway gateway = traffic.gateway;
        traffic.gateway.change(new DeploymentChange.RemoveEndpoint("vm-2", "web"));

        assertThat(gateway.publicIpOf("vm-1")).contains(OWN);
        assertThat(gateway.publicIpOf(traffic.flow("vm-1", 5_000, WEB))).contains(OWN);
        assertThat(gateway.publicIpOf("vm-2")).contains(gateway.sharedAddress());
        assertThat(gateway.publicIpOf(traffic.flow("vm-2", 5_000, WEB))).contains(gateway.sharedAddress());
        gateway.change(new DeploymentChange.AssignEndpoint("vm-2", "api"));
        assertThat(gateway.publicIpOf("vm-2")).contains(SECOND);
        assertThat(gateway.publicIpOf(new FiveTuple(Protocol.TCP, Endpoint.parse("10.9.9.9:5000"), WEB.endpoint())))
                .isEqualTo(Optional.empty());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway.publicIpOf("vm-3"))
                .withMessageContaining("vm-3")
                .withMessageContaining("vm-1, vm-2");
    }
}
