package io.github.snatsim.sim;

import static io.github.snatsim.sim.Scenarios.DATABASE;
import static io.github.snatsim.sim.Scenarios.HOUR;
import static io.github.snatsim.sim.Scenarios.TO_DATABASE;
import static io.github.snatsim.sim.Scenarios.ms;
import static io.github.snatsim.sim.Scenarios.seconds;
import static io.github.snatsim.sim.Scenarios.timing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.metrics.DestinationUse;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Outage;
import io.github.snatsim.workload.Outage.Failure;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import io.github.snatsim.workload.SourcePorts;
import io.github.snatsim.workload.Workload;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Rules C1-C9 and M1, each with numbers that can be worked out by hand. */
class ClientRulesTest {
    private static Client even(long perSecond) {
        return Client.of("web", new Arrivals.Even(Rate.perSecond(perSecond)), TO_DATABASE);
    }

    @Test
    void c1_perRequestOpensAConnectionForEachAndReuseOnlyOne() {
        Client client = even(1).withLifetime(Distribution.fixed(ms(500)));

        assertThat(Scenarios.run(1_024, HOUR, client).metrics().opened()).isEqualTo(3_600);
        SimulationResult reuse = Scenarios.run(1_024, HOUR, client.withConnections(Connections.reuse()));
        assertThat(reuse.metrics().opened()).isEqualTo(1);
        assertThat(reuse.clients().get(0).completed()).isEqualTo(3_600);
    }

    @Test
    void c1_anIdleLimitBelowTheGapClosesEveryConnection() {
        Client client = even(1).withConnections(Connections.reuse().withIdleLimit(ms(999)));

        assertThat(Scenarios.run(1_024, HOUR, client).metrics().opened()).isEqualTo(3_600);
    }

    @Test
    void c1_aMaximumLifetimeRenewsConnections() {
        // Used at 0, 1, ... 9 s; at 10 s it is 10 s old and another one is opened: 360 in an hour.
        Client client = even(1).withConnections(Connections.reuse().withLifetimeMax(seconds(10)));

        assertThat(Scenarios.run(1_024, HOUR, client).metrics().opened()).isEqualTo(360);
    }

    @Test
    void c1_aKeptConnectionThatIdledOutLosesARequestUnlessKeepalivesHoldIt() {
        Client client = Client.of("web", new Arrivals.Even(new Rate(1, 300_000_000_000L)), TO_DATABASE)
                .withConnections(Connections.reuse());

        SimulationResult lost = Scenarios.run(128, HOUR, client);
        // Requests at 0, 300, ... 3,300 s. The flow idles out 240 s after each; the next request finds it gone, waits
        // 30 s and is given up; the one after that opens a new connection: every other one of 12 fails.
        assertThat(lost.clients().get(0).gaveUp()).isEqualTo(6);
        SimulationResult kept = Scenarios.run(128, HOUR, client.withKeepalive(seconds(60)));
        assertThat(kept.clients().get(0).gaveUp()).isZero();
        assertThat(kept.metrics().opened()).isEqualTo(1);
        SimulationResult tooSeldom = Scenarios.run(128, HOUR, client.withKeepalive(seconds(241)));
        assertThat(tooSeldom.clients().get(0).gaveUp()).isEqualTo(6);
    }

    @Test
    void c1_fifoKeepsAllConnectionsInUseAndLifoLetsTheRestIdleOut() {
        // Ten at once open ten connections; then one request a second. With an idle limit of 20 s LIFO keeps one alive,
        // FIFO goes round all ten.
        Client burst = Client.of(
                "burst", new Arrivals.Recorded(ImmutableList.copyOf(Collections.nCopies(10, ms(0)))), TO_DATABASE);
        Arrivals both = new Arrivals.Recorded(ImmutableList.<Duration>builder()
                .addAll(Collections.nCopies(10, ms(0)))
                .addAll(LongStream.range(1, 100).mapToObj(Scenarios::seconds).toList())
                .build());
        Connections.Kept kept = Connections.pool(10).withIdleLimit(seconds(20));

        assertThat(openAtEnd(burst.withArrivals(both)
                        .withLifetime(Distribution.fixed(ms(10)))
                        .withConnections(kept)))
                .isEqualTo(1);
        assertThat(openAtEnd(burst.withArrivals(both)
                        .withLifetime(Distribution.fixed(ms(10)))
                        .withConnections(kept.withOrder(Connections.Order.FIFO))))
                .isEqualTo(10);
    }

    private static int openAtEnd(Client client) {
        return Scenarios.run(128, seconds(100), client).metrics().portsInUse().open();
    }

    @Test
    void c1_udpUsesANewPortForEachTransactionOrFixedSockets() {
        Destinations resolver = Destinations.one(Destination.parse("udp 203.0.113.53:53"));
        Client client = even(1).withDestinations(resolver);

        SimulationResult each = Scenarios.run(240, HOUR, client);
        assertThat(each.metrics().opened()).isEqualTo(3_600);
        assertThat(each.peakPortsUsed()).isEqualTo(240); // 1/s x 240 s idle
        SimulationResult fixed = Scenarios.run(240, HOUR, client.withConnections(Connections.pool(2)));
        assertThat(fixed.metrics().opened()).isEqualTo(1);
    }

    @Test
    void c2_aClosedLoopMakesAsManyRequestsAsItsWorkersManage() {
        // A worker takes 1 s to serve and 3 s to think: 900 requests in an hour; ten workers 9,000.
        Client client = Client.of("web", new Arrivals.ClosedLoop(10, Distribution.fixed(seconds(3))), TO_DATABASE)
                .withLifetime(Distribution.fixed(seconds(1)))
                .withConnections(Connections.reuse());

        SimulationResult result = Scenarios.run(128, HOUR, client);
        assertThat(result.clients().get(0).requests()).isEqualTo(9_000);
        assertThat(result.metrics().opened()).isEqualTo(10);
    }

    @Test
    void c2_burstsComeAtOnce() {
        Client client = Client.of("npm", new Arrivals.Bursts(2_000, Duration.ofMinutes(30)), TO_DATABASE);

        SimulationResult result = Scenarios.run(1_024, HOUR, client);
        assertThat(result.metrics().opened()).isEqualTo(2 * 1_024);
        assertThat(result.metrics().refused()).isEqualTo(2 * (2_000 - 1_024));
    }

    @Test
    void c3_eachCloseHoldsThePortAsLongAsItsRuleSays() {
        Client once = Client.of("once", new Arrivals.Recorded(ImmutableList.of(ms(0))), TO_DATABASE)
                .withLifetime(Distribution.fixed(seconds(10)));

        assertThat(lastEnd(once.withClose(Close.FIN_BY_CLIENT))).isEqualTo(seconds(250));
        assertThat(lastEnd(once.withClose(Close.FIN_BY_SERVER))).isEqualTo(seconds(250));
        assertThat(lastEnd(once.withClose(Close.RST))).isEqualTo(seconds(25));
        assertThat(lastEnd(once.withClose(Close.NONE))).isEqualTo(seconds(250));
    }

    private static Duration lastEnd(Client client) {
        ScenarioRun run = new ScenarioRun(Scenarios.scenario(128, seconds(11), client));
        run.run();
        run.simulation().runUntilIdle();
        return Duration.ofNanos(run.simulation().nowNanos());
    }

    @Test
    void c3_aLeakWithKeepalivesPinsItsPort() {
        Client leak = even(1).withClose(Close.NONE);

        assertThat(Scenarios.run(1_024, HOUR, leak).peakPortsUsed()).isEqualTo(240);
        assertThat(Scenarios.run(1_024, HOUR, leak.withKeepalive(seconds(60))).peakPortsUsed())
                .isEqualTo(1_024);
    }

    @Test
    void c3_startAndStopBoundTheArrivals() {
        Client client = even(1).withTiming(new Client.Timing(
                seconds(100),
                Optional.of(seconds(200)),
                OptionalLong.empty(),
                seconds(30),
                seconds(1),
                ImmutableList.of()));

        assertThat(Scenarios.run(1_024, HOUR, client).clients().get(0).requests())
                .isEqualTo(100);
    }

    @Test
    void c5_evenArrivalsAreComputedFromAnExactRate() {
        Rate third = Rate.of(new BigDecimal("3"), 1_000_000_000L);
        assertThat(third.timeNanos(1)).isEqualTo(333_333_333);
        assertThat(third.timeNanos(3_000_000)).isEqualTo(1_000_000_000_000_000L);
        assertThat(Rate.perSecond(new BigDecimal("0.1")).timeNanos(7)).isEqualTo(70_000_000_000L);
        // t_k < horizon: 10 arrivals in a second at 10/s, the eleventh would be at its end.
        assertThat(Scenarios.run(128, seconds(1), even(10)).metrics().attempts())
                .isEqualTo(10);
    }

    @Test
    void c5_aRefusedAttemptIsNotRetriedUnlessTheClientSaysSo() {
        SimulationResult result = Scenarios.run(10, seconds(20), even(1));

        assertThat(result.metrics().attempts()).isEqualTo(20);
        assertThat(result.metrics().refused()).isEqualTo(10);
        assertThat(result.gaveUp()).isEqualTo(10); // the last one learns of it at the very end
    }

    @Test
    void c6_aFailedRequestLeavesItsPortInTheHoldOfItsFailure() {
        Client once = Client.of("once", new Arrivals.Recorded(ImmutableList.of(seconds(1))), TO_DATABASE)
                .withRetry(Retry.fixed(1, seconds(1)));

        assertThat(ends(once, Failure.RST)).containsEntry(FlowEnd.RST, 2L);
        assertThat(ends(once, Failure.ERROR)).containsEntry(FlowEnd.FIN, 2L);
        assertThat(ends(once, Failure.SILENCE)).containsEntry(FlowEnd.IDLE, 2L);
    }

    private static Map<FlowEnd, Long> ends(Client client, Failure failure) {
        Workload workload = Workload.of(client).withOutages(new Outage(Optional.empty(), ms(0), HOUR, 1, failure));
        SimulationResult result = ScenarioRun.run(Scenario.of(SnatSetup.portsPerInstance(128), 1, workload, HOUR));
        assertThat(result.clients().get(0).failures()).isEqualTo(2);
        assertThat(result.clients().get(0).gaveUp()).isEqualTo(1);
        return result.metrics().ends();
    }

    @Test
    void c7_aRefusalIsLearntAfterASecondAndAnImmediateRetryComesAMillisecondLater() {
        // One port, held from 0 for 240 s. The second client's request at 1 s is tried every 1.001 s: the first try at
        // or
        // after 240 s is number 240, at 1 + 239 x 1.001 = 240.239 s.
        Client first = Client.of("first", new Arrivals.Recorded(ImmutableList.of(ms(0))), TO_DATABASE);
        Client second = Client.of("second", new Arrivals.Recorded(ImmutableList.of(seconds(1))), TO_DATABASE)
                .withRetry(Retry.immediate(Integer.MAX_VALUE));

        SimulationResult result = Scenarios.run(1, HOUR, first, second);
        assertThat(result.clients().get(1).attempts()).isEqualTo(240);
        assertThat(result.clients().get(1).waits().maxNanos())
                .isEqualTo(ms(239_239).toNanos());
    }

    @Test
    void c7_bothDelaysZeroIsRefused() {
        Client client = even(1).withTiming(timing(OptionalLong.empty(), Duration.ZERO));

        assertThatThrownBy(() -> client.withRetry(Retry.fixed(1, Duration.ZERO)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time would stand still");
    }

    @Test
    void c7_synRetransmissionsAreAttempts() {
        Client first = Client.of("first", new Arrivals.Recorded(ImmutableList.of(ms(0))), TO_DATABASE);
        Client second = Client.of("second", new Arrivals.Recorded(ImmutableList.of(seconds(1))), TO_DATABASE)
                .withTiming(new Client.Timing(
                        Duration.ZERO,
                        Optional.empty(),
                        OptionalLong.empty(),
                        seconds(30),
                        seconds(1),
                        ImmutableList.of(seconds(1), seconds(3), seconds(7))));

        assertThat(Scenarios.run(1, HOUR, first, second).clients().get(1).refused())
                .isEqualTo(4);
    }

    @Test
    void c8_aBusyPoolQueuesRequestsAndGivesUpBehindItsLimits() {
        // One connection, 1 s a request, five at once: they wait 0, 1, 2, 3 and 4 s.
        Client five = Client.of("five", new Arrivals.Bursts(5, HOUR.plusHours(1)), TO_DATABASE)
                .withLifetime(Distribution.fixed(seconds(1)))
                .withConnections(Connections.pool(1));

        ClientResult all = Scenarios.run(128, HOUR, five).clients().get(0);
        assertThat(all.completed()).isEqualTo(5);
        assertThat(all.waits().maxNanos()).isEqualTo(seconds(4).toNanos());
        assertThat(all.connectionsPerRequest()).isEqualTo(0.2);

        ClientResult two = Scenarios.run(
                        128, HOUR, five.withConnections(Connections.pool(1).withQueue(2, Optional.empty())))
                .clients()
                .get(0);
        assertThat(two.completed()).isEqualTo(3);
        assertThat(two.gaveUp()).isEqualTo(2);

        ClientResult patient = Scenarios.run(
                        128, HOUR, five.withConnections(Connections.pool(1).withQueue(10, Optional.of(ms(2_500)))))
                .clients()
                .get(0);
        assertThat(patient.completed()).isEqualTo(3);
        assertThat(patient.gaveUp()).isEqualTo(2);
    }

    @Test
    void c8_aQueueThatFailsAtOnceEndsWithoutDeepRecursion() {
        Client crowd = Client.of("crowd", new Arrivals.Bursts(100_000, HOUR.plusHours(1)), TO_DATABASE)
                .withConnections(Connections.pool(1));
        Workload workload =
                Workload.of(crowd).withOutages(new Outage(Optional.empty(), ms(0), HOUR.plusHours(1), 1, Failure.RST));

        SimulationResult result = ScenarioRun.run(Scenario.of(SnatSetup.portsPerInstance(64_512), 1, workload, HOUR));
        assertThat(result.clients().get(0).completed()).isZero();
        assertThat(result.gaveUp()).isGreaterThanOrEqualTo(64_512);
    }

    @Test
    void c9_aSourcePortServesOneLiveOrHeldFlowPerDestination() {
        // Four source ports, each held for 240 s: the fifth connection cannot even be tried.
        Workload workload = new Workload(
                ImmutableList.of(even(1)),
                ImmutableList.of(),
                new SourcePorts(new PortRange(40_000, 40_003), SourcePorts.Order.SEQUENTIAL));
        SimulationResult result =
                ScenarioRun.run(Scenario.of(SnatSetup.portsPerInstance(128), 1, workload, seconds(10)));

        assertThat(result.metrics().opened()).isEqualTo(4);
        assertThat(result.clients().get(0).sourcePortsOut()).isEqualTo(6);
        assertThat(result.metrics().ends()).isEmpty();
    }

    @Test
    void m1_theTotalsReaddFromTheirParts() {
        Client web = Client.of(
                        "web",
                        new Arrivals.Poisson(Rate.perSecond(20)),
                        new Destinations.Zipf(Destinations.range(DATABASE, 50), 1))
                .withLifetime(new Distribution.Exponential(seconds(1)))
                .withRetry(Retry.fixed(2, seconds(1)));
        Client batch = Client.of("batch", new Arrivals.Even(Rate.perSecond(3)), TO_DATABASE)
                .withClose(Close.RST);
        SimulationResult result =
                ScenarioRun.run(Scenario.of(SnatSetup.portsPerInstance(256), 2, Workload.of(web, batch), HOUR));

        var metrics = result.metrics();
        assertThat(metrics.refused()).isPositive();
        assertThat(metrics.attempts()).isEqualTo(metrics.opened() + metrics.refused());
        assertThat(metrics.destinations().stream()
                        .mapToLong(DestinationUse::opened)
                        .sum())
                .isEqualTo(metrics.opened());
        assertThat(metrics.destinations().stream()
                        .mapToLong(DestinationUse::refused)
                        .sum())
                .isEqualTo(metrics.refused());
        assertThat(result.clients().stream().mapToLong(ClientResult::attempts).sum())
                .isEqualTo(metrics.attempts());
        assertThat(metrics.portUse().stream()
                        .mapToInt(use -> use.atEnd().total())
                        .sum())
                .isEqualTo(metrics.portsInUse().total());
        long ended = metrics.ends().values().stream().mapToLong(Long::longValue).sum();
        int live = metrics.destinations().stream()
                .mapToInt(use -> use.atEnd().total())
                .sum();
        assertThat(ended + live).isEqualTo(metrics.opened());
        assertThat(metrics.episodes().stream()
                        .mapToLong(episode -> episode.refused())
                        .sum())
                .isEqualTo(metrics.refused());
    }

    @Test
    void m1_theTimeWithoutAFreePortIsExact() {
        // 10 ports fill at 9 s (0..9 s, one a second, FIN at once) and the first comes back at 240 s, when the next
        // attempt takes it: full from 9 s to the end.
        SimulationResult result = Scenarios.run(10, seconds(300), even(1));

        assertThat(result.metrics().exhaustedNanos()).isEqualTo(seconds(291).toNanos());
        assertThat(result.metrics().destinations().get(0).exhaustedNanos())
                .isEqualTo(seconds(291).toNanos());
        // Ports in use are 1..9 for a second each, 10 for 291 s.
        assertThat(result.metrics().portUse().get(0).percentiles().p50()).isEqualTo(10);
    }

    @Test
    void m1_sustainedRateIsThatOfTheSecondHalf() {
        SimulationResult result = Scenarios.run(128, Duration.ofMinutes(80), even(10));

        // 128 ports every 240 s: ten rounds in the second half of 2,400 s.
        assertThat(result.openedInSecondHalf()).isEqualTo(1_280);
        assertThat(result.sustainedOpensPerSecond()).isEqualTo(1_280 / 2_400.0);
    }
}
