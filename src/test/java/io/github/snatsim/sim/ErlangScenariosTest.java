package io.github.snatsim.sim;

import static io.github.snatsim.sim.Scenarios.TO_DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Erlang's blocking formula against the simulation: refusals lie within 99.99 % bands that another simulation made. */
class ErlangScenariosTest {
    @ParameterizedTest(name = "{0}, {8} arrivals")
    @CsvFileSource(resources = "/expected/erlang_b_scenarios.csv", numLinesToSkip = 1)
    void m1_refusalsLieInTheBand(
            String scenario,
            String kind,
            int ports,
            String rate,
            long meanSeconds,
            long holdSeconds,
            double erlangs,
            double blocking,
            long arrivals,
            double expectedRefused,
            double simulatedMean,
            double sd,
            long low99,
            long high99,
            long low9999,
            long high9999) {
        if (!kind.equals("test")) {
            assertThat(kind).isEqualTo("slow"); // rows whose bands do not hold, as the table says
            return;
        }
        Client client = Client.of("c", new Arrivals.Poisson(rate(rate)), TO_DATABASE)
                .withLifetime(new Distribution.Exponential(Duration.ofSeconds(meanSeconds)))
                .withClose(holdSeconds == 15 ? Close.RST : Close.FIN_BY_CLIENT);
        if (meanSeconds >= 30) {
            client = client.withKeepalive(Duration.ofSeconds(60));
        }
        Duration warmUp = Duration.ofSeconds(20 * (meanSeconds + holdSeconds));
        for (long seed = 1; seed <= 5; seed++) {
            Scenario run = Scenarios.scenario(ports, Duration.ofDays(30_000), client)
                    .withWarmUp(warmUp)
                    .withSeed(seed);
            assertThat(refusedOf(run, arrivals)).as("seed %d", seed).isBetween(low9999, high9999);
        }
    }

    private static long refusedOf(Scenario scenario, long arrivals) {
        ScenarioRun run = new ScenarioRun(scenario);
        run.advanceTo(scenario.warmUp());
        while (run.metrics().attempts() < arrivals) {
            run.simulation().step();
        }
        return run.result().metrics().refused();
    }

    private static Rate rate(String fraction) {
        List<String> parts = Splitter.on('/').splitToList(fraction);
        long per = parts.size() == 1 ? 1 : Long.parseLong(parts.get(1));
        return new Rate(Long.parseLong(parts.get(0)), per * 1_000_000_000L);
    }
}
