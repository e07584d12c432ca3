package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.Autoscale;
import io.github.snatsim.azure.CallDecision;
import io.github.snatsim.azure.CallRouter;
import io.github.snatsim.azure.GatewayLogRecord;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.metrics.Metrics;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.time.Nanos;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Connector;
import io.github.snatsim.workload.RandomStreams;
import io.github.snatsim.workload.Request;
import io.github.snatsim.workload.Retry;
import io.github.snatsim.workload.Service;
import io.github.snatsim.workload.WorkloadRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An API Management service as clients call it: rate limit, cache and units decide, then a unit's connection to a backend
 * needs a port, which a call waits for as long as the service lets it (rules G1-G4).
 */
final class ApiManagementRun implements SystemRun, Service {
    private record UnitClient(int unit, String client) {}

    private final ApiManagement service;
    private final Scenario scenario;
    private final Simulation simulation;
    private final WorkloadRun workload;
    private final Metrics metrics;
    private final UnitPorts ports;
    private final CallRouter router;
    private final PortQueue waiting;
    private final HttpLog log = new HttpLog();

    /** Every unit that there ever was; those that take turns are the first. */
    private final List<IpAddress> units = new ArrayList<>();

    private final Map<UnitClient, Connector> connectors = new HashMap<>();
    private final List<HttpResult.UnitChange> unitChanges = new ArrayList<>();

    /** Calls in the present period of the autoscale rule. */
    private long callsInPeriod;

    private boolean changeOnItsWay;
    private long exhaustedAtPeriodNanos;
    private long exhaustedWithScaleOutNanos;

    ApiManagementRun(
            ApiManagementSetup setup,
            Scenario scenario,
            UnitPorts ports,
            Simulation simulation,
            WorkloadRun workload,
            Metrics metrics) {
        this.service = setup.service();
        this.scenario = scenario;
        this.ports = ports;
        this.simulation = simulation;
        this.workload = workload;
        this.metrics = metrics;
        this.router = new CallRouter(service, new RandomStreams(scenario.seed()).stream("service/cache"));
        this.waiting = new PortQueue(simulation.network(), ports);
    }

    @Override
    public Gateway gateway() {
        return ports.gateway();
    }

    @Override
    public ImmutableList<IpAddress> instances() {
        return ImmutableList.copyOf(units);
    }

    @Override
    public void start() {
        addUnits(service.unitsAtStart());
        service.autoscale().ifPresent(rule -> scheduleDecision(rule, 0));
        workload.startCalling(this);
    }

    private void addUnits(int count) {
        while (units.size() < count) {
            IpAddress unit = IpAddress.ofIpv4(Scenario.FIRST_INSTANCE.ipv4Bits() + units.size());
            ports.add(unit);
            units.add(unit);
        }
    }

    @Override
    public void perform(ScheduledAction action) {
        throw new IllegalArgumentException("a service has no instances to change: " + action);
    }

    @Override
    public void call(Client client, Request request) {
        long now = simulation.nowNanos();
        callsInPeriod++;
        CallDecision decision = router.route(client.name(), request.destination(), now);
        if (decision instanceof CallDecision.RateLimited) {
            log.ended(now, HttpOutcome.TOO_MANY_REQUESTS);
            request.failed();
        } else if (decision instanceof CallDecision.FromCache hit) {
            log.fromCache(hit);
            log.ended(now, HttpOutcome.OK);
            request.connected(now);
            request.completed();
        } else if (decision instanceof CallDecision.Forwarded forwarded) {
            log.forwarded(forwarded);
            new BackendCall(client, request, forwarded, now).begin();
        }
    }

    /** A call on its way to a backend. It ends once for its client, whatever the unit still does with it. */
    private final class BackendCall extends Request implements PortQueue.Waiter {
        private final Client client;
        private final Request request;
        private final int unit;
        private final long place = waiting.nextPlace();
        private boolean ended;

        /** Whether the end of its wait is known to the loop. */
        private boolean waitEnds;

        BackendCall(Client client, Request request, CallDecision.Forwarded forwarded, long now) {
            super(forwarded.backend(), now);
            this.client = client;
            this.request = request;
            this.unit = forwarded.unit();
        }

        void begin() {
            long patienceEnds =
                    Nanos.later(beganNanos(), client.timing().timeout().toNanos());
            simulation.network().wakeAt(patienceEnds, this::giveUp);
            waiting.serve(unit(), destination());
            if (mayUseIdle() || waiting.mayHaveSourcePort(unit(), destination())) {
                tryNow();
            } else {
                refused();
            }
        }

        private boolean mayUseIdle() {
            return connections(client) instanceof Connections.Kept;
        }

        @Override
        public IpAddress unit() {
            return units.get(unit);
        }

        @Override
        public void outOfSourcePorts() {
            waiting.sourcePortsAreOut(unit(), destination());
        }

        @Override
        public long place() {
            return place;
        }

        @Override
        public void tryNow() {
            connector(unit, client).attempt(this);
        }

        @Override
        public void refused() {
            if (ended) {
                return;
            }
            long until = Nanos.later(beganNanos(), service.connectWait().toNanos());
            if (until <= simulation.nowNanos()) {
                end(HttpOutcome.BACKEND_CONNECTION_FAILURE);
                return;
            }
            waiting.add(unit(), destination(), this);
            if (!waitEnds) {
                waitEnds = true;
                simulation.network().wakeAt(until, this::endWait);
            }
        }

        /** G2: the time-out counts only if it is shorter than the wait for a port. */
        private void giveUp() {
            if (service.connectWait().compareTo(client.timing().timeout()) <= 0 && waiting.contains(this)) {
                endWait();
            } else {
                end(HttpOutcome.CLIENT_TIMEOUT);
            }
        }

        private void endWait() {
            waiting.serve(unit(), destination());
            if (waiting.contains(this)) {
                end(HttpOutcome.BACKEND_CONNECTION_FAILURE);
            }
        }

        @Override
        public void completed() {
            end(HttpOutcome.OK);
            if (mayUseIdle()) { // one has just become idle, for this client's calls
                waiting.tryFirst(unit(), destination(), this::isOfSameClient);
            }
        }

        private boolean isOfSameClient(PortQueue.Waiter waiter) {
            return waiter instanceof BackendCall call && call.client.name().equals(client.name());
        }

        @Override
        public void failed() {
            end(HttpOutcome.BACKEND_ERROR);
        }

        @Override
        public void turnedAway() {
            end(HttpOutcome.BACKEND_ERROR);
        }

        private void end(HttpOutcome outcome) {
            if (ended) {
                return;
            }
            ended = true;
            long now = simulation.nowNanos();
            boolean waited = waiting.remove(unit(), destination(), this);
            if (waited || outcome == HttpOutcome.BACKEND_CONNECTION_FAILURE) {
                log.failed(new GatewayLogRecord(
                        beganNanos(),
                        client.name(),
                        unit,
                        destination(),
                        outcome == HttpOutcome.CLIENT_TIMEOUT ? 0 : 500,
                        now - beganNanos()));
            }
            log.ended(now, outcome);
            if (outcome == HttpOutcome.OK) {
                request.connected(now);
                request.completed();
            } else {
                request.failed();
            }
        }
    }

    private Connector connector(int unit, Client client) {
        return connectors.computeIfAbsent(
                new UnitClient(unit, client.name()),
                key -> workload.connector(asUnit(client), units.get(unit), waiting.network()));
    }

    /** How a unit uses connections to a client's backends; it learns of a refusal at once. */
    private Client asUnit(Client client) {
        Client.Timing timing = new Client.Timing(
                Duration.ZERO,
                Optional.empty(),
                client.timing().requestsMax(),
                client.timing().timeout(),
                Duration.ZERO,
                ImmutableList.of());
        return new Client(
                client.name(),
                client.arrivals(),
                client.destinations(),
                connections(client),
                service.active(ApiMitigation.FasterBackend.class)
                        .map(faster -> client.lifetime().scaledBy(faster.latencyFactor()))
                        .orElse(client.lifetime()),
                client.close(),
                client.keepalive(),
                Retry.none(),
                timing);
    }

    private Connections connections(Client client) {
        return service.active(ApiMitigation.ConnectionReuse.class)
                .<Connections>map(reuse -> reuse.idleLimit()
                        .map(limit -> Connections.reuse().withIdleLimit(limit))
                        .orElseGet(Connections::reuse))
                .orElse(client.connections());
    }

    private void scheduleDecision(Autoscale rule, long afterNanos) {
        long time = Nanos.later(afterNanos, rule.period().toNanos());
        if (time <= scenario.duration().toNanos()) {
            simulation.schedule(time, () -> decide(rule));
        }
    }

    private void decide(Autoscale rule) {
        long now = simulation.nowNanos();
        Autoscale.Decision decision = rule.decide(callsInPeriod, router.units());
        callsInPeriod = 0;
        long exhausted = metrics.exhaustedNanos(now);
        if (decision == Autoscale.Decision.SCALE_OUT) {
            exhaustedWithScaleOutNanos += exhausted - exhaustedAtPeriodNanos;
        }
        exhaustedAtPeriodNanos = exhausted;
        if (decision != Autoscale.Decision.STAY && !changeOnItsWay) {
            changeOnItsWay = true;
            int next = router.units() + (decision == Autoscale.Decision.SCALE_OUT ? 1 : -1);
            simulation.schedule(Nanos.later(now, rule.takes().toNanos()), () -> changeUnits(next));
        }
        scheduleDecision(rule, now);
    }

    /** A unit that leaves takes no calls any more; what it has begun goes on, on its own ports. */
    private void changeUnits(int count) {
        changeOnItsWay = false;
        addUnits(count);
        router.units(count);
        unitChanges.add(new HttpResult.UnitChange(simulation.nowNanos(), count));
    }

    @Override
    public void restartCounts(long timeNanos) {
        log.restart(timeNanos);
        exhaustedAtPeriodNanos = 0;
        exhaustedWithScaleOutNanos = 0;
    }

    @Override
    public Optional<HttpResult> http() {
        long now = simulation.nowNanos();
        return Optional.of(log.result(
                now,
                units,
                router.units(),
                unitChanges,
                metrics.exhaustedNanos(now) - exhaustedWithScaleOutNanos,
                service.findings()));
    }
}
