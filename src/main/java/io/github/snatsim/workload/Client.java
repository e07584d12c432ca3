package io.github.snatsim.workload;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One stream of requests, as every instance that runs it makes it. Immutable; threads may share it.
 *
 * @param name tells it from other clients; its random numbers follow from it, so that another client changes none
 * @param arrivals when requests begin
 * @param destinations where they go
 * @param connections how they use connections
 * @param lifetime how long a request takes from its attempt to its end; without reuse also how long its connection lives
 * @param close how a connection is closed
 * @param keepalive how often an open connection sends a keepalive, above zero; empty for never
 * @param retry what follows a refusal or a failure
 * @param timing when the client runs and what it waits for
 */
public record Client(
        String name,
        Arrivals arrivals,
        Destinations destinations,
        Connections connections,
        Distribution lifetime,
        Close close,
        Optional<Duration> keepalive,
        Retry retry,
        Timing timing) {

    /**
     * When a client runs and what it waits for.
     *
     * @param start when its arrivals begin, not negative
     * @param stop when its arrivals end, after {@code start}; empty for the end of the simulation
     * @param requestsMax how many requests it makes on each instance, at least 1; empty for no limit
     * @param timeout how long it waits for an answer, above zero
     * @param refusalNotice how long it takes to learn of a refusal (rule C7), not negative
     * @param synRetransmissions when a refused SYN is sent again, after the first (rule C7), rising; none by default
     */
    public record Timing(
            Duration start,
            Optional<Duration> stop,
            OptionalLong requestsMax,
            Duration timeout,
            Duration refusalNotice,
            ImmutableList<Duration> synRetransmissions) {
        /** From the beginning to the end, 30 s for an answer, 1 s to learn of a refusal (C7). */
        public static final Timing DEFAULT = new Timing(
                Duration.ZERO,
                Optional.empty(),
                OptionalLong.empty(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                ImmutableList.of());

        /**
         * Checks the times.
         *
         * @param start when its arrivals begin, not negative
         * @param stop when its arrivals end, after {@code start}
         * @param requestsMax how many requests it makes on each instance, at least 1
         * @param timeout how long it waits for an answer, above zero
         * @param refusalNotice how long it takes to learn of a refusal, not negative
         * @param synRetransmissions when a refused SYN is sent again, rising
         * @throws IllegalArgumentException if one is out of range
         */
        public Timing {
            Checks.notNegative("the start", start);
            Duration begin = start;
            stop.ifPresent(end -> {
                Checks.notNegative("the stop", end);
                if (end.compareTo(begin) <= 0) {
                    throw new IllegalArgumentException("a stop at " + end + " for a start at " + begin);
                }
            });
            requestsMax.ifPresent(count -> Checks.atLeastOne("requests", count));
            Checks.aboveZero("the time-out", timeout);
            Checks.notNegative("the refusal notice", refusalNotice);
            Duration last = Duration.ZERO;
            for (Duration time : synRetransmissions) {
                if (time.compareTo(last) <= 0) {
                    throw new IllegalArgumentException("a SYN retransmission after " + time + " that follows " + last);
                }
                last = time;
            }
        }
    }

    /**
     * Checks the client as a whole.
     *
     * @param name tells it from other clients
     * @param arrivals when requests begin
     * @param destinations where they go
     * @param connections how they use connections
     * @param lifetime how long a request takes
     * @param close how a connection is closed
     * @param keepalive how often an open connection sends a keepalive, above zero
     * @param retry what follows a refusal or a failure
     * @param timing when the client runs and what it waits for
     * @throws IllegalArgumentException if a value is out of range, or virtual time could stand still (C7)
     */
    public Client {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a client needs a name");
        }
        keepalive.ifPresent(interval -> Checks.aboveZero("the keepalive interval", interval));
        if (retry.retriesMax() > 0
                && (retry.delay().isZero() || retry.jitter() == 1)
                && timing.refusalNotice().isZero()) {
            throw new IllegalArgumentException("client " + name
                    + " retries without delay and learns of refusals without delay: time would stand still; set"
                    + " a retry delay or a refusal notice above zero");
        }
        if (arrivals instanceof Arrivals.ClosedLoop loop && loop.think().meanNanos() == 0) {
            if (lifetime.meanNanos() == 0 || timing.refusalNotice().isZero()) {
                throw new IllegalArgumentException("client " + name
                        + " has workers that never wait: time would stand still; set a think time, or a lifetime and a"
                        + " refusal notice above zero");
            }
        }
    }

    /**
     * Returns a client that opens a connection for every request, closes it at once with FINs, and never retries.
     *
     * @param name tells it from other clients
     * @param arrivals when requests begin
     * @param destinations where they go
     * @return the client
     */
    public static Client of(String name, Arrivals arrivals, Destinations destinations) {
        return new Client(
                name,
                arrivals,
                destinations,
                Connections.perRequest(),
                Distribution.fixed(Duration.ZERO),
                Close.FIN_BY_CLIENT,
                Optional.empty(),
                Retry.none(),
                Timing.DEFAULT);
    }

    /**
     * Returns this client with other connections.
     *
     * @param connections how it uses connections
     * @return the new client
     */
    public Client withConnections(Connections connections) {
        return new Client(name, arrivals, destinations, connections, lifetime, close, keepalive, retry, timing);
    }

    /**
     * Returns this client with another lifetime.
     *
     * @param lifetime how long a request takes
     * @return the new client
     */
    public Client withLifetime(Distribution lifetime) {
        return new Client(name, arrivals, destinations, connections, lifetime, close, keepalive, retry, timing);
    }

    /**
     * Returns this client with another close.
     *
     * @param close how a connection is closed
     * @return the new client
     */
    public Client withClose(Close close) {
        return new Client(name, arrivals, destinations, connections, lifetime, close, keepalive, retry, timing);
    }

    /**
     * Returns this client with keepalives.
     *
     * @param interval how often
     * @return the new client
     */
    public Client withKeepalive(Duration interval) {
        return new Client(
                name, arrivals, destinations, connections, lifetime, close, Optional.of(interval), retry, timing);
    }

    /**
     * Returns this client with retries.
     *
     * @param retry what follows a refusal or a failure
     * @return the new client
     */
    public Client withRetry(Retry retry) {
        return new Client(name, arrivals, destinations, connections, lifetime, close, keepalive, retry, timing);
    }

    /**
     * Returns this client with other arrivals.
     *
     * @param arrivals when requests begin
     * @return the new client
     */
    public Client withArrivals(Arrivals arrivals) {
        return new Client(name, arrivals, destinations, connections, lifetime, close, keepalive, retry, timing);
    }

    /**
     * Returns this client with other destinations.
     *
     * @param destinations where requests go
     * @return the new client
     */
    public Client withDestinations(Destinations destinations) {
        return new Client(name, arrivals, destinations, connections, lifetime, close, keepalive, retry, timing);
    }

    /**
     * Returns this client with other times.
     *
     * @param timing when it runs and what it waits for
     * @return the new client
     */
    public Client withTiming(Timing timing) {
        return new Client(name, arrivals, destinations, connections, lifetime, close, keepalive, retry, timing);
    }
}
