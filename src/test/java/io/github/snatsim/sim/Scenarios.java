package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.Destination;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What the tests of simulations share. */
final class Scenarios {
    static final Destination DATABASE = Destination.parse("tcp 203.0.113.7:5432");
    static final Destinations TO_DATABASE = Destinations.one(DATABASE);
    static final Duration HOUR = Duration.ofHours(1);

    private Scenarios() {}

    static SimulationResult run(int ports, Duration duration, Client... clients) {
        return ScenarioRun.run(scenario(ports, duration, clients));
    }

    static Scenario scenario(int ports, Duration duration, Client... clients) {
        return Scenario.of(SnatSetup.portsPerInstance(ports), 1, Workload.of(clients), duration);
    }

    static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** From the beginning to the end, so many requests, and so long to learn of a refusal. */
    static Client.Timing timing(OptionalLong requestsMax, Duration refusalNotice) {
        return new Client.Timing(
                Duration.ZERO,
                Optional.empty(),
                requestsMax,
                Duration.ofSeconds(30),
                refusalNotice,
                ImmutableList.of());
    }
}
