package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.aws.ActiveFlows;
import io.github.snatsim.aws.Alarm;
import io.github.snatsim.aws.Encryption;
import io.github.snatsim.aws.FullTable;
import io.github.snatsim.aws.Listener;
import io.github.snatsim.aws.ListenerAttribute;
import io.github.snatsim.aws.ListenerProtocol;
import io.github.snatsim.aws.NetworkLoadBalancer;
import io.github.snatsim.aws.NlbMetric;
import io.github.snatsim.aws.NlbMetrics;
import io.github.snatsim.aws.OpeningCost;
import io.github.snatsim.aws.TargetPackets;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.Autoscale;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.BackendHosting;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.EndpointDraw;
import io.github.snatsim.azure.InstanceKind;
import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.azure.PublicEndpoint;
import io.github.snatsim.azure.Role;
import io.github.snatsim.azure.RoleInstance;
import io.github.snatsim.flow.FinTrigger;
import io.github.snatsim.flow.FlowRules;
import io.github.snatsim.flow.HoldSyn;
import io.github.snatsim.flow.PortOrder;
import io.github.snatsim.flow.SnatPorts.IdleRules;
import io.github.snatsim.flow.UdpSharing;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.ReclaimedPart;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.DeploymentSetup;
import io.github.snatsim.sim.FirewallSetup;
import io.github.snatsim.sim.NlbSetup;
import io.github.snatsim.sim.Scenario;
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
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Scenarios that together say everything that a scenario can say; {@link RoundTripTest} checks that they do. */
final class Everything {
    private static final Destination WEB = Destination.parse("tcp 203.0.113.7:443");
    private static final Destination API = Destination.parse("tcp 198.51.100.9:8443");
    private static final Destination DNS = Destination.parse("udp 203.0.113.53:53");

    private static final Duration HOUR = Duration.ofHours(1);

    private Everything() {}

    static List<Scenario> scenarios() {
        return Stream.concat(
                        single().stream(), Arrays.stream(NlbMetric.values()).map(Everything::alarmOn))
                .toList();
    }

    private static Scenario alarmOn(NlbMetric metric) {
        Scenario scenario = loadBalancer();
        Alarm alarm = new Alarm(metric, 1, NlbMetrics.PERIOD, 2, 1);
        return scenario.withGateway(new NlbSetup(
                ((NlbSetup) scenario.gateway()).balancer(),
                NlbMetrics.PERIOD,
                Optional.of(alarm),
                OpeningCost.plain()));
    }

    private static List<Scenario> single() {
        SnatProfile classic = SnatProfile.classic();
        Workload small = Workload.of(Client.of("web", even(5), Destinations.one(WEB)));
        return List.of(
                Scenario.of(SnatSetup.portsPerInstance(128), 1, small, Duration.ofHours(1)),
                Scenario.of(SnatSetup.pool(), 3, small, Duration.ofSeconds(90)).withSeed(Long.MIN_VALUE),
                Scenario.of(FirewallSetup.of(AzureFirewall.article()), 2, small, HOUR),
                Scenario.of(
                        new FirewallSetup(
                                AzureFirewall.documented(3, 2),
                                classic.withUdpSharing(UdpSharing.NONE).withUntranslated(ImmutableList.of())),
                        4,
                        small,
                        HOUR),
                large(),
                otherValues(),
                countedDeployment(small),
                Scenario.of(
                        new DeploymentSetup(
                                Deployment.behindOneEndpoint(1, IpAddress.parse("203.0.113.10")),
                                OutboundRules.classic().withDraw(EndpointDraw.PER_INSTANCE),
                                ImmutableMap.of()),
                        small,
                        Duration.ofMinutes(1)),
                listedDeployment(small),
                loadBalancer(),
                otherLoadBalancer(),
                Scenario.of(
                        new NlbSetup(
                                ((NlbSetup) loadBalancer().gateway()).balancer(),
                                NlbMetrics.PERIOD,
                                Optional.empty(),
                                OpeningCost.of(Encryption.TLS_1_3, Duration.ZERO)),
                        2,
                        Workload.of(Client.of("iot", even(1), Destinations.one(WEB))),
                        HOUR),
                Scenario.of(
                        new ApiManagementSetup(
                                allMitigations(),
                                new FlowRules(
                                        Duration.ofMinutes(4),
                                        Duration.ofMinutes(4),
                                        FinTrigger.BOTH_SIDES,
                                        HoldSyn.REVIVES),
                                IdleRules.of(Duration.ofMinutes(5))),
                        small,
                        Duration.ofHours(1)),
                Scenario.of(ApiManagementSetup.of(otherMitigations()), small, Duration.ofMinutes(1)),
                Scenario.of(ApiManagementSetup.of(ApiManagement.of(1, 1)), small, Duration.ofMinutes(1)),
                Scenario.of(
                        ApiManagementSetup.of(ApiManagement.of(2, 64_512)
                                .inVnet(BackendHosting.AZURE_WITH_SERVICE_ENDPOINT)
                                .withConnectWait(Duration.ZERO)
                                .with(new ApiMitigation.ServiceEndpoint())),
                        small,
                        Duration.ofMinutes(1)),
                gateway(small, AllocationRules.of(TierTable.resourceManager()), PortOrder.Name.RANDOM, 7, classic),
                gateway(
                        small,
                        AllocationRules.of(TierTable.of(List.of(
                                        new TierTable.Tier(1, 10, 512), new TierTable.Tier(11, Integer.MAX_VALUE, 8))))
                                .withReclaimedPart(ReclaimedPart.LOWER, 0),
                        PortOrder.Name.NEXT_IN_TURN,
                        0,
                        classic.withUdpSharing(UdpSharing.PER_ADDRESS).withUntranslated(ImmutableList.of())),
                gateway(
                        small,
                        AllocationRules.of(TierTable.fixed(77))
                                .withRange(new PortRange(5_001, 6_000))
                                .withReclaimedPart(ReclaimedPart.RANDOM, -9),
                        PortOrder.Name.LOWEST_FREE,
                        5,
                        classic.withUdpSharing(UdpSharing.NONE)
                                .withIdle(new IdleRules(
                                        Duration.ofMinutes(7), Duration.ofSeconds(5), Duration.ofNanos(1_500_000_001)))
                                .withUntranslated(
                                        ImmutableList.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("203.0.113.9")))),
                new Scenario(
                        new SnatSetup(
                                classic.withAllocation(AllocationRules.classic()
                                                .withRange(new PortRange(2_048, 2_048))
                                                .withReclaimedPart(ReclaimedPart.UPPER, 3))
                                        .withIdle(IdleRules.of(Duration.ofDays(2)))
                                        .withFlows(new FlowRules(
                                                Duration.ZERO,
                                                Duration.ofMillis(1),
                                                FinTrigger.EITHER_SIDE,
                                                HoldSyn.IS_A_PACKET)),
                                OptionalInt.of(1)),
                        ImmutableList.of(IpAddress.parse("192.168.0.1"), IpAddress.parse("10.1.2.3")),
                        new Workload(
                                small.clients(),
                                ImmutableList.of(),
                                new SourcePorts(new PortRange(40_000, 40_999), SourcePorts.Order.SEQUENTIAL)),
                        ImmutableList.of(),
                        Duration.ofNanos(1),
                        Duration.ZERO,
                        42));
    }

    private static Scenario gateway(
            Workload workload, AllocationRules rules, PortOrder.Name order, long seed, SnatProfile profile) {
        SnatProfile full = profile.withAllocation(rules).withPortChoice(new PortOrder(order, seed));
        return Scenario.of(new SnatSetup(full, OptionalInt.empty()), 2, workload, Duration.ofMinutes(1));
    }

    private static Scenario loadBalancer() {
        NetworkLoadBalancer balancer = NetworkLoadBalancer.of(
                List.of(Listener.of("arn:a/b", ListenerProtocol.TCP, WEB.endpoint())),
                List.of(Endpoint.parse("10.0.1.10:8883")),
                1_000);
        return Scenario.of(
                        NlbSetup.of(balancer), 10, Workload.of(Client.of("iot", even(1), Destinations.one(WEB))), HOUR)
                .withActions(
                        new ScheduledAction.ModifyListener(
                                Duration.ofMinutes(1),
                                "arn:a/b",
                                ImmutableList.of(ListenerAttribute.tcpIdleTimeoutSeconds("600"))),
                        new ScheduledAction.Resize(Duration.ofMinutes(2), 20));
    }

    private static Scenario otherLoadBalancer() {
        NetworkLoadBalancer balancer = new NetworkLoadBalancer(
                ImmutableList.of(
                        new Listener("tcp", ListenerProtocol.TCP, WEB.endpoint(), Duration.ofSeconds(6_000)),
                        Listener.of("tls", ListenerProtocol.TLS, API.endpoint()),
                        new Listener("12", ListenerProtocol.UDP, DNS.endpoint(), Duration.ofSeconds(30))),
                ImmutableList.of(Endpoint.parse("10.0.1.10:443"), Endpoint.parse("10.0.1.11:443")),
                1,
                Duration.ofSeconds(5),
                FullTable.RST,
                TargetPackets.NOT_SEEN,
                ActiveFlows.SYN_SENT_AND_ESTABLISHED,
                -3);
        Alarm alarm = new Alarm(NlbMetric.ACTIVE_FLOW_COUNT_TCP, 100, Duration.ofSeconds(30), 3, 2);
        OpeningCost cost = new OpeningCost(Encryption.TLS_1_2, 5_000, Duration.ofMillis(80));
        return Scenario.of(
                        new NlbSetup(balancer, Duration.ofSeconds(10), Optional.of(alarm), cost),
                        1,
                        Workload.of(Client.of("dns", even(1), Destinations.one(DNS))),
                        HOUR)
                .withActions(new ScheduledAction.ModifyListener(
                        Duration.ofMinutes(3), "tcp", ImmutableList.of(ListenerAttribute.tcpIdleTimeoutSeconds("60"))));
    }

    private static ApiManagement allMitigations() {
        return new ApiManagement(
                1,
                128,
                ApiManagement.CONNECT_WAIT,
                true,
                BackendHosting.AZURE,
                ImmutableList.of(
                        new ApiMitigation.FasterBackend(0.5),
                        new ApiMitigation.MoreUnits(4),
                        new ApiMitigation.MoreBackends(4, ApiMitigation.Differ.BY_ADDRESS),
                        new ApiMitigation.ServiceEndpoint(),
                        new ApiMitigation.PrivateEndpoint(),
                        new ApiMitigation.Firewall(AzureFirewall.article()),
                        new ApiMitigation.Caching(0.75, ApiMitigation.Hits.RANDOM),
                        new ApiMitigation.RateLimitByKey(100, Duration.ofMinutes(1)),
                        new ApiMitigation.ConnectionReuse(Optional.empty())),
                ImmutableSet.copyOf(EnumSet.complementOf(
                        EnumSet.of(ApiMitigation.Kind.SERVICE_ENDPOINT, ApiMitigation.Kind.PRIVATE_ENDPOINT))),
                Optional.of(new Autoscale(
                        Autoscale.Metric.CALLS, 50, 0, 1, 4, Duration.ofMinutes(5), Duration.ZERO, Duration.ZERO)));
    }

    private static ApiManagement otherMitigations() {
        return ApiManagement.of(1, 1_024)
                .inVnet(BackendHosting.AZURE)
                .with(new ApiMitigation.FasterBackend(0.1))
                .with(new ApiMitigation.MoreUnits(2))
                .with(new ApiMitigation.MoreBackends(2, ApiMitigation.Differ.BY_PORT))
                .with(new ApiMitigation.PrivateEndpoint())
                .with(new ApiMitigation.Caching(1, ApiMitigation.Hits.EVEN))
                .with(new ApiMitigation.RateLimitByKey(1, Duration.ofSeconds(1)))
                .with(new ApiMitigation.ConnectionReuse(Optional.of(Duration.ofMinutes(2))))
                .withAutoscale(new Autoscale(
                        Autoscale.Metric.CPU,
                        80,
                        20.5,
                        2,
                        10,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(20),
                        Duration.ofMillis(5)))
                .withOn(ImmutableSet.of())
                .with(new ApiMitigation.Firewall(AzureFirewall.documented(3, 2)))
                .withOn(ImmutableSet.of(ApiMitigation.Kind.PRIVATE_ENDPOINT, ApiMitigation.Kind.CACHING));
    }

    private static Scenario countedDeployment(Workload workload) {
        Deployment deployment = Deployment.of(
                        ImmutableList.of(
                                new PublicEndpoint("web", IpAddress.parse("203.0.113.10")),
                                new PublicEndpoint("ad: min", IpAddress.parse("203.0.113.11"))),
                        ImmutableMap.of(
                                new Role("front", InstanceKind.VM, ImmutableList.of("web", "ad: min")), 20,
                                new Role("jobs", InstanceKind.WORKER_ROLE, ImmutableList.of()), 2,
                                new Role("site", InstanceKind.WEB_ROLE, ImmutableList.of("web")), 1))
                .with(new DeploymentChange.AssignInstanceLevelIp("front-2", IpAddress.parse("198.51.100.2")));
        return Scenario.of(
                        new DeploymentSetup(
                                deployment,
                                OutboundRules.classic(),
                                ImmutableMap.of("front", ImmutableSet.of("web"), "jobs", ImmutableSet.of())),
                        workload,
                        Duration.ofHours(2))
                .withActions(
                        change(1, new DeploymentChange.ScaleOut("front", 40)),
                        change(2, new DeploymentChange.ScaleIn("front", 1)),
                        change(3, new DeploymentChange.AddInstance("jobs", "extra")),
                        change(
                                4,
                                new DeploymentChange.AssignInstanceLevelIp("front-3", IpAddress.parse("198.51.100.3"))),
                        change(5, new DeploymentChange.RemoveInstanceLevelIp("front-2")),
                        change(6, new DeploymentChange.AssignEndpoint("jobs", "web")),
                        change(7, new DeploymentChange.RemoveEndpoint("front-5", "ad: min")),
                        change(8, new DeploymentChange.Redeploy(BigDecimal.valueOf(2), Duration.ofMinutes(1))),
                        change(10, new DeploymentChange.Redeploy(new BigDecimal("1.25"), Duration.ofMinutes(2))),
                        change(13, new DeploymentChange.RemoveInstance("extra")),
                        change(14, new DeploymentChange.ScaleOut("jobs", 1)),
                        change(15, new DeploymentChange.ScaleIn("jobs", 2)),
                        change(16, new DeploymentChange.AddInstance("site", "second")),
                        change(17, new DeploymentChange.RemoveInstance("front-7")),
                        change(18, new DeploymentChange.RemoveInstanceLevelIp("front-3")),
                        change(
                                19,
                                new DeploymentChange.AssignInstanceLevelIp("front-4", IpAddress.parse("198.51.100.2"))),
                        change(20, new DeploymentChange.AssignEndpoint("site", "ad: min")),
                        change(21, new DeploymentChange.RemoveEndpoint("site", "web")),
                        new ScheduledAction.AskPublicIp(
                                Duration.ofMinutes(30), "front-1", ScheduledAction.AskPublicIp.OPEN_DNS),
                        new ScheduledAction.AskPublicIp(Duration.ofMinutes(31), "front-2", DNS),
                        new ScheduledAction.Ping(
                                Duration.ofMinutes(32), "front-2", IpProtocol.ICMP, IpAddress.parse("203.0.113.1")),
                        new ScheduledAction.Ping(
                                Duration.ofMinutes(33), "jobs-1", IpProtocol.ESP, IpAddress.parse("203.0.113.2")));
    }

    private static ScheduledAction change(long minute, DeploymentChange change) {
        return new ScheduledAction.Change(Duration.ofMinutes(minute), change);
    }

    private static Scenario listedDeployment(Workload workload) {
        ImmutableList<String> both = ImmutableList.of("a", "b");
        Deployment deployment = new Deployment(
                ImmutableList.of(
                        new PublicEndpoint("a", IpAddress.parse("203.0.113.10")),
                        new PublicEndpoint("b", IpAddress.parse("203.0.113.11"))),
                ImmutableList.of(
                        new Role("one", InstanceKind.VM, both), new Role("two", InstanceKind.VM, ImmutableList.of())),
                ImmutableList.of(
                        new RoleInstance(
                                "x",
                                "two",
                                InstanceKind.VM,
                                IpAddress.parse("10.1.0.9"),
                                ImmutableList.of("b"),
                                Optional.empty()),
                        new RoleInstance(
                                "12",
                                "one",
                                InstanceKind.VM,
                                IpAddress.parse("10.1.0.7"),
                                both,
                                Optional.of(IpAddress.parse("198.51.100.9")))),
                new BigDecimal("1.5"));
        OutboundRules rules = OutboundRules.classic()
                .withDraw(EndpointDraw.PER_FLOW)
                .withHostPortsMax(OutboundRules.HOST_PORTS_LINUX)
                .withProfile(SnatProfile.classic()
                        .withAllocation(AllocationRules.of(TierTable.resourceManager()))
                        .withIdle(IdleRules.of(Duration.ofMinutes(30))));
        return Scenario.of(new DeploymentSetup(deployment, rules, ImmutableMap.of()), workload, Duration.ofMinutes(5));
    }

    private static Scenario large() {
        Workload workload = new Workload(
                clients(),
                ImmutableList.of(
                        new Outage(
                                Optional.of(WEB),
                                Duration.ofMinutes(10),
                                Duration.ofMinutes(12),
                                1,
                                Outage.Failure.RST),
                        new Outage(
                                Optional.empty(), Duration.ZERO, Duration.ofNanos(7), 1 / 3.0, Outage.Failure.SILENCE),
                        new Outage(
                                Optional.of(DNS), Duration.ofHours(1), Duration.ofDays(1), 0.1, Outage.Failure.ERROR)),
                SourcePorts.linux());
        return Scenario.of(SnatSetup.pool(), 50, workload, Duration.ofDays(1))
                .withWarmUp(Duration.ofMinutes(10))
                .withActions(
                        new ScheduledAction.Resize(Duration.ofMinutes(30), 60),
                        new ScheduledAction.StopClient(Duration.ofMinutes(40), "even"),
                        new ScheduledAction.ChangeArrivals(
                                Duration.ofMinutes(50), "poi: \"#\u00e9\ud83d\ude00\n", even(10)),
                        new ScheduledAction.Resize(Duration.ofMinutes(31), 1),
                        new ScheduledAction.StopClient(Duration.ofMinutes(41), "123"),
                        new ScheduledAction.ChangeArrivals(
                                Duration.ofMinutes(51), "null", new Arrivals.ClosedLoop(1, fixed(1))));
    }

    /** Second values of what {@link #large} has once. */
    private static Scenario otherValues() {
        ImmutableList<Optional<Rate>> everyHour =
                ImmutableList.copyOf(Collections.nCopies(24, Optional.of(new Rate(1, 1))));
        Workload workload = Workload.of(
                Client.of("a", new Arrivals.Poisson(new Rate(1, 3)), Destinations.one(DNS))
                        .withLifetime(new Distribution.Exponential(Duration.ofNanos(1)))
                        .withKeepalive(Duration.ofDays(1)),
                Client.of("b", new Arrivals.Bursts(1, Duration.ofNanos(1)), Destinations.one(API))
                        .withLifetime(new Distribution.Empirical(ImmutableList.of(Duration.ZERO))),
                Client.of("c", new Arrivals.Daily(everyHour), Destinations.one(API)));
        return Scenario.of(SnatSetup.pool(), 65_532 / 200, workload, Duration.ofDays(36_525));
    }

    private static ImmutableList<Client> clients() {
        Destinations web = Destinations.one(WEB);
        Arrivals thirds = new Arrivals.Even(new Rate(7, 3_000_000_000L));
        return ImmutableList.of(
                Client.of("even", even(5), web).withClose(Close.FIN_BY_SERVER).withRetry(Retry.immediate(5)),
                Client.of(
                                "poi: \"#\u00e9\ud83d\ude00\n",
                                new Arrivals.Poisson(Rate.perSecond(new BigDecimal("0.37"))),
                                web)
                        .withKeepalive(Duration.ofSeconds(60))
                        .withClose(Close.RST)
                        .withConnections(Connections.reuse()),
                Client.of(
                                "123",
                                new Arrivals.Bursts(2_000, Duration.ofHours(1)),
                                new Destinations.Uniform(ImmutableList.of(WEB, API)))
                        .withClose(Close.NONE)
                        .withConnections(Connections.pool(10)),
                Client.of("null", new Arrivals.Daily(daily()), new Destinations.Uniform(Destinations.range(WEB, 10)))
                        .withLifetime(new Distribution.Exponential(Duration.ofSeconds(240)))
                        .withConnections(new Connections.Kept(
                                OptionalInt.of(10),
                                Optional.of(Duration.ofSeconds(60)),
                                Optional.of(Duration.ofMinutes(10)),
                                Connections.Order.FIFO,
                                100,
                                Optional.of(Duration.ofSeconds(5)))),
                Client.of(
                                "recorded",
                                new Arrivals.Recorded(ImmutableList.of(
                                        Duration.ZERO, Duration.ofMillis(1500), Duration.ofMillis(1500))),
                                new Destinations.Zipf(ImmutableList.of(API, WEB), 1))
                        .withLifetime(new Distribution.LogNormal(Duration.ofSeconds(1), 0.1))
                        .withConnections(Connections.reuse()
                                .withLifetimeMax(Duration.ofHours(2))
                                .withQueue(0, Optional.empty()))
                        .withRetry(new Retry(3, Duration.ofSeconds(2), 1, Duration.ofSeconds(2), 0.25)),
                Client.of(
                                "loop",
                                new Arrivals.ClosedLoop(10, fixed(2)),
                                new Destinations.Zipf(Destinations.range(DNS, 500), 1.2345678901234567))
                        .withLifetime(new Distribution.Pareto(Duration.ofMillis(10), 1.5))
                        .withRetry(Retry.exponential(
                                Integer.MAX_VALUE, Duration.ofMillis(100), Duration.ofSeconds(30), 0.5)),
                Client.of("names", new Arrivals.Recorded(ImmutableList.of()), names(Protocol.TCP, 443, "api.example"))
                        .withLifetime(new Distribution.Empirical(
                                ImmutableList.of(Duration.ofSeconds(1), Duration.ofNanos(3))))
                        .withRetry(Retry.fixed(0, Duration.ofDays(1)))
                        .withTiming(new Client.Timing(
                                Duration.ofSeconds(1),
                                Optional.of(Duration.ofHours(1)),
                                OptionalLong.of(1_000),
                                Duration.ofSeconds(3),
                                Duration.ZERO,
                                ImmutableList.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(7)))),
                Client.of("two names of one sort", thirds, names(Protocol.UDP, 53, "<<"))
                        .withLifetime(new Distribution.LogNormal(Duration.ofSeconds(2), 1e-20))
                        .withRetry(new Retry(1, Duration.ZERO, 100, Duration.ofSeconds(1), 1)),
                Client.of(
                                "long",
                                new Arrivals.Even(new Rate(Long.MAX_VALUE, Long.MAX_VALUE - 1)),
                                names(Protocol.TCP, 1, "x".repeat(3_000)))
                        .withLifetime(new Distribution.Pareto(Duration.ofSeconds(10), 0.1 + 0.2)));
    }

    private static Destinations names(Protocol protocol, int port, String name) {
        IpAddress address = IpAddress.parse("203.0.113.1");
        ImmutableList<Destinations.Name> names = ImmutableList.of(
                new Destinations.Name(name, ImmutableList.of(address, IpAddress.parse("203.0.113.2"))),
                new Destinations.Name(port == 53 ? name : "\u2028 yes", ImmutableList.of(address)));
        return new Destinations.Names(protocol, port, names);
    }

    private static ImmutableList<Optional<Rate>> daily() {
        return IntStream.range(0, 24)
                .mapToObj(hour -> hour < 6 ? Optional.<Rate>empty() : Optional.of(new Rate(hour, 7_200_000_000_000L)))
                .collect(ImmutableList.toImmutableList());
    }

    private static Arrivals even(long perSecond) {
        return new Arrivals.Even(Rate.perSecond(perSecond));
    }

    private static Distribution fixed(long seconds) {
        return Distribution.fixed(Duration.ofSeconds(seconds));
    }
}
