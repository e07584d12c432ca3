package io.github.snatsim.sim;

import static io.github.snatsim.sim.Calls.at;
import static io.github.snatsim.sim.Calls.atSeconds;
import static io.github.snatsim.sim.Calls.everyNanos;
import static io.github.snatsim.sim.Calls.http;
import static io.github.snatsim.sim.Calls.run;
import static io.github.snatsim.sim.Calls.taking;
import static io.github.snatsim.sim.Calls.took;
import static io.github.snatsim.sim.Scenarios.HOUR;
import static io.github.snatsim.sim.Scenarios.ms;
import static io.github.snatsim.sim.Scenarios.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.Autoscale;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.BackendHosting;
import io.github.snatsim.azure.FirewallGateway;
import io.github.snatsim.azure.GatewayLogRecord;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.metrics.DestinationUse;
import io.github.snatsim.metrics.Episode;
import io.github.snatsim.metrics.PortUse;
import io.github.snatsim.net.Destination;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules G3 and G4, each with numbers that can be worked out by hand. */
class ApiMitigationRulesTest {
    private static final ApiMitigation PRIVATE = new ApiMitigation.PrivateEndpoint();
    private static final ApiMitigation SERVICE = new ApiMitigation.ServiceEndpoint();
    private static final ApiMitigation LIMIT = new ApiMitigation.RateLimitByKey(2, seconds(10));

    private static ApiManagement service(int units, int ports) {
        return ApiManagement.of(units, ports).withConnectWait(Duration.ZERO);
    }

    private static ApiManagement inVnet(int units, int ports) {
        return service(units, ports).inVnet(BackendHosting.AZURE_WITH_SERVICE_ENDPOINT);
    }

    private static ApiMitigation firewall(int publicIps, int portsPerIp) {
        return new ApiMitigation.Firewall(new AzureFirewall(publicIps, portsPerIp));
    }

    private static ApiMitigation even(double hitRatio) {
        return new ApiMitigation.Caching(hitRatio, ApiMitigation.Hits.EVEN);
    }

    private static Client burst(int calls) {
        return at("burst", Collections.nCopies(calls, ms(0)).toArray(Duration[]::new));
    }

    @Test
    void g3_endpointsInTheVnetTakeNoPorts() {
        // 100 calls at once with one port
        assertThat(http(inVnet(1, 1), HOUR, burst(100)).count(HttpOutcome.BACKEND_CONNECTION_FAILURE))
                .isEqualTo(99);
        for (ApiMitigation endpoint : ImmutableList.of(PRIVATE, SERVICE)) {
            SimulationResult result = run(inVnet(1, 1).with(endpoint), HOUR, burst(100));
            assertThat(http(result).count(HttpOutcome.OK)).isEqualTo(100);
            assertThat(http(result).exhaustedWithoutScaleOutNanos()).isZero();
            assertThat(result.metrics().attempts()).isZero();
            assertThat(result.metrics().untranslated()).isPositive();
            assertThat(result.peakPortsUsed()).isZero();
        }
    }

    @Test
    void g3_behindAFirewallAllUnitsShareItsPortsAndHaveNoneOfTheirs() {
        // 2 IPs x 2 ports and units of 64 ports: of five calls at once, to units 0, 1, 0, 1, 0, the fifth fails. The
        // four
        // ports are taken until 240 s.
        SimulationResult result = run(inVnet(2, 64).with(firewall(2, 2)), HOUR, burst(5));
        HttpResult http = http(result);

        assertThat(http.units()).extracting(HttpResult.Unit::forwarded).containsExactly(3L, 2L);
        assertThat(http.units()).extracting(HttpResult.Unit::failures).containsExactly(1L, 0L);
        PortUse use = result.metrics().portUse().get(0);
        assertThat(result.metrics().portUse()).hasSize(1);
        assertThat(use.instance()).isEqualTo(FirewallGateway.ADDRESS);
        assertThat(use.portsUsedMax()).isEqualTo(4);
        DestinationUse destination = result.metrics().destinations().get(0);
        assertThat(result.metrics().destinations()).hasSize(1);
        assertThat(destination.instance()).isEqualTo(FirewallGateway.ADDRESS);
        assertThat(destination.opened()).isEqualTo(4);
        assertThat(destination.refused()).isEqualTo(1);
        assertThat(destination.portsUsedMax()).isEqualTo(4);
        assertThat(destination.exhaustedNanos()).isEqualTo(seconds(240).toNanos());
        assertThat(result.metrics().exhaustedNanos()).isEqualTo(seconds(240).toNanos());
        Episode episode = result.metrics().episodes().get(0);
        assertThat(result.metrics().episodes()).hasSize(1);
        assertThat(episode.instance()).isEqualTo(FirewallGateway.ADDRESS);
        assertThat(episode.refused()).isEqualTo(1);
        assertThat(result.metrics().portsInUse().total()).isZero();
    }

    @Test
    void g3_callsOfAllUnitsWaitForAFirewallsPortsInOneQueue() {
        // One port; a takes it for 241 s. b, of unit 1, comes before c, of unit 0.
        ApiManagement service = inVnet(2, 64).withConnectWait(seconds(600)).with(firewall(1, 1));
        SimulationResult result = run(
                service,
                HOUR,
                taking(seconds(1), atSeconds("a", 0)),
                taking(seconds(1), atSeconds("b", 10)),
                taking(seconds(1), atSeconds("c", 11)));

        assertThat(took(result, "b")).isEqualTo(seconds(241 + 1 - 10));
        assertThat(took(result, "c")).isEqualTo(seconds(482 + 1 - 11));
    }

    @Test
    void g3_theArticlesFirewallHas64000PortsAndTodays2496ForEachIpAndInstance() {
        assertThat(run(inVnet(1, 64).with(new ApiMitigation.Firewall(AzureFirewall.article())), HOUR, burst(64_010))
                        .metrics()
                        .refused())
                .isEqualTo(10);
        // 2 IPs x 2 instances x 2,496 = 9,984
        assertThat(run(
                                inVnet(1, 64).with(new ApiMitigation.Firewall(AzureFirewall.documented(2, 2))),
                                HOUR,
                                burst(10_000))
                        .metrics()
                        .refused())
                .isEqualTo(16);
    }

    @Test
    void g3_aPrivateBackendTakesNoPortOfAFirewallEither() {
        // T8: only destinations in public address space need SNAT.
        Client toPrivate = burst(10).withDestinations(Destinations.one(Destination.parse("tcp 10.9.9.9:443")));

        assertThat(http(inVnet(1, 1), HOUR, toPrivate).count(HttpOutcome.OK)).isEqualTo(10);
        SimulationResult result = run(inVnet(1, 1).with(firewall(1, 1)), HOUR, toPrivate);
        assertThat(http(result).count(HttpOutcome.OK)).isEqualTo(10);
        assertThat(result.peakPortsUsed()).isZero();
    }

    @Test
    void g3_aCacheKeepsItsShareOfTheCallsFromTheBackend() {
        // 100 calls to 2 units, 3 of 4 hits of each: 12 or 13 of 50 are misses, the first, the fifth and so on: 13.
        SimulationResult result = run(service(2, 64).with(even(0.75)), seconds(100), everyNanos(1_000_000_000));

        assertThat(http(result).units()).extracting(HttpResult.Unit::forwarded).containsExactly(13L, 13L);
        assertThat(http(result).units()).extracting(HttpResult.Unit::fromCache).containsExactly(37L, 37L);
        assertThat(result.metrics().opened()).isEqualTo(26);
        assertThat(run(service(1, 1).with(even(1)), HOUR, burst(100)).metrics().attempts())
                .isZero();
        SimulationResult random =
                run(service(1, 64).with(new ApiMitigation.Caching(0.5, ApiMitigation.Hits.RANDOM)), HOUR, burst(1_000));
        HttpResult.Unit unit = http(random).units().get(0);
        assertThat(unit.fromCache() + unit.forwarded()).isEqualTo(1_000);
        assertThat(unit.fromCache()).isBetween(400L, 600L); // 500 +- 6 sigma of 15.8
        assertThat(random.metrics().attempts()).isEqualTo(unit.forwarded());
    }

    @Test
    void g3_aRateLimitsPeriodBeginsWithACallAndEndsExactly() {
        // 2 in 10 s, from 5 s on: 5, 6 yes, 7 and 14.999999999 no; 15, 16 yes, 17 no; 26 begins the next one.
        Duration justBefore = Duration.ofNanos(14_999_999_999L);
        Client key = at(
                "key",
                seconds(5),
                seconds(6),
                seconds(7),
                justBefore,
                seconds(15),
                seconds(16),
                seconds(17),
                seconds(26),
                seconds(35),
                seconds(36));
        SimulationResult result = run(service(1, 64).with(LIMIT), HOUR, key);
        // 26 and 35 yes (the period of 26 ends at 36), 36 yes: it begins another one
        assertThat(http(result).count(HttpOutcome.TOO_MANY_REQUESTS)).isEqualTo(3);
        assertThat(http(result).count(HttpOutcome.OK)).isEqualTo(7);
        assertThat(result.metrics().attempts()).isEqualTo(7);
    }

    @Test
    void g3_aRateLimitIsPerKeyAndTakesNoTurnOfAUnit() {
        // x: 3 calls, one too many; y: 2. Units 0, 1, -, 0, 1.
        HttpResult http = http(service(2, 64).with(LIMIT), HOUR, at("x", ms(0), ms(0), ms(0)), at("y", ms(1), ms(1)));

        assertThat(http.count(HttpOutcome.TOO_MANY_REQUESTS)).isEqualTo(1);
        assertThat(http.units()).extracting(HttpResult.Unit::calls).containsExactly(2L, 2L);
    }

    @Test
    void g3_aFasterBackendHardlyHelpsAndMoreUnitsAndBackendsMultiplyThePorts() {
        // 60 calls at once with 10 ports a unit and backend
        ApiManagement ten = service(1, 10);
        assertThat(failures(ten, 60)).isEqualTo(50);
        assertThat(failures(ten.with(new ApiMitigation.FasterBackend(0.1)), 60)).isEqualTo(50);
        ApiMitigation units = new ApiMitigation.MoreUnits(3);
        ApiMitigation byPort = new ApiMitigation.MoreBackends(2, ApiMitigation.Differ.BY_PORT);
        ApiMitigation byAddress = new ApiMitigation.MoreBackends(2, ApiMitigation.Differ.BY_ADDRESS);
        assertThat(failures(ten.with(units), 60)).isEqualTo(30);
        assertThat(failures(ten.with(byPort), 60)).isEqualTo(40);
        assertThat(failures(ten.with(byAddress), 60)).isEqualTo(40);
        assertThat(failures(ten.with(byAddress).with(units), 60)).isZero();
        // half of 60 are hits: 30 for 10 ports
        assertThat(failures(ten.with(even(0.5)), 60)).isEqualTo(20);
        assertThat(failures(ten.with(even(0.5)).with(units), 60)).isZero();
        // two calls of the key, so there is a port for each
        assertThat(failures(ten.with(LIMIT), 60)).isZero();
        assertThat(failures(inVnet(1, 10).with(firewall(1, 20)), 60)).isEqualTo(40);
        assertThat(failures(inVnet(1, 10).with(firewall(1, 20)).with(byPort), 60))
                .isEqualTo(20);
        assertThat(failures(inVnet(1, 10).with(firewall(1, 20)).with(units), 60))
                .isEqualTo(40);
        // a call takes 2.5 of its 10 s
        assertThat(took(
                        run(
                                ten.with(new ApiMitigation.FasterBackend(0.25)),
                                HOUR,
                                taking(seconds(10), atSeconds("one", 0))),
                        "one"))
                .isEqualTo(ms(2_500));
    }

    private static long failures(ApiManagement service, int calls) {
        return http(service, HOUR, burst(calls)).count(HttpOutcome.BACKEND_CONNECTION_FAILURE);
    }

    @Test
    void g3_moreBackendsAreNeighboursThatEachUnitUsesInTurn() {
        // 2 units x 3 IPs x 2 = 12 calls
        SimulationResult result = run(
                service(2, 64).with(new ApiMitigation.MoreBackends(3, ApiMitigation.Differ.BY_ADDRESS)),
                HOUR,
                burst(12));

        assertThat(result.metrics().destinations())
                .extracting(use -> use.instance() + " " + use.destination() + " " + use.opened())
                .containsExactlyInAnyOrder(
                        "10.0.0.4 tcp 203.0.113.20:443 2",
                        "10.0.0.4 tcp 203.0.113.21:443 2",
                        "10.0.0.4 tcp 203.0.113.22:443 2",
                        "10.0.0.5 tcp 203.0.113.20:443 2",
                        "10.0.0.5 tcp 203.0.113.21:443 2",
                        "10.0.0.5 tcp 203.0.113.22:443 2");
        SimulationResult ports = run(
                service(1, 64).with(new ApiMitigation.MoreBackends(2, ApiMitigation.Differ.BY_PORT)), HOUR, burst(2));
        assertThat(ports.metrics().destinations())
                .extracting(use -> use.destination().toString())
                .containsExactlyInAnyOrder("tcp 203.0.113.20:443", "tcp 203.0.113.20:444");
    }

    @ParameterizedTest
    @CsvSource({"tcp 203.0.113.20:65534, BY_PORT", "tcp 255.255.255.254:443, BY_ADDRESS"})
    void g3_backendsThatHaveNoSuchNeighboursAreRefusedBeforeTheRun(String backend, ApiMitigation.Differ differ) {
        Client client = burst(3).withDestinations(Destinations.one(Destination.parse(backend)));

        assertThat(http(service(1, 64).with(new ApiMitigation.MoreBackends(2, differ)), HOUR, client)
                        .calls())
                .isEqualTo(3);
        ApiManagement three = service(1, 64).with(new ApiMitigation.MoreBackends(3, differ));
        assertThatThrownBy(() -> Calls.scenario(three, HOUR, client))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(backend);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVICE_ENDPOINT", "PRIVATE_ENDPOINT", "FIREWALL"})
    void g3_thePathsNeedAVnetAndExcludeEachOther(ApiMitigation.Kind kind) {
        ImmutableList<ApiMitigation> paths = ImmutableList.of(SERVICE, PRIVATE, firewall(1, 1));
        ApiMitigation path =
                paths.stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();

        assertThatThrownBy(() -> service(1, 1).with(path))
                .hasMessageContaining(kind + " needs the service to be in a VNet");
        for (ApiMitigation other : paths) {
            if (other.kind() != kind) {
                ApiManagement one = inVnet(1, 1).with(other);
                assertThatThrownBy(() -> one.with(path))
                        .hasMessageContaining("one way")
                        .hasMessageContaining(kind.toString())
                        .hasMessageContaining(other.kind().toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ELSEWHERE, false, false, true",
        "AZURE, false, true, true",
        "AZURE_WITH_SERVICE_ENDPOINT, true, true, true",
    })
    void g3_whereTheBackendRunsDecidesWhichPathsThereAre(
            BackendHosting hosting, boolean service, boolean privateEndpoint, boolean firewall) {
        ApiManagement inVnet = ApiManagement.of(1, 1).inVnet(hosting);

        assertPossible(inVnet, SERVICE, service, "a service-endpoint needs a backend in an Azure service");
        assertPossible(inVnet, PRIVATE, privateEndpoint, "a private-endpoint needs a backend in Azure");
        assertPossible(inVnet, firewall(1, 1), firewall, "");
    }

    private static void assertPossible(ApiManagement service, ApiMitigation path, boolean possible, String reason) {
        if (possible) {
            assertThat(service.with(path).on()).containsExactly(path.kind());
        } else {
            assertThatThrownBy(() -> service.with(path)).hasMessageContaining(reason);
        }
    }

    @Test
    void g3_whatIsNotDescribedOrDescribedTwiceOrOutOfRangeIsRefused() {
        ApiManagement service = ApiManagement.of(1, 1);

        assertThatThrownBy(() -> service.withOn(ImmutableSet.of(ApiMitigation.Kind.CACHING)))
                .hasMessageContaining("caching is on but not described");
        assertThatThrownBy(() -> new ApiManagement(
                        1,
                        1,
                        seconds(1),
                        false,
                        BackendHosting.ELSEWHERE,
                        ImmutableList.of(even(0.5), even(0.6)),
                        ImmutableSet.of(),
                        Optional.empty()))
                .hasMessageContaining("caching is described twice");
        assertThatThrownBy(() -> ApiManagement.of(0, 1)).hasMessageContaining("0 units: expected 1-1000");
        assertThatThrownBy(() -> ApiManagement.of(1, 0)).hasMessageContaining("expected 1-64512");
        assertThatThrownBy(() -> ApiManagement.of(1, 64_513)).hasMessageContaining("expected 1-64512");
        assertThatThrownBy(() -> service.withConnectWait(ms(-1))).hasMessageContaining("expected not negative");
        assertThatThrownBy(() -> even(0)).hasMessageContaining("above 0, up to 1");
        assertThatThrownBy(() -> even(Double.NaN)).hasMessageContaining("above 0, up to 1");
        assertThatThrownBy(() -> new ApiMitigation.FasterBackend(1)).hasMessageContaining("above 0, below 1");
        assertThatThrownBy(() -> new ApiMitigation.MoreBackends(1, ApiMitigation.Differ.BY_PORT))
                .hasMessageContaining("expected 2-1000");
        assertThatThrownBy(() -> new ApiMitigation.RateLimitByKey(0, seconds(1)))
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new ApiMitigation.RateLimitByKey(1, ms(0))).hasMessageContaining("above zero");
        assertThatThrownBy(() -> new ApiMitigation.ConnectionReuse(Optional.of(ms(0))))
                .hasMessageContaining("above zero");
    }

    private static Autoscale calls(double above, double below, int min, int max, Duration period, Duration takes) {
        return new Autoscale(Autoscale.Metric.CALLS, above, below, min, max, period, takes, Duration.ZERO);
    }

    private static HttpResult.UnitChange change(long seconds, int units) {
        return new HttpResult.UnitChange(seconds(seconds).toNanos(), units);
    }

    private static final Client FIVE_A_SECOND = everyNanos(200_000_000);

    @Test
    void g4_autoscaleSeesCallsOfAUnit() {
        // 300 calls a minute: 5 for one unit, 2.5 for each of two, 1.67 for three; above 2 asks for more.
        Autoscale rule = calls(2, 0, 1, 10, seconds(60), Duration.ZERO);

        HttpResult http = http(service(1, 64).withAutoscale(rule), seconds(600), FIVE_A_SECOND);
        assertThat(http.unitChanges()).containsExactly(change(60, 2), change(120, 3));
        assertThat(http.unitsAtEnd()).isEqualTo(3);
        // unit 0: 300 + 150 + 8 min x 100; unit 1: 150 + 800; unit 2: 800
        assertThat(http.units()).extracting(HttpResult.Unit::calls).containsExactly(1_250L, 950L, 800L);
    }

    @ParameterizedTest
    @CsvSource({
        "60, 120, 180", // done when the next period ends: that period's decision sees it
        "90, 150, 270", // on its way at 120 s, when nothing is asked; asked again at 180 s
        "120, 180, 300",
    })
    void g4_aChangeTakesAWhileInWhichNothingIsAsked(long takes, long second, long third) {
        Autoscale rule = calls(2, 0, 1, 10, seconds(60), seconds(takes));

        assertThat(http(service(1, 64).withAutoscale(rule), seconds(600), FIVE_A_SECOND)
                        .unitChanges())
                .containsExactly(change(second, 2), change(third, 3));
    }

    @Test
    void g4_autoscaleSeesCpu() {
        // 5/s x 100 ms: 50 % of one unit, 25 % of each of two; above 40 % asks for more.
        Autoscale rule = new Autoscale(Autoscale.Metric.CPU, 40, 0, 1, 10, seconds(60), Duration.ZERO, ms(100));

        assertThat(http(service(1, 64).withAutoscale(rule), seconds(600), FIVE_A_SECOND)
                        .unitChanges())
                .containsExactly(change(60, 2));
    }

    @Test
    void g4_theFewestAndTheMostUnitsBoundIt() {
        HttpResult most = http(
                service(1, 64).withAutoscale(calls(0.1, 0, 1, 2, seconds(60), Duration.ZERO)),
                seconds(600),
                FIVE_A_SECOND);
        assertThat(most.unitChanges()).containsExactly(change(60, 2));
        HttpResult fewest = http(
                service(4, 64).withAutoscale(calls(100, 50, 2, 4, seconds(60), Duration.ZERO)),
                seconds(600),
                FIVE_A_SECOND);
        assertThat(fewest.unitChanges()).containsExactly(change(60, 3), change(120, 2));
        assertThat(fewest.unitsAtEnd()).isEqualTo(2);
        assertThat(fewest.units()).hasSize(4);
        assertThat(fewest.units().get(3).calls()).isEqualTo(75); // of the first minute only
    }

    @Test
    void g4_whatAUnitThatLeavesHasBegunGoesOn() {
        // Two units, one port each: a and c go to unit 0, b and d to unit 1, which leaves at 60 s. d waits for its port
        // until 241 s all the same; e, at 100 s, goes to unit 0, where it waits behind c until 482 s.
        ApiManagement service = service(2, 1)
                .withConnectWait(seconds(1_000))
                .withAutoscale(calls(100, 50, 1, 2, seconds(60), Duration.ZERO));
        SimulationResult result = run(
                service,
                HOUR,
                taking(seconds(1), atSeconds("a", 0)),
                taking(seconds(1), atSeconds("b", 0)),
                taking(seconds(1), atSeconds("c", 50)),
                taking(seconds(1), atSeconds("d", 50)),
                taking(seconds(1), atSeconds("e", 100)));

        assertThat(http(result).unitChanges()).containsExactly(change(60, 1));
        assertThat(took(result, "c")).isEqualTo(seconds(242 - 50));
        assertThat(took(result, "d")).isEqualTo(seconds(242 - 50));
        assertThat(took(result, "e")).isEqualTo(seconds(483 - 100));
        assertThat(http(result).units()).extracting(HttpResult.Unit::calls).containsExactly(3L, 2L);
    }

    @Test
    void g4_aUnitThatComesBackIsTheSameWithItsPortsStillTaken() {
        // Both ports are taken until 240 and 241 s. 2 calls in the first minute are 0.017/s for each unit, below 0.04:
        // unit
        // 1 leaves at 60 s; 4 in the second are 0.067/s for one, above 0.05: it is back at 120 s, its port still taken.
        ApiManagement service = service(2, 1).withAutoscale(calls(0.05, 0.04, 1, 2, seconds(60), Duration.ZERO));
        HttpResult http = http(service, seconds(170), atSeconds("x", 0, 1, 70, 71, 72, 73, 130, 131));

        assertThat(http.unitChanges()).containsExactly(change(60, 1), change(120, 2));
        assertThat(http.units()).hasSize(2);
        assertThat(http.count(HttpOutcome.OK)).isEqualTo(2);
        assertThat(http.failures()).extracting(GatewayLogRecord::unit).containsExactly(0, 0, 0, 0, 0, 1);
    }

    @Test
    void g4_exhaustedTimeWithoutAScaleOutIsExact() {
        // The only port is taken from 0 until 240 s.
        Client once = atSeconds("once", 0);
        assertThat(http(service(1, 1), seconds(600), once).exhaustedWithoutScaleOutNanos())
                .isEqualTo(seconds(240).toNanos());
        // 1 call in 100 s is above 0.005/s: at 100 s a unit more is asked for, so the first 100 s do not count; in the
        // second period and the third nothing is asked for: 100 + 40 s.
        assertThat(http(
                                service(1, 1).withAutoscale(calls(0.005, 0, 1, 2, seconds(100), Duration.ZERO)),
                                seconds(600),
                                once)
                        .exhaustedWithoutScaleOutNanos())
                .isEqualTo(seconds(140).toNanos());
        // at the most units nothing can be asked for
        assertThat(http(
                                service(1, 1).withAutoscale(calls(0.005, 0, 1, 1, seconds(100), Duration.ZERO)),
                                seconds(600),
                                once)
                        .exhaustedWithoutScaleOutNanos())
                .isEqualTo(seconds(240).toNanos());
        // counted from a warm-up of 50 s on: 240 - 50, and 240 - 50 - 50
        assertThat(http(ScenarioRun.run(Calls.scenario(service(1, 1), seconds(600), once)
                                .withWarmUp(seconds(50))))
                        .exhaustedWithoutScaleOutNanos())
                .isEqualTo(seconds(190).toNanos());
        assertThat(http(ScenarioRun.run(Calls.scenario(
                                        service(1, 1).withAutoscale(calls(0.005, 0, 1, 2, seconds(100), Duration.ZERO)),
                                        seconds(600),
                                        once)
                                .withWarmUp(seconds(50))))
                        .exhaustedWithoutScaleOutNanos())
                .isEqualTo(seconds(140).toNanos());
    }

    @Test
    void g4_anAutoscaledUnitBehindAFirewallSharesItsPorts() {
        // One port of the firewall: the second unit brings none.
        ApiManagement service =
                inVnet(1, 64).with(firewall(1, 1)).withAutoscale(calls(0.005, 0, 1, 2, seconds(100), Duration.ZERO));
        SimulationResult result = run(service, seconds(200), atSeconds("x", 0, 110, 111));

        assertThat(http(result).unitsAtEnd()).isEqualTo(2);
        assertThat(http(result).count(HttpOutcome.BACKEND_CONNECTION_FAILURE)).isEqualTo(2);
        assertThat(result.metrics().portUse()).hasSize(1);
        assertThat(result.metrics().episodes()).hasSize(1);
        assertThat(result.metrics().episodes().get(0).refused()).isEqualTo(2);
    }

    @Test
    void g4_theSummedCountsBehindAWarmUpAreThoseOfWhatCameAfterIt() {
        // 1 call/s that takes 10 s, warm-up 95.5 s. What ends behind it are the calls of 86 s (on their way then) to
        // 190 s,
        // which ends at the very end of 200 s: 105. The unit gets the calls of 96 to 199 s: 104.
        HttpResult http = http(ScenarioRun.run(
                Calls.scenario(service(1, 1_024), seconds(200), taking(seconds(10), everyNanos(1_000_000_000)))
                        .withWarmUp(ms(95_500))));

        assertThat(http.count(HttpOutcome.OK)).isEqualTo(105);
        assertThat(http.units().get(0).calls()).isEqualTo(104);
        assertThat(Calls.total(http.overTime())).isEqualTo(105);
        assertThat(http.overTime().startNanos()).isEqualTo(ms(95_500).toNanos());
    }
}
