package io.github.snatsim.workload;

import io.github.snatsim.net.Destination;

/** A request on its way through tries and queues. */
final class Request {
    final Destination destination;
    final long beganNanos;

    /** Which arrivals it belongs to: a worker goes on only with those it began with. */
    final int arrivalsVersion;

    /** When it last got a connection. */
    long connectedNanos;

    /** How often it has been tried again. */
    int retries;

    /** Whether it waits for a connection of a full pool. */
    boolean queued;

    Request(Destination destination, long beganNanos, int arrivalsVersion) {
        this.destination = destination;
        this.beganNanos = beganNanos;
        this.arrivalsVersion = arrivalsVersion;
    }
}
