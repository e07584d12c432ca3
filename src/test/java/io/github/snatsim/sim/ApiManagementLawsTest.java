package io.github.snatsim.sim;

import static io.github.snatsim.sim.Scenarios.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.Autoscale;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.BackendHosting;
import io.github.snatsim.azure.FirewallGateway;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.metrics.Metrics;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.report.SimulationCsv;
import io.github.snatsim.report.SimulationJson;
import io.github.snatsim.report.SimulationReport;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Outage;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every service and workload. */
class ApiManagementLawsTest {
    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    private static Duration ms(long most, Random random) {
        return Duration.ofMillis(random.nextInt((int) most + 1));
    }

    private static <T> T one(T[] of, Random random) {
        return List.of(of).get(random.nextInt(of.length));
    }

    private static Scenario random(long seed) {
        Random random = new Random(seed);
        ApiManagement service = ApiManagement.of(1 + random.nextInt(4), 1 + random.nextInt(60))
                .withConnectWait(random.nextInt(3) == 0 ? Duration.ZERO : ms(60_000, random))
                .inVnet(BackendHosting.AZURE_WITH_SERVICE_ENDPOINT);
        switch (random.nextInt(5)) {
            case 0 ->
                service = service.with(
                        new ApiMitigation.Firewall(new AzureFirewall(1 + random.nextInt(3), 1 + random.nextInt(60))));
            case 1 -> service = random.nextInt(3) == 0 ? service.with(new ApiMitigation.PrivateEndpoint()) : service;
            default -> {
                // calls take the units' ports
            }
        }
        if (random.nextInt(3) == 0) {
            service = service.with(new ApiMitigation.Caching(
                    1 - random.nextDouble(),
                    random.nextBoolean() ? ApiMitigation.Hits.EVEN : ApiMitigation.Hits.RANDOM));
        }
        if (random.nextInt(3) == 0) {
            service = service.with(new ApiMitigation.RateLimitByKey(
                    1 + random.nextInt(100), Duration.ofSeconds(1 + random.nextInt(60))));
        }
        if (random.nextInt(3) == 0) {
            service = service.with(new ApiMitigation.MoreBackends(
                    2 + random.nextInt(3),
                    random.nextBoolean() ? ApiMitigation.Differ.BY_ADDRESS : ApiMitigation.Differ.BY_PORT));
        }
        if (random.nextInt(4) == 0) {
            service = service.with(new ApiMitigation.ConnectionReuse(
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(Duration.ofSeconds(1 + random.nextInt(300)))));
        }
        if (random.nextInt(4) == 0) {
            service = service.with(new ApiMitigation.FasterBackend(0.5));
        }
        if (random.nextInt(3) == 0) {
            service = service.withAutoscale(new Autoscale(
                    Autoscale.Metric.CALLS,
                    0.5 + random.nextDouble(),
                    0.5 * random.nextDouble(),
                    1,
                    4,
                    Duration.ofSeconds(30 + random.nextInt(200)),
                    ms(100_000, random),
                    Duration.ZERO));
        }
        ImmutableList.Builder<Client> clients = ImmutableList.builder();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            clients.add(client("client" + i, random));
        }
        Workload workload = Workload.of(clients.build().toArray(Client[]::new));
        if (random.nextInt(3) == 0) {
            Outage.Failure failure = one(Outage.Failure.values(), random);
            workload = workload.withOutages(new Outage(Optional.empty(), seconds(300), seconds(500), 0.5, failure));
        }
        Duration idle = Duration.ofSeconds(random.nextInt(4) == 0 ? 0 : 240);
        ApiManagementSetup setup = Calls.withHolds(service, idle, Duration.ofSeconds(random.nextInt(2) * 15L));
        return Scenario.of(setup, workload, Duration.ofMinutes(20)).withSeed(seed);
    }

    private static Client client(String name, Random random) {
        Arrivals arrivals = switch (random.nextInt(4)) {
            case 0 -> new Arrivals.Even(new Rate(1 + random.nextInt(3), 1_000_000_000));
            case 1 -> new Arrivals.Poisson(new Rate(1 + random.nextInt(3), 1_000_000_000));
            case 2 -> new Arrivals.Bursts(1 + random.nextInt(100), Duration.ofSeconds(20 + random.nextInt(200)));
            default -> new Arrivals.ClosedLoop(1 + random.nextInt(20), new Distribution.Exponential(seconds(5)));
        };
        Retry retry = switch (random.nextInt(4)) {
            case 0 -> Retry.immediate(2);
            case 1 -> Retry.exponential(4, Duration.ofMillis(500), seconds(20), 0.5);
            default -> Retry.none();
        };
        Client client = Client.of(
                        name,
                        arrivals,
                        new Destinations.Uniform(Destinations.range(Calls.BACKEND, 1 + random.nextInt(2))))
                .withLifetime(
                        random.nextBoolean()
                                ? Distribution.fixed(ms(5_000, random))
                                : new Distribution.LogNormal(Duration.ofMillis(500), 1.5))
                .withClose(one(Close.values(), random))
                .withRetry(retry)
                .withTiming(Calls.timeout(Duration.ofSeconds(1 + random.nextInt(60))));
        if (random.nextInt(4) == 0) {
            client = client.withKeepalive(Duration.ofSeconds(30 + random.nextInt(300)));
        }
        return switch (random.nextInt(6)) {
            case 0 -> client.withConnections(Connections.reuse());
            case 1 ->
                client.withConnections(Connections.pool(1 + random.nextInt(5))
                        .withQueue(random.nextInt(10), Optional.of(Duration.ofSeconds(1 + random.nextInt(20)))));
            default -> client;
        };
    }

    /** Hears everything, checks what must hold at every instant, and passes it on. */
    private static final class Watch implements GatewayListener {
        private final FlowKeys keys;
        private final Metrics metrics;
        private final boolean firewall;
        private final int portsOwned;
        private final Map<String, Integer> used = new HashMap<>();
        private final Set<String> inPublicSpace = new HashSet<>();
        private long opened;
        private long refused;
        private int live;
        private int mostUsed;

        Watch(ScenarioRun run, ApiManagement service) {
            keys = run.gateway().keys();
            metrics = run.metrics();
            firewall = service.on().contains(ApiMitigation.Kind.FIREWALL);
            portsOwned = service.portsPerDestination();
            run.gateway().listen(this);
        }

        /** Whose ports a flow takes, and where to. */
        private String queue(long flow) {
            FiveTuple tuple = keys.tuple(flow);
            IpAddress owner =
                    firewall ? FirewallGateway.ADDRESS : tuple.source().address();
            return owner + " " + tuple.to();
        }

        @Override
        public void opened(long timeNanos, long flow, int port) {
            opened++;
            live++;
            String queue = queue(flow);
            int now = used.merge(queue, 1, Integer::sum);
            mostUsed = Math.max(mostUsed, now);
            assertThat(now).as(queue).isLessThanOrEqualTo(portsOwned);
            assertThat(inPublicSpace.add(queue + " " + port))
                    .as("%s %d twice", queue, port)
                    .isTrue();
            metrics.opened(timeNanos, flow, port);
        }

        @Override
        public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
            live--;
            String queue = queue(flow);
            assertThat(used.merge(queue, -1, Integer::sum)).isNotNegative();
            assertThat(inPublicSpace.remove(queue + " " + port)).isTrue();
            metrics.ended(timeNanos, flow, port, state, end);
        }

        @Override
        public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
            refused++;
            assertThat(reason).isEqualTo(Outcome.NO_FREE_PORT);
            assertThat(used.getOrDefault(queue(flow), 0)).isEqualTo(portsOwned);
            metrics.refused(timeNanos, flow, frontend, reason);
        }

        @Override
        public void stateChanged(long timeNanos, long flow, int port, FlowState before, FlowState after) {
            metrics.stateChanged(timeNanos, flow, port, before, after);
        }

        @Override
        public void dropped(long timeNanos) {
            metrics.dropped(timeNanos);
        }

        @Override
        public void untranslated(long timeNanos, FiveTuple flow) {
            metrics.untranslated(timeNanos, flow);
        }

        @Override
        public void frontendNamed(int frontend, IpAddress publicIp) {
            metrics.frontendNamed(frontend, publicIp);
        }

        @Override
        public void portsAssigned(long timeNanos, int source, int frontend, int ports) {
            metrics.portsAssigned(timeNanos, source, frontend, ports);
        }

        @Override
        public void portsShared(int source, int owner) {
            metrics.portsShared(source, owner);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingReaddsAndNoPortIsTakenTwice(long seed) {
        Scenario scenario = random(seed);
        ApiManagement service = ((ApiManagementSetup) scenario.gateway()).service();
        ScenarioRun run = new ScenarioRun(scenario);
        Watch watch = new Watch(run, service);
        SimulationResult result = run.run();
        HttpResult http = Calls.http(result);

        // A request in progress is either in a call or waits for its next one, so requests + retries are calls.
        assertThat(sum(result, ClientResult::requests) + sum(result, ClientResult::retries) - http.calls())
                .as("seed %d", seed)
                .isEqualTo(sum(result, ClientResult::inProgress));
        assertReadds(seed, result, http);
        assertThat(watch.opened).as("seed %d", seed).isEqualTo(result.metrics().opened());
        assertThat(watch.refused).as("seed %d", seed).isEqualTo(result.metrics().refused());
        assertThat(sum(result, ClientResult::attempts)).as("seed %d", seed).isEqualTo(watch.opened + watch.refused);
        assertThat(sum(result, ClientResult::refused)).as("seed %d", seed).isEqualTo(watch.refused);
        assertThat(result.metrics().portsInUse().total()).as("seed %d", seed).isLessThanOrEqualTo(watch.live);
        assertThat(result.metrics().peakPortsAtOneDestination())
                .as("seed %d", seed)
                .isEqualTo(watch.mostUsed);
    }

    /** Long after the last arrival every call has ended, and nothing is lost: not one that waited, either. */
    @ParameterizedTest
    @MethodSource("seeds")
    void noCallIsLost(long seed) {
        ScenarioRun run = new ScenarioRun(random(seed));
        run.run();
        run.simulation().runUntilIdle();
        SimulationResult result = run.result();
        HttpResult http = Calls.http(result);

        assertThat(sum(result, ClientResult::inProgress)).as("seed %d", seed).isZero();
        assertThat(http.calls())
                .as("seed %d", seed)
                .isEqualTo(sum(result, ClientResult::requests) + sum(result, ClientResult::retries));
        assertThat(http.units().stream().mapToLong(HttpResult.Unit::calls).sum()
                        + http.count(HttpOutcome.TOO_MANY_REQUESTS))
                .as("seed %d", seed)
                .isEqualTo(http.calls());
        assertReadds(seed, result, http);
        assertThat(result.metrics().portsInUse().total()).as("seed %d", seed).isZero();
    }

    private static void assertReadds(long seed, SimulationResult result, HttpResult http) {
        for (HttpOutcome outcome : HttpOutcome.values()) {
            assertThat(http.overTime().total(Calls.kind(outcome)))
                    .as("seed %d, %s", seed, outcome)
                    .isEqualTo(http.count(outcome));
        }
        assertThat(sum(result, ClientResult::completed)).as("seed %d", seed).isEqualTo(http.count(HttpOutcome.OK));
        assertThat(sum(result, ClientResult::failures))
                .as("seed %d", seed)
                .isEqualTo(http.calls() - http.count(HttpOutcome.OK));
        assertThat(http.units())
                .allSatisfy(unit -> assertThat(unit.fromCache() + unit.forwarded())
                        .as("seed %d", seed)
                        .isEqualTo(unit.calls()));
        assertThat(http.units().stream().mapToLong(HttpResult.Unit::failures).sum())
                .as("seed %d", seed)
                .isEqualTo(http.failuresLogged());
        assertThat(http.failuresLogged())
                .as("seed %d", seed)
                .isBetween(
                        http.count(HttpOutcome.BACKEND_CONNECTION_FAILURE),
                        http.count(HttpOutcome.BACKEND_CONNECTION_FAILURE) + http.count(HttpOutcome.CLIENT_TIMEOUT));
    }

    private static long sum(SimulationResult result, ToLongFunction<ClientResult> of) {
        return result.clients().stream().mapToLong(of).sum();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void c4_theSameSeedGivesTheSameBytes(long seed) {
        assertThat(bytes(random(seed))).as("seed %d", seed).isEqualTo(bytes(random(seed)));
    }

    private static String bytes(Scenario scenario) {
        Replications runs = Replications.run(scenario, 1, 1);
        SimulationReport report = new SimulationReport("x", 1, 1, runs);
        return report.text()
                + SimulationJson.line(report)
                + SimulationCsv.files(runs.runs().get(0));
    }

    /** A run in many steps of the clock is the run in one (R7). */
    @ParameterizedTest
    @MethodSource("seeds")
    void r7_steppingTheClockChangesNothing(long seed) {
        Scenario scenario = random(seed);
        ScenarioRun run = new ScenarioRun(scenario);
        for (int second = 1; second < scenario.duration().toSeconds(); second += 7) {
            run.advanceTo(seconds(second));
        }

        assertThat(run.run().http())
                .as("seed %d", seed)
                .isEqualTo(ScenarioRun.run(scenario).http());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doublingThePortsAddsNo500(long seed) {
        Random random = new Random(seed);
        Duration connectWait = random.nextBoolean() ? Duration.ZERO : ms(300_000, random);
        int units = 1 + random.nextInt(3);
        Client even = Client.of(
                        "even",
                        new Arrivals.Even(new Rate(1 + random.nextInt(5), 1_000_000_000L * (1 + random.nextInt(3)))),
                        Calls.TO_BACKEND)
                .withLifetime(Distribution.fixed(ms(20_000, random)))
                .withTiming(Calls.timeout(Duration.ofHours(2)));
        long before = Long.MAX_VALUE;
        for (int ports = 4; ports <= 2_048; ports *= 2) {
            long failures = Calls.http(
                            ApiManagement.of(units, ports).withConnectWait(connectWait), Duration.ofMinutes(30), even)
                    .count(HttpOutcome.BACKEND_CONNECTION_FAILURE);
            assertThat(failures).as("seed %d, %d ports", seed, ports).isLessThanOrEqualTo(before);
            before = failures;
        }
        assertThat(before).as("seed %d", seed).isZero(); // 5/s x 260 s = 1,300 for one unit
    }

    /** A connection is opened when its call comes or when a port for it is released, never in between. */
    @Test
    void g2_whoWaitedIsServedAtAReleaseInstant() {
        // there are 24,000 calls; that many of them waited is a matter of the seeds
        assertThat(seeds().map(ApiManagementLawsTest::servedAfterAWait).sum()).isGreaterThan(1_000);
    }

    private static long servedAfterAWait(long seed) {
        Random random = new Random(seed);
        ImmutableList<Duration> times = random.longs(
                        400, 0, Duration.ofMinutes(20).toNanos())
                .sorted()
                .mapToObj(Duration::ofNanos)
                .collect(ImmutableList.toImmutableList());
        Client client = Client.of("recorded", new Arrivals.Recorded(times), Calls.TO_BACKEND)
                .withLifetime(new Distribution.Exponential(ms(20_000, random).plusMillis(1)))
                .withClose(one(Close.values(), random))
                .withTiming(Calls.timeout(Duration.ofSeconds(1 + random.nextInt(600))));
        if (random.nextBoolean()) {
            client = client.withKeepalive(Duration.ofSeconds(1 + random.nextInt(200)));
        }
        ApiManagement service = ApiManagement.of(1 + random.nextInt(3), 1 + random.nextInt(20))
                .withConnectWait(ms(600_000, random))
                .inVnet(BackendHosting.ELSEWHERE);
        if (random.nextInt(3) == 0) {
            service = service.with(new ApiMitigation.Firewall(new AzureFirewall(2, 1 + random.nextInt(20))));
        }
        ScenarioRun run = new ScenarioRun(Scenario.of(
                Calls.withHolds(service, seconds(random.nextInt(3) == 0 ? 0 : 240), seconds(random.nextInt(2) * 15L)),
                Workload.of(client),
                Duration.ofMinutes(30)));
        Map<String, Long> released = new HashMap<>();
        boolean firewall = service.on().contains(ApiMitigation.Kind.FIREWALL);
        FlowKeys keys = run.gateway().keys();
        Set<Duration> arrivals = new HashSet<>(times);
        long[] served = new long[1];
        run.gateway().listen(new GatewayListener() {
            private String owner(long flow) {
                Destination to = keys.tuple(flow).to();
                return firewall ? to.toString() : keys.tuple(flow).source().address() + " " + to;
            }

            @Override
            public void opened(long timeNanos, long flow, int port) {
                if (!arrivals.contains(Duration.ofNanos(timeNanos))) {
                    served[0]++;
                    assertThat(released.get(owner(flow))).as("seed %d", seed).isEqualTo(timeNanos);
                }
            }

            @Override
            public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
                released.put(owner(flow), timeNanos);
            }
        });
        run.run();
        return served[0];
    }
}
