package io.github.snatsim.plan;

import static io.github.snatsim.plan.Plans.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.aws.Listener;
import io.github.snatsim.aws.ListenerProtocol;
import io.github.snatsim.aws.NetworkLoadBalancer;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.EndpointDraw;
import io.github.snatsim.azure.InstanceKind;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.azure.PublicEndpoint;
import io.github.snatsim.azure.Role;
import io.github.snatsim.flow.UdpSharing;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.DeploymentSetup;
import io.github.snatsim.sim.NlbSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScenarioRun;
import io.github.snatsim.sim.ScheduledAction;
import io.github.snatsim.sim.SnatSetup;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Outage;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import io.github.snatsim.workload.SourcePorts;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceDemandTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Rate ONE = Rate.perSecond(1);

    private static Demand demandOf(Client client) {
        return of(Plans.scenario(128, HOUR, client)).demands().get(0);
    }

    private static InstanceDemand of(Scenario scenario) {
        ImmutableList<InstanceDemand> instances = InstanceDemand.of(scenario);
        assertThat(instances).hasSize(1);
        return instances.get(0);
    }

    /** Requests of 10 s: the port waits 240 s after FINs and after silence, 15 s after an RST. */
    @ParameterizedTest
    @CsvSource({"FIN_BY_CLIENT, FIN, 250", "FIN_BY_SERVER, FIN, 250", "RST, RST, 25", "NONE, IDLE, 250"})
    void m2_holdFollowsTheClose(Close close, DemandPart.Freed freed, double erlangs) {
        Client client = Plans.even(ONE)
                .withLifetime(Distribution.fixed(Duration.ofSeconds(10)))
                .withClose(close);

        DemandPart part = demandOf(client).parts().get(0);

        assertThat(part.freed()).isEqualTo(freed);
        assertThat(part.erlangs()).isCloseTo(erlangs, within(1e-9));
        assertThat(part.protocol()).isEqualTo(Protocol.TCP);
    }

    /** What is planned for even arrivals holds in the simulator, to the port: whatever closes, however long, TCP and UDP. */
    @ParameterizedTest
    @CsvSource({
        "FIN_BY_CLIENT, 10, 0, tcp", "RST, 10, 0, tcp", "NONE, 10, 0, tcp", "FIN_BY_CLIENT, 300, 0, tcp",
                "NONE, 239, 0, tcp",
        "NONE, 240, 0, tcp", "FIN_BY_CLIENT, 300, 100, tcp", "RST, 300, 100, tcp", "NONE, 10, 0, udp",
                "NONE, 300, 0, udp",
        "FIN_BY_CLIENT, 300, 300, tcp"
    })
    void m2_exactDemandIsExactInTheSimulator(Close close, long seconds, long keepalive, String protocol) {
        Client plain = Client.of(
                        "c",
                        new Arrivals.Even(ONE),
                        Destinations.one(Destination.parse(protocol + " 203.0.113.7:5432")))
                .withLifetime(Distribution.fixed(Duration.ofSeconds(seconds)))
                .withClose(close);
        Client client = keepalive == 0 ? plain : plain.withKeepalive(Duration.ofSeconds(keepalive));

        int ports = CapacityPlanner.portsNeeded(demandOf(client), 0).orElseThrow();

        assertThat(refused(ports, client)).isZero();
        assertThat(refused(ports - 1, client)).isPositive();
    }

    private static long refused(int ports, Client client) {
        return ScenarioRun.run(Plans.scenario(ports, HOUR, client)).metrics().refused();
    }

    @Test
    void m3_keepalivePinsPortsOfConnectionsThatNobodyCloses() {
        Client leak = Plans.poisson(ONE).withClose(Close.NONE);

        assertThat(demandOf(leak.withKeepalive(Duration.ofMinutes(1))).caveats())
                .contains(Caveat.KEEPALIVE_PINS_PORTS);
        assertThat(demandOf(leak.withKeepalive(Duration.ofMinutes(1))).erlangs())
                .isInfinite();
        // the default of operating systems does nothing against 240 s
        assertThat(demandOf(leak.withKeepalive(Duration.ofHours(2))).erlangs()).isCloseTo(240, within(1e-9));
    }

    @Test
    void m2_sharesOfDestinations() {
        ImmutableList<Destination> three = Destinations.range(DATABASE, 3);
        Client zipf = Client.of("zipf", new Arrivals.Poisson(Rate.perSecond(11)), new Destinations.Zipf(three, 1));
        Client names = Client.of(
                "names",
                new Arrivals.Poisson(Rate.perSecond(4)),
                new Destinations.Names(
                        Protocol.TCP,
                        443,
                        ImmutableList.of(
                                new Destinations.Name("a", ImmutableList.of(IpAddress.parse("203.0.113.7"))),
                                new Destinations.Name(
                                        "b",
                                        ImmutableList.of(
                                                IpAddress.parse("203.0.113.7"), IpAddress.parse("203.0.113.8"))))));

        List<Demand> byZipf = of(Plans.scenario(128, HOUR, zipf)).demands();
        List<Demand> byName = of(Plans.scenario(128, HOUR, names)).demands();

        assertThat(byZipf).extracting(demand -> demand.destinations().get(0)).containsExactlyElementsOf(three);
        assertThat(byZipf)
                .extracting(demand -> StrictMath.round(demand.perSecond() * 1e9))
                .containsExactly(6_000_000_000L, 3_000_000_000L, 2_000_000_000L);
        assertThat(byName).extracting(Demand::perSecond).containsExactly(3.0, 1.0);
    }

    @Test
    void m2_clientsOfOneDestinationAddUp() {
        Client slow = Plans.poisson(ONE).withLifetime(Plans.exponential(60)).withKeepalive(Duration.ofMinutes(1));
        Client fast =
                Client.of("fast", new Arrivals.Poisson(ONE), Plans.TO_DATABASE).withClose(Close.RST);

        Demand demand = of(Plans.scenario(512, HOUR, slow, fast)).demands().get(0);

        assertThat(demand.parts()).extracting(DemandPart::client).containsExactly("c", "fast");
        assertThat(demand.erlangs()).isCloseTo(315, within(1e-9));
        assertThat(demand.perSecond()).isEqualTo(2);
    }

    /** T8: no port, no demand. */
    @Test
    void t8_privateDestinationsAskForNothing() {
        Client inside =
                Client.of("inside", new Arrivals.Even(ONE), Destinations.one(Destination.parse("tcp 10.1.2.3:80")));

        InstanceDemand instance = of(Plans.scenario(1, HOUR, inside));

        assertThat(instance.demands()).isEmpty();
        LoadPlan plan = CapacityPlanner.loadPlan(Plans.scenario(1, HOUR, inside), 0.01, 0);
        assertThat(plan.loadMultipleMax()).isInfinite();
        assertThat(plan.steps().get(0).refusedShare()).isZero();
    }

    /** Three UDP destinations at two addresses, a third of 1/s each, 240 s idle. */
    @Test
    void t7_oneFlowPerPortIsPrintedBesideTheDefault() {
        ImmutableList<Destination> three = ImmutableList.of(
                Destination.parse("udp 203.0.113.7:53"),
                Destination.parse("udp 203.0.113.7:123"),
                Destination.parse("udp 203.0.113.8:53"));
        Client client = Client.of("udp", new Arrivals.Poisson(ONE), new Destinations.Uniform(three));

        assertThat(erlangs(client, UdpSharing.PER_DESTINATION)).containsExactly(80L, 80L, 80L);
        assertThat(erlangs(client, UdpSharing.PER_ADDRESS)).containsExactly(160L, 80L);
        assertThat(erlangs(client, UdpSharing.NONE)).containsExactly(240L);
        InstanceDemand byDefault = of(Plans.scenario(128, HOUR, client));
        assertThat(byDefault.udpPortsNeededOnePerFlow(1e-3)).isEqualTo(ErlangB.ports(240, 1e-3));
        assertThat(of(Plans.scenario(128, HOUR, Plans.poisson(ONE))).udpPortsNeededOnePerFlow(1e-3))
                .isZero();
    }

    private static List<Long> erlangs(Client client, UdpSharing sharing) {
        SnatSetup setup = new SnatSetup(SnatProfile.classic().withUdpSharing(sharing), OptionalInt.of(128));
        return of(Scenario.of(setup, 1, Workload.of(client), HOUR)).demands().stream()
                .map(demand -> StrictMath.round(demand.erlangs()))
                .toList();
    }

    @Test
    void m2_closedLoopIsAnUpperBound() {
        Client loop = Client.of(
                        "loop",
                        new Arrivals.ClosedLoop(10, Distribution.fixed(Duration.ofSeconds(3))),
                        Plans.TO_DATABASE)
                .withLifetime(Distribution.fixed(Duration.ofSeconds(2)));
        Demand demand = demandOf(loop);

        assertThat(demand.perSecond()).isEqualTo(2);
        assertThat(demand.caveats()).contains(Caveat.CLOSED_LOOP);
        assertThat(demand.portsMax()).hasValue(490); // 10 workers, a request each 5 s, 242 s a port
        assertThat(refused(490, loop)).isZero();
    }

    @Test
    void m2_burstsAndRecordedArrivalsAreBounded() {
        Client bursts = Plans.even(ONE).withArrivals(new Arrivals.Bursts(50, Duration.ofSeconds(100)));
        Client recorded = Plans.even(ONE)
                .withArrivals(new Arrivals.Recorded(ImmutableList.of(
                        Duration.ZERO, Duration.ofSeconds(100), Duration.ofSeconds(240), Duration.ofSeconds(250))));

        assertThat(demandOf(bursts).portsMax()).hasValue(150);
        assertThat(refused(150, bursts)).isZero();
        assertThat(refused(149, bursts)).isPositive();
        assertThat(demandOf(bursts).times(2).portsMax()).hasValue(300);
        assertThat(CapacityPlanner.portsNeeded(demandOf(bursts), 0.1)).hasValue(150); // Erlang's formula would say less
        assertThat(CapacityPlanner.capacity(demandOf(bursts), 300, 0).loadMultipleMax())
                .isEqualTo(2);
        assertThat(demandOf(recorded).portsMax()).hasValue(3);
        assertThat(refused(3, recorded)).isZero();
        assertThat(refused(2, recorded)).isPositive();
        assertThat(demandOf(recorded).caveats()).contains(Caveat.RECORDED_ARRIVALS);
    }

    @Test
    void m2_everyCaveatIsFound() {
        Client plain = Plans.poisson(ONE).withLifetime(Plans.exponential(240)).withKeepalive(Duration.ofMinutes(1));
        Client.Timing late = new Client.Timing(
                Duration.ofMinutes(1),
                Optional.empty(),
                plain.timing().requestsMax(),
                plain.timing().timeout(),
                plain.timing().refusalNotice(),
                ImmutableList.of());
        ImmutableList<Destination> two = Destinations.range(DATABASE, 2);

        assertThat(settled(plain)).isEmpty();
        assertThat(settled(plain.withRetry(Retry.immediate(1)))).containsExactly(Caveat.RETRIES);
        assertThat(settled(plain.withTiming(late))).containsExactly(Caveat.LIMITED_RUN);
        assertThat(settled(plain.withLifetime(Plans.exponential(1)))).containsExactly(Caveat.NEARLY_CONSTANT_BUSY_TIME);
        assertThat(settled(plain.withConnections(Connections.reuse()))).containsExactly(Caveat.REUSE);
        assertThat(settled(plain.withConnections(Connections.pool(5)))).containsExactly(Caveat.POOLS);
        assertThat(settled(Plans.poisson(ONE).withLifetime(Plans.exponential(240))))
                .containsExactly(Caveat.IDLE_CUTS_LIFETIMES);
        assertThat(settled(Plans.even(ONE))).isEmpty();
        assertThat(settled(Plans.even(ONE).withLifetime(Plans.exponential(30))))
                .containsExactly(Caveat.SMOOTHER_THAN_POISSON);
        assertThat(settled(plain.withArrivals(new Arrivals.Even(ONE)).withDestinations(new Destinations.Uniform(two))))
                .containsExactly(Caveat.SMOOTHER_THAN_POISSON);
        assertThat(settled(plain.withArrivals(new Arrivals.Bursts(2, HOUR)))).containsExactly(Caveat.BURSTS);
        assertThat(settled(plain.withArrivals(
                        new Arrivals.Daily(ImmutableList.copyOf(Collections.nCopies(24, Optional.of(ONE)))))))
                .containsExactly(Caveat.DAILY_ARRIVALS);
        Scenario early = Plans.scenario(128, HOUR, plain);
        assertThat(LoadPlan.caveats(InstanceDemand.of(early))).containsExactly(Caveat.FIRST_HOLD_PERIOD);
    }

    private static ImmutableSet<Caveat> settled(Client client) {
        return LoadPlan.caveats(InstanceDemand.of(settledScenario(client)));
    }

    private static Scenario settledScenario(Client client) {
        return Plans.scenario(128, Duration.ofHours(9), client).withWarmUp(Duration.ofHours(1));
    }

    @Test
    void m2_caveatsOfTheWholeScenario() {
        Client plain = Plans.poisson(ONE).withLifetime(Plans.exponential(240)).withKeepalive(Duration.ofMinutes(1));
        Scenario scenario = settledScenario(plain);
        Outage outage = new Outage(Optional.empty(), Duration.ZERO, HOUR, 1, Outage.Failure.RST);
        SourcePorts few = new SourcePorts(new PortRange(2_000, 2_099), SourcePorts.Order.SEQUENTIAL);

        assertThat(of(scenario.withActions(new ScheduledAction.StopClient(HOUR, "c")))
                        .demands()
                        .get(0)
                        .caveats())
                .containsExactly(Caveat.ACTIONS);
        assertThat(of(scenario.withWorkload(scenario.workload().withOutages(outage)))
                        .demands()
                        .get(0)
                        .caveats())
                .containsExactly(Caveat.OUTAGES);
        assertThat(of(scenario.withWorkload(new Workload(ImmutableList.of(plain), ImmutableList.of(), few)))
                        .demands()
                        .get(0)
                        .caveats())
                .containsExactly(Caveat.HOST_PORTS);
    }

    /** 60 instances behind one endpoint, of which each role runs one of two clients: 512 ports, at twice the size 256. */
    @Test
    void p8_deploymentsAreReadByRole() {
        Client web = Plans.poisson(ONE);
        Client worker = Client.of("worker", new Arrivals.Poisson(Rate.perSecond(2)), Plans.TO_DATABASE);
        Deployment deployment = Deployment.of(
                ImmutableList.of(),
                ImmutableMap.of(
                        new Role("web", InstanceKind.WEB_ROLE, ImmutableList.of()), 20,
                        new Role("worker", InstanceKind.WORKER_ROLE, ImmutableList.of()), 40));
        DeploymentSetup setup = new DeploymentSetup(
                deployment,
                DeploymentSetup.of(deployment).rules(),
                ImmutableMap.of(
                        "web", ImmutableSet.of("c"),
                        "worker", ImmutableSet.of("worker")));

        ImmutableList<InstanceDemand> instances = InstanceDemand.of(Scenario.of(setup, Workload.of(web, worker), HOUR));

        assertThat(instances).extracting(InstanceDemand::instances).containsExactly(20, 40);
        assertThat(instances).extracting(InstanceDemand::ports).containsExactly(512, 512);
        assertThat(instances).extracting(InstanceDemand::portsRedeploying).containsExactly(256, 256);
        assertThat(instances)
                .extracting(instance -> instance.demands().get(0).perSecond())
                .containsExactly(1.0, 2.0);
    }

    @Test
    void n1_loadBalancerHasNoPortsToPlan() {
        Listener listener = Listener.of("web", ListenerProtocol.TCP, DATABASE.endpoint());
        NlbSetup setup =
                NlbSetup.of(NetworkLoadBalancer.of(List.of(listener), List.of(Endpoint.parse("10.1.0.4:80")), 100));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> InstanceDemand.of(Scenario.of(setup, 1, Workload.of(Plans.even(ONE)), HOUR)));
    }

    /** Two endpoints, one flow here and one there; and a redeployment that goes on as the scenario begins. */
    @Test
    void s2_endpointsByFlowAndRedeploymentsAreCaveats() {
        Deployment deployment = Deployment.of(
                ImmutableList.of(
                        new PublicEndpoint("a", IpAddress.parse("203.0.113.50")),
                        new PublicEndpoint("b", IpAddress.parse("203.0.113.51"))),
                ImmutableMap.of(new Role("vm", InstanceKind.VM, ImmutableList.of("a", "b")), 2));
        Deployment redeploying = new Deployment(
                deployment.endpoints(), deployment.roles(), deployment.instances(), Deployment.FACTOR_MAX);
        DeploymentSetup setup = new DeploymentSetup(
                redeploying, OutboundRules.classic().withDraw(EndpointDraw.PER_FLOW), ImmutableMap.of());

        InstanceDemand instance = of(Scenario.of(setup, Workload.of(Plans.poisson(ONE)), HOUR));

        assertThat(instance.ports()).isEqualTo(2_048);
        assertThat(instance.demands().get(0).caveats()).contains(Caveat.FRONTEND_PER_FLOW, Caveat.REDEPLOYMENT);
    }

    /** 6 calls/s in turn over 3 units. */
    @Test
    void g1_unitsOfAServiceShareItsCalls() {
        ApiManagementSetup setup = ApiManagementSetup.of(ApiManagement.of(3, 1_024));
        Client even = Plans.even(Rate.perSecond(6));

        InstanceDemand byEven = of(Scenario.of(setup, Workload.of(even), HOUR));
        InstanceDemand byPoisson = of(Scenario.of(setup, Workload.of(Plans.poisson(Rate.perSecond(6))), HOUR));

        assertThat(byEven.instances()).isEqualTo(3);
        assertThat(byEven.ports()).isEqualTo(1_024);
        assertThat(byEven.demands().get(0).parts().get(0).arrivals()).isEqualTo(new Arriving.Even(Rate.perSecond(2)));
        assertThat(byPoisson.demands().get(0).perSecond()).isEqualTo(2);
        assertThat(byPoisson.demands().get(0).caveats()).contains(Caveat.SERVICE, Caveat.SMOOTHER_THAN_POISSON);
    }

    @Test
    void s1_instanceLevelIpHasNoHold() {
        IpAddress own = IpAddress.parse("203.0.113.99");
        Deployment deployment = Deployment.behindOneEndpoint(1, IpAddress.parse("203.0.113.50"));
        Deployment direct = deployment.with(new DeploymentChange.AssignInstanceLevelIp(
                deployment.instances().get(0).name(), own));
        Client client = Plans.poisson(ONE).withLifetime(Plans.exponential(300));

        InstanceDemand instance = of(Scenario.of(DeploymentSetup.of(direct), Workload.of(client), HOUR));

        assertThat(instance.translatesPorts()).isFalse();
        assertThat(instance.ports()).isEqualTo(64_512);
        assertThat(instance.demands().get(0).erlangs()).isCloseTo(300, within(1e-9));
    }

    @Test
    void p2_poolOfThreeHundredHas64PortsInARedeployment() {
        Scenario scenario = Scenario.of(SnatSetup.pool(), 300, Workload.of(Plans.poisson(ONE)), HOUR);

        assertThat(of(scenario).ports()).isEqualTo(128);
        assertThat(of(scenario).portsRedeploying()).isEqualTo(64);
    }
}
