package io.github.snatsim.workload;

import io.github.snatsim.net.Destination;
import io.github.snatsim.time.Nanos;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The requests of one client on one instance, or of one caller of a service: when they begin, and what follows each try. A
 * request completes, or fails and is retried, or is given up. Each step either happens now or asks the network to be woken
 * for it.
 */
final class ClientRun {
    /** What a failure or a request that ends at once is followed by at the earliest (C7): virtual time must move. */
    private static final long LEAST_NANOS = Retry.IMMEDIATE_DELAY.toNanos();

    private final Network network;
    private final Service service;
    private final long stopNanos;
    private final RandomGenerator thinking;
    private final RandomGenerator jitter;
    private final RandomStreams streams;
    private final String source;
    private final DestinationDraw destinations;
    private final ClientCounters counters;

    private Client client;
    private long arrivalsBeganNanos;

    /** Grows when arrivals are replaced or stopped, so that the old ones' wake-ups do nothing. */
    private int arrivalsVersion;

    ClientRun(
            Client client,
            Network network,
            Service service,
            RandomStreams streams,
            String source,
            long horizonNanos,
            ClientCounters counters) {
        this.client = client;
        this.network = network;
        this.service = service;
        this.streams = streams;
        this.source = source;
        this.counters = counters;
        this.stopNanos = Math.min(
                horizonNanos, client.timing().stop().map(Duration::toNanos).orElse(horizonNanos));
        this.thinking = streams.stream(source + "/think");
        this.jitter = streams.stream(source + "/jitter");
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
        service.call(client, new OwnRequest(destinations.next(), network.nowNanos(), arrivalsVersion));
    }

    /** A request of this client. */
    private final class OwnRequest extends Request {
        /** Which arrivals it belongs to: a worker goes on only with those it began with. */
        private final int version;

        OwnRequest(Destination destination, long beganNanos, int version) {
            super(destination, beganNanos);
            this.version = version;
        }

        @Override
        public void completed() {
            counters.completed++;
            counters.waits.add(waitedNanos());
            end();
        }

        @Override
        public void failed() {
            counters.failures++;
            retryOrGiveUp(Math.max(LEAST_NANOS, nextDelayNanos()));
        }

        @Override
        public void refused() {
            retryOrGiveUp(nextDelayNanos());
        }

        @Override
        public void turnedAway() {
            counters.gaveUp++;
            end();
        }

        private long nextDelayNanos() {
            return client.retry().delayNanos(retries + 1, jitter);
        }

        private void retryOrGiveUp(long delayNanos) {
            if (retries == client.retry().retriesMax()) {
                turnedAway();
                return;
            }
            retries++;
            counters.retries++;
            network.wakeAt(Nanos.later(network.nowNanos(), delayNanos), () -> service.call(client, this));
        }

        private void end() {
            if (version == arrivalsVersion && client.arrivals() instanceof Arrivals.ClosedLoop loop) {
                long think = loop.think().nextNanos(thinking);
                boolean atOnce = beganNanos() == network.nowNanos();
                network.wakeAt(
                        Nanos.later(network.nowNanos(), atOnce ? Math.max(LEAST_NANOS, think) : think),
                        () -> work(version));
            }
        }
    }
}
