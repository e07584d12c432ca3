package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.flow.FlowRules;
import io.github.snatsim.metrics.CountsOverTime;
import io.github.snatsim.net.Destination;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What the tests of API Management services share. */
final class Calls {
    static final Destination BACKEND = Destination.parse("tcp 203.0.113.20:443");
    static final Destinations TO_BACKEND = Destinations.one(BACKEND);

    private Calls() {}

    static Scenario scenario(ApiManagement service, Duration duration, Client... clients) {
        return Scenario.of(ApiManagementSetup.of(service), Workload.of(clients), duration);
    }

    static SimulationResult run(ApiManagement service, Duration duration, Client... clients) {
        return ScenarioRun.run(scenario(service, duration, clients));
    }

    static HttpResult http(ApiManagement service, Duration duration, Client... clients) {
        return http(run(service, duration, clients));
    }

    static HttpResult http(SimulationResult result) {
        return result.http().orElseThrow();
    }

    /** A service whose ports wait for other times than 240 s and 15 s. */
    static ApiManagementSetup withHolds(ApiManagement service, Duration finHold, Duration rstHold) {
        ApiManagementSetup classic = ApiManagementSetup.of(service);
        FlowRules flows = new FlowRules(
                finHold, rstHold, classic.flows().finTrigger(), classic.flows().holdSyn());
        return new ApiManagementSetup(service, flows, classic.idle());
    }

    /** Calls at these times; each takes the backend no time, and the caller waits for an hour. */
    static Client at(String name, Duration... times) {
        return Client.of(name, new Arrivals.Recorded(ImmutableList.copyOf(times)), TO_BACKEND)
                .withTiming(timeout(Duration.ofHours(1)));
    }

    /** One call at each of these seconds. */
    static Client atSeconds(String name, long... seconds) {
        return at(name, LongStream.of(seconds).mapToObj(Duration::ofSeconds).toArray(Duration[]::new));
    }

    static Client everyNanos(long gapNanos) {
        return Client.of("even", new Arrivals.Even(new Rate(1, gapNanos)), TO_BACKEND)
                .withTiming(timeout(Duration.ofHours(1)));
    }

    static Client taking(Duration latency, Client client) {
        return client.withLifetime(Distribution.fixed(latency));
    }

    static Client.Timing timeout(Duration timeout) {
        return new Client.Timing(
                Duration.ZERO,
                Optional.empty(),
                OptionalLong.empty(),
                timeout,
                Duration.ofSeconds(1),
                ImmutableList.of());
    }

    /** How long a client's only call took. */
    static Duration took(SimulationResult result, String client) {
        ClientResult only = result.clients().stream()
                .filter(each -> each.client().equals(client))
                .findFirst()
                .orElseThrow();
        if (only.completed() != 1) {
            throw new AssertionError(client + " had " + only.completed() + " calls answered: " + only);
        }
        return Duration.ofNanos(only.waits().maxNanos());
    }

    /** The number of an outcome in calls over time. */
    static int kind(HttpOutcome outcome) {
        return List.of(HttpOutcome.values()).indexOf(outcome);
    }

    static long total(CountsOverTime course) {
        return Arrays.stream(HttpOutcome.values())
                .mapToLong(outcome -> course.total(kind(outcome)))
                .sum();
    }
}
