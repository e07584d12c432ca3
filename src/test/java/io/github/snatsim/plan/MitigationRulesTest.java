package io.github.snatsim.plan;

import static io.github.snatsim.plan.Plans.DATABASE;
import static io.github.snatsim.plan.Plans.TO_DATABASE;
import static io.github.snatsim.plan.Plans.even;
import static io.github.snatsim.plan.Plans.scenario;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.EndpointDraw;
import io.github.snatsim.azure.InstanceKind;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.azure.PublicEndpoint;
import io.github.snatsim.azure.Role;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.sim.DeploymentSetup;
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
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule M3, one mitigation at a time, with figures that follow from the arithmetic. */
class MitigationRulesTest {
    private static final IpAddress PUBLIC = IpAddress.parse("203.0.113.10");

    /** One request a second for as long as the hold: of 240 connections 64 find a port. */
    private static final Scenario SHORT = scenario(64, Plans.FIN_HOLD.minusNanos(1), even(Rate.perSecond(1)));

    private static Comparison compare(Scenario scenario, ScenarioMitigation... mitigations) {
        return MitigationAdvisor.compare(scenario, ImmutableList.of(ImmutableList.copyOf(mitigations)), 1, 1);
    }

    private static Comparison.Row row(Scenario scenario, ScenarioMitigation... mitigations) {
        Comparison comparison = compare(scenario, mitigations);
        assertThat(comparison.unavailable()).isEmpty();
        return comparison.ranked().stream()
                .filter(row -> row.effect() != Comparison.Effect.BASELINE)
                .findFirst()
                .orElseThrow();
    }

    private static String whyNot(Scenario scenario, ScenarioMitigation mitigation) {
        Comparison comparison = compare(scenario, mitigation);
        assertThat(comparison.ranked()).hasSize(1);
        return comparison.unavailable().get(0).reason();
    }

    private static void assertRefused(Comparison.Row row, int attempts, int refused) {
        assertThat(row.attempts().mean()).isEqualTo(attempts);
        assertThat(row.refused().mean()).isEqualTo(refused);
    }

    private static void assertDoesNothing(Comparison.Row row) {
        assertThat(row.effect()).isEqualTo(Comparison.Effect.NO_DIFFERENCE);
        assertThat(row.reason()).contains("nothing");
    }

    @Test
    void m3_theScenarioAsItStandsIsARowOfItsOwn() {
        Comparison.Row baseline =
                compare(SHORT, new ScenarioMitigation.RstClose()).baseline();
        assertRefused(baseline, 240, 176);
        assertThat(baseline.cost()).isEqualTo(new Comparison.Cost(0, 0, 0));
        assertThat(baseline.sources().count()).isEqualTo(1);
    }

    @Test
    void m3_reuseAndPoolingNeedAPortForEachRequestInProgress() {
        Comparison.Row reuse = row(SHORT, new ScenarioMitigation.Reuse(Optional.empty()));
        assertRefused(reuse, 1, 0);
        assertThat(reuse.effect()).isEqualTo(Comparison.Effect.FEWER);
        assertThat(reuse.refusedLess().mean()).isEqualTo(176);
        assertRefused(row(SHORT, new ScenarioMitigation.Pool(3)), 1, 0);
    }

    @Test
    void m3_reuseThatIdlesOutBetweenRequestsOpensOneForEach() {
        assertRefused(row(SHORT, new ScenarioMitigation.Reuse(Optional.of(Duration.ofMillis(500)))), 240, 176);
    }

    @Test
    void m3_reuseDoesNothingForClientsThatKeepTheirConnections() {
        Scenario kept = scenario(
                2,
                Duration.ofMinutes(1),
                even(Rate.perSecond(10))
                        .withConnections(Connections.reuse())
                        .withLifetime(Distribution.fixed(Duration.ofSeconds(1))));
        assertDoesNothing(row(kept, new ScenarioMitigation.Reuse(Optional.empty())));
        assertThat(row(kept, new ScenarioMitigation.Pool(2)).effect()).isEqualTo(Comparison.Effect.FEWER);
    }

    @Test
    void m3_aPoolKeepsWhatElseTheConnectionsHad() {
        Connections.Kept kept = Connections.reuse().withIdleLimit(Duration.ofSeconds(9));
        Scenario before =
                scenario(2, Duration.ofMinutes(1), even(Rate.perSecond(1)).withConnections(kept));
        Scenario after = Mitigated.of(before, new ScenarioMitigation.Pool(5)).scenario();
        assertThat(after.workload().clients().get(0).connections())
                .isEqualTo(Connections.pool(5).withIdleLimit(Duration.ofSeconds(9)));
    }

    /** All fail for a minute: at once 20 tries each, with backoff 20 tries over minutes. */
    @Test
    void m3_backoffSpreadsTheRetriesOfAnOutage() {
        Outage outage =
                new Outage(Optional.empty(), Duration.ofMinutes(1), Duration.ofMinutes(2), 1, Outage.Failure.ERROR);
        Scenario storm = scenario(
                64, Duration.ofMinutes(10), even(new Rate(1, 10_000_000_000L)).withRetry(Retry.immediate(20)));
        Scenario before = storm.withWorkload(storm.workload().withOutages(outage));
        Comparison.Row row = row(before, new ScenarioMitigation.Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        assertThat(row.effect()).isEqualTo(Comparison.Effect.FEWER);
        assertThat(row.gaveUp().mean()).isZero();
    }

    @Test
    void m3_backoffDoesNothingWithoutRetries() {
        assertDoesNothing(row(SHORT, new ScenarioMitigation.Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1))));
    }

    @Test
    void m3_keepaliveDoesNothingAgainstHolds() {
        Comparison.Row row = row(SHORT, new ScenarioMitigation.Keepalive(Duration.ofMinutes(1)));
        assertDoesNothing(row);
        assertThat(row.reason()).contains("one side suffices").doesNotContain("pins");
    }

    @Test
    void m3_keepalivePinsPortsThatIdleWouldHaveFreed() {
        Scenario leak = scenario(
                64, Duration.ofMinutes(30), even(new Rate(1, 5_000_000_000L)).withClose(Close.NONE));
        Comparison.Row row = row(leak, new ScenarioMitigation.Keepalive(Duration.ofMinutes(1)));
        // 48 at a time come back after 240 s; pinned, the 65th of 360 finds no port
        assertThat(row.refused().mean()).isEqualTo(360 - 64);
        assertThat(row.effect()).isEqualTo(Comparison.Effect.MORE);
        assertThat(row.reason()).contains("pins");
    }

    @Test
    void m3_theDefaultOfAnOperatingSystemIsTooLate() {
        Comparison.Row row = row(SHORT, new ScenarioMitigation.Keepalive(Duration.ofHours(2)));
        assertDoesNothing(row);
        assertThat(row.reason()).contains("7200 s is too late for an idle time of 240 s");
    }

    @Test
    void m3_anRstFreesAPortAfter15Seconds() {
        Comparison.Row row = row(SHORT, new ScenarioMitigation.RstClose());
        assertRefused(row, 240, 0);
        assertThat(row.reason()).contains("15 s").contains("240 s");
    }

    @Test
    void m3_udpHasNoClose() {
        Client dns = Client.of(
                "dns",
                new Arrivals.Even(Rate.perSecond(1)),
                Destinations.one(Destination.parse("udp 203.0.113.53:53")));
        assertDoesNothing(row(scenario(64, Duration.ofMinutes(5), dns), new ScenarioMitigation.RstClose()));
    }

    @Test
    void m3_anInstanceLevelIpHasNoPortsToRunOutOf() {
        Comparison.Row row = row(SHORT, new ScenarioMitigation.InstanceLevelIp());
        assertRefused(row, 240, 0);
        assertThat(row.sources()).isEqualTo(new PublicSources(1, ImmutableList.of(), "1 to be assigned"));
    }

    @Test
    void m3_rolesCannotHaveInstanceLevelIps() {
        assertThat(whyNot(
                        deployment(InstanceKind.WEB_ROLE, 2, EndpointDraw.PER_DEPLOYMENT),
                        new ScenarioMitigation.InstanceLevelIp()))
                .contains("(S1)");
    }

    private static Scenario deployment(InstanceKind kind, int count, EndpointDraw draw) {
        Deployment deployment = Deployment.of(
                ImmutableList.of(new PublicEndpoint("web", PUBLIC)),
                ImmutableMap.of(new Role("front", kind, ImmutableList.of("web")), count));
        DeploymentSetup setup =
                new DeploymentSetup(deployment, OutboundRules.classic().withDraw(draw), ImmutableMap.of());
        Client burst = Client.of("c", new Arrivals.Bursts(1_500, Duration.ofHours(1)), TO_DATABASE);
        return Scenario.of(setup, Workload.of(burst), Duration.ofMinutes(1));
    }

    @Test
    void m3_theSourcesOfADeploymentAreItsEndpoints() {
        Scenario before = deployment(InstanceKind.VM, 3, EndpointDraw.PER_DEPLOYMENT);
        Comparison comparison = compare(before, new ScenarioMitigation.InstanceLevelIp());
        assertThat(comparison.baseline().sources())
                .isEqualTo(new PublicSources(1, ImmutableList.of(PUBLIC), "1 as listed"));
        assertRefused(comparison.baseline(), 4_500, 3 * (1_500 - 1_024));
        assertRefused(comparison.best(), 4_500, 0);
        assertThat(comparison.best().sources().count()).isEqualTo(3);
        assertThat(comparison.best().cost().publicIps()).isEqualTo(2);
    }

    @Test
    void m3_moreInstancesShareTheLoad() {
        Comparison.Row two = row(SHORT, new ScenarioMitigation.Instances(2));
        assertRefused(two, 240, 2 * (120 - 64));
        assertThat(two.cost()).isEqualTo(new Comparison.Cost(1, 1, 0));
        assertThat(two.reason()).contains("2 with 64 ports each, 128 in all");
        assertRefused(row(SHORT, new ScenarioMitigation.Instances(4)), 240, 0);
    }

    /** 50 with 1,024 ports each carry bursts of 1,000; 51 with 512 each do not carry 981. */
    @Test
    void m3_p9_oneInstanceMoreCanRefuseMore() {
        Client burst = Client.of("c", new Arrivals.Bursts(1_000, Duration.ofHours(1)), TO_DATABASE);
        Scenario pool = Scenario.of(SnatSetup.pool(), 50, Workload.of(burst), Duration.ofMinutes(1));
        Comparison.Row row = row(pool, new ScenarioMitigation.Instances(51));
        assertRefused(row, 51 * 981, 51 * (981 - 512));
        assertThat(row.effect()).isEqualTo(Comparison.Effect.MORE);
        assertThat(row.reason())
                .contains("26,112 in all")
                .contains("51,200")
                .contains("(P9)")
                .contains("rounded up");
    }

    @Test
    void m3_aRoleIsScaledWithItsOwnClients() {
        Scenario before = deployment(InstanceKind.VM, 3, EndpointDraw.PER_DEPLOYMENT);
        Comparison.Row row = row(before, new ScenarioMitigation.Instances(5));
        assertRefused(row, 5 * 900, 0);
        assertThat(row.cost()).isEqualTo(new Comparison.Cost(2, 0, 0));
        assertRefused(row(before, new ScenarioMitigation.Instances(2)), 2 * 2_250, 2 * (2_250 - 1_024));
    }

    @Test
    void m3_aScheduleOfInstancesIsNotOverruled() {
        Scenario before = Scenario.of(SnatSetup.pool(), 2, SHORT.workload(), Duration.ofMinutes(4))
                .withActions(new ScheduledAction.Resize(Duration.ofMinutes(1), 3));
        assertThat(whyNot(before, new ScenarioMitigation.Instances(4))).contains("schedules its number of instances");
    }

    @Test
    void m3_moreInstancesThanATableKnowsCannotBeHad() {
        Scenario pool = Scenario.of(SnatSetup.pool(), 2, SHORT.workload(), Duration.ofMinutes(1));
        assertThat(whyNot(pool, new ScenarioMitigation.Instances(401))).contains("401");
    }

    @Test
    void m3_morePublicIpsDoNothingAtAFixedShare() {
        assertDoesNothing(row(SHORT, new ScenarioMitigation.PublicIps(2)));
        assertDoesNothing(row(
                Scenario.of(SnatSetup.pool(), 60, SHORT.workload(), Duration.ofMinutes(4)),
                new ScenarioMitigation.PublicIps(5)));
        assertDoesNothing(
                row(deployment(InstanceKind.VM, 3, EndpointDraw.PER_DEPLOYMENT), new ScenarioMitigation.PublicIps(2)));
    }

    @Test
    void m3_morePublicIpsHelpWhereEachFlowDrawsOne() {
        Comparison.Row row =
                row(deployment(InstanceKind.VM, 3, EndpointDraw.PER_FLOW), new ScenarioMitigation.PublicIps(2));
        assertRefused(row, 4_500, 0); // about 750 of 1,500 draw each
        assertThat(row.sources().count()).isEqualTo(2);
        assertThat(row.cost().publicIps()).isEqualTo(1);
    }

    @Test
    void m3_eachIpOrPortIsADestinationOfItsOwn() {
        Comparison.Row ips = row(SHORT, new ScenarioMitigation.DestinationIps(8));
        assertRefused(ips, 240, 0);
        assertThat(ips.cost()).isEqualTo(new Comparison.Cost(0, 0, 7));
        assertRefused(row(SHORT, new ScenarioMitigation.DestinationPorts(8)), 240, 0);
    }

    @Test
    void m3_anOutageStrikesEveryIpOfItsDestination() {
        Outage outage =
                new Outage(Optional.of(DATABASE), Duration.ZERO, Duration.ofMinutes(2), 1, Outage.Failure.ERROR);
        Scenario before = SHORT.withWorkload(SHORT.workload().withOutages(outage));
        Scenario after =
                Mitigated.of(before, new ScenarioMitigation.DestinationIps(3)).scenario();
        assertThat(after.workload().outages())
                .extracting(one -> one.destination().orElseThrow())
                .containsExactlyElementsOf(
                        after.workload().clients().get(0).destinations().all())
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void m3_namesGetMoreAddresses() {
        Destinations.Names names = new Destinations.Names(
                DATABASE.protocol(),
                443,
                ImmutableList.of(new Destinations.Name("db", ImmutableList.of(IpAddress.parse("203.0.113.7")))));
        Scenario before =
                scenario(64, Duration.ofMinutes(1), even(Rate.perSecond(1)).withDestinations(names));
        Destinations.Names after = (Destinations.Names) Mitigated.of(before, new ScenarioMitigation.DestinationIps(3))
                .scenario()
                .workload()
                .clients()
                .get(0)
                .destinations();
        assertThat(after.names().get(0).addresses())
                .extracting(IpAddress::toString)
                .containsExactly("203.0.113.7", "203.0.113.8", "203.0.113.9");
        assertThat(whyNot(before, new ScenarioMitigation.DestinationPorts(3))).contains("one port");
    }

    @Test
    void m3_zipfsLawDoesNotSayHowAnIpIsShared() {
        Scenario before = scenario(
                64,
                Duration.ofMinutes(1),
                even(Rate.perSecond(1)).withDestinations(new Destinations.Zipf(Destinations.range(DATABASE, 3), 1)));
        assertThat(whyNot(before, new ScenarioMitigation.DestinationIps(2))).contains("Zipf");
    }

    @Test
    void m3_aCacheSparesConnections() {
        assertRefused(row(SHORT, new ScenarioMitigation.Caching(0.5)), 120, 120 - 64);
        assertRefused(row(SHORT, new ScenarioMitigation.Caching(0.9)), 24, 0);
    }

    @Test
    void m3_aClosedLoopAsksAgain() {
        Scenario loop = scenario(
                64,
                Duration.ofMinutes(1),
                even(Rate.perSecond(1))
                        .withArrivals(new Arrivals.ClosedLoop(2, Distribution.fixed(Duration.ofSeconds(1)))));
        assertThat(whyNot(loop, new ScenarioMitigation.Caching(0.5))).contains("workers of c");
        assertThat(whyNot(loop, new ScenarioMitigation.RateLimit(Rate.perSecond(1))))
                .contains("workers of c");
    }

    @Test
    void m3_aRateLimitTurnsAwayBeforeAPortIsTaken() {
        Comparison.Row row = row(SHORT, new ScenarioMitigation.RateLimit(new Rate(1, 4_000_000_000L)));
        assertRefused(row, 60, 0);
        assertThat(row.requests().mean()).isEqualTo(60);
        assertDoesNothing(row(SHORT, new ScenarioMitigation.RateLimit(Rate.perSecond(1))));
    }

    @Test
    void m3_allInstancesShareAFirewallsPorts() {
        Scenario two = Scenario.of(SnatSetup.portsPerInstance(64), 2, SHORT.workload(), SHORT.duration());
        assertRefused(row(two, new ScenarioMitigation.Firewall(new AzureFirewall(1, 100))), 480, 380);
        Comparison.Row large = row(two, new ScenarioMitigation.Firewall(new AzureFirewall(3, 160)));
        assertRefused(large, 480, 0);
        assertThat(large.sources().count()).isEqualTo(3);
    }

    @Test
    void m3_aPrivateEndpointNeedsNoPort() {
        Comparison.Row row = row(SHORT, new ScenarioMitigation.PrivateEndpoint());
        assertRefused(row, 0, 0);
        assertThat(row.requests().mean()).isEqualTo(240);
        assertThat(row.gaveUp().mean()).isZero();
        assertThat(row.sources().count()).isZero();
    }

    @Test
    void m3_aFasterBackendHardlyCountsBesideTheHold() {
        Scenario before = scenario(
                64,
                Plans.FIN_HOLD.minusNanos(1),
                even(Rate.perSecond(1)).withLifetime(Distribution.fixed(Duration.ofSeconds(1))));
        Comparison.Row row = row(before, new ScenarioMitigation.FasterBackend(0.1));
        assertThat(row.effect()).isEqualTo(Comparison.Effect.NO_DIFFERENCE);
        assertThat(row.reason()).contains("1 s hardly count beside 240 s");
    }

    @Test
    void m3_severalTogetherAreAppliedInOrder() {
        Comparison.Row row = row(SHORT, new ScenarioMitigation.Instances(2), new ScenarioMitigation.Caching(0.5));
        assertRefused(row, 120, 0);
        assertThat(row.title()).isEqualTo("2 instances + caching of 50 %");
        assertThat(row.reason()).contains("; ");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void m3_recordedArrivalsAreThinnedEvenly(int parts) {
        Arrivals.Recorded all = new Arrivals.Recorded(java.util.stream.IntStream.range(0, 20)
                .mapToObj(Duration::ofSeconds)
                .collect(ImmutableList.toImmutableList()));
        Arrivals.Recorded some = (Arrivals.Recorded) new LoadScale(1, parts).of(all);
        assertThat(some.times()).hasSize((20 + parts - 1) / parts).first().isEqualTo(Duration.ZERO);
        for (int i = 0; i < some.times().size(); i++) {
            assertThat(some.times().get(i)).isEqualTo(Duration.ofSeconds((long) parts * i));
        }
    }

    @Test
    void m3_arrivalsThatChangeLaterAreScaledToo() {
        Scenario before = SHORT.withActions(
                new ScheduledAction.ChangeArrivals(Duration.ofMinutes(2), "c", new Arrivals.Even(Rate.perSecond(10))));
        Scenario after =
                Mitigated.of(before, new ScenarioMitigation.Caching(0.5)).scenario();
        assertThat(after.actions())
                .containsExactly(new ScheduledAction.ChangeArrivals(
                        Duration.ofMinutes(2), "c", new Arrivals.Even(Rate.perSecond(5))));
    }

    @Test
    void m3_aDeploymentsScheduleIsNothingForAFirewall() {
        Scenario before = deployment(InstanceKind.VM, 3, EndpointDraw.PER_DEPLOYMENT)
                .withActions(
                        new ScheduledAction.Change(Duration.ofSeconds(30), new DeploymentChange.ScaleOut("front", 1)));
        assertThat(whyNot(before, new ScenarioMitigation.Firewall(AzureFirewall.article())))
                .contains("only a deployment");
    }

    @Test
    void m3_valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new ScenarioMitigation.Pool(0)).hasMessageContaining("expected at least 1");
        assertThatThrownBy(() -> new ScenarioMitigation.Caching(1)).hasMessageContaining("below 1");
        assertThatThrownBy(() -> new ScenarioMitigation.Keepalive(Duration.ZERO))
                .hasMessageContaining("above zero");
        assertThatThrownBy(() -> new ScenarioMitigation.Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("the longest not below the first");
        assertThatThrownBy(() -> new ScenarioMitigation.DestinationIps(1)).hasMessageContaining("2-1000");
        assertThatThrownBy(() -> MitigationAdvisor.compare(SHORT, ImmutableList.of(ImmutableList.of()), 1, 1))
                .hasMessageContaining("at least one");
    }
}
