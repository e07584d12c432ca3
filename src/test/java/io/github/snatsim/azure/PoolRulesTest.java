package io.github.snatsim.azure;

import static io.github.snatsim.azure.Traffic.DNS;
import static io.github.snatsim.azure.Traffic.OWN;
import static io.github.snatsim.azure.Traffic.PUBLIC;
import static io.github.snatsim.azure.Traffic.SECOND;
import static io.github.snatsim.azure.Traffic.WEB;
import static io.github.snatsim.azure.Traffic.ownIp;
import static io.github.snatsim.azure.Traffic.vms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.ReclaimedPart;
import io.github.snatsim.port.TierTable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules S7 and P5-P6 in a deployment: who counts in which pool, and whose flows a change ends. */
class PoolRulesTest {
    private static void assertBlock(Traffic traffic, String instance, IpAddress publicIp, int poolSize, int ports) {
        Outbound.Block block = traffic.gateway.explain(instance).blocks().stream()
                .filter(it -> it.publicIp().equals(publicIp))
                .findFirst()
                .orElseThrow();
        assertThat(block.poolSize()).isEqualTo(poolSize);
        assertThat(block.ports().size()).isEqualTo(ports);
    }

    private static List<Flow> flowsOf(Traffic traffic, String... instances) {
        List<IpAddress> addresses = List.of(instances).stream()
                .map(name -> traffic.gateway.deployment().instance(name).address())
                .toList();
        return traffic.gateway.table().flows().stream()
                .filter(flow -> addresses.contains(flow.tuple().source().address()))
                .toList();
    }

    @Test
    void s7_anInstanceWithItsOwnIpStillCountsBehindItsEndpoint() {
        // 51 are behind the endpoint, one of them with an IP of its own: all have 512 ports, not 1,024.
        Traffic traffic = Traffic.of(vms(51, "web").with(ownIp("vm-1")));

        assertBlock(traffic, "vm-1", PUBLIC, 51, 512);
        assertBlock(traffic, "vm-2", PUBLIC, 51, 512);
        assertThat(traffic.gateway.explain("vm-1").blocks()).allMatch(block -> !block.carries());
        assertThat(traffic.gateway.explain("vm-1").findings()).anyMatch(finding -> finding.contains("S7"));
    }

    @ParameterizedTest
    @EnumSource(EndpointDraw.class)
    void s7_withSeveralEndpointsEveryInstanceCountsOnEach(EndpointDraw draw) {
        // Two roles: 30 behind web and api, 40 behind api only: 30 of web have 1,024, 70 of api have 512.
        Deployment deployment = Deployment.of(
                Traffic.TWO_ENDPOINTS,
                ImmutableMap.of(
                        new Role("both", InstanceKind.VM, ImmutableList.of("web", "api")), 30,
                        new Role("one", InstanceKind.WEB_ROLE, ImmutableList.of("api")), 40));
        Traffic traffic = new Traffic(
                new DeploymentGateway(deployment, OutboundRules.classic().withDraw(draw), 3));

        assertBlock(traffic, "both-1", PUBLIC, 30, 1_024);
        assertBlock(traffic, "both-1", SECOND, 70, 512);
        assertBlock(traffic, "one-40", SECOND, 70, 512);
        assertThat(traffic.gateway.explain("one-40").blocks()).hasSize(1);
    }

    @Test
    void s7_thePoolOfTheSharedAddressIsAllWithoutTheOtherMethods() {
        // 52 instances, one gets an IP, one an endpoint: 50 are left, with 1,024 ports each.
        Traffic traffic = Traffic.of(vms(52));
        IpAddress shared = traffic.gateway.sharedAddress();
        assertBlock(traffic, "vm-52", shared, 52, 512);

        traffic.gateway.change(ownIp("vm-1"));
        assertBlock(traffic, "vm-52", shared, 51, 512);
        traffic.gateway.change(new DeploymentChange.AssignEndpoint("vm-2", "web"));
        assertBlock(traffic, "vm-52", shared, 50, 1_024);
        assertBlock(traffic, "vm-2", PUBLIC, 1, 1_024);
        assertThat(traffic.gateway.deployment().sharedPool())
                .extracting(RoleInstance::name)
                .doesNotContain("vm-1", "vm-2")
                .hasSize(50);
    }

    @Test
    void s7_assigningAnIpEndsTheInstancesFlowsAndNobodyElses() {
        Traffic traffic = Traffic.of(vms(3, "web"));
        for (String instance : List.of("vm-1", "vm-2", "vm-3")) {
            traffic.openMany(instance, 10, WEB);
            traffic.openMany(instance, 5, DNS);
        }
        traffic.send(Kind.RST, Side.INITIATOR, traffic.flow("vm-2", 1_024, WEB)); // in a hold, ends all the same
        List<Flow> others = flowsOf(traffic, "vm-1", "vm-3");

        DeploymentImpact impact = traffic.gateway.change(ownIp("vm-2"));

        assertThat(traffic.ends)
                .hasSize(15)
                .allMatch(end -> end.end() == FlowEnd.METHOD_CHANGED && end.timeNanos() == traffic.nowNanos);
        assertThat(impact.flowsMethodChanged()).isEqualTo(15);
        assertThat(traffic.gateway.table().flows()).isEqualTo(others);
        // late packets of an ended flow belong to nothing at the platform, but 1:1 NAT carries what comes
        assertThat(traffic.first(traffic.flow("vm-2", 1_024, WEB))).isEqualTo(new Verdict.Opened(1_024));
        assertThat(traffic.gateway.publicIpOf("vm-2")).contains(OWN);
    }

    @Test
    void s7_removingTheIpBringsTheEndpointBack() {
        Traffic traffic = Traffic.of(vms(3, "web").with(ownIp("vm-2")));
        traffic.openMany("vm-1", 10, WEB);
        traffic.openMany("vm-2", 10, WEB);
        List<Flow> others = flowsOf(traffic, "vm-1");

        traffic.gateway.change(new DeploymentChange.RemoveInstanceLevelIp("vm-2"));

        assertThat(traffic.ends).hasSize(10).allMatch(end -> end.end() == FlowEnd.METHOD_CHANGED);
        assertThat(traffic.gateway.table().flows()).isEqualTo(others);
        assertThat(traffic.send(Kind.PACKET, Side.INITIATOR, traffic.flow("vm-2", 1_024, WEB)))
                .isEqualTo(new Verdict.Dropped());
        // vm-2's block of the endpoint, the second 1,024, was there all along
        assertThat(traffic.first(traffic.flow("vm-2", 1_024, WEB))).isEqualTo(new Verdict.Opened(2_048));
        assertThat(traffic.gateway.publicIpOf("vm-2")).contains(PUBLIC);
    }

    @Test
    void s7_anotherIpInPlaceOfTheFirstEndsItsFlows() {
        Traffic traffic = Traffic.of(vms(2, "web").with(ownIp("vm-2")));
        traffic.openMany("vm-2", 4, WEB);
        IpAddress other = IpAddress.parse("198.51.100.8");

        traffic.gateway.change(new DeploymentChange.AssignInstanceLevelIp("vm-2", other));

        assertThat(traffic.ends).hasSize(4).allMatch(end -> end.end() == FlowEnd.METHOD_CHANGED);
        assertThat(traffic.gateway.publicIpOf("vm-2")).contains(other);
        // the first IP is free for another instance now
        traffic.gateway.change(ownIp("vm-1"));
        assertThat(traffic.gateway.publicIpOf("vm-1")).contains(OWN);
    }

    @Test
    void s7_theSameIpCannotBeAtTwoInstances() {
        Traffic traffic = Traffic.of(vms(2, "web").with(ownIp("vm-2")));
        Deployment before = traffic.gateway.deployment();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> traffic.gateway.change(ownIp("vm-1")))
                .withMessageContaining(OWN.toString())
                .withMessageContaining("twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traffic.gateway.change(new DeploymentChange.AssignInstanceLevelIp("vm-1", PUBLIC)))
                .withMessageContaining(PUBLIC.toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traffic.gateway.change(
                        new DeploymentChange.AssignInstanceLevelIp("vm-1", IpAddress.parse("10.1.1.1"))))
                .withMessageContaining("private");
        assertThat(traffic.gateway.deployment()).isEqualTo(before);
    }

    @Test
    void s7_assigningAndRemovingAnEndpointChangesTheMethodBothWays() {
        Traffic traffic = Traffic.of(vms(3));
        traffic.openMany("vm-1", 3, WEB);
        traffic.openMany("vm-2", 4, WEB);
        List<Flow> others = flowsOf(traffic, "vm-1");

        traffic.gateway.change(new DeploymentChange.AssignEndpoint("vm-2", "web"));
        assertThat(traffic.ends).hasSize(4).allMatch(end -> end.end() == FlowEnd.METHOD_CHANGED);
        assertThat(traffic.gateway.table().flows()).isEqualTo(others);
        assertThat(traffic.first(traffic.flow("vm-2", 1_024, WEB))).isEqualTo(new Verdict.Opened(1_024));

        traffic.ends.clear();
        traffic.gateway.change(new DeploymentChange.RemoveEndpoint("vm-2", "web"));
        assertThat(traffic.ends).hasSize(1).allMatch(end -> end.end() == FlowEnd.METHOD_CHANGED);
        assertThat(traffic.gateway.table().flows()).isEqualTo(others);
        assertThat(traffic.gateway.publicIpOf("vm-2")).contains(traffic.gateway.sharedAddress());
    }

    @Test
    void s7_anEndpointOfARoleConcernsAllItsInstancesAndThoseThatJoin() {
        Deployment deployment = Deployment.of(
                Traffic.TWO_ENDPOINTS,
                ImmutableMap.of(
                        new Role("a", InstanceKind.WEB_ROLE, ImmutableList.of()), 2,
                        new Role("b", InstanceKind.VM, ImmutableList.of()), 2));
        Traffic traffic = Traffic.of(deployment);
        for (String instance : List.of("a-1", "a-2", "b-1", "b-2")) {
            traffic.openMany(instance, 2, WEB);
        }
        List<Flow> others = flowsOf(traffic, "b-1", "b-2");

        traffic.gateway.change(new DeploymentChange.AssignEndpoint("a", "api"));
        traffic.gateway.change(new DeploymentChange.ScaleOut("a", 1));

        assertThat(traffic.gateway.table().flows()).isEqualTo(others);
        assertThat(List.of("a-1", "a-2", "a-3"))
                .allMatch(name -> traffic.gateway.explain(name).method() == OutboundMethod.PUBLIC_ENDPOINT);
        assertThat(traffic.gateway.explain("b-1").method()).isEqualTo(OutboundMethod.SHARED_ADDRESS);
    }

    @Test
    void s7_anEndpointForAnInstanceWithItsOwnIpTouchesNoFlow() {
        // Method 1 carries its flows before and after: nothing of theirs changes, only the pool.
        Traffic traffic = Traffic.of(vms(2).with(ownIp("vm-1")));
        traffic.openMany("vm-1", 5, WEB);
        traffic.openMany("vm-2", 5, WEB);

        DeploymentImpact impact = traffic.gateway.change(new DeploymentChange.AssignEndpoint("vm-1", "web"));

        assertThat(traffic.ends).isEmpty();
        assertThat(impact.flowsMethodChanged()).isZero();
        assertBlock(traffic, "vm-1", PUBLIC, 1, 1_024);
        traffic.send(Kind.RST, Side.INITIATOR, traffic.flow("vm-1", 1_024, WEB));
        assertThat(traffic.ends).extracting(Traffic.Ended::end).containsExactly(FlowEnd.RST);
    }

    @Test
    void p6_theFlowsOfARemovedInstanceEndWhateverItsMethod() {
        Traffic traffic =
                Traffic.of(vms(4, "web").with(ownIp("vm-2")).with(new DeploymentChange.RemoveEndpoint("vm-3", "web")));
        for (int i = 1; i <= 4; i++) {
            traffic.openMany("vm-" + i, i, WEB);
        }
        for (int i = 1; i <= 3; i++) {
            traffic.ends.clear();
            DeploymentImpact impact = traffic.gateway.change(new DeploymentChange.RemoveInstance("vm-" + i));
            assertThat(traffic.ends).hasSize(i).allMatch(end -> end.end() == FlowEnd.INSTANCE_REMOVED);
            assertThat(impact.flowsRemoved()).isEqualTo(i);
            assertThat(impact.flowsMethodChanged()).isZero();
        }
        assertThat(traffic.gateway.table().size()).isEqualTo(4);
    }

    @Test
    void p6_anInstanceThatComesBackAtAnAddressBeginsAnew() {
        // vm-2 of method 1 goes, vm-2 of method 2 gets its address.
        Traffic traffic = Traffic.of(vms(2, "web").with(ownIp("vm-2")));
        traffic.openMany("vm-2", 5, WEB);
        IpAddress address = traffic.gateway.deployment().instance("vm-2").address();
        traffic.gateway.change(new DeploymentChange.ScaleIn("vm", 1));
        traffic.gateway.change(new DeploymentChange.ScaleOut("vm", 1));

        assertThat(traffic.gateway.deployment().instance("vm-2").address()).isEqualTo(address);
        assertThat(traffic.gateway.table().size()).isZero();
        assertThat(traffic.gateway.explain("vm-2").blocks().get(0).portsUsedTcp())
                .isZero();
        assertThat(traffic.send(Kind.PACKET, Side.RESPONDER, traffic.flow("vm-2", 1_024, WEB)))
                .as("of a flow that its predecessor had")
                .isEqualTo(new Verdict.Dropped());
        assertThat(traffic.first(traffic.flow("vm-2", 1_024, WEB))).isEqualTo(new Verdict.Opened(2_048));
        traffic.pass(240);
        assertThat(traffic.ends).extracting(Traffic.Ended::end).endsWith(FlowEnd.INSTANCE_REMOVED, FlowEnd.IDLE);
    }

    /**
     * K J: 50 instances have 1,024 ports, 51 have 512. With 800 flows each to one destination, on the lowest 800 ports, the
     * upper half takes 800 - 512 = 288 of each, 50 x 288 = 14,400; any reading 288 to 512 each, so 14,400 to 25,600.
     */
    @ParameterizedTest
    @EnumSource(ReclaimedPart.class)
    void p5_p9_from50To51WithLongFlowsAndBack(ReclaimedPart part) {
        AllocationRules allocation = AllocationRules.classic().withReclaimedPart(part, 5);
        OutboundRules classic = OutboundRules.classic();
        OutboundRules rules = classic.withProfile(classic.profile().withAllocation(allocation));
        Traffic traffic = new Traffic(new DeploymentGateway(vms(50, "web"), rules, 1));
        for (int i = 1; i <= 50; i++) {
            traffic.openMany("vm-" + i, 800, WEB);
        }
        assertThat(totalPorts(traffic)).isEqualTo(51_200);
        DeploymentChange up = new DeploymentChange.ScaleOut("vm", 1);
        List<Flow> before = traffic.gateway.table().flows();

        DeploymentImpact foretold = traffic.gateway.whatIf(up);
        assertThat(traffic.gateway.table().flows()).isEqualTo(before);
        assertThat(totalPorts(traffic)).isEqualTo(51_200);
        assertThat(traffic.ends).isEmpty();
        assertThat(traffic.gateway.whatIf(up)).isEqualTo(foretold);
        assertThat(traffic.gateway.change(up)).isEqualTo(foretold);

        assertThat(foretold.flowsCutMin()).isEqualTo(14_400);
        assertThat(foretold.flowsCutMax()).isEqualTo(25_600);
        assertThat(traffic.ends).hasSize((int) foretold.flowsCut()).allMatch(end -> end.end() == FlowEnd.RECLAIMED);
        switch (part) {
            case UPPER -> assertThat(foretold.flowsCut()).isEqualTo(14_400);
            case LOWER -> assertThat(foretold.flowsCut()).isEqualTo(25_600);
            case RANDOM -> assertThat(foretold.flowsCut()).isBetween(14_401L, 25_599L);
        }
        assertThat(totalPorts(traffic)).isEqualTo(26_112);
        assertThat(traffic.gateway.table().size()).isEqualTo(40_000 - (int) foretold.flowsCut());

        traffic.ends.clear();
        DeploymentChange down = new DeploymentChange.ScaleIn("vm", 1);
        DeploymentImpact foretoldDown = traffic.gateway.whatIf(down);
        assertThat(traffic.gateway.change(down)).isEqualTo(foretoldDown);
        assertThat(foretoldDown.flowsCut() + foretoldDown.flowsRemoved()).isZero();
        assertThat(traffic.ends).isEmpty();
        assertThat(totalPorts(traffic)).isEqualTo(51_200);
    }

    private static int totalPorts(Traffic traffic) {
        return traffic.gateway.deployment().instances().stream()
                .flatMap(instance -> traffic.gateway.explain(instance.name()).blocks().stream())
                .mapToInt(block -> block.ports().size())
                .sum();
    }

    @Test
    void p8_25InstancesAtTwiceTheirSizeLoseNothing() {
        // reported as 50: still 1,024
        Traffic traffic = redeploying(25, "2");
        assertThat(traffic.ends).isEmpty();
        assertBlock(traffic, "vm-1", PUBLIC, 25, 1_024);
        assertThat(traffic.open("vm-1", 60_000, DNS)).isEqualTo(Outcome.OPENED);
    }

    @Test
    void p8_26InstancesAtTwiceTheirSizeLoseHalf() {
        // reported as 52: 512; all 1,024 flows of each were on all ports, so half of 26 x 1,024 go
        Traffic traffic = redeploying(26, "2");
        assertThat(traffic.ends).hasSize(26 * 512).allMatch(end -> end.end() == FlowEnd.RECLAIMED);
        assertBlock(traffic, "vm-1", PUBLIC, 26, 512);

        DeploymentImpact over = traffic.gateway.redeployed();
        assertThat(over.flowsCut() + over.flowsRemoved() + over.flowsMethodChanged())
                .isZero();
        assertThat(traffic.ends).as("P6: nothing is lost when it ends").hasSize(26 * 512);
        assertBlock(traffic, "vm-1", PUBLIC, 26, 1_024);
        assertThat(traffic.gateway.deployment().isRedeploying()).isFalse();
    }

    /** Redeploys while each instance has as many flows as ports, all to one destination. */
    private static Traffic redeploying(int instances, String factor) {
        Traffic traffic = Traffic.of(vms(instances, "web"));
        for (int i = 1; i <= instances; i++) {
            traffic.openMany("vm-" + i, 1_024, WEB);
        }
        traffic.gateway.change(redeploy(factor));
        return traffic;
    }

    private static DeploymentChange.Redeploy redeploy(String factor) {
        return new DeploymentChange.Redeploy(new BigDecimal(factor), Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({
        // classic table: 401-800 take the Resource Manager rows
        "classic, 300, 2, 600, 64",
        "classic, 400, 2, 800, 64",
        "classic, 200, 2, 400, 128",
        "classic, 201, 2, 402, 64",
        // 1.1 x 50 is 55 exactly; in binary it would be a little more, and 56
        "classic, 50, 1.1, 55, 512",
        "classic, 50, 1.10, 55, 512",
        // a part of an instance counts as one: 47 x 1.07 = 50.29
        "classic, 47, 1.07, 51, 512",
        "classic, 0, 2, 0, 0",
        // 64,512 / 32 = 2,016 instances fit; beyond 1,000 the last row
        "resource-manager, 500, 2, 1000, 32",
        "resource-manager, 501, 2, 1002, 32",
        "resource-manager, 1000, 2, 2000, 32",
    })
    void p8_portsFollowTheReportedSize(String table, int instances, String factor, int reported, int ports) {
        OutboundRules classic = OutboundRules.classic();
        AllocationRules allocation =
                table.equals("classic") ? AllocationRules.classic() : AllocationRules.of(TierTable.resourceManager());
        OutboundRules rules = classic.withProfile(classic.profile().withAllocation(allocation));
        DeploymentGateway gateway = new DeploymentGateway(vms(instances, "web"), rules, 1);
        Map<String, Object> before = allPorts(gateway);

        gateway.change(redeploy(factor));
        assertThat(gateway.deployment().reportedSize(instances)).isEqualTo(reported);
        assertThat(gateway.deployment().instances()).allSatisfy(instance -> {
            Outbound.Block block = gateway.explain(instance.name()).blocks().get(0);
            assertThat(block.reportedSize()).isEqualTo(reported);
            assertThat(block.ports().size()).isEqualTo(ports);
        });

        gateway.redeployed();
        assertThat(allPorts(gateway)).as("invariant 5").isEqualTo(before);
    }

    private static Map<String, Object> allPorts(DeploymentGateway gateway) {
        return gateway.deployment().instances().stream()
                .collect(Collectors.toMap(
                        RoleInstance::name,
                        instance ->
                                gateway.explain(instance.name()).blocks().get(0).ports()));
    }

    @Test
    void p8_thePoolScalesDuringARedeployment() {
        Traffic traffic = Traffic.of(vms(26, "web"));
        traffic.gateway.change(redeploy("2"));
        assertBlock(traffic, "vm-1", PUBLIC, 26, 512);
        traffic.gateway.change(new DeploymentChange.ScaleIn("vm", 1)); // 25, reported as 50
        assertBlock(traffic, "vm-1", PUBLIC, 25, 1_024);
        traffic.gateway.change(new DeploymentChange.ScaleOut("vm", 26)); // 51, reported as 102
        assertBlock(traffic, "vm-1", PUBLIC, 51, 256);
        traffic.gateway.redeployed(); // 51, reported as 51
        assertBlock(traffic, "vm-51", PUBLIC, 51, 512);
        traffic.gateway.change(new DeploymentChange.ScaleIn("vm", 25));
        assertBlock(traffic, "vm-1", PUBLIC, 26, 1_024);
    }

    @Test
    void p8_aPoolOf400CanBeRedeployedButNotGrow() {
        Traffic traffic = Traffic.of(vms(400, "web"));
        traffic.gateway.change(redeploy("2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traffic.gateway.change(new DeploymentChange.ScaleOut("vm", 1)))
                .withMessageContaining("1-400");
        assertBlock(traffic, "vm-400", PUBLIC, 400, 64);
    }

    @Test
    void p8_aRedeploymentWithinARedeploymentIsRefused() {
        Traffic traffic = redeploying(26, "2");
        Deployment before = traffic.gateway.deployment();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traffic.gateway.change(redeploy("1.5")))
                .withMessageContaining("goes on already");
        assertThat(traffic.gateway.deployment()).isEqualTo(before);
        traffic.gateway.redeployed();
        traffic.gateway.change(redeploy("1.5")); // 39: 1,024
        assertBlock(traffic, "vm-1", PUBLIC, 26, 1_024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0.9", "0", "-2", "2.0000001", "3"})
    void p8_aFactorIsAbove1AndUpTo2(String factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> redeploy(factor))
                .withMessageContaining("above 1, up to 2");
    }

    @Test
    void p8_everyPoolIsReportedLarger() {
        // 26 behind the endpoint and 26 that share the address: both halve
        Deployment deployment = Deployment.of(
                Traffic.TWO_ENDPOINTS,
                ImmutableMap.of(
                        new Role("a", InstanceKind.VM, ImmutableList.of("web")), 26,
                        new Role("b", InstanceKind.VM, ImmutableList.of()), 26));
        Traffic traffic = Traffic.of(deployment);
        DeploymentImpact impact = traffic.gateway.change(redeploy("2"));
        assertThat(impact.pools()).hasSize(2);
        assertBlock(traffic, "a-1", PUBLIC, 26, 512);
        assertBlock(traffic, "b-1", traffic.gateway.sharedAddress(), 26, 512);
    }
}
