package io.github.snatsim.workload;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.time.Nanos;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One client on one instance. A request takes a connection, new or kept; is served for its lifetime; completes, or fails
 * and is retried, or is given up. Each step either happens now or asks the network to be woken for it.
 */
final class ClientRun {
    /** What a failure or a request that ends at once is followed by at the earliest (C7): virtual time must move. */
    private static final long LEAST_NANOS = Retry.IMMEDIATE_DELAY.toNanos();

    private final Host host;
    private final Network network;
    private final ImmutableList<Outage> outages;
    private final long horizonNanos;
    private final long stopNanos;
    private final RandomGenerator lifetimes;
    private final RandomGenerator thinking;
    private final RandomGenerator jitter;
    private final RandomGenerator failing;
    private final RandomStreams streams;
    private final String source;
    private final DestinationDraw destinations;
    private final ClientCounters counters = new ClientCounters();
    private final Map<Destination, ConnectionPool> pools = new HashMap<>();

    private Client client;
    private long arrivalsBeganNanos;

    /** Grows when arrivals are replaced or stopped, so that the old ones' wake-ups do nothing. */
    private int arrivalsVersion;

    ClientRun(
            Client client,
            Host host,
            Network network,
            ImmutableList<Outage> outages,
            RandomStreams streams,
            String source,
            long horizonNanos) {
        this.client = client;
        this.host = host;
        this.network = network;
        this.outages = outages;
        this.streams = streams;
        this.source = source;
        this.horizonNanos = horizonNanos;
        this.stopNanos = Math.min(
                horizonNanos, client.timing().stop().map(Duration::toNanos).orElse(horizonNanos));
        this.lifetimes = streams.stream(source + "/lifetime");
        this.thinking = streams.stream(source + "/think");
        this.jitter = streams.stream(source + "/jitter");
        this.failing = streams.stream(source + "/outage");
        this.destinations = new DestinationDraw(client.destinations(), streams.stream(source + "/destination"));
    }

    ClientCounters counters() {
        return counters;
    }

    Client client() {
        return client;
    }

    /** Begins the arrivals at the client's start. */
    void start() {
        long start = client.timing().start().toNanos();
        network.wakeAt(Math.max(start, network.nowNanos()), () -> {
            if (arrivalsVersion == 0) {
                beginArrivals();
            }
        });
    }

    /** Ends the arrivals; what has begun goes on. */
    void stopArrivals() {
        arrivalsVersion++;
    }

    /** Replaces the arrivals from now on, or from the client's start; workers finish the request they are at. */
    void changeArrivals(Arrivals next) {
        client = client.withArrivals(next);
        if (arrivalsVersion > 0) {
            beginArrivals();
        }
    }

    private void beginArrivals() {
        Arrivals next = client.arrivals();
        arrivalsVersion++;
        arrivalsBeganNanos = network.nowNanos();
        int version = arrivalsVersion;
        if (next instanceof Arrivals.ClosedLoop loop) {
            for (int i = 0; i < loop.workers(); i++) {
                work(version);
            }
        } else {
            RandomGenerator random = streams.stream(source + "/arrivals/" + version);
            awaitArrival(ArrivalTimes.of(next, arrivalsBeganNanos, random), version);
        }
    }

    private void awaitArrival(ArrivalTimes arrivals, int version) {
        long time = Nanos.later(arrivalsBeganNanos, arrivals.next());
        if (time < stopNanos && mayBegin()) {
            network.wakeAt(time, () -> {
                if (version == arrivalsVersion) {
                    begin();
                    awaitArrival(arrivals, version);
                }
            });
        }
    }

    private void work(int version) {
        if (version == arrivalsVersion && network.nowNanos() < stopNanos && mayBegin()) {
            begin();
        }
    }

    private boolean mayBegin() {
        return client.timing().requestsMax().isEmpty()
                || counters.requests < client.timing().requestsMax().getAsLong();
    }

    private void begin() {
        counters.requests++;
        attempt(new Request(destinations.next(), network.nowNanos(), arrivalsVersion));
    }

    /** Gets a connection for a request: its first try or another one. */
    void attempt(Request request) {
        if (client.connections() instanceof Connections.Kept rules) {
            pools.computeIfAbsent(request.destination, to -> new ConnectionPool(rules, this, network))
                    .take(request);
        } else {
            connect(request, Optional.empty());
        }
    }

    /** Opens a new connection for a request, for the pool that it will belong to. */
    void connect(Request request, Optional<ConnectionPool> pool) {
        Optional<FiveTuple> flow = host.newFlow(request.destination, network);
        if (flow.isEmpty()) {
            counters.sourcePortsOut++;
            learnOfRefusal(request, pool);
            return;
        }
        sendFirst(request, flow.get(), pool, 0);
    }

    private void sendFirst(Request request, FiveTuple flow, Optional<ConnectionPool> pool, int retransmissions) {
        FlowEvent.Kind kind = isUdp(flow) ? FlowEvent.Kind.PACKET : FlowEvent.Kind.SYN;
        Answer answer = network.send(kind, Side.INITIATOR, flow);
        countAttempt(answer);
        if (answer != Answer.REFUSED) {
            Connection connection = new Connection(flow, network.nowNanos());
            keepAlive(connection);
            serve(request, connection, pool, true);
            return;
        }
        ImmutableList<Duration> again = client.timing().synRetransmissions();
        if (!isUdp(flow) && retransmissions < again.size()) {
            long gap = again.get(retransmissions).toNanos()
                    - (retransmissions == 0 ? 0 : again.get(retransmissions - 1).toNanos());
            network.wakeAt(
                    Nanos.later(network.nowNanos(), gap), () -> retransmit(request, flow, pool, retransmissions + 1));
            return;
        }
        learnOfRefusal(request, pool);
    }

    /** Sends a SYN again, on another source port if its own has been taken meanwhile (C9). */
    private void retransmit(Request request, FiveTuple flow, Optional<ConnectionPool> pool, int retransmissions) {
        Optional<FiveTuple> free =
                network.isLive(flow) ? host.newFlow(request.destination, network) : Optional.of(flow);
        if (free.isPresent()) {
            sendFirst(request, free.get(), pool, retransmissions);
        } else {
            counters.sourcePortsOut++;
            learnOfRefusal(request, pool);
        }
    }

    /** Counts what the gateway counts: an attempt is opened or refused; a packet of a live flow is none. */
    private void countAttempt(Answer answer) {
        if (answer == Answer.OPENED || answer == Answer.REFUSED) {
            counters.attempts++;
        }
        if (answer == Answer.REFUSED) {
            counters.refused++;
        }
    }

    /** C7: the client learns of a refusal after a while; the place in its pool is taken until then. */
    private void learnOfRefusal(Request request, Optional<ConnectionPool> pool) {
        network.wakeAt(later(client.timing().refusalNotice()), () -> {
            pool.ifPresent(ConnectionPool::lost);
            retryOrGiveUp(request, client.retry().delayNanos(request.retries + 1, jitter));
        });
    }

    /** Sends a request on a kept connection; the gateway may have forgotten it. */
    void reuse(Request request, Connection connection, ConnectionPool pool) {
        Answer answer = network.send(FlowEvent.Kind.PACKET, Side.INITIATOR, connection.flow);
        countAttempt(answer); // a UDP socket whose flow has idled out opens another one
        switch (answer) {
            case CARRIED, OPENED -> serve(request, connection, Optional.of(pool), false);
            case REFUSED -> {
                connection.open = false;
                learnOfRefusal(request, Optional.of(pool));
            }
            case LOST -> failAfterTimeout(request, connection, Optional.of(pool));
        }
    }

    private void serve(Request request, Connection connection, Optional<ConnectionPool> pool, boolean opened) {
        request.connectedNanos = network.nowNanos();
        Optional<Outage.Failure> failure = failure(request);
        if (failure.equals(Optional.of(Outage.Failure.RST)) && !isUdp(connection.flow)) {
            network.send(FlowEvent.Kind.RST, Side.RESPONDER, connection.flow);
            drop(connection, pool);
            fail(request);
            return;
        }
        if (failure.isPresent() && failure.get() != Outage.Failure.ERROR) {
            failAfterTimeout(request, connection, pool);
            return;
        }
        if (opened && !isUdp(connection.flow)) {
            network.send(FlowEvent.Kind.PACKET, Side.RESPONDER, connection.flow); // the SYN-ACK
        }
        long end = Nanos.later(network.nowNanos(), client.lifetime().nextNanos(lifetimes));
        network.wakeAt(end, () -> finish(request, connection, pool, failure.isPresent()));
    }

    private Optional<Outage.Failure> failure(Request request) {
        for (Outage outage : outages) {
            if (outage.covers(request.destination, network.nowNanos())
                    && (outage.share() == 1 || failing.nextDouble() < outage.share())) {
                return Optional.of(outage.failure());
            }
        }
        return Optional.empty();
    }

    private void finish(Request request, Connection connection, Optional<ConnectionPool> pool, boolean error) {
        boolean closes = (pool.isEmpty() || error) && canClose(connection);
        Answer answer =
                closes ? close(connection) : network.send(FlowEvent.Kind.PACKET, Side.RESPONDER, connection.flow);
        if (answer == Answer.LOST) {
            failAfterTimeout(request, connection, pool); // the flow was cut or had idled out: no answer comes
            return;
        }
        if (error || pool.isEmpty()) {
            drop(connection, pool);
        } else {
            pool.get().giveBack(connection);
        }
        if (error) {
            fail(request);
        } else {
            counters.completed++;
            counters.waits.add(request.connectedNanos - request.beganNanos);
            end(request);
        }
    }

    private boolean canClose(Connection connection) {
        return !isUdp(connection.flow) && client.close() != Close.NONE;
    }

    /** Closes a connection that is not needed any more, if it is one that is closed at all. */
    void discard(Connection connection) {
        if (canClose(connection)) {
            close(connection);
        }
        connection.open = false;
    }

    /** Closes a connection as the client does; returns what became of the first packet of that. */
    private Answer close(Connection connection) {
        FiveTuple flow = connection.flow;
        if (client.close() == Close.RST) {
            return network.send(FlowEvent.Kind.RST, Side.INITIATOR, flow);
        }
        Side first = client.close() == Close.FIN_BY_CLIENT ? Side.INITIATOR : Side.RESPONDER;
        Answer answer = network.send(FlowEvent.Kind.FIN, first, flow);
        network.send(FlowEvent.Kind.FIN, first == Side.INITIATOR ? Side.RESPONDER : Side.INITIATOR, flow);
        return answer;
    }

    /** No answer will come: when the client's patience ends it gives the connection up. */
    private void failAfterTimeout(Request request, Connection connection, Optional<ConnectionPool> pool) {
        network.wakeAt(later(client.timing().timeout()), () -> {
            if (canClose(connection)) {
                FlowEvent.Kind kind = client.close() == Close.RST ? FlowEvent.Kind.RST : FlowEvent.Kind.FIN;
                network.send(kind, Side.INITIATOR, connection.flow);
            }
            drop(connection, pool);
            fail(request);
        });
    }

    private void drop(Connection connection, Optional<ConnectionPool> pool) {
        // A leaked TCP connection stays open on the client's side, keepalives and all.
        connection.open = client.close() == Close.NONE && !isUdp(connection.flow);
        pool.ifPresent(ConnectionPool::lost);
    }

    private void keepAlive(Connection connection) {
        client.keepalive()
                .filter(interval -> later(interval) < horizonNanos)
                .ifPresent(interval -> network.wakeAt(later(interval), () -> {
                    if (connection.open) {
                        Answer answer = network.send(FlowEvent.Kind.PACKET, Side.INITIATOR, connection.flow);
                        countAttempt(answer);
                        if (answer != Answer.LOST) {
                            keepAlive(connection);
                        }
                    }
                }));
    }

    private void fail(Request request) {
        counters.failures++;
        long delay = client.retry().delayNanos(request.retries + 1, jitter);
        retryOrGiveUp(request, Math.max(LEAST_NANOS, delay));
    }

    private void retryOrGiveUp(Request request, long delay) {
        if (request.retries == client.retry().retriesMax()) {
            giveUp(request);
            return;
        }
        request.retries++;
        counters.retries++;
        network.wakeAt(Nanos.later(network.nowNanos(), delay), () -> attempt(request));
    }

    /** A request ended without an answer. */
    void giveUp(Request request) {
        counters.gaveUp++;
        end(request);
    }

    private void end(Request request) {
        if (request.arrivalsVersion == arrivalsVersion && client.arrivals() instanceof Arrivals.ClosedLoop loop) {
            long think = loop.think().nextNanos(thinking);
            boolean atOnce = request.beganNanos == network.nowNanos();
            network.wakeAt(
                    Nanos.later(network.nowNanos(), atOnce ? Math.max(LEAST_NANOS, think) : think),
                    () -> work(request.arrivalsVersion));
        }
    }

    private long later(Duration duration) {
        return Nanos.later(network.nowNanos(), duration.toNanos());
    }

    private static boolean isUdp(FiveTuple flow) {
        return flow.protocol() == Protocol.UDP;
    }
}
