package io.github.snatsim.workload;

import io.github.snatsim.time.Nanos;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kept connections of one client on one instance to one destination, and the requests that wait for them. */
final class ConnectionPool {
    private final Connections.Kept rules;
    private final Connector connector;
    private final Network network;

    /** Idle connections, the one used last at the end. */
    private final Deque<Connection> idle = new ArrayDeque<>();

    private final Deque<Request> waiting = new ArrayDeque<>();

    /** Connections that are idle, busy or being opened. */
    private int size;

    ConnectionPool(Connections.Kept rules, Connector connector, Network network) {
        this.rules = rules;
        this.connector = connector;
        this.network = network;
    }

    /** Serves a request now if a connection is idle or may be opened; else it waits, or is given up. */
    void take(Request request) {
        if (waiting.isEmpty() && tryNow(request)) {
            return;
        }
        if (waiting.size() < rules.queueMax()) {
            enqueue(request);
        } else {
            request.turnedAway();
        }
    }

    private boolean tryNow(Request request) {
        Connection connection = nextIdle();
        if (connection != null) {
            connector.reuse(request, connection, this);
            return true;
        }
        if (rules.sizeMax().isPresent() && size >= rules.sizeMax().getAsInt()) {
            return false;
        }
        size++;
        connector.connect(request, Optional.of(this));
        return true;
    }

    private @Nullable Connection nextIdle() {
        while (!idle.isEmpty()) {
            Connection connection = rules.order() == Connections.Order.FIFO ? idle.removeFirst() : idle.removeLast();
            connection.idle = false;
            if (!isTooOld(connection)) {
                return connection;
            }
            discard(connection);
        }
        return null;
    }

    private boolean isTooOld(Connection connection) {
        return rules.lifetimeMax().isPresent()
                && network.nowNanos() - connection.openedNanos
                        >= rules.lifetimeMax().get().toNanos();
    }

    private void discard(Connection connection) {
        connector.discard(connection);
        size--;
    }

    private void enqueue(Request request) {
        request.queued = true;
        waiting.addLast(request);
        rules.queueTimeout()
                .ifPresent(limit -> network.wakeAt(Nanos.later(network.nowNanos(), limit.toNanos()), () -> {
                    if (request.queued) {
                        request.queued = false;
                        waiting.remove(request);
                        request.turnedAway();
                    }
                }));
    }

    /** A connection is free again: the request that has waited longest gets it, else it becomes idle. */
    void giveBack(Connection connection) {
        if (isTooOld(connection)) {
            discard(connection);
            serveWaitingSoon();
            return;
        }
        Request next = waiting.pollFirst();
        if (next != null) {
            next.queued = false;
            connector.reuse(next, connection, this);
            return;
        }
        connection.idle = true;
        connection.idleSinceNanos = network.nowNanos();
        idle.addLast(connection);
        rules.idleLimit().ifPresent(limit -> {
            long since = connection.idleSinceNanos;
            network.wakeAt(Nanos.later(since, limit.toNanos()), () -> closeIfIdleSince(since, connection));
        });
    }

    private void closeIfIdleSince(long since, Connection connection) {
        if (connection.idle && connection.idleSinceNanos == since) {
            connection.idle = false;
            idle.remove(connection);
            discard(connection);
        }
    }

    /** An idle connection turned out to be gone; a busy one is left to the request that it serves. */
    void forget(Connection connection) {
        if (connection.idle) {
            connection.idle = false;
            connection.open = false;
            idle.remove(connection);
            lost();
        }
    }

    /** A connection is gone, or could not be opened: there is room for another one. */
    void lost() {
        size--;
        serveWaitingSoon();
    }

    /** By a wake-up at this instant: a queue that fails at once must not grow the call stack. */
    private void serveWaitingSoon() {
        if (!waiting.isEmpty()) {
            network.wakeAt(network.nowNanos(), this::serveWaiting);
        }
    }

    private void serveWaiting() {
        Request next = waiting.peekFirst();
        if (next != null && tryNow(next)) {
            waiting.remove(next);
            next.queued = false;
            serveWaitingSoon();
        }
    }
}
