package io.github.snatsim.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.Alarm;
import io.github.snatsim.aws.AlarmChange;
import io.github.snatsim.aws.AlarmState;
import io.github.snatsim.aws.Encryption;
import io.github.snatsim.aws.FullTable;
import io.github.snatsim.aws.Listener;
import io.github.snatsim.aws.ListenerAttribute;
import io.github.snatsim.aws.ListenerProtocol;
import io.github.snatsim.aws.MetricPeriod;
import io.github.snatsim.aws.NetworkLoadBalancer;
import io.github.snatsim.aws.NlbMetric;
import io.github.snatsim.aws.NlbMetrics;
import io.github.snatsim.aws.OpeningCost;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules N1-N6 with clients: what they see of a load balancer, and what that costs. */
class NlbScenarioTest {
    private static final Destination IOT = Destination.parse("tcp 203.0.113.50:8883");
    private static final Destination DNS = Destination.parse("udp 203.0.113.50:53");

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static NlbSetup setup(long idleSeconds, int flowsMax) {
        return NlbSetup.of(NetworkLoadBalancer.of(
                List.of(
                        new Listener("iot", ListenerProtocol.TCP, IOT.endpoint(), seconds(idleSeconds)),
                        Listener.of("dns", ListenerProtocol.UDP, DNS.endpoint())),
                List.of(Endpoint.parse("10.0.1.10:8883")),
                flowsMax));
    }

    /** Sends for 1 s every so many seconds on a connection that it keeps. */
    private static Client device(long everySeconds) {
        return Client.of("device", new Arrivals.Even(new Rate(1, everySeconds * 1_000_000_000L)), Destinations.one(IOT))
                .withConnections(Connections.reuse())
                .withLifetime(Distribution.fixed(seconds(1)));
    }

    private static SimulationResult run(NlbSetup setup, Duration duration, Client... clients) {
        return ScenarioRun.run(Scenario.of(setup, 1, Workload.of(clients), duration));
    }

    @Test
    void n1_aFlowOpensOneRoundTripAfterItsSyn() {
        NlbSetup plain = setup(350, 10);
        NlbSetup far = new NlbSetup(
                plain.balancer(),
                NlbMetrics.PERIOD,
                Optional.empty(),
                OpeningCost.of(Encryption.NONE, Duration.ofSeconds(61)));
        // a round trip of 61 s: the SYN at 0, the flow at 61 s, in the second minute, unless the handshake idles out
        // first
        NlbSetup patient = far.withBalancer(plain.balancer().withHalfOpenIdle(seconds(100)));

        assertThat(periods(run(plain, seconds(120), device(600)), NlbMetric.NEW_FLOW_COUNT))
                .containsExactly(1L, 0L);
        assertThat(periods(run(patient, seconds(120), device(600)), NlbMetric.NEW_FLOW_COUNT))
                .containsExactly(0L, 1L);
    }

    private static List<Long> periods(SimulationResult result, NlbMetric metric) {
        return result.nlb().orElseThrow().metrics().periods().stream()
                .map(metric::valueIn)
                .toList();
    }

    @Test
    void n2_aSendAfterTheIdleTimeMeetsAnRstAndFailsAtOnce() {
        // 0: opens; 400: silent since 1 s, forgotten at 351 s, RST; 800: opens again; 1200: RST. No time-out is waited
        // for.
        SimulationResult result = run(setup(350, 10), seconds(1_201), device(400));

        ClientResult device = result.clients().get(0);
        assertThat(device.requests()).isEqualTo(4);
        assertThat(device.completed()).isEqualTo(2);
        assertThat(device.failures()).isEqualTo(2);
        assertThat(device.gaveUp())
                .as("the last at 1,200 s itself, without a wait")
                .isEqualTo(2);
        assertThat(result.nlb().orElseThrow().metrics().resetsToClients()).isEqualTo(2);
    }

    @Test
    void n2_aClientThatRetriesLosesNothingButPaysForConnections() {
        SimulationResult result =
                run(setup(350, 10), seconds(1_202), device(400).withRetry(Retry.immediate(1)));

        assertThat(result.clients().get(0).completed()).isEqualTo(4);
        assertThat(result.clients().get(0).retries()).isEqualTo(3);
        assertThat(result.nlb().orElseThrow().connections()).isEqualTo(4);
    }

    @Test
    void n2_keepalivesKeepAConnection() {
        SimulationResult result =
                run(setup(350, 10), seconds(1_202), device(400).withKeepalive(seconds(120)));

        assertThat(result.clients().get(0).completed()).isEqualTo(4);
        assertThat(result.nlb().orElseThrow().connections()).isEqualTo(1);
        assertThat(result.nlb().orElseThrow().metrics().resetsToClients()).isZero();
        assertThat(result.nlb().orElseThrow().findings())
                .singleElement()
                .asString()
                .contains("a keepalive every 120 s keeps connections within the idle time-out of 350 s");
    }

    @Test
    void n2_aKeepaliveThatComesTooLateTellsTheClientThatTheConnectionIsGone() {
        // the keepalive at 360 s meets an RST, so that the send at 400 s opens a connection at once and fails nowhere
        SimulationResult result = run(setup(350, 10), seconds(402), device(400).withKeepalive(seconds(360)));

        assertThat(result.clients().get(0).completed()).isEqualTo(2);
        assertThat(result.clients().get(0).failures()).isZero();
        assertThat(result.nlb().orElseThrow().metrics().resetsToClients()).isEqualTo(1);
        assertThat(result.nlb().orElseThrow().findings())
                .singleElement()
                .asString()
                .contains("too late");
    }

    @Test
    void n2_aUdpClientJustOpensAnotherFlow() {
        Client lookups = Client.of("dns", new Arrivals.Even(new Rate(1, 200_000_000_000L)), Destinations.one(DNS))
                .withConnections(Connections.reuse());

        SimulationResult result = run(setup(350, 10), seconds(401), lookups);

        assertThat(result.clients().get(0).completed()).isEqualTo(3);
        assertThat(result.nlb().orElseThrow().metrics().total(NlbMetric.NEW_FLOW_COUNT))
                .isEqualTo(3);
        assertThat(result.nlb().orElseThrow().metrics().resetsToClients()).isZero();
    }

    @Test
    void n3_aChangeOnTheWayCountsForNewConnectionsOnly() {
        // At 100 s the time-out becomes 600 s. The connection of 0 s keeps its 350 s: the send at 400 s meets an RST
        // and is
        // sent again on a fresh one, which has 600 s and serves the sends at 800 s and 1,200 s.
        Scenario scenario = Scenario.of(
                        setup(350, 10), 1, Workload.of(device(400).withRetry(Retry.immediate(1))), seconds(1_202))
                .withActions(new ScheduledAction.ModifyListener(
                        seconds(100), "iot", ImmutableList.of(ListenerAttribute.tcpIdleTimeoutSeconds("600"))));

        SimulationResult result = ScenarioRun.run(scenario);

        assertThat(result.clients().get(0).retries()).isEqualTo(1);
        assertThat(result.nlb().orElseThrow().connections()).isEqualTo(2);
    }

    @Test
    void n3_whatCannotBeSetIsRefusedBeforeTheRun() {
        Scenario scenario = Scenario.of(setup(350, 10), 1, Workload.of(device(400)), seconds(1_000));
        for (String value : List.of("59", "6001", "abc")) {
            assertThatThrownBy(() -> scenario.withActions(new ScheduledAction.ModifyListener(
                            seconds(100), "iot", ImmutableList.of(ListenerAttribute.tcpIdleTimeoutSeconds(value)))))
                    .hasMessageContaining("the action at PT1M40S")
                    .hasMessageContaining("expected whole seconds from 60 to 6000");
        }
        assertThatThrownBy(() -> scenario.withActions(new ScheduledAction.ModifyListener(
                        seconds(100), "dns", ImmutableList.of(ListenerAttribute.tcpIdleTimeoutSeconds("600")))))
                .hasMessageContaining("UDP");
        assertThatThrownBy(() -> Scenario.of(SnatSetup.pool(), 1, Workload.of(device(400)), seconds(1_000))
                        .withActions(new ScheduledAction.ModifyListener(seconds(1), "iot", ImmutableList.of())))
                .hasMessageContaining("expected a scenario with a network-load-balancer");
    }

    @Test
    void n4_n5_aFullTableRejectsAndTheAlarmGoesOff() {
        // One connection a second that is never closed, silent from its answer on: 300 places are taken from 0 to 299
        // s;
        // a place comes back 350 s after it was taken. 300-349 s: 50 rejected, in the sixth minute.
        Client leak = Client.of("leak", new Arrivals.Even(Rate.perSecond(1)), Destinations.one(IOT))
                .withClose(Close.NONE);

        SimulationResult result = run(setup(350, 300), seconds(480), leak);
        NlbResult nlb = result.nlb().orElseThrow();

        assertThat(periods(result, NlbMetric.REJECTED_FLOW_COUNT)).containsExactly(0L, 0L, 0L, 0L, 0L, 50L, 0L, 0L);
        assertThat(result.metrics().refused()).isEqualTo(50);
        assertThat(nlb.alarmChanges())
                .containsExactly(
                        new AlarmChange(seconds(60).toNanos(), AlarmState.INSUFFICIENT_DATA, AlarmState.OK),
                        new AlarmChange(seconds(360).toNanos(), AlarmState.OK, AlarmState.ALARM),
                        new AlarmChange(seconds(420).toNanos(), AlarmState.ALARM, AlarmState.OK));
        assertThat(nlb.findings()).anySatisfy(finding -> assertThat(finding).contains("50 flows were rejected"));
        assertThat(nlb.metrics().periods().stream()
                        .mapToLong(MetricPeriod::newFlowCount)
                        .sum())
                .isEqualTo(result.metrics().opened());
    }

    @Test
    void n5_findingsSayWhoClosesFirst() {
        Client impatient = device(400).withConnections(Connections.reuse().withIdleLimit(seconds(100)));
        Client patient = device(400).withConnections(Connections.reuse().withIdleLimit(seconds(500)));

        assertThat(run(setup(350, 10), seconds(10), impatient)
                        .nlb()
                        .orElseThrow()
                        .findings())
                .singleElement()
                .asString()
                .contains("the application closes first, after 100 s");
        assertThat(run(setup(350, 10), seconds(10), patient).nlb().orElseThrow().findings())
                .singleElement()
                .asString()
                .contains("after 350 s, before the application does after 500 s")
                .contains("First a keepalive below 350 s");
        assertThat(run(setup(350, 10), seconds(402), impatient)
                        .nlb()
                        .orElseThrow()
                        .metrics()
                        .resetsToClients())
                .isZero();
    }

    @Test
    void n4_anRstTellsAtOnceWhatSilenceTellsLater() {
        // One place for two hosts: the second is refused at 0 s, and a second later or at once it is time to think.
        for (FullTable fullTable : FullTable.values()) {
            NlbSetup setup = setup(350, 1);
            Client worker = device(400)
                    .withArrivals(new Arrivals.ClosedLoop(1, Distribution.fixed(seconds(9))))
                    .withLifetime(Distribution.fixed(seconds(1_000)));
            SimulationResult result = ScenarioRun.run(Scenario.of(
                    setup.withBalancer(setup.balancer().withFullTable(fullTable)),
                    2,
                    Workload.of(worker),
                    seconds(100)));

            // at 0, 9, ... 99 s, or at 0, 10, ... 100 s; at the end nothing begins
            assertThat(result.clients().get(0).gaveUp()).isEqualTo(fullTable == FullTable.RST ? 12 : 10);
        }
    }

    private static List<String> findings(Scenario scenario) {
        return ScenarioRun.run(scenario).nlb().orElseThrow().findings();
    }

    @Test
    void n5_findingsKnowTheShortestTimeoutThatAnActionSets() {
        Scenario scenario = Scenario.of(
                        setup(350, 10), 1, Workload.of(device(400).withKeepalive(seconds(120))), seconds(10))
                .withActions(new ScheduledAction.ModifyListener(
                        seconds(5), "iot", ImmutableList.of(ListenerAttribute.tcpIdleTimeoutSeconds("60"))));

        assertThat(findings(scenario))
                .singleElement()
                .asString()
                .contains("a keepalive every 120 s comes too late for an idle time-out of 60 s");
    }

    @Test
    void n5_findingsLookAtTheIdleLimitBeforeTheKeepalive() {
        Client client = device(400)
                .withConnections(Connections.reuse().withIdleLimit(seconds(300)))
                .withKeepalive(Duration.ofHours(2));

        assertThat(findings(Scenario.of(setup(350, 10), 1, Workload.of(client), seconds(10))))
                .singleElement()
                .asString()
                .contains("the application closes first, after 300 s");
    }

    @Test
    void n5_findingsAdviseUdpAndTlsOnlyOfWhatCanBeHad() {
        Client resolver = device(400).withDestinations(Destinations.one(DNS));
        assertThat(findings(Scenario.of(setup(350, 10), 1, Workload.of(resolver), seconds(10))))
                .singleElement()
                .asString()
                .contains("the next datagram is a new flow")
                .doesNotContain("RST");
        NlbSetup tls = NlbSetup.of(NetworkLoadBalancer.of(
                List.of(Listener.of("tls", ListenerProtocol.TLS, IOT.endpoint())),
                List.of(Endpoint.parse("10.0.1.10:8883")),
                1));
        assertThat(findings(Scenario.of(tls, 2, Workload.of(device(400)), seconds(10))))
                .hasSize(2)
                .anySatisfy(finding -> assertThat(finding).contains("the time-out of a TLS listener cannot be set"))
                .anySatisfy(finding ->
                        assertThat(finding).startsWith("1 flows were rejected").doesNotContain("shorten"));
    }

    @Test
    void n5_metricsAreBounded() {
        NlbSetup fine =
                new NlbSetup(setup(350, 10).balancer(), Duration.ofMillis(1), Optional.empty(), OpeningCost.plain());
        assertThatThrownBy(() -> Scenario.of(fine, 1, Workload.of(device(400)), seconds(1_001)))
                .hasMessageContaining(
                        "a metrics period of PT0.001S in a run of PT16M41S: expected at most 1000000 periods");
    }

    @Test
    void n6_everyConnectionCostsRoundTripsAndBytes() {
        // 4 connections of retries (see above): TCP 1 round trip and 128 bytes, TLS 1.2 two more, TLS 1.3 one more
        NlbSetup plain = setup(350, 10);
        Client retrying = device(400).withRetry(Retry.immediate(1));
        for (Encryption encryption : Encryption.values()) {
            NlbSetup setup = new NlbSetup(
                    plain.balancer(),
                    NlbMetrics.PERIOD,
                    Optional.of(Alarm.onRejections()),
                    OpeningCost.of(encryption, Duration.ZERO));
            NlbResult nlb = run(setup, seconds(1_202), retrying).nlb().orElseThrow();
            int each = switch (encryption) {
                case NONE -> 1;
                case TLS_1_3 -> 2;
                case TLS_1_2 -> 3;
            };
            assertThat(nlb.roundTrips()).isEqualTo(4L * each);
            assertThat(nlb.bytes()).isEqualTo(4L * (encryption == Encryption.NONE ? 128 : 128 + 4_000));
        }
        OpeningCost far = OpeningCost.of(Encryption.TLS_1_2, Duration.ofMillis(80));
        assertThat(far.delayEach()).isEqualTo(Duration.ofMillis(240));
        assertThatThrownBy(() -> new OpeningCost(Encryption.NONE, 5, Duration.ZERO))
                .hasMessageContaining("5 bytes");
        assertThatThrownBy(() -> new OpeningCost(Encryption.TLS_1_3, 0, Duration.ofSeconds(-1)))
                .hasMessageContaining("round trip");
    }

    @Test
    void aClientMustConnectToAListener() {
        Client lost = device(400).withDestinations(Destinations.one(Destination.parse("tcp 203.0.113.51:8883")));
        assertThatThrownBy(() -> run(setup(350, 10), seconds(10), lost))
                .hasMessageContaining("client device connects to tcp 203.0.113.51:8883, where no listener is");
    }

    @Test
    void hostsComeAndGo() {
        // 1 host, 3 from 100 s on, 2 from 500 s on: sends at 0, 400, 800 s; at 100, 500 s (the third goes first); at
        // 100 s
        Scenario scenario = Scenario.of(setup(6_000, 10), 1, Workload.of(device(400)), seconds(801))
                .withActions(new ScheduledAction.Resize(seconds(100), 3), new ScheduledAction.Resize(seconds(450), 2));

        assertThat(ScenarioRun.run(scenario).clients().get(0).requests()).isEqualTo(3 + 2 + 1);
    }
}
