package io.github.snatsim.sim;

import static io.github.snatsim.sim.Scenarios.HOUR;
import static io.github.snatsim.sim.Scenarios.TO_DATABASE;
import static io.github.snatsim.sim.Scenarios.ms;
import static io.github.snatsim.sim.Scenarios.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Outage;
import io.github.snatsim.workload.Outage.Failure;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a scenario does at a virtual time, and what its ends do. */
class ScheduledActionsTest {
    private static final Client EVEN = Client.of("web", new Arrivals.Even(Rate.perSecond(1)), TO_DATABASE);

    /** A worker takes 1 s a request. */
    private static Client workers(int count) {
        return EVEN.withLifetime(Distribution.fixed(seconds(1)))
                .withConnections(Connections.reuse())
                .withArrivals(loop(count));
    }

    private static Arrivals loop(int workers) {
        return new Arrivals.ClosedLoop(workers, Distribution.fixed(Duration.ZERO));
    }

    private static long requests(Client client, Duration duration, ScheduledAction... actions) {
        return ScenarioRun.run(Scenarios.scenario(1_024, duration, client).withActions(actions))
                .clients()
                .get(0)
                .requests();
    }

    @Test
    void stoppingAClosedLoopStopsItsWorkers() {
        // Two workers begin at 0, 1, ... 10 s; the requests that run at 10.5 s are the last.
        assertThat(requests(workers(2), seconds(100), new ScheduledAction.StopClient(ms(10_500), "web")))
                .isEqualTo(22);
    }

    @Test
    void changingAClosedLoopReplacesItsWorkers() {
        // Ten workers at 0 ... 10 s, then one that begins at 10.5, 11.5, ... 19.5 s.
        assertThat(requests(workers(10), seconds(20), new ScheduledAction.ChangeArrivals(ms(10_500), "web", loop(1))))
                .isEqualTo(110 + 10);
    }

    @Test
    void changedArrivalsBeginWithTheClient() {
        Client late = EVEN.withTiming(new Client.Timing(
                seconds(50), Optional.empty(), OptionalLong.empty(), seconds(30), seconds(1), ImmutableList.of()));
        Arrivals twice = new Arrivals.Even(Rate.perSecond(2));

        assertThat(requests(late, seconds(100), new ScheduledAction.ChangeArrivals(seconds(10), "web", twice)))
                .isEqualTo(100);
    }

    @Test
    void removedInstancesStayRemovedWhenArrivalsChange() {
        Scenario scenario = Scenario.of(SnatSetup.portsPerInstance(1_024), 2, Workload.of(EVEN), seconds(100))
                .withActions(
                        new ScheduledAction.Resize(seconds(20), 1),
                        new ScheduledAction.ChangeArrivals(seconds(20), "web", new Arrivals.Even(Rate.perSecond(1))));

        SimulationResult result = ScenarioRun.run(scenario);
        assertThat(result.metrics().refusedByReason()).doesNotContainKey(Outcome.UNKNOWN_INSTANCE);
        assertThat(result.metrics().opened()).isEqualTo(2 * 20 + 80);
    }

    @Test
    void newInstancesRunTheClientsAsTheyAreNow() {
        Scenario scenario = Scenario.of(SnatSetup.portsPerInstance(1_024), 1, Workload.of(EVEN), seconds(100));

        assertThat(ScenarioRun.run(scenario.withActions(
                                new ScheduledAction.StopClient(seconds(20), "web"),
                                new ScheduledAction.Resize(seconds(20), 2)))
                        .metrics()
                        .attempts())
                .isEqualTo(20);
        assertThat(ScenarioRun.run(scenario.withActions(
                                new ScheduledAction.ChangeArrivals(
                                        seconds(20), "web", new Arrivals.Even(Rate.perSecond(2))),
                                new ScheduledAction.Resize(seconds(20), 2)))
                        .metrics()
                        .attempts())
                .isEqualTo(20 + 2 * 160);
    }

    @Test
    void p5_aResizeAcrossATierReportsWhatItCutAndWhatAnyReadingAllows() {
        // 50 instances with 800 long flows each to one destination, 1,024 ports; 51 have 512. The flows took the lowest
        // 800 ports, so 288 of each are cut: 14,400. Any reading: 800 - 512 = 288 to 512 each, 14,400 to 25,600 in all.
        Client longFlows = Client.of(
                        "long",
                        new Arrivals.Recorded(ImmutableList.copyOf(Collections.nCopies(800, ms(0)))),
                        TO_DATABASE)
                .withLifetime(Distribution.fixed(seconds(200)));
        Scenario scenario = Scenario.of(SnatSetup.pool(), 50, Workload.of(longFlows), seconds(20))
                .withActions(new ScheduledAction.Resize(seconds(10), 51), new ScheduledAction.Resize(seconds(15), 50));

        ImmutableList<ScaleEvent> events = ScenarioRun.run(scenario).scaleEvents();
        assertThat(events).hasSize(2);
        assertEvent(events.get(0), 10, 50, 51, 1_024, 512, 14_400, 14_400, 25_600, 0);
        assertEvent(events.get(1), 15, 51, 50, 512, 1_024, 0, 0, 0, 512);
        assertThat(events.get(0).instances()).hasSize(50).allSatisfy(loss -> {
            assertThat(loss.portsReclaimed()).isEqualTo(512);
            assertThat(loss.flowsCut()).isEqualTo(288);
        });
        assertThat(events.get(0).portsReclaimed()).isEqualTo(25_600);
    }

    private static void assertEvent(
            ScaleEvent event,
            long seconds,
            int instancesBefore,
            int instancesAfter,
            int portsBefore,
            int portsAfter,
            long cut,
            long cutMin,
            long cutMax,
            long removed) {
        assertThat(event.timeNanos()).isEqualTo(seconds(seconds).toNanos());
        assertThat(List.of(event.instancesBefore(), event.instancesAfter(), event.portsBefore(), event.portsAfter()))
                .containsExactly(instancesBefore, instancesAfter, portsBefore, portsAfter);
        assertThat(List.of(event.flowsCut(), event.flowsCutMin(), event.flowsCutMax(), event.flowsRemoved()))
                .containsExactly(cut, cutMin, cutMax, removed);
    }

    @Test
    void p5_refusalsOfTheMinutesAfterAResizeAreCounted() {
        // 1,024 flows of 1 h each on one of 50 instances; 51 leave it 512 ports. From 10 s on one attempt a second is
        // refused: 50 of them until 60 s after the resize at 20 s, 60 in each of the next minutes.
        Client full = Client.of(
                        "full",
                        new Arrivals.Recorded(ImmutableList.copyOf(Collections.nCopies(1_024, ms(0)))),
                        TO_DATABASE)
                .withLifetime(Distribution.fixed(HOUR))
                .withKeepalive(seconds(60));
        Client more = EVEN.withTiming(new Client.Timing(
                seconds(30), Optional.empty(), OptionalLong.empty(), seconds(30), seconds(1), ImmutableList.of()));
        Scenario scenario = Scenario.of(SnatSetup.pool(), 1, Workload.of(full, more), seconds(200))
                .withActions(new ScheduledAction.Resize(seconds(20), 51));

        // the newcomers run the clients too: each opens 512 of its 1,024 at 20 s and refuses the rest, in the first
        // minute
        ScaleEvent event = ScenarioRun.run(scenario).scaleEvents().get(0);
        assertThat(event.refusedByMinute()).containsExactly(50 * 512L + 51 * 50, 51 * 60L, 51 * 60L);
    }

    @Test
    void addressesThatAreTakenAreNotGivenAgain() {
        ImmutableList<IpAddress> backwards = ImmutableList.of(IpAddress.parse("10.0.0.5"), IpAddress.parse("10.0.0.4"));
        Scenario scenario = new Scenario(
                SnatSetup.pool(),
                backwards,
                Workload.of(EVEN),
                ImmutableList.of(new ScheduledAction.Resize(seconds(5), 3)),
                seconds(10),
                Duration.ZERO,
                1);

        assertThat(ScenarioRun.run(scenario).metrics().attempts()).isEqualTo(10 + 10 + 5);
    }

    @Test
    void c5_aStopBehindTheEndAddsNoArrival() {
        Client client = EVEN.withTiming(new Client.Timing(
                Duration.ZERO,
                Optional.of(seconds(20)),
                OptionalLong.empty(),
                seconds(30),
                seconds(1),
                ImmutableList.of()));

        assertThat(requests(client, seconds(10))).isEqualTo(10);
    }

    @Test
    void c7_workersThatAreTurnedAwayAtOnceDoNotStopTheClock() {
        Client turnedAway = workers(5).withConnections(Connections.pool(1).withQueue(0, Optional.empty()));
        assertThat(requests(turnedAway, seconds(10))).isBetween(10L, 5 * 10_000L);

        Client reset = workers(1).withDestinations(Destinations.one(Destination.parse("tcp 10.9.9.9:80")));
        Workload workload = Workload.of(reset).withOutages(new Outage(Optional.empty(), ms(0), HOUR, 1, Failure.RST));
        assertThat(ScenarioRun.run(Scenario.of(SnatSetup.portsPerInstance(16), 1, workload, seconds(10)))
                        .gaveUp())
                .isBetween(1L, 10_001L);
    }

    @Test
    void aUdpSocketThatIsPutAwaySendsNothing() {
        // One datagram at 0; the socket is put away at 200 s; its port comes back 240 s after the datagram.
        Client once = Client.of(
                        "once",
                        new Arrivals.Recorded(ImmutableList.of(ms(0))),
                        Destinations.one(Destination.parse("udp 203.0.113.53:53")))
                .withConnections(Connections.reuse().withIdleLimit(seconds(200)));

        assertThat(Scenarios.run(16, seconds(240), once).metrics().portsInUse().total())
                .isZero();
    }

    @Test
    void runUntilIdleEndsThoughAConnectionIsKeptAlive() {
        Client leak = EVEN.withKeepalive(seconds(60)).withConnections(Connections.reuse());
        ScenarioRun run = new ScenarioRun(Scenarios.scenario(16, seconds(600), leak));
        run.run();
        run.simulation().runUntilIdle();

        assertThat(run.simulation().nowNanos())
                .isBetween(seconds(600).toNanos(), seconds(840).toNanos());
    }

    @Test
    void aPoolThatDoesNotFitItsRangeIsRefusedBeforeTheRun() {
        assertThatThrownBy(() -> Scenario.of(SnatSetup.pool(), 401, Workload.of(EVEN), HOUR))
                .hasMessageContaining("expected 1-400");
        assertThatThrownBy(() -> Scenario.of(SnatSetup.pool(), 1, Workload.of(EVEN), HOUR)
                        .withActions(new ScheduledAction.Resize(seconds(1), 0)))
                .hasMessageContaining("expected 1-");
    }
}
