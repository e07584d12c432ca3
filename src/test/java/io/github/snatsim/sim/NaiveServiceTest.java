package io.github.snatsim.sim;

import static io.github.snatsim.sim.Calls.BACKEND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.BackendHosting;
import io.github.snatsim.azure.GatewayLogRecord;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.metrics.Metrics;
import io.github.snatsim.net.Destination;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Request;
import io.github.snatsim.workload.Workload;
import io.github.snatsim.workload.WorkloadRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of random services ends as in {@link NaiveService}, and when. */
class NaiveServiceTest {
    private static final long MS = 1_000_000;
    private static final long HOLD_NANOS = Duration.ofMinutes(4).toNanos();

    /** A random service and its calls. Time-outs lie beside the grid of all other times, so that they tie with nothing. */
    private static final class World {
        final int units;
        final int backends;
        final int ports;
        final boolean firewall;
        final long waitNanos;
        final List<Client> clients = new ArrayList<>();
        final List<NaiveService.Call> calls = new ArrayList<>();
        final long endNanos;

        World(long seed, int clientsMax) {
            Random random = new Random(seed);
            units = 1 + random.nextInt(4);
            backends = 1 + random.nextInt(3);
            ports = 1 + random.nextInt(12);
            firewall = random.nextInt(4) == 0;
            long grid = random.nextBoolean() ? 1_000 * MS : random.nextBoolean() ? MS : 2;
            waitNanos = random.nextInt(4) == 0 ? 0 : random.nextInt(400_000) * MS / grid * grid;
            int count = 1 + random.nextInt(clientsMax);
            long[] latencies = new long[count];
            long[] timeouts = new long[count];
            for (int i = 0; i < count; i++) {
                latencies[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(30_000) * MS / grid * grid;
                timeouts[i] = random.nextInt(2) == 0
                        ? Duration.ofHours(1).toNanos() + 1
                        : (1 + random.nextInt(300_000)) * MS / grid * grid + 1;
                clients.add(
                        Client.of("client" + i, new Arrivals.Recorded(ImmutableList.of()), Destinations.one(BACKEND))
                                .withLifetime(Distribution.fixed(Duration.ofNanos(latencies[i])))
                                .withTiming(Calls.timeout(Duration.ofNanos(timeouts[i]))));
            }
            boolean poisson = random.nextBoolean();
            // from half of what the ports carry to three times of it
            double needed = (HOLD_NANOS + 10_000 * MS) / (double) ((firewall ? 1 : units) * backends * ports);
            double gap = needed / (0.5 + 2.5 * random.nextDouble());
            double time = 0;
            for (int i = 0; i < 600; i++) {
                int client = random.nextInt(count);
                calls.add(
                        new NaiveService.Call((long) time / grid * grid, client, latencies[client], timeouts[client]));
                time += poisson ? -gap * StrictMath.log(1 - random.nextDouble()) : gap;
            }
            endNanos = (long) time + Duration.ofHours(3).toNanos();
        }

        ApiManagement service() {
            ApiManagement service = ApiManagement.of(units, firewall ? 7 : ports)
                    .withConnectWait(Duration.ofNanos(waitNanos))
                    .inVnet(BackendHosting.ELSEWHERE);
            if (backends > 1) {
                service = service.with(new ApiMitigation.MoreBackends(backends, ApiMitigation.Differ.BY_PORT));
            }
            if (firewall && ports % 2 == 0) {
                return service.with(new ApiMitigation.Firewall(new AzureFirewall(2, ports / 2)));
            }
            return firewall ? service.with(new ApiMitigation.Firewall(new AzureFirewall(1, ports))) : service;
        }

        void runNaively() {
            new NaiveService(units, backends, ports, firewall, waitNanos, HOLD_NANOS).run(calls);
        }

        List<GatewayLogRecord> expectedLog() {
            return calls.stream()
                    .filter(call -> call.logged)
                    .map(call -> new GatewayLogRecord(
                            call.beganNanos,
                            "client" + call.client,
                            call.unit,
                            Destination.parse("tcp 203.0.113.20:" + (443 + call.backend)),
                            call.outcome == HttpOutcome.CLIENT_TIMEOUT ? 0 : 500,
                            call.endNanos - call.beganNanos))
                    .toList();
        }

        long count(HttpOutcome outcome) {
            return calls.stream().filter(call -> call.outcome == outcome).count();
        }
    }

    private static final class Recording extends Request {
        private final List<String> ends;
        private final Simulation simulation;

        Recording(Simulation simulation, List<String> ends) {
            super(BACKEND, simulation.nowNanos());
            this.simulation = simulation;
            this.ends = ends;
        }

        @Override
        public void completed() {
            ends.add("completed at " + simulation.nowNanos());
        }

        @Override
        public void failed() {
            ends.add("failed at " + simulation.nowNanos());
        }

        @Override
        public void refused() {
            throw new AssertionError("a service never refuses");
        }

        @Override
        public void turnedAway() {
            throw new AssertionError("a service never turns away");
        }
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void g2_everyCallEndsAsInThePlainService(long seed) {
        World world = new World(seed, 4);
        world.runNaively();
        ApiManagementSetup setup = ApiManagementSetup.of(world.service());
        Scenario scenario =
                Scenario.of(setup, Workload.of(world.clients.toArray(Client[]::new)), Duration.ofNanos(world.endNanos));
        UnitPorts ports = UnitPorts.of(setup);
        Simulation simulation = new Simulation(ports.gateway(), 0);
        Metrics metrics = new Metrics(ports.gateway().keys(), Duration.ofMinutes(4));
        ports.gateway().listen(metrics);
        WorkloadRun workload = new WorkloadRun(scenario.workload(), simulation.network(), seed, world.endNanos);
        ApiManagementRun service = new ApiManagementRun(setup, scenario, ports, simulation, workload, metrics);
        service.start();
        Map<Integer, List<String>> ends = new HashMap<>();
        for (int i = 0; i < world.calls.size(); i++) {
            NaiveService.Call call = world.calls.get(i);
            List<String> endsOfCall = ends.computeIfAbsent(i, unused -> new ArrayList<>());
            simulation
                    .network()
                    .wakeAt(
                            call.beganNanos,
                            () -> service.call(world.clients.get(call.client), new Recording(simulation, endsOfCall)));
        }
        simulation.advanceTo(world.endNanos);

        IntStream.range(0, world.calls.size()).forEach(i -> {
            NaiveService.Call call = world.calls.get(i);
            String expected = (call.outcome == HttpOutcome.OK ? "completed" : "failed") + " at " + call.endNanos;
            assertThat(ends.get(i))
                    .as("seed %d, call %d at %d ns: %s", seed, i, call.beganNanos, call.outcome)
                    .containsExactly(expected);
        });
        HttpResult http = service.http().orElseThrow();
        for (HttpOutcome outcome : HttpOutcome.values()) {
            assertThat(http.count(outcome)).as("seed %d, %s", seed, outcome).isEqualTo(world.count(outcome));
        }
        assertThat(http.failures()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(world.expectedLog());
        assertThat(http.failures())
                .as("seed %d", seed)
                .isSortedAccordingTo(Comparator.comparingLong(failure -> failure.timeNanos() + failure.elapsedNanos()));
    }

    @Test
    void theRandomServicesHaveEveryKindOfEnd() {
        Map<String, Integer> kinds = new HashMap<>();
        seeds().forEach(seed -> {
            World world = new World(seed, 4);
            world.runNaively();
            world.calls.forEach(call -> kinds.merge(
                    call.outcome.name()
                            + (call.logged ? " logged" : "")
                            + (call.outcome == HttpOutcome.OK && call.endNanos > call.beganNanos + call.latencyNanos
                                    ? " waited"
                                    : ""),
                    1,
                    Integer::sum));
        });

        assertThat(kinds)
                .containsOnlyKeys(
                        "OK",
                        "OK waited",
                        "CLIENT_TIMEOUT",
                        "CLIENT_TIMEOUT logged",
                        "BACKEND_CONNECTION_FAILURE logged");
        assertThat(kinds.values()).allSatisfy(count -> assertThat(count).isGreaterThan(500));
    }

    /** The same from end to end: one client's recorded arrivals. */
    @ParameterizedTest
    @MethodSource("seeds")
    void g2_aScenarioEndsAsThePlainService(long seed) {
        World world = new World(seed, 1);
        world.runNaively();
        Client client = world.clients
                .get(0)
                .withArrivals(new Arrivals.Recorded(world.calls.stream()
                        .map(call -> Duration.ofNanos(call.beganNanos))
                        .collect(ImmutableList.toImmutableList())));
        SimulationResult result = Calls.run(world.service(), Duration.ofNanos(world.endNanos), client);

        HttpResult http = Calls.http(result);
        for (HttpOutcome outcome : HttpOutcome.values()) {
            long[] slices = new long[http.overTime().slices().size()];
            world.calls.stream()
                    .filter(call -> call.outcome == outcome)
                    .forEach(call ->
                            slices[(int) (call.endNanos / http.overTime().sliceNanos())]++);
            assertThat(http.overTime().slices().stream()
                            .mapToLong(slice -> slice.get(Calls.kind(outcome)))
                            .toArray())
                    .as("seed %d, %s", seed, outcome)
                    .isEqualTo(slices);
        }
        assertThat(http.failures()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(world.expectedLog());
        assertThat(result.metrics().opened())
                .as("seed %d", seed)
                .isEqualTo(world.count(HttpOutcome.OK)
                        + world.calls.stream()
                                .filter(call -> call.outcome == HttpOutcome.CLIENT_TIMEOUT && !call.logged)
                                .count());
        assertThat(result.clients().get(0).completed()).isEqualTo(world.count(HttpOutcome.OK));
    }
}
