package io.github.snatsim.workload;

import io.github.snatsim.net.Destination;

/**
 * A request on its way: it is tried until it is answered or given up. Whoever makes requests says in a subclass what follows
 * each try. Driven by one thread, the network's.
 */
public abstract class Request {
    private final Destination destination;
    private final long beganNanos;

    /** When it last got a connection. */
    private long connectedNanos;

    /** How often it has been tried again. */
    int retries;

    /** Whether it waits for a connection of a full pool. */
    boolean queued;

    /**
     * Makes a request that has not been tried yet.
     *
     * @param destination where it goes
     * @param beganNanos the present virtual time
     */
    protected Request(Destination destination, long beganNanos) {
        this.destination = destination;
        this.beganNanos = beganNanos;
        this.connectedNanos = beganNanos;
    }

    /**
     * Returns where the request goes.
     *
     * @return its destination
     */
    public final Destination destination() {
        return destination;
    }

    /**
     * Returns when the request began.
     *
     * @return virtual time
     */
    public final long beganNanos() {
        return beganNanos;
    }

    /**
     * Says that the request has what it waited for: a connection, or an answer that needs none.
     *
     * @param timeNanos the present virtual time
     */
    public final void connected(long timeNanos) {
        connectedNanos = timeNanos;
    }

    /** How long it waited until it last got a connection. */
    final long waitedNanos() {
        return connectedNanos - beganNanos;
    }

    /** A try was answered: the request is done. */
    public abstract void completed();

    /** A try had a connection but brought no answer, or an error. */
    public abstract void failed();

    /** A try got no connection because no SNAT port or no source port was free, and the client has learnt of it. */
    public abstract void refused();

    /** A try found no source port; {@link #refused} follows when the client learns of it. Does nothing unless overridden. */
    public void outOfSourcePorts() {}

    /** A try found the queue of its pool full, or waited there for too long. */
    public abstract void turnedAway();
}
