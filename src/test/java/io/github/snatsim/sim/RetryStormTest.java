package io.github.snatsim.sim;

import static io.github.snatsim.sim.Scenarios.HOUR;
import static io.github.snatsim.sim.Scenarios.TO_DATABASE;
import static io.github.snatsim.sim.Scenarios.ms;
import static io.github.snatsim.sim.Scenarios.timing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Retry;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Exact expectations made by another implementation. */
class RetryStormTest {
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/expected/retry_storm.csv", numLinesToSkip = 1)
    void c6_retriesOfRefusalsMatchTheTable(
            String scenario,
            int ports,
            int clients,
            long retryMs,
            long lifeMs,
            long holdMs,
            long accepted,
            long attempts,
            long refused,
            long lastAcceptMs,
            long stillWaiting) {
        Client client = Client.of(
                        "clients",
                        new Arrivals.ClosedLoop(clients, Distribution.fixed(Duration.ofSeconds(1))),
                        TO_DATABASE)
                .withLifetime(Distribution.fixed(ms(lifeMs)))
                .withClose(holdMs == 15_000 ? Close.RST : Close.FIN_BY_CLIENT)
                .withRetry(Retry.fixed(Integer.MAX_VALUE, ms(retryMs)))
                .withTiming(timing(OptionalLong.of(clients), Duration.ZERO));

        SimulationResult result = Scenarios.run(ports, HOUR, client);

        assertThat(result.metrics().opened()).isEqualTo(accepted);
        assertThat(result.metrics().attempts()).isEqualTo(attempts);
        assertThat(result.metrics().refused()).isEqualTo(refused);
        assertThat(result.clients().get(0).waits().maxNanos())
                .isEqualTo(ms(lastAcceptMs).toNanos());
        assertThat(result.clients().get(0).inProgress()).isEqualTo(stillWaiting);
    }
}
