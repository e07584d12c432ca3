package io.github.snatsim.plan;

import io.github.snatsim.net.Destination;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.SnatSetup;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Workload;
import java.time.Duration;

/** What the planner's tests share. */
final class Plans {
    static final Destination DATABASE = Destination.parse("tcp 203.0.113.7:5432");
    static final Destinations TO_DATABASE = Destinations.one(DATABASE);
    static final Duration FIN_HOLD = Duration.ofMinutes(4);

    private Plans() {}

    static Scenario scenario(int ports, Duration duration, Client... clients) {
        return Scenario.of(SnatSetup.portsPerInstance(ports), 1, Workload.of(clients), duration);
    }

    static Distribution exponential(long meanSeconds) {
        return new Distribution.Exponential(Duration.ofSeconds(meanSeconds));
    }

    static Client poisson(Rate rate) {
        return Client.of("c", new Arrivals.Poisson(rate), TO_DATABASE);
    }

    static Client even(Rate rate) {
        return Client.of("c", new Arrivals.Even(rate), TO_DATABASE);
    }
}
