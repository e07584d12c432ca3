package io.github.snatsim.sim;

import static io.github.snatsim.sim.Scenarios.TO_DATABASE;
import static io.github.snatsim.sim.Scenarios.ms;
import static io.github.snatsim.sim.Scenarios.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.DeploymentChange.AddInstance;
import io.github.snatsim.azure.DeploymentChange.AssignEndpoint;
import io.github.snatsim.azure.DeploymentChange.AssignInstanceLevelIp;
import io.github.snatsim.azure.DeploymentChange.Redeploy;
import io.github.snatsim.azure.DeploymentChange.RemoveEndpoint;
import io.github.snatsim.azure.DeploymentChange.RemoveInstance;
import io.github.snatsim.azure.DeploymentChange.RemoveInstanceLevelIp;
import io.github.snatsim.azure.DeploymentChange.ScaleIn;
import io.github.snatsim.azure.DeploymentChange.ScaleOut;
import io.github.snatsim.azure.EndpointDraw;
import io.github.snatsim.azure.InstanceKind;
import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.azure.PublicEndpoint;
import io.github.snatsim.azure.Role;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.port.TierTable.Tier;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import io.github.snatsim.workload.Workload;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a scenario cannot do is refused before it runs, with the time and the reason; what is accepted runs. */
class ScheduledChecksTest {
    private static final Client WEB = Client.of("web", new Arrivals.Even(Rate.perSecond(1)), TO_DATABASE);
    private static final Duration LENGTH = seconds(100);

    /** Three VMs behind the endpoint web, and two worker role instances that share an address. */
    private static Deployment deployment() {
        return Deployment.of(
                ImmutableList.of(
                        new PublicEndpoint("web", IpAddress.parse("203.0.113.10")),
                        new PublicEndpoint("api", IpAddress.parse("203.0.113.11"))),
                ImmutableMap.of(
                        new Role("vm", InstanceKind.VM, ImmutableList.of("web")), 3,
                        new Role("job", InstanceKind.WORKER_ROLE, ImmutableList.of()), 2));
    }

    private static Scenario scenario() {
        return Scenario.of(DeploymentSetup.of(deployment()), Workload.of(WEB), LENGTH);
    }

    private static ScheduledAction.Change at(long seconds, DeploymentChange change) {
        return new ScheduledAction.Change(seconds(seconds), change);
    }

    private static Redeploy redeploy(long seconds) {
        return new Redeploy(BigDecimal.valueOf(2), seconds(seconds));
    }

    private static AssignInstanceLevelIp assign(String instance, String publicIp) {
        return new AssignInstanceLevelIp(instance, IpAddress.parse(publicIp));
    }

    private static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of(new ScaleOut("none", 1), "there is no role none: expected one of vm, job"),
                Arguments.of(new ScaleOut("vm", 0), "by 0 instances: expected at least 1"),
                Arguments.of(new ScaleOut("vm", -1), "by -1 instances: expected at least 1"),
                Arguments.of(new ScaleOut("vm", 398), "a pool of 401 instances: expected 1-400"),
                Arguments.of(new ScaleOut("job", 399), "a pool of 401 instances: expected 1-400"),
                Arguments.of(new ScaleOut("job", Integer.MAX_VALUE), "expected at most 65532"),
                Arguments.of(new ScaleIn("vm", 4), "scale-in of role vm by 4: expected at most 3"),
                Arguments.of(new ScaleIn("none", 1), "there is no role none"),
                Arguments.of(new ScaleIn("job", 0), "by 0 instances: expected at least 1"),
                Arguments.of(new AddInstance("none", "x"), "there is no role none"),
                Arguments.of(new AddInstance("vm", "vm-1"), "vm-1 stands twice"),
                Arguments.of(new AddInstance("vm", "job"), "job stands twice"),
                Arguments.of(new AddInstance("vm", " "), "an instance needs a name"),
                Arguments.of(new RemoveInstance("vm-4"), "there is no instance vm-4: expected one of vm-1, vm-2"),
                Arguments.of(assign("vm-4", "198.51.100.7"), "there is no instance vm-4"),
                Arguments.of(assign("job-1", "198.51.100.7"), "job-1 is a worker role and cannot have"),
                Arguments.of(assign("vm-1", "203.0.113.10"), "the public IP 203.0.113.10 stands twice"),
                Arguments.of(assign("vm-1", "192.168.1.1"), "192.168.1.1 is in private address space"),
                Arguments.of(assign("vm-1", "192.0.2.77"), "192.0.2.77 is of 192.0.2.0/24"),
                Arguments.of(new RemoveInstanceLevelIp("vm-1"), "vm-1 has no instance-level IP to remove"),
                Arguments.of(new AssignEndpoint("vm-1", "web"), "vm-1 is behind the endpoint web already"),
                Arguments.of(new AssignEndpoint("vm-1", "none"), "there is no endpoint none: expected one of web, api"),
                Arguments.of(new AssignEndpoint("none", "api"), "there is no instance none"),
                Arguments.of(new RemoveEndpoint("job", "web"), "job is not behind the endpoint web"));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void p2_p5_s4_s7_anImpossibleChangeIsRefusedWithTimeAndReason(DeploymentChange change, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenario().withActions(at(30, redeploy(10)), at(42, change)))
                .withMessageContaining("action at PT42S: ")
                .withMessageContaining(reason);
    }

    private static Stream<Arguments> otherImpossible() {
        ScheduledAction.Ping ping =
                new ScheduledAction.Ping(seconds(42), "vm-9", IpProtocol.ICMP, IpAddress.parse("203.0.113.7"));
        return Stream.of(
                Arguments.of(ping, "there is no instance vm-9"),
                Arguments.of(
                        new ScheduledAction.AskPublicIp(seconds(42), "vm-9", ScheduledAction.AskPublicIp.OPEN_DNS),
                        "there is no instance vm-9"),
                Arguments.of(new ScheduledAction.Resize(seconds(42), 3), "a deployment has roles"),
                Arguments.of(new ScheduledAction.StopClient(seconds(42), "none"), "unknown client none"),
                Arguments.of(
                        new ScheduledAction.ChangeArrivals(seconds(42), "none", new Arrivals.Even(Rate.perSecond(1))),
                        "unknown client none"));
    }

    @ParameterizedTest
    @MethodSource("otherImpossible")
    void anyOtherImpossibleActionIsRefusedWithTimeAndReason(ScheduledAction action, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenario().withActions(action))
                .withMessageContaining("action at PT42S")
                .withMessageContaining(reason);
    }

    @Test
    void anActionOutsideTheRunIsRefused() {
        for (Duration time : List.of(ms(-1), LENGTH.plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scenario().withActions(new ScheduledAction.Change(time, new ScaleOut("vm", 1))))
                    .withMessageContaining("action at " + time);
        }
        assertThat(scenario()
                        .withActions(at(0, new ScaleOut("vm", 1)), at(100, new ScaleOut("vm", 1)))
                        .actions())
                .hasSize(2);
    }

    @Test
    void actionsForDeploymentsNeedOneAndNumbersOfInstancesAPool() {
        Scenario pool = Scenario.of(SnatSetup.pool(), 3, Workload.of(WEB), LENGTH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.withActions(at(42, new ScaleOut("vm", 1))))
                .withMessageContaining("action at PT42S")
                .withMessageContaining("for deployments");
        for (int instances : new int[] {0, -1, 401, 65_533}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pool.withActions(new ScheduledAction.Resize(seconds(42), instances)))
                    .withMessageContaining("action at PT42S")
                    .withMessageContaining("" + instances)
                    .withMessageContaining("expected 1-");
        }
    }

    @Test
    void aResizeBehindTheHighestAddressIsRefusedBeforeTheRun() {
        // Of two addresses before the last one: a third instance gets it, for a fourth there is none.
        Scenario pool = new Scenario(
                SnatSetup.pool(),
                ImmutableList.of(IpAddress.parse("255.255.255.253"), IpAddress.parse("255.255.255.254")),
                Workload.of(WEB),
                ImmutableList.of(),
                LENGTH,
                Duration.ZERO,
                1);
        assertThatCode(() -> new ScenarioRun(pool.withActions(new ScheduledAction.Resize(seconds(42), 3))).run())
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.withActions(new ScheduledAction.Resize(seconds(42), 4)))
                .withMessageContaining("action at PT42S")
                .withMessageContaining("no addresses are left behind 255.255.255.254");
        // back to one, the highest is 255.255.255.253 again
        assertThatCode(() -> new ScenarioRun(pool.withActions(
                                new ScheduledAction.Resize(seconds(50), 3), new ScheduledAction.Resize(seconds(42), 1)))
                        .run())
                .doesNotThrowAnyException();
    }

    @Test
    void actionsAreCheckedInTheOrderOfTheirTimes() {
        // Given backwards: vm-4 joins at 10 s, is asked at 20 s and goes at 30 s.
        ScheduledAction.AskPublicIp ask =
                new ScheduledAction.AskPublicIp(seconds(20), "vm-4", ScheduledAction.AskPublicIp.OPEN_DNS);
        Scenario scenario = scenario().withActions(at(30, new ScaleIn("vm", 1)), ask, at(10, new ScaleOut("vm", 1)));
        assertThat(ScenarioRun.run(scenario).probes()).hasSize(1);

        // At one instant in the order given (R6).
        scenario().withActions(at(20, new ScaleOut("vm", 1)), ask);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenario().withActions(ask, at(20, new ScaleOut("vm", 1))))
                .withMessageContaining("vm-4");
    }

    @Test
    void p8_redeploymentsThatOverlapAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenario().withActions(at(10, redeploy(20)), at(29, redeploy(5))))
                .withMessageContaining("action at PT29S: a redeployment goes on already");
        // at 30 s the first ends, but last of what is for that instant
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scenario().withActions(at(10, redeploy(20)), at(30, redeploy(5))))
                .withMessageContaining("action at PT30S: a redeployment goes on already");
        Scenario apart = scenario()
                .withActions(
                        at(10, redeploy(20)),
                        new ScheduledAction.Change(seconds(30).plusNanos(1), redeploy(5)),
                        at(36, redeploy(1_000)));
        assertThat(ScenarioRun.run(apart).scaleEvents())
                .extracting(ScaleEvent::cause)
                .hasSize(2 * 5);
        Deployment reported = new Deployment(
                deployment().endpoints(), deployment().roles(), deployment().instances(), new BigDecimal("1.5"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.of(DeploymentSetup.of(reported), Workload.of(WEB), LENGTH)
                        .withActions(at(10, redeploy(20))))
                .withMessageContaining("goes on already");
    }

    @Test
    void clientsOfARoleMustExist() {
        DeploymentSetup setup = new DeploymentSetup(
                deployment(), OutboundRules.classic(), ImmutableMap.of("vm", ImmutableSet.of("web", "wbe")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.of(setup, Workload.of(WEB), LENGTH))
                .withMessageContaining("role vm")
                .withMessageContaining("wbe")
                .withMessageContaining("[web]");
    }

    private static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    /** Whatever a scenario accepts runs: actions are added as long as it does. */
    @ParameterizedTest
    @MethodSource("seeds")
    void r6_whatIsAcceptedRuns(long seed) {
        Random random = new Random(seed);
        TierTable tiers = TierTable.of(List.of(new Tier(1, 2, 32), new Tier(3, 4, 16), new Tier(5, 9, 8)));
        OutboundRules rules = OutboundRules.classic()
                .withDraw(List.of(EndpointDraw.values()).get(random.nextInt(3)))
                .withHostPortsMax(3);
        DeploymentSetup setup = new DeploymentSetup(
                deployment(),
                rules.withProfile(rules.profile().withAllocation(AllocationRules.of(tiers))),
                ImmutableMap.of());
        Client busy = Client.of("web", new Arrivals.Poisson(Rate.perSecond(2)), TO_DATABASE)
                .withLifetime(Distribution.fixed(seconds(random.nextInt(20))))
                .withRetry(Retry.fixed(2, seconds(1)));
        Client kept = Client.of("kept", new Arrivals.Even(Rate.perSecond(1)), TO_DATABASE)
                .withConnections(Connections.pool(3))
                .withKeepalive(seconds(7));
        Scenario scenario = Scenario.of(setup, Workload.of(busy, kept), LENGTH).withSeed(seed);
        List<ScheduledAction> accepted = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            List<ScheduledAction> more = new ArrayList<>(accepted);
            more.add(random.nextInt(more.size() + 1), randomAction(random));
            try {
                scenario.withActions(more.toArray(new ScheduledAction[0]));
                accepted = more;
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("action at PT");
                refused++;
            }
        }
        assertThat(accepted).as("seed " + seed).hasSizeGreaterThan(5);
        assertThat(refused).as("seed " + seed).isPositive();

        ScenarioRun run = new ScenarioRun(scenario.withActions(accepted.toArray(new ScheduledAction[0])));
        List<ScheduledAction> actions = accepted;
        assertThatCode(() -> run.run()).as("seed " + seed + ": " + actions).doesNotThrowAnyException();
        long probes = actions.stream()
                .filter(action ->
                        action instanceof ScheduledAction.Ping || action instanceof ScheduledAction.AskPublicIp)
                .count();
        assertThat(run.result().probes()).as("seed " + seed).hasSize((int) probes);
        assertThat(run.result().metrics().attempts()).isEqualTo(run.metrics().attempts());
        run.simulation().runUntilIdle();
    }

    private static ScheduledAction randomAction(Random random) {
        Duration at = random.nextInt(4) == 0
                ? seconds(10L * random.nextInt(11))
                : ms(random.nextInt((int) LENGTH.toMillis() + 1));
        String vm = "vm-" + (1 + random.nextInt(5));
        String any = random.nextBoolean() ? vm : "job-" + (1 + random.nextInt(3));
        String role = random.nextBoolean() ? "vm" : "job";
        String to = random.nextBoolean() ? any : role;
        String endpoint = random.nextBoolean() ? "web" : "api";
        return switch (random.nextInt(14)) {
            case 0, 1 -> new ScheduledAction.Change(at, new ScaleOut(role, 1 + random.nextInt(3)));
            case 2, 3 -> new ScheduledAction.Change(at, new ScaleIn(role, 1 + random.nextInt(2)));
            case 4 -> new ScheduledAction.Change(at, new AddInstance(role, any));
            case 5 -> new ScheduledAction.Change(at, new RemoveInstance(any));
            case 6 -> new ScheduledAction.Change(at, assign(any, "198.51.100." + random.nextInt(3)));
            case 7 -> new ScheduledAction.Change(at, new RemoveInstanceLevelIp(vm));
            case 8 -> new ScheduledAction.Change(at, new AssignEndpoint(to, endpoint));
            case 9 -> new ScheduledAction.Change(at, new RemoveEndpoint(to, endpoint));
            case 10 -> new ScheduledAction.Change(at, redeploy(1 + random.nextInt(60)));
            case 11 -> new ScheduledAction.AskPublicIp(at, any, ScheduledAction.AskPublicIp.OPEN_DNS);
            case 12 -> new ScheduledAction.Ping(at, any, IpProtocol.ESP, IpAddress.parse("203.0.113.7"));
            default ->
                random.nextBoolean()
                        ? new ScheduledAction.StopClient(at, "web")
                        : new ScheduledAction.ChangeArrivals(at, "kept", new Arrivals.Poisson(Rate.perSecond(3)));
        };
    }
}
