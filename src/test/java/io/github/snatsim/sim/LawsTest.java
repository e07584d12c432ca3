package io.github.snatsim.sim;

import static io.github.snatsim.sim.Scenarios.DATABASE;
import static io.github.snatsim.sim.Scenarios.HOUR;
import static io.github.snatsim.sim.Scenarios.TO_DATABASE;
import static io.github.snatsim.sim.Scenarios.ms;
import static io.github.snatsim.sim.Scenarios.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.Destination;
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
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws that hold whatever the numbers. */
class LawsTest {
    private static Client poisson(long perSecond) {
        return Client.of("web", new Arrivals.Poisson(Rate.perSecond(perSecond)), TO_DATABASE)
                .withLifetime(new Distribution.Exponential(ms(500)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void doublingPortsNeverAddsRefusals(long seed) {
        long before = Long.MAX_VALUE;
        for (int ports = 16; ports <= 2_048; ports *= 2) {
            long refused = ScenarioRun.run(
                            Scenarios.scenario(ports, HOUR, poisson(5)).withSeed(seed))
                    .metrics()
                    .refused();
            assertThat(refused).as("%d ports, seed %d", ports, seed).isLessThanOrEqualTo(before);
            before = refused;
        }
        assertThat(before).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void c8_reuseNeverRefusesMoreThanConnectionPerRequest(long seed) {
        Client perRequest = poisson(2);
        long without = ScenarioRun.run(Scenarios.scenario(128, HOUR, perRequest).withSeed(seed))
                .metrics()
                .refused();
        long with = ScenarioRun.run(Scenarios.scenario(128, HOUR, perRequest.withConnections(Connections.reuse()))
                        .withSeed(seed))
                .metrics()
                .refused();
        assertThat(with).isLessThanOrEqualTo(without);
        assertThat(without).isPositive();
    }

    @Test
    void c6_anOutageWithImmediateRetriesStartsAnExhaustionThatNoRetriesAvoidAndBackoffShortens() {
        // 1/2 per second for 240 s needs 120 of 256 ports. An outage of 60 s fails 30 requests: with ten retries at
        // once
        // they take 330 ports; with delays of 1, 2, 4 ... s about five each until the outage is over.
        Outage outage = new Outage(Optional.of(DATABASE), seconds(600), seconds(660), 1, Failure.ERROR);
        Client client = Client.of("web", new Arrivals.Even(new Rate(1, 2_000_000_000L)), TO_DATABASE);

        SimulationResult none = run(client.withRetry(Retry.none()), outage);
        SimulationResult immediate = run(client.withRetry(Retry.immediate(10)), outage);
        SimulationResult backoff = run(client.withRetry(Retry.exponential(10, seconds(1), seconds(60), 0)), outage);

        assertThat(none.metrics().refused()).isZero();
        assertThat(immediate.metrics().episodeCount()).isPositive();
        assertThat(backoff.metrics().exhaustedNanos())
                .isLessThan(immediate.metrics().exhaustedNanos());
    }

    private static SimulationResult run(Client client, Outage outage) {
        Workload workload = Workload.of(client).withOutages(outage);
        return ScenarioRun.run(Scenario.of(SnatSetup.portsPerInstance(256), 1, workload, HOUR));
    }

    @Test
    void rstInsteadOfFinMultipliesTheSustainedRateBy16() {
        Client flood = Client.of("web", new Arrivals.Even(Rate.perSecond(100)), TO_DATABASE)
                .withLifetime(Distribution.fixed(ms(1)));
        Duration run = Duration.ofMinutes(80); // ten rounds of 240 s in the second half
        double fin = Scenarios.run(128, run, flood).sustainedOpensPerSecond();
        double rst = Scenarios.run(128, run, flood.withClose(Close.RST)).sustainedOpensPerSecond();

        assertThat(rst / fin).isCloseTo(240.0 / 15, within(0.2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void c1_aPoolOfKConnectionsNeverUsesMoreThanKPorts(int k) {
        SimulationResult result = Scenarios.run(128, HOUR, poisson(20).withConnections(Connections.pool(k)));

        assertThat(result.metrics().peakPortsAtOneDestination()).isLessThanOrEqualTo(k);
        assertThat(result.metrics().refused()).isZero();
    }

    @Test
    void splittingDestinationsMultipliesTheCapacity() {
        Client flood = Client.of("web", new Arrivals.Even(Rate.perSecond(100)), TO_DATABASE);
        double one = Scenarios.run(128, HOUR, flood).sustainedOpensPerSecond();
        Destinations four = new Destinations.Uniform(Destinations.range(DATABASE, 4));
        double split = Scenarios.run(128, HOUR, flood.withDestinations(four)).sustainedOpensPerSecond();

        assertThat(split / one).isCloseTo(4, within(0.05));
    }

    @Test
    void instancesAreIndependent() {
        Workload workload = Workload.of(poisson(2));
        SimulationResult three = ScenarioRun.run(Scenario.of(SnatSetup.portsPerInstance(128), 3, workload, HOUR));
        long sum = 0;
        for (int i = 0; i < 3; i++) {
            Scenario alone = new Scenario(
                    SnatSetup.portsPerInstance(128),
                    ImmutableList.of(Scenario.instances(3).get(i)),
                    workload,
                    ImmutableList.of(),
                    HOUR,
                    Duration.ZERO,
                    1);
            sum += ScenarioRun.run(alone).metrics().refused();
        }
        assertThat(three.metrics().refused()).isEqualTo(sum).isPositive();
    }

    @Test
    void c4_addingAClientDoesNotChangeAnothersDraws() {
        Client web = poisson(2);
        Client batch = Client.of(
                "batch",
                new Arrivals.Poisson(Rate.perSecond(1)),
                Destinations.one(Destination.parse("tcp 203.0.113.9:80")));

        ClientResult alone = Scenarios.run(1_024, HOUR, web).clients().get(0);
        ClientResult beside = Scenarios.run(1_024, HOUR, web, batch).clients().get(0);

        assertThat(beside).isEqualTo(alone);
    }
}
