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
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The connections of one client on one instance: opens them, keeps them, serves requests on them and closes them, as the
 * client's rules say. Each step either happens now or asks the network to be woken for it. Driven by one thread, the
 * network's.
 */
public final class Connector {
    private final Client client;
    private final Host host;
    private final Network network;
    private final ImmutableList<Outage> outages;
    private final long horizonNanos;
    private final RandomGenerator lifetimes;
    private final RandomGenerator failing;
    private final ClientCounters counters;
    private final Map<Destination, ConnectionPool> pools = new HashMap<>();

    /** The connections that keepalives were sent on or will be, by flow; empty for a client that sends none. */
    private final Map<FiveTuple, Connection> keptAlive = new HashMap<>();

    Connector(
            Client client,
            Host host,
            Network network,
            ImmutableList<Outage> outages,
            RandomStreams streams,
            String source,
            long horizonNanos,
            ClientCounters counters) {
        this.client = client;
        this.host = host;
        this.network = network;
        this.outages = outages;
        this.horizonNanos = horizonNanos;
        this.lifetimes = streams.stream(source + "/lifetime");
        this.failing = streams.stream(source + "/outage");
        this.counters = counters;
    }

    /**
     * Tries a request: its first try or another one. One of the request's methods is called when it is known what became of
     * it, which can be at once.
     *
     * @param request what to serve
     */
    public void attempt(Request request) {
        if (client.connections() instanceof Connections.Kept rules) {
            pools.computeIfAbsent(request.destination(), to -> new ConnectionPool(rules, this, network))
                    .take(request);
        } else {
            connect(request, Optional.empty());
        }
    }

    /** Opens a new connection for a request, for the pool that it will belong to. */
    void connect(Request request, Optional<ConnectionPool> pool) {
        Optional<FiveTuple> flow = host.newFlow(request.destination(), network);
        if (flow.isEmpty()) {
            counters.sourcePortsOut++;
            request.outOfSourcePorts();
            learnOfRefusal(request, pool);
            return;
        }
        sendFirst(request, flow.get(), pool, 0);
    }

    private void sendFirst(Request request, FiveTuple flow, Optional<ConnectionPool> pool, int retransmissions) {
        FlowEvent.Kind kind = isUdp(flow) ? FlowEvent.Kind.PACKET : FlowEvent.Kind.SYN;
        Answer answer = network.send(kind, Side.INITIATOR, flow);
        OptionalLong handshake = network.handshakeNanos();
        if (answer == Answer.CARRIED && !isUdp(flow) && handshake.isPresent()) {
            network.send(FlowEvent.Kind.PACKET, Side.RESPONDER, flow); // the SYN-ACK
            afterRoundTrip(handshake.getAsLong(), () -> completeHandshake(request, flow, pool, retransmissions));
        } else {
            connected(request, flow, pool, retransmissions, answer, true);
        }
    }

    private void afterRoundTrip(long nanos, Runnable next) {
        if (nanos == 0) {
            next.run();
        } else {
            network.wakeAt(Nanos.later(network.nowNanos(), nanos), next);
        }
    }

    /** N1: the client's first packet after its SYN opens the flow, or finds the table full. */
    private void completeHandshake(
            Request request, FiveTuple flow, Optional<ConnectionPool> pool, int retransmissions) {
        Answer answer = network.send(FlowEvent.Kind.PACKET, Side.INITIATOR, flow);
        connected(request, flow, pool, retransmissions, answer, false);
    }

    private void connected(
            Request request,
            FiveTuple flow,
            Optional<ConnectionPool> pool,
            int retransmissions,
            Answer answer,
            boolean bySyn) {
        countAttempt(answer);
        if (answer != Answer.REFUSED) {
            Connection connection = new Connection(flow, network.nowNanos());
            keepAlive(connection, pool);
            serve(request, connection, pool, bySyn);
            return;
        }
        ImmutableList<Duration> again = client.timing().synRetransmissions();
        if (!isUdp(flow) && retransmissions < again.size() && !network.answersRefusals()) {
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
                network.isLive(flow) ? host.newFlow(request.destination(), network) : Optional.of(flow);
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

    /** C7: the client learns of a refusal after a while, unless it is told; the place in its pool is taken until then. */
    private void learnOfRefusal(Request request, Optional<ConnectionPool> pool) {
        Duration notice =
                network.answersRefusals() ? Duration.ZERO : client.timing().refusalNotice();
        network.wakeAt(later(notice), () -> {
            pool.ifPresent(ConnectionPool::lost);
            request.refused();
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
            case RESET -> failAtOnce(request, connection, Optional.of(pool));
        }
    }

    private void serve(Request request, Connection connection, Optional<ConnectionPool> pool, boolean opened) {
        request.connected(network.nowNanos());
        Optional<Outage.Failure> failure = failure(request);
        if (failure.equals(Optional.of(Outage.Failure.RST)) && !isUdp(connection.flow)) {
            network.send(FlowEvent.Kind.RST, Side.RESPONDER, connection.flow);
            drop(connection, pool);
            request.failed();
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
            if (outage.covers(request.destination(), network.nowNanos())
                    && (outage.share() == 1 || failing.nextDouble() < outage.share())) {
                return Optional.of(outage.failure());
            }
        }
        return Optional.empty();
    }

    private void finish(Request request, Connection connection, Optional<ConnectionPool> pool, boolean error) {
        if (connection.reset) {
            failAtOnce(request, connection, pool);
            return;
        }
        boolean closes = (pool.isEmpty() || error) && canClose(connection);
        Answer answer =
                closes ? close(connection) : network.send(FlowEvent.Kind.PACKET, Side.RESPONDER, connection.flow);
        if (answer == Answer.RESET && closes && client.close() != Close.FIN_BY_SERVER) {
            failAtOnce(request, connection, pool); // the client sent first, and was told
            return;
        }
        if (answer == Answer.LOST || answer == Answer.RESET) {
            failAfterTimeout(request, connection, pool); // the flow was cut or had idled out: no answer comes
            return;
        }
        if (error || pool.isEmpty()) {
            drop(connection, pool);
        } else {
            pool.get().giveBack(connection);
        }
        if (error) {
            request.failed();
        } else {
            request.completed();
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
            request.failed();
        });
    }

    /** The client has been told that the connection is gone. */
    private void failAtOnce(Request request, Connection connection, Optional<ConnectionPool> pool) {
        connection.open = false;
        pool.ifPresent(ConnectionPool::lost);
        request.failed();
    }

    private void drop(Connection connection, Optional<ConnectionPool> pool) {
        // A leaked TCP connection stays open on the client's side, keepalives and all.
        connection.open = client.close() == Close.NONE && !isUdp(connection.flow);
        pool.ifPresent(ConnectionPool::lost);
    }

    private void keepAlive(Connection connection, Optional<ConnectionPool> pool) {
        client.keepalive().ifPresent(interval -> {
            keptAlive.put(connection.flow, connection);
            if (later(interval) < horizonNanos) {
                network.wakeAt(later(interval), () -> sendKeepalive(connection, pool));
            }
        });
    }

    private void sendKeepalive(Connection connection, Optional<ConnectionPool> pool) {
        keptAlive.remove(connection.flow, connection);
        if (connection.open) {
            Answer answer = network.send(FlowEvent.Kind.PACKET, Side.INITIATOR, connection.flow);
            countAttempt(answer);
            if (answer == Answer.RESET) {
                connection.reset = true;
                pool.ifPresent(kept -> kept.forget(connection));
            } else if (answer != Answer.LOST) {
                keepAlive(connection, pool);
            }
        }
    }

    /** How often the client sends a keepalive on a flow, while it has the connection; empty if it does not. */
    Optional<Keepalive> keepalive(FiveTuple flow) {
        Connection connection = keptAlive.get(flow);
        return connection == null || !connection.open
                ? Optional.empty()
                : client.keepalive().map(interval -> new Keepalive(client.name(), interval));
    }

    private long later(Duration duration) {
        return Nanos.later(network.nowNanos(), duration.toNanos());
    }

    private static boolean isUdp(FiveTuple flow) {
        return flow.protocol() == Protocol.UDP;
    }
}
