package io.github.snatsim.workload;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How a client uses connections, or for UDP sockets (rules C1, C8). Immutable; threads may share it. */
public sealed interface Connections {
    /** A new connection for every request. */
    record PerRequest() implements Connections {}

    /**
     * Connections are kept and used again. Without a size that is connection reuse: a new one is opened only when none
     * is idle. With a size it is a fixed pool: when all are busy, requests wait.
     *
     * @param sizeMax the most connections per instance and destination, at least 1; empty for no limit
     * @param idleLimit how long an idle connection is kept, above zero; empty for ever
     * @param lifetimeMax how old a connection may be when it is used again, above zero; empty for ever
     * @param order which idle connection is used first
     * @param queueMax how many requests may wait, not negative; one more is given up at once
     * @param queueTimeout how long a request may wait before it is given up, above zero; empty for ever
     */
    record Kept(
            OptionalInt sizeMax,
            Optional<Duration> idleLimit,
            Optional<Duration> lifetimeMax,
            Order order,
            int queueMax,
            Optional<Duration> queueTimeout)
            implements Connections {
        /**
         * Checks the numbers.
         *
         * @param sizeMax the most connections, at least 1
         * @param idleLimit how long an idle connection is kept, above zero
         * @param lifetimeMax how old a connection may be when it is used again, above zero
         * @param order which idle connection is used first
         * @param queueMax how many requests may wait, not negative
         * @param queueTimeout how long a request may wait, above zero
         * @throws IllegalArgumentException if one is out of range
         */
        public Kept {
            sizeMax.ifPresent(size -> Checks.atLeastOne("a pool of", size));
            idleLimit.ifPresent(limit -> Checks.aboveZero("the idle limit", limit));
            lifetimeMax.ifPresent(limit -> Checks.aboveZero("the maximum lifetime", limit));
            queueTimeout.ifPresent(limit -> Checks.aboveZero("the queue time-out", limit));
            if (queueMax < 0) {
                throw new IllegalArgumentException("a queue of " + queueMax + ": expected at least 0");
            }
        }

        /**
         * Returns these rules with an idle limit.
         *
         * @param limit how long an idle connection is kept
         * @return the new rules
         */
        public Kept withIdleLimit(Duration limit) {
            return new Kept(sizeMax, Optional.of(limit), lifetimeMax, order, queueMax, queueTimeout);
        }

        /**
         * Returns these rules with a maximum lifetime.
         *
         * @param limit how old a connection may be when it is used again
         * @return the new rules
         */
        public Kept withLifetimeMax(Duration limit) {
            return new Kept(sizeMax, idleLimit, Optional.of(limit), order, queueMax, queueTimeout);
        }

        /**
         * Returns these rules with another order.
         *
         * @param order which idle connection is used first
         * @return the new rules
         */
        public Kept withOrder(Order order) {
            return new Kept(sizeMax, idleLimit, lifetimeMax, order, queueMax, queueTimeout);
        }

        /**
         * Returns these rules with a bounded queue.
         *
         * @param max how many requests may wait
         * @param timeout how long each may wait
         * @return the new rules
         */
        public Kept withQueue(int max, Optional<Duration> timeout) {
            return new Kept(sizeMax, idleLimit, lifetimeMax, order, max, timeout);
        }
    }

    /** Which idle connection is used first. Immutable; threads may share it. */
    enum Order {
        /** The one that has been idle longest: all stay in use. */
        FIFO,
        /** The one that was used last: the others can idle out. */
        LIFO
    }

    /**
     * Returns a new connection for every request.
     *
     * @return the rules
     */
    static Connections perRequest() {
        return new PerRequest();
    }

    /**
     * Returns connection reuse without limits, last used first.
     *
     * @return the rules
     */
    static Kept reuse() {
        return new Kept(
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Order.LIFO,
                Integer.MAX_VALUE,
                Optional.empty());
    }

    /**
     * Returns a fixed pool with an endless queue, last used first.
     *
     * @param size the most connections per instance and destination
     * @return the rules
     */
    static Kept pool(int size) {
        return new Kept(
                OptionalInt.of(size),
                Optional.empty(),
                Optional.empty(),
                Order.LIFO,
                Integer.MAX_VALUE,
                Optional.empty());
    }
}
