package io.github.snatsim.sim;

import static io.github.snatsim.sim.Calls.BACKEND;
import static io.github.snatsim.sim.Calls.at;
import static io.github.snatsim.sim.Calls.atSeconds;
import static io.github.snatsim.sim.Calls.everyNanos;
import static io.github.snatsim.sim.Calls.http;
import static io.github.snatsim.sim.Calls.run;
import static io.github.snatsim.sim.Calls.taking;
import static io.github.snatsim.sim.Calls.timeout;
import static io.github.snatsim.sim.Calls.took;
import static io.github.snatsim.sim.Scenarios.HOUR;
import static io.github.snatsim.sim.Scenarios.ms;
import static io.github.snatsim.sim.Scenarios.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.GatewayLogRecord;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import io.github.snatsim.workload.SourcePorts;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules G1 and G2, each with numbers that can be worked out by hand. */
class ApiManagementRulesTest {
    private static ApiManagement service(int units, int ports, Duration connectWait) {
        return ApiManagement.of(units, ports).withConnectWait(connectWait);
    }

    private static Client to(String backend, Client client) {
        return client.withDestinations(Destinations.one(Destination.parse(backend)));
    }

    @Test
    void g1_callsGoRoundTheUnitsAndEachUsesItsOwnPortsOnly() {
        // Seven calls at once to three units of two ports: units 0, 1, 2, 0, 1, 2, 0. The seventh is the third of unit
        // 0, which has no port left, though units 1 and 2 together own four for no more than four calls.
        Client seven = at("seven", Collections.nCopies(7, ms(0)).toArray(Duration[]::new));
        HttpResult http = http(service(3, 2, Duration.ZERO), seconds(10), seven);

        assertThat(http.units()).extracting(HttpResult.Unit::calls).containsExactly(3L, 2L, 2L);
        assertThat(http.units()).extracting(HttpResult.Unit::failures).containsExactly(1L, 0L, 0L);
        assertThat(http.count(HttpOutcome.OK)).isEqualTo(6);
        assertThat(http.count(HttpOutcome.BACKEND_CONNECTION_FAILURE)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp 203.0.113.20:443, 1", // the same
        "tcp 203.0.113.21:443, 0", // another IP
        "tcp 203.0.113.20:444, 0", // another port
    })
    void g1_theLimitBitesPerHostAndPort(String second, long failures) {
        Client first = atSeconds("first", 0);
        Client other = to(second, atSeconds("other", 1));
        SimulationResult result = run(service(1, 1, Duration.ZERO), seconds(10), first, other);

        assertThat(http(result).count(HttpOutcome.BACKEND_CONNECTION_FAILURE)).isEqualTo(failures);
        assertThat(result.peakPortsUsed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // one port, the first call at 0 takes 1 s; the second comes at a time and finds a port or not
        "FIN_BY_CLIENT, 240999, 500",
        "FIN_BY_CLIENT, 241000, 200",
        "FIN_BY_SERVER, 240999, 500",
        "FIN_BY_SERVER, 241000, 200",
        "RST, 15999, 500",
        "RST, 16000, 200",
        "NONE, 240999, 500", // idle: the answer at 1 s was the last packet
        "NONE, 241000, 200",
    })
    void g1_portsOfClosedConnectionsComeBackAfterTheirHold(Close close, long secondMs, String outcome) {
        Client client = taking(seconds(1), at("two", ms(0), ms(secondMs))).withClose(close);
        HttpResult http = http(service(1, 1, Duration.ZERO), HOUR, client);

        assertThat(http.count(HttpOutcome.OK)).isEqualTo(outcome.equals("200") ? 2 : 1);
        assertThat(http.count(HttpOutcome.BACKEND_CONNECTION_FAILURE)).isEqualTo(outcome.equals("500") ? 1 : 0);
    }

    @Test
    void g1_everyCallOpensAConnectionUnlessReuseIsOn() {
        // 100 calls, one a second, each takes 500 ms: one at a time.
        Client serial = taking(ms(500), everyNanos(1_000_000_000));
        ApiManagement service = service(1, 1_024, Duration.ZERO);

        assertThat(run(service, seconds(100), serial).metrics().opened()).isEqualTo(100);
        SimulationResult reuse =
                run(service.with(new ApiMitigation.ConnectionReuse(Optional.empty())), seconds(100), serial);
        assertThat(reuse.metrics().opened()).isEqualTo(1);
        assertThat(http(reuse).count(HttpOutcome.OK)).isEqualTo(100);
        // an idle limit of 400 ms is below the gap of 500 ms: every connection is closed before the next call
        assertThat(run(service.with(new ApiMitigation.ConnectionReuse(Optional.of(ms(400)))), seconds(100), serial)
                        .metrics()
                        .opened())
                .isEqualTo(100);
    }

    /**
     * The arithmetic of rule G1: with even arrivals a gap apart, hits spread evenly, U units and B backends in turn, each (unit,
     * backend) gets a call every G = gap x U x B / (1 - h). Its ports are taken for H = latency + 240 s, so P of them
     * suffice if and only if H / G <= P: the call number P (from 0) comes at G x P, when the first has been released if
     * that is not before H. Where just one port is missing, G x P < H <= G x (P + 1), one in P + 1 calls of each fails, the
     * first of all at G x P (the pair of unit 0 and backend 0 begins at 0). The run is n x G long: n calls for each pair.
     */
    @ParameterizedTest
    @CsvSource({
        // gap ns, U, B, 1/(1-h), P, latency ms, n, first failure ms (-1: none), failures
        // H = 240 s. G = 1 s: H / G = 240 = P. G = 0.999 s: 240.2; 240 x 0.999 = 239.76; 3,615 / 241 = 15
        "1000000000, 1, 1, 1, 240, 0, 3615, -1, 0",
        "999000000, 1, 1, 1, 240, 0, 3615, 239760, 15",
        // H = 240.4 s. G = 2 x gap: 15.025 s is the limit for 16. 16 x 15.024 = 240.384; 2 pairs x 34 / 17
        "7513000000, 2, 1, 1, 16, 400, 34, -1, 0",
        "7512500000, 2, 1, 1, 16, 400, 34, -1, 0",
        "7512000000, 2, 1, 1, 16, 400, 34, 240384, 4",
        // H = 240 s, two backends of one unit. G = 2 x gap; limit 80 s for 3. 3 x 79.998 = 239.994; 2 x 8 / 4
        "40000000000, 1, 2, 1, 3, 0, 8, -1, 0",
        "39999000000, 1, 2, 1, 3, 0, 8, 239994, 4",
        // H = 241 s, half are hits. G = 12 x gap; 8 x 12 x 2.511 = 241.056; 8 x 12 x 2.51 = 240.96; 6 x 27 / 9
        "2511000000, 3, 2, 2, 8, 1000, 27, -1, 0",
        "2510000000, 3, 2, 2, 8, 1000, 27, 240960, 18",
        // H = 245 s, three of four are hits. G = 16 x gap; 10 x 16 x 1.53125 = 245; x 1.531 = 244.96; 4 x 33 / 11
        "1531250000, 2, 2, 4, 10, 5000, 33, -1, 0",
        "1531000000, 2, 2, 4, 10, 5000, 33, 244960, 12",
        // H = 242 s, one port. G = 12 x gap: 12 x 20.167 = 242.004; 12 x 20.166 = 241.992; 3 x floor(7 / 2)
        "20167000000, 3, 1, 4, 1, 2000, 7, -1, 0",
        "20166000000, 3, 1, 4, 1, 2000, 7, 241992, 9",
        // H = 240 s, half are hits, one unit. G = 2 x gap; 60 x 2 x 2 = 240; 60 x 2 x 1.999 = 239.88; 122 / 61
        "2000000000, 1, 1, 2, 60, 0, 122, -1, 0",
        "1999000000, 1, 1, 2, 60, 0, 122, 239880, 2",
    })
    void g1_evenCallsFailExactlyWhenTheyNeedMorePortsThanThereAre(
            long gapNanos,
            int units,
            int backends,
            int callsPerMiss,
            int ports,
            long latencyMs,
            long n,
            long firstFailureMs,
            long failures) {
        ApiManagement service = service(units, ports, Duration.ZERO);
        if (backends > 1) {
            service = service.with(new ApiMitigation.MoreBackends(backends, ApiMitigation.Differ.BY_ADDRESS));
        }
        if (callsPerMiss > 1) {
            service = service.with(new ApiMitigation.Caching(1 - 1.0 / callsPerMiss, ApiMitigation.Hits.EVEN));
        }
        Duration duration = Duration.ofNanos(gapNanos * units * backends * callsPerMiss * n);
        SimulationResult result = run(service, duration, taking(ms(latencyMs), everyNanos(gapNanos)));

        HttpResult http = http(result);
        assertThat(http.units()).allSatisfy(unit -> assertThat(unit.calls()).isEqualTo(n * backends * callsPerMiss));
        assertThat(http.units()).allSatisfy(unit -> assertThat(unit.forwarded()).isEqualTo(n * backends));
        assertThat(http.count(HttpOutcome.BACKEND_CONNECTION_FAILURE)).isEqualTo(failures);
        assertThat(http.failures().stream()
                        .mapToLong(GatewayLogRecord::timeNanos)
                        .findFirst())
                .isEqualTo(
                        firstFailureMs < 0
                                ? java.util.OptionalLong.empty()
                                : java.util.OptionalLong.of(ms(firstFailureMs).toNanos()));
        assertThat(result.metrics().peakPortsAtOneDestination()).isLessThanOrEqualTo(ports);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, -1", "1, 14, 240000000000"})
    void g1_theArithmeticHoldsToTheNanosecondForRatesThatNoNanosecondFits(
            long latencyNanos, long failures, long firstNanos) {
        // 7/s x 240 s = 1,680 ports. t(k + 1,680) - t(k) is 240 s exactly, whatever the rounding: enough. A nanosecond
        // more
        // and call 1,680 fails, at 240 s, and one in 1,681 of the 25,200 calls of an hour: 14.
        Client seven = Client.of("seven", new Arrivals.Even(Rate.perSecond(7)), Calls.TO_BACKEND)
                .withLifetime(Distribution.fixed(Duration.ofNanos(latencyNanos)));
        HttpResult http = http(service(1, 1_680, Duration.ZERO), HOUR, seven);

        assertThat(http.count(HttpOutcome.BACKEND_CONNECTION_FAILURE)).isEqualTo(failures);
        if (firstNanos >= 0) {
            assertThat(http.failures().get(0).timeNanos()).isEqualTo(firstNanos);
        }
    }

    @Test
    void g2_aWaitingCallGetsItsPortAtTheInstantOfItsRelease() {
        // The port is taken at 0 for 1 + 240 s; b comes at 230 s and is answered at 242 s.
        SimulationResult result = run(service(1, 1, seconds(21)), HOUR, atOneSecond("a", 0), atOneSecond("b", 230));

        assertThat(took(result, "b")).isEqualTo(seconds(12));
        assertThat(http(result).failures()).isEmpty();
        assertThat(result.metrics().opened()).isEqualTo(2);
        assertThat(result.metrics().refused()).isEqualTo(1);
    }

    private static Client atOneSecond(String name, long second) {
        return taking(seconds(1), atSeconds(name, second));
    }

    @Test
    void g2_callsWaitInOrderOfTheirArrivalAndOneThatComesLaterDoesNotOvertake() {
        // Two ports, taken at 0 until 241 s and at 5 s until 246 s. c and d wait; e comes at the very instant of the
        // first release, when c is before it; d gets the second; e waits for c's, 241 + 1 + 240 = 482 s.
        SimulationResult result = run(
                service(1, 2, seconds(300)),
                HOUR,
                atOneSecond("e", 241), // its wake-up at 241 s is the first that was asked for
                atOneSecond("a", 0),
                atOneSecond("b", 5),
                atOneSecond("c", 100),
                atOneSecond("d", 100));

        assertThat(took(result, "c")).isEqualTo(seconds(142));
        assertThat(took(result, "d")).isEqualTo(seconds(147));
        assertThat(took(result, "e")).isEqualTo(seconds(482 + 1 - 241));
    }

    @Test
    void g2_callsForOtherBackendsAndOtherUnitsDoNotWaitInOneQueue() {
        // Unit 0 gets a, c; unit 1 gets b, d. a's port is taken until 241 s, b's until 251 s: d is served after c.
        SimulationResult result = run(
                service(2, 1, seconds(300)),
                HOUR,
                atOneSecond("a", 0),
                taking(seconds(11), atSeconds("b", 0)),
                atOneSecond("c", 10),
                atOneSecond("d", 10),
                to("tcp 203.0.113.9:443", atOneSecond("x", 20)));

        assertThat(took(result, "c")).isEqualTo(seconds(241 + 1 - 10));
        assertThat(took(result, "d")).isEqualTo(seconds(251 + 1 - 10));
        assertThat(took(result, "x")).isEqualTo(seconds(1));
    }

    @Test
    void g2_anRstBringsTheReleaseForward() {
        // b waits from 50 s, when a's flow would idle out at 240 s at the earliest; a's RST at 100 s makes that 115 s.
        SimulationResult result = run(
                service(1, 1, seconds(300)),
                HOUR,
                taking(seconds(100), atSeconds("a", 0)).withClose(Close.RST),
                atOneSecond("b", 50));

        assertThat(took(result, "b")).isEqualTo(seconds(115 + 1 - 50));
    }

    @Test
    void g2_keepalivesPutTheReleaseOff() {
        // a takes 500 s. With a keepalive every 60 s its port is taken until 740 s; without one it idles out at 240 s.
        Client a = taking(seconds(500), atSeconds("a", 0));
        Client b = atOneSecond("b", 100);
        ApiManagement service = service(1, 1, seconds(1_000));

        assertThat(took(run(service, HOUR, a.withKeepalive(seconds(60)), b), "b"))
                .isEqualTo(seconds(740 + 1 - 100));
        SimulationResult idle = run(service, HOUR, a.withTiming(timeout(seconds(600))), b);
        assertThat(took(idle, "b")).isEqualTo(seconds(240 + 1 - 100));
        // a's answer at 500 s comes to nobody: its client waits until 600 s
        assertThat(http(idle).count(HttpOutcome.CLIENT_TIMEOUT)).isEqualTo(1);
        assertThat(http(idle).failures()).isEmpty();
    }

    @Test
    void g2_aReleaseThatNeedsNoHoldIsNotMissed() {
        // Ports are free with the FINs. b waits from 1 s for a's, which ends at 10 s.
        Client a = taking(seconds(10), atSeconds("a", 0));
        Client b = atOneSecond("b", 1);
        ApiManagement service = service(1, 1, seconds(21));

        SimulationResult fin = ScenarioRun.run(
                Scenario.of(Calls.withHolds(service, Duration.ZERO, seconds(15)), Workload.of(a, b), HOUR));
        assertThat(took(fin, "b")).isEqualTo(seconds(10 + 1 - 1));
        SimulationResult rst = ScenarioRun.run(Scenario.of(
                Calls.withHolds(service, seconds(240), Duration.ZERO),
                Workload.of(a.withClose(Close.RST), b.withClose(Close.RST)),
                HOUR));
        assertThat(took(rst, "b")).isEqualTo(seconds(10 + 1 - 1));
    }

    @Test
    void g2_aReleaseWithoutAHoldAtTheInstantOfACallThatWasRefusedIsNotMissed() {
        // At 10 s b is tried first (it was scheduled before a's end), is refused, and then a's port is free.
        Client b = atOneSecond("b", 10);
        Client a = taking(seconds(10), atSeconds("a", 0));
        SimulationResult result = ScenarioRun.run(Scenario.of(
                Calls.withHolds(service(1, 1, seconds(21)), Duration.ZERO, seconds(15)), Workload.of(b, a), HOUR));

        assertThat(took(result, "b")).isEqualTo(seconds(1));
    }

    @Test
    void g2_withoutAWaitACallFailsAtOnce() {
        HttpResult http = http(service(1, 1, Duration.ZERO), HOUR, atSeconds("a", 0), atSeconds("b", 100));

        assertThat(http.failures())
                .containsExactly(new GatewayLogRecord(seconds(100).toNanos(), "b", 0, BACKEND, 500, 0));
        assertThat(http.failuresLogged()).isEqualTo(1);
        assertThat(http.units().get(0).failures()).isEqualTo(1);
    }

    @Test
    void g2_aPortThatIsReleasedWhenTheWaitEndsIsStillTaken() {
        // Released at 240 s: a call at 219 s waits for 21 s until just then, one a nanosecond earlier not so long.
        Client a = atSeconds("a", 0);
        ApiManagement service = service(1, 1, seconds(21));

        assertThat(took(run(service, HOUR, a, atSeconds("b", 219)), "b")).isEqualTo(seconds(21));
        long tooEarly = seconds(219).toNanos() - 1;
        HttpResult http = http(service, HOUR, a, at("b", Duration.ofNanos(tooEarly)));
        assertThat(http.failures())
                .containsExactly(new GatewayLogRecord(
                        tooEarly, "b", 0, BACKEND, 500, seconds(21).toNanos()));
    }

    @Test
    void g2_ofTwoWhoseWaitsEndWithOneReleaseTheFirstGetsThePort() {
        SimulationResult result =
                run(service(1, 1, seconds(21)), HOUR, atSeconds("a", 0), atSeconds("b", 219), atSeconds("c", 219));

        assertThat(took(result, "b")).isEqualTo(seconds(21));
        assertThat(http(result).failures())
                .containsExactly(new GatewayLogRecord(
                        seconds(219).toNanos(),
                        "c",
                        0,
                        BACKEND,
                        500,
                        seconds(21).toNanos()));
    }

    @Test
    void g2_theClientsShorterTimeOutWinsAndFreesItsPlace() {
        // b gives up at 235 s; the port of 240 s goes to c, which would otherwise have waited behind it.
        Client b = atSeconds("b", 230).withTiming(timeout(seconds(5)));
        SimulationResult result = run(service(1, 1, seconds(21)), HOUR, atSeconds("a", 0), b, atSeconds("c", 231));

        assertThat(took(result, "c")).isEqualTo(seconds(9));
        HttpResult http = http(result);
        assertThat(http.count(HttpOutcome.CLIENT_TIMEOUT)).isEqualTo(1);
        assertThat(http.failures())
                .containsExactly(new GatewayLogRecord(
                        seconds(230).toNanos(), "b", 0, BACKEND, 0, seconds(5).toNanos()));
        assertThat(result.metrics().opened()).isEqualTo(2); // nothing was opened for b
    }

    @Test
    void g2_aSlowBackendAloneLeavesTimeOutsWithoutARecordAndKeepsItsPort() {
        // The client gives up at 30 s; the unit's connection ends at 60 s, its port is free at 300 s.
        Client slow = taking(seconds(60), atSeconds("slow", 0)).withTiming(timeout(seconds(30)));
        SimulationResult result = run(service(1, 1, seconds(21)), HOUR, slow, atSeconds("next", 290));

        assertThat(http(result).count(HttpOutcome.CLIENT_TIMEOUT)).isEqualTo(1);
        assertThat(http(result).failures()).isEmpty();
        assertThat(took(result, "next")).isEqualTo(seconds(10));
    }

    @Test
    void g2_retriesAreNewCalls() {
        // 500s: one port, taken for the whole run by a; b is tried at 10 s and, a second after each failure, twice
        // more.
        Retry twice = Retry.fixed(2, seconds(1));
        SimulationResult failed = run(
                service(2, 1, Duration.ZERO),
                seconds(100),
                at("a", ms(0), ms(0)),
                atSeconds("b", 10).withRetry(twice));
        assertThat(http(failed).calls()).isEqualTo(5);
        assertThat(http(failed).units()).extracting(HttpResult.Unit::calls).containsExactly(3L, 2L);
        assertThat(http(failed).failures())
                .extracting(GatewayLogRecord::timeNanos)
                .containsExactly(10_000_000_000L, 11_000_000_000L, 12_000_000_000L);
        assertThat(http(failed).failures()).extracting(GatewayLogRecord::unit).containsExactly(0, 1, 0);
        assertThat(failed.clients().get(1).retries()).isEqualTo(2);

        // 429s: one call a minute; the third try is in the next minute
        ApiManagement limited =
                service(1, 10, Duration.ZERO).with(new ApiMitigation.RateLimitByKey(1, Duration.ofMinutes(1)));
        HttpResult tooMany = http(limited, HOUR, atSeconds("a", 0, 10).withRetry(Retry.fixed(2, seconds(25))));
        assertThat(tooMany.count(HttpOutcome.TOO_MANY_REQUESTS)).isEqualTo(2); // at 10 and 35 s
        assertThat(tooMany.count(HttpOutcome.OK)).isEqualTo(2); // at 0 and 60 s

        // time-outs: each of three tries takes 10 s and is given up after 2
        HttpResult slow = http(
                service(1, 10, Duration.ZERO),
                HOUR,
                taking(seconds(10), atSeconds("a", 0))
                        .withTiming(timeout(seconds(2)))
                        .withRetry(twice));
        assertThat(slow.count(HttpOutcome.CLIENT_TIMEOUT)).isEqualTo(3);
        assertThat(slow.units().get(0).forwarded()).isEqualTo(3);
    }

    @Test
    void g2_withReuseAConnectionThatBecomesIdleServesTheFirstThatWaits() {
        // One port, one connection for all: b waits for a's answer at 10 s, c for b's.
        ApiManagement service = service(1, 1, seconds(100)).with(new ApiMitigation.ConnectionReuse(Optional.empty()));
        SimulationResult result = run(service, HOUR, taking(seconds(10), at("one", ms(0), ms(1_000), ms(2_000))));

        assertThat(result.metrics().opened()).isEqualTo(1);
        assertThat(result.clients().get(0).completed()).isEqualTo(3);
        assertThat(result.clients().get(0).waits().maxNanos())
                .isEqualTo(seconds(28).toNanos()); // from 2 s to 30 s
    }

    @Test
    void g2_withReuseAClientsConnectionServesItsOwnWaitingCallThoughAnothersIsFirst() {
        // One port, one connection, x's. y's call waits in front, but only x's can go on x's connection: at 10 s.
        ApiManagement service = service(1, 1, seconds(100)).with(new ApiMitigation.ConnectionReuse(Optional.empty()));
        Client x = taking(seconds(10), at("x", ms(0), ms(2_000)));
        Client y = taking(seconds(10), at("y", ms(1_000)));
        SimulationResult result = run(service, HOUR, x, y);

        assertThat(result.clients().get(0).completed()).isEqualTo(2);
        assertThat(result.clients().get(0).waits().maxNanos())
                .isEqualTo(seconds(18).toNanos()); // from 2 s to 20 s
        assertThat(http(result).failures()).singleElement().satisfies(failure -> {
            assertThat(failure.client()).isEqualTo("y");
            assertThat(failure.elapsedNanos()).isEqualTo(seconds(100).toNanos());
        });
    }

    @Test
    void g2_aKeptConnectionOfTheClientsOwnRulesServesTheFirstThatWaitsToo() {
        Client client =
                taking(seconds(10), at("one", ms(0), ms(1_000), ms(2_000))).withConnections(Connections.reuse());
        SimulationResult result = run(service(1, 1, seconds(100)), HOUR, client);

        assertThat(result.metrics().opened()).isEqualTo(1);
        assertThat(result.clients().get(0).completed()).isEqualTo(3);
        assertThat(result.clients().get(0).waits().maxNanos())
                .isEqualTo(seconds(28).toNanos());
    }

    @Test
    void g2_aCallThatIsTriedInVainKeepsItsPlace() {
        // One port. a's connection is 10 s old when it is given back, too old for another call: it is closed, which
        // lets b
        // try, in vain. Its port is free at 250 s, when b gets it and not c; c gets b's at 250 + 10 + 240 = 500 s.
        Connections.Kept shortLived = Connections.reuse().withLifetimeMax(seconds(5));
        Client client =
                taking(seconds(10), at("one", ms(0), ms(1_000), ms(2_000))).withConnections(shortLived);
        SimulationResult result = run(service(1, 1, seconds(249)), HOUR, client);

        // b's wait ends at 250 s, just then; c's at 251 s
        assertThat(result.clients().get(0).completed()).isEqualTo(2);
        assertThat(http(result).failures())
                .extracting(GatewayLogRecord::timeNanos)
                .containsExactly(seconds(2).toNanos());
    }

    @Test
    void g2_twoClientsWithOneBackendShareTheUnitsPortsInOneQueue() {
        SimulationResult result = run(
                service(1, 2, seconds(300)),
                HOUR,
                atOneSecond("x1", 0),
                atOneSecond("y1", 3),
                atOneSecond("y2", 10),
                atOneSecond("x2", 11));

        assertThat(took(result, "y2")).isEqualTo(seconds(241 + 1 - 10));
        assertThat(took(result, "x2")).isEqualTo(seconds(244 + 1 - 11));
    }

    @Test
    void g2_aUnitWithoutSourcePortsWaitsForOneAsForASnatPort() {
        // Two source ports, ten SNAT ports. c waits for the source port of a, which is free at 241 s; d for b's.
        Workload workload = new Workload(
                ImmutableList.of(atOneSecond("a", 0), atOneSecond("b", 1), atOneSecond("c", 10), atOneSecond("d", 11)),
                ImmutableList.of(),
                new SourcePorts(new PortRange(40_000, 40_001), SourcePorts.Order.SEQUENTIAL));
        SimulationResult result =
                ScenarioRun.run(Scenario.of(ApiManagementSetup.of(service(1, 10, seconds(300))), workload, HOUR));

        assertThat(took(result, "c")).isEqualTo(seconds(241 + 1 - 10));
        assertThat(took(result, "d")).isEqualTo(seconds(242 + 1 - 11));
    }

    @Test
    void g2_whoeverWaitsForASourcePortDoesNotTryInVainForEveryCallThatComes() {
        // 20 calls/s of 0 s, 200 source ports, each back after 240 s: those of the first 10 s take them all. The others
        // of the minute wait for 21 s and end; those of 39 s and later wait still.
        Workload workload = new Workload(
                ImmutableList.of(Calls.everyNanos(50_000_000)),
                ImmutableList.of(),
                new SourcePorts(new PortRange(40_000, 40_199), SourcePorts.Order.SEQUENTIAL));
        SimulationResult result = ScenarioRun.run(
                Scenario.of(ApiManagementSetup.of(service(1, 1_000, seconds(21))), workload, Duration.ofMinutes(1)));

        assertThat(http(result).count(HttpOutcome.OK)).isEqualTo(200);
        assertThat(http(result).count(HttpOutcome.BACKEND_CONNECTION_FAILURE)).isEqualTo(20 * 29 + 1);
        assertThat(result.clients().get(0).sourcePortsOut()).isBetween(1L, 1_000L);
    }

    @Test
    void g2_aTimeOutAsLongAsTheWaitForAPortIsNotShorter() {
        Client b = atSeconds("b", 10).withTiming(timeout(seconds(21)));
        HttpResult http = http(run(service(1, 1, seconds(21)), HOUR, atSeconds("a", 0), b));

        assertThat(http.count(HttpOutcome.BACKEND_CONNECTION_FAILURE)).isEqualTo(1);
        assertThat(http.count(HttpOutcome.CLIENT_TIMEOUT)).isZero();
    }

    @Test
    void g2_aCallThatWasServedIsNotServedAgain() {
        // b is served at 240 s by a's release; neither the end of its wait at 251 s nor that of its patience at 260 s
        // does anything to it, and each connection stands for one call.
        Client b = taking(seconds(5), atSeconds("b", 230)).withTiming(timeout(seconds(30)));
        SimulationResult result = run(service(1, 1, seconds(21)), HOUR, atSeconds("a", 0), b);

        assertThat(took(result, "b")).isEqualTo(seconds(15));
        assertThat(http(result).calls()).isEqualTo(2);
        assertThat(result.metrics().opened()).isEqualTo(2);
    }
}
