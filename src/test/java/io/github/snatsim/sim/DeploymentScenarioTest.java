package io.github.snatsim.sim;

import static io.github.snatsim.sim.Scenarios.HOUR;
import static io.github.snatsim.sim.Scenarios.TO_DATABASE;
import static io.github.snatsim.sim.Scenarios.ms;
import static io.github.snatsim.sim.Scenarios.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.InstanceKind;
import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.azure.Role;
import io.github.snatsim.azure.RoleInstance;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Workload;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Scenarios of deployments: what happens when, what is asked, and what the scale events say (S5, S7, P5-P8). */
class DeploymentScenarioTest {
    private static final IpAddress PUBLIC = IpAddress.parse("203.0.113.10");
    private static final IpAddress OWN = IpAddress.parse("198.51.100.7");
    private static final Destination RESOLVER = ScheduledAction.AskPublicIp.OPEN_DNS;

    /** So many requests at one time on each instance, each with a connection that takes so long. */
    private static Client burst(String name, int size, Duration at, Destinations to, Duration lifetime) {
        return Client.of(name, new Arrivals.Recorded(ImmutableList.copyOf(Collections.nCopies(size, at))), to)
                .withLifetime(Distribution.fixed(lifetime));
    }

    private static final Client ONE = burst("one", 1, ms(0), TO_DATABASE, seconds(1));

    private static Deployment vms(int count) {
        return Deployment.behindOneEndpoint(count, PUBLIC);
    }

    private static Scenario scenario(Deployment deployment, Duration duration, Client... clients) {
        return Scenario.of(DeploymentSetup.of(deployment), Workload.of(clients), duration);
    }

    private static ScheduledAction.Change at(long seconds, DeploymentChange change) {
        return new ScheduledAction.Change(seconds(seconds), change);
    }

    private static ScheduledAction.AskPublicIp ask(long seconds, String instance) {
        return new ScheduledAction.AskPublicIp(seconds(seconds), instance, RESOLVER);
    }

    private static DeploymentChange.Redeploy redeploy(String factor, Duration duration) {
        return new DeploymentChange.Redeploy(new BigDecimal(factor), duration);
    }

    @Test
    void s5_anEchoQueryTakesAUdpPortAndIsAnsweredWithThePublicIp() {
        Client never = burst("never", 1, HOUR.multipliedBy(2), TO_DATABASE, seconds(1));
        SimulationResult result =
                ScenarioRun.run(scenario(vms(1), seconds(100), never).withActions(ask(10, "vm-1"), ask(20, "vm-1")));

        assertThat(result.probes()).hasSize(2).allSatisfy(probe -> {
            assertThat(probe.outcome()).isEqualTo(Outcome.OPENED);
            assertThat(probe.publicIp()).contains(PUBLIC);
            assertThat(probe.protocol()).isEqualTo(IpProtocol.UDP);
        });
        // two flows to one destination: two ports, until 240 s after their last packet
        assertThat(result.metrics().opened()).isEqualTo(2);
        assertThat(result.metrics().portsInUse().total()).isEqualTo(2);
    }

    @Test
    void s5_eachMethodAnswersWithItsOwnIp() {
        Deployment deployment = vms(3).with(new DeploymentChange.RemoveEndpoint("vm-3", "public"));
        Scenario scenario = scenario(deployment, seconds(100), ONE)
                .withActions(
                        ask(10, "vm-1"),
                        at(20, new DeploymentChange.AssignInstanceLevelIp("vm-1", OWN)),
                        ask(20, "vm-1"),
                        ask(20, "vm-3"));
        ScenarioRun run = new ScenarioRun(scenario);

        IpAddress shared = run.deployment().orElseThrow().sharedAddress();
        assertThat(run.run().probes())
                .extracting(ProbeResult::publicIp)
                .containsExactly(Optional.of(PUBLIC), Optional.of(OWN), Optional.of(shared));
    }

    @Test
    void s5_anEchoQueryFailsWhenUdpPortsAreOut() {
        // 1,024 UDP flows to the resolver take all ports; they idle out 240 s after the datagrams that end them at 1 s.
        Client queries = burst("queries", 1_024, ms(0), Destinations.one(RESOLVER), seconds(1));
        SimulationResult result = ScenarioRun.run(scenario(vms(1), seconds(300), queries)
                .withActions(ask(10, "vm-1"), ask(240, "vm-1"), ask(241, "vm-1")));

        assertThat(result.probes())
                .extracting(ProbeResult::outcome)
                .containsExactly(Outcome.NO_FREE_PORT, Outcome.NO_FREE_PORT, Outcome.OPENED);
        assertThat(result.probes())
                .extracting(ProbeResult::publicIp)
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of(PUBLIC));
        assertThat(result.metrics().refusedByReason()).isEqualTo(ImmutableMap.of(Outcome.NO_FREE_PORT, 2L));
    }

    @Test
    void s5_tcpFlowsLeaveUdpPortsAlone() {
        Client tcp =
                burst("tcp", 1_024, ms(0), Destinations.one(Destination.parse("tcp 208.67.222.222:53")), seconds(50));
        assertThat(ScenarioRun.run(scenario(vms(1), seconds(100), tcp).withActions(ask(10, "vm-1")))
                        .probes())
                .extracting(ProbeResult::outcome)
                .containsExactly(Outcome.OPENED);
    }

    @Test
    void s5_t8_aResolverThatNeedsNoSnatSeesNoPublicIp() {
        ScheduledAction.AskPublicIp inside =
                new ScheduledAction.AskPublicIp(seconds(10), "vm-1", Destination.parse("udp 10.9.9.9:53"));
        SimulationResult result =
                ScenarioRun.run(scenario(vms(1), seconds(100), ONE).withActions(inside));

        assertThat(result.probes()).extracting(ProbeResult::outcome).containsExactly(Outcome.UNTRANSLATED);
        assertThat(result.probes()).extracting(ProbeResult::publicIp).containsExactly(Optional.empty());
    }

    @Test
    void s4_aPingIsCarriedByMethod1OnlyAndCountedElse() {
        Deployment deployment = vms(2).with(new DeploymentChange.AssignInstanceLevelIp("vm-1", OWN));
        IpAddress to = IpAddress.parse("203.0.113.7");
        SimulationResult result = ScenarioRun.run(scenario(deployment, seconds(100), ONE)
                .withActions(
                        new ScheduledAction.Ping(seconds(5), "vm-1", IpProtocol.ICMP, to),
                        new ScheduledAction.Ping(seconds(5), "vm-2", IpProtocol.ESP, to)));

        assertThat(result.probes())
                .extracting(ProbeResult::outcome)
                .containsExactly(Outcome.UNTRANSLATED, Outcome.PROTOCOL_NOT_CARRIED);
        assertThat(result.probes())
                .extracting(ProbeResult::publicIp)
                .containsExactly(Optional.of(OWN), Optional.empty());
        assertThat(result.metrics().refusedByReason()).isEqualTo(ImmutableMap.of(Outcome.PROTOCOL_NOT_CARRIED, 1L));
    }

    @Test
    void p8_aRedeploymentEndsByItself() {
        // 26 reported as 52: 512 ports from 10 s to 70 s; 600 flows each on the lowest 600 ports, so 26 x 88 are cut.
        Client longFlows = burst("long", 600, ms(0), TO_DATABASE, seconds(200));
        ScenarioRun run = new ScenarioRun(
                scenario(vms(26), seconds(100), longFlows).withActions(at(10, redeploy("2", seconds(60)))));

        run.advanceTo(seconds(69));
        assertThat(run.deployment().orElseThrow().deployment().isRedeploying()).isTrue();
        ImmutableList<ScaleEvent> events = run.run().scaleEvents();

        assertThat(run.deployment().orElseThrow().deployment().isRedeploying()).isFalse();
        assertThat(events)
                .extracting(event -> List.of(
                        event.timeNanos(),
                        event.instancesBefore(),
                        event.instancesAfter(),
                        event.portsBefore(),
                        event.portsAfter(),
                        event.flowsCut()))
                .containsExactly(
                        List.of(seconds(10).toNanos(), 26, 52, 1_024, 512, 26 * 88L),
                        List.of(seconds(70).toNanos(), 52, 26, 512, 1_024, 0L));
    }

    @Test
    void p8_r6_theEndOfARedeploymentComesLastAtItsInstant() {
        // The scale-out of that instant still meets pools that are reported twice as large: 26 to 27, 52 to 54.
        ImmutableList<ScaleEvent> events = ScenarioRun.run(scenario(vms(26), seconds(100), ONE)
                        .withActions(
                                at(70, new DeploymentChange.ScaleOut("vm", 1)), at(10, redeploy("2", seconds(60)))))
                .scaleEvents();

        assertThat(events)
                .extracting(event -> List.of(event.instancesBefore(), event.instancesAfter()))
                .containsExactly(List.of(26, 52), List.of(52, 54), List.of(54, 27));
    }

    @Test
    void p8_aRedeploymentCanOutliveTheRun() {
        Scenario scenario = scenario(vms(26), seconds(100), ONE);
        ScenarioRun run = new ScenarioRun(scenario.withActions(at(100, redeploy("2", Duration.ofDays(36_525)))));
        assertThat(run.run().scaleEvents()).hasSize(1);
        assertThat(run.deployment().orElseThrow().deployment().isRedeploying()).isTrue();
    }

    @Test
    void p8_aRedeploymentWhoseEndIsNoTimeIsRefused() {
        for (Duration duration : List.of(
                Duration.ZERO, ms(-1), Duration.ofDays(36_525).plusNanos(1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> redeploy("2", duration))
                    .withMessageContaining(duration.toString())
                    .withMessageContaining("up to 100 years");
        }
    }

    @Test
    void p8_theEndOfARedeploymentCountsTheInstancesThatThereAre() {
        // No pool has members, so the event speaks of the deployment: one instance, after the other has gone.
        Deployment deployment = new Deployment(
                ImmutableList.of(),
                ImmutableList.of(new Role("vm", InstanceKind.VM, ImmutableList.of())),
                ImmutableList.of(own(1), own(2)),
                BigDecimal.ONE);
        ImmutableList<ScaleEvent> events = ScenarioRun.run(scenario(deployment, seconds(100), ONE)
                        .withActions(
                                at(10, redeploy("2", seconds(60))),
                                at(20, new DeploymentChange.RemoveInstance("vm-1"))))
                .scaleEvents();

        assertThat(events)
                .extracting(event -> List.of(event.instancesBefore(), event.instancesAfter()))
                .containsExactly(List.of(2, 2), List.of(2, 1), List.of(1, 1));
    }

    private static RoleInstance own(int number) {
        return new RoleInstance(
                "vm-" + number,
                "vm",
                InstanceKind.VM,
                IpAddress.ofIpv4(0x0a000003 + number),
                ImmutableList.of(),
                Optional.of(IpAddress.ofIpv4(OWN.ipv4Bits() + number)));
    }

    @Test
    void s7_aScaleEventTellsOfFlowsThatAnotherMethodOrALeavingInstanceCost() {
        // 7 flows of each; vm-1 gets an IP, opens 7 more at 20 s, and leaves.
        Client first = burst("first", 7, ms(0), TO_DATABASE, seconds(200));
        Client second = burst("second", 7, seconds(20), TO_DATABASE, seconds(200));
        ImmutableList<ScaleEvent> events = ScenarioRun.run(scenario(vms(2), seconds(100), first, second)
                        .withActions(
                                at(10, new DeploymentChange.AssignInstanceLevelIp("vm-1", OWN)),
                                at(30, new DeploymentChange.RemoveInstance("vm-1"))))
                .scaleEvents();

        assertThat(events.stream()
                        .flatMap(event -> event.instances().stream())
                        .filter(loss -> loss.flowsMethodChanged() > 0))
                .as("vm-1, by its own row")
                .singleElement()
                .satisfies(loss -> {
                    assertThat(loss.flowsMethodChanged()).isEqualTo(7);
                    assertThat(loss.flowsRemoved()).isZero();
                });
        assertThat(events.stream().mapToLong(ScaleEvent::flowsMethodChanged).sum())
                .isEqualTo(7);
        assertThat(events.stream().mapToLong(ScaleEvent::flowsRemoved).sum()).isEqualTo(7);
        assertThat(events.stream().mapToLong(ScaleEvent::flowsCut).sum()).isZero();
    }

    @Test
    void s7_rolesRunTheirOwnClientsAndNewcomersToo() {
        Deployment deployment = Deployment.of(
                ImmutableList.of(),
                ImmutableMap.of(
                        new Role("a", InstanceKind.VM, ImmutableList.of()), 1,
                        new Role("b", InstanceKind.WORKER_ROLE, ImmutableList.of()), 1));
        Client forA = burst("for-a", 1, ms(0), TO_DATABASE, seconds(1)).withClose(Close.NONE);
        Client forB = burst("for-b", 10, ms(0), TO_DATABASE, seconds(1));
        DeploymentSetup setup = new DeploymentSetup(
                deployment,
                OutboundRules.classic(),
                ImmutableMap.of("a", ImmutableSet.of("for-a"), "b", ImmutableSet.of("for-b")));
        Scenario scenario = Scenario.of(setup, Workload.of(forA, forB), seconds(100))
                .withActions(at(10, new DeploymentChange.ScaleOut("b", 2)));

        SimulationResult result = ScenarioRun.run(scenario);
        assertThat(result.clients()).extracting(ClientResult::requests).containsExactly(1L, 30L);
        assertThat(result.metrics().ends()).doesNotContainKey(FlowEnd.METHOD_CHANGED);
    }
}
