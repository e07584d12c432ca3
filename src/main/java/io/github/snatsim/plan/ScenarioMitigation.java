package io.github.snatsim.plan;

import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.workload.Rate;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that a scenario can have against port exhaustion (rule M3). Each applies to all clients, destinations or instances
 * that it can apply to. Immutable; threads may share it.
 */
public sealed interface ScenarioMitigation {
    /** The kinds, in the order in which the sources advise them. Immutable; threads may share it. */
    enum Kind {
        /** {@link Reuse}. */
        REUSE,
        /** {@link Pool}. */
        POOL,
        /** {@link Backoff}. */
        BACKOFF,
        /** {@link Keepalive}. */
        KEEPALIVE,
        /** {@link RstClose}. */
        RST_CLOSE,
        /** {@link InstanceLevelIp}. */
        INSTANCE_LEVEL_IP,
        /** {@link Instances}. */
        INSTANCES,
        /** {@link PublicIps}. */
        PUBLIC_IPS,
        /** {@link DestinationIps}. */
        DESTINATION_IPS,
        /** {@link DestinationPorts}. */
        DESTINATION_PORTS,
        /** {@link Caching}. */
        CACHING,
        /** {@link RateLimit}. */
        RATE_LIMIT,
        /** {@link Firewall}. */
        FIREWALL,
        /** {@link PrivateEndpoint}. */
        PRIVATE_ENDPOINT,
        /** {@link FasterBackend}. */
        FASTER_BACKEND;

        /** Returns the kind's word on the command line, {@code destination-ips}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Returns what it is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * Returns the mitigation for people.
     *
     * @return a few words
     */
    String title();

    /**
     * A connection serves many requests; a new one is opened only when none is idle (C1).
     *
     * @param idleLimit how long an idle connection is kept, above zero; empty for ever
     */
    record Reuse(Optional<Duration> idleLimit) implements ScenarioMitigation {
        /**
         * Checks the limit.
         *
         * @param idleLimit how long an idle connection is kept
         * @throws IllegalArgumentException if it is not above zero
         */
        public Reuse {
            idleLimit.ifPresent(limit -> Figures.checkAboveZero("an idle limit", limit));
        }

        @Override
        public Kind kind() {
            return Kind.REUSE;
        }

        @Override
        public String title() {
            return "connection reuse"
                    + idleLimit
                            .map(limit -> ", idle for up to " + Figures.seconds(limit))
                            .orElse("");
        }
    }

    /**
     * A fixed number of connections, for which requests wait (C1).
     *
     * @param size connections of each client, instance and destination, at least 1
     */
    record Pool(int size) implements ScenarioMitigation {
        /**
         * Checks the size.
         *
         * @param size connections of each client, instance and destination
         * @throws IllegalArgumentException if it is below 1
         */
        public Pool {
            Figures.check("a pool of", size, 1, Integer.MAX_VALUE);
        }

        @Override
        public Kind kind() {
            return Kind.POOL;
        }

        @Override
        public String title() {
            return "connection pool of " + size;
        }
    }

    /**
     * Retries wait, and longer each time (C1, C6): their number stays.
     *
     * @param delay before the first, above zero; it doubles from then on, half of it by chance
     * @param cap the longest, not below {@code delay}
     */
    record Backoff(Duration delay, Duration cap) implements ScenarioMitigation {
        /**
         * Checks the delays.
         *
         * @param delay before the first
         * @param cap the longest
         * @throws IllegalArgumentException if the first is not above zero or longer than the longest
         */
        public Backoff {
            if (delay.isNegative() || delay.isZero() || cap.compareTo(delay) < 0) {
                throw new IllegalArgumentException("a backoff from " + Figures.seconds(delay) + " to "
                        + Figures.seconds(cap) + ": expected above zero, the longest not below the first");
            }
        }

        @Override
        public Kind kind() {
            return Kind.BACKOFF;
        }

        @Override
        public String title() {
            return "retry backoff from " + Figures.seconds(delay) + " to " + Figures.seconds(cap);
        }
    }

    /**
     * Clients keep open connections alive (C1).
     *
     * @param interval how often, above zero
     */
    record Keepalive(Duration interval) implements ScenarioMitigation {
        /**
         * Checks the interval.
         *
         * @param interval how often
         * @throws IllegalArgumentException if it is not above zero
         */
        public Keepalive {
            Figures.checkAboveZero("a keepalive interval", interval);
        }

        @Override
        public Kind kind() {
            return Kind.KEEPALIVE;
        }

        @Override
        public String title() {
            return "keepalive every " + Figures.seconds(interval);
        }
    }

    /** Clients close TCP connections with an RST, whose hold is short (R2). */
    record RstClose() implements ScenarioMitigation {
        @Override
        public Kind kind() {
            return Kind.RST_CLOSE;
        }

        @Override
        public String title() {
            return "close with an RST";
        }
    }

    /** Each instance has a public IP of its own (S1). */
    record InstanceLevelIp() implements ScenarioMitigation {
        @Override
        public Kind kind() {
            return Kind.INSTANCE_LEVEL_IP;
        }

        @Override
        public String title() {
            return "instance-level public IPs";
        }
    }

    /**
     * Another number of instances or units shares the load (P9).
     *
     * @param count how many in all, at least 1
     */
    record Instances(int count) implements ScenarioMitigation {
        /**
         * Checks the number.
         *
         * @param count how many in all
         * @throws IllegalArgumentException if it is below 1
         */
        public Instances {
            Figures.check("a number of instances", count, 1, Integer.MAX_VALUE);
        }

        @Override
        public Kind kind() {
            return Kind.INSTANCES;
        }

        @Override
        public String title() {
            return count + (count == 1 ? " instance" : " instances");
        }
    }

    /**
     * The instances are behind more public IPs (S2, P1).
     *
     * @param count how many in all, 2-100
     */
    record PublicIps(int count) implements ScenarioMitigation {
        /**
         * Checks the number.
         *
         * @param count how many in all
         * @throws IllegalArgumentException if it is out of range
         */
        public PublicIps {
            Figures.check("a number of public IPs", count, 2, 100);
        }

        @Override
        public Kind kind() {
            return Kind.PUBLIC_IPS;
        }

        @Override
        public String title() {
            return count + " public IPs";
        }
    }

    /**
     * Each destination is reached at several IPs: each is a destination of its own (T2).
     *
     * @param count how many for each, 2-1,000
     */
    record DestinationIps(int count) implements ScenarioMitigation {
        /**
         * Checks the number.
         *
         * @param count how many for each
         * @throws IllegalArgumentException if it is out of range
         */
        public DestinationIps {
            Figures.check("a number of IPs for each destination", count, 2, 1_000);
        }

        @Override
        public Kind kind() {
            return Kind.DESTINATION_IPS;
        }

        @Override
        public String title() {
            return count + " IPs for each destination";
        }
    }

    /**
     * Each destination is reached at several ports: each is a destination of its own (T2).
     *
     * @param count how many for each, 2-1,000
     */
    record DestinationPorts(int count) implements ScenarioMitigation {
        /**
         * Checks the number.
         *
         * @param count how many for each
         * @throws IllegalArgumentException if it is out of range
         */
        public DestinationPorts {
            Figures.check("a number of ports for each destination", count, 2, 1_000);
        }

        @Override
        public Kind kind() {
            return Kind.DESTINATION_PORTS;
        }

        @Override
        public String title() {
            return count + " ports for each destination";
        }
    }

    /**
     * A part of the requests is answered without a connection.
     *
     * @param hitRatio which share, above 0, below 1
     */
    record Caching(double hitRatio) implements ScenarioMitigation {
        /**
         * Checks the ratio.
         *
         * @param hitRatio which share
         * @throws IllegalArgumentException if it is out of range
         */
        public Caching {
            if (!(hitRatio > 0 && hitRatio < 1)) {
                throw new IllegalArgumentException("a hit ratio of " + hitRatio + ": expected above 0, below 1");
            }
        }

        @Override
        public Kind kind() {
            return Kind.CACHING;
        }

        @Override
        public String title() {
            return "caching of " + Figures.percent(hitRatio);
        }
    }

    /**
     * Each client makes so many requests at most on each instance, or calls to a service; what is more is turned away.
     *
     * @param rate how many
     */
    record RateLimit(Rate rate) implements ScenarioMitigation {
        @Override
        public Kind kind() {
            return Kind.RATE_LIMIT;
        }

        @Override
        public String title() {
            return "rate limit of " + rate;
        }
    }

    /**
     * All instances go out through a firewall and share its ports (G3).
     *
     * @param firewall the firewall
     */
    record Firewall(AzureFirewall firewall) implements ScenarioMitigation {
        @Override
        public Kind kind() {
            return Kind.FIREWALL;
        }

        @Override
        public String title() {
            return "firewall with " + Figures.count(firewall.ports()) + " ports";
        }
    }

    /** The destinations are reached within the virtual network: no flow takes a port (T8, G3). */
    record PrivateEndpoint() implements ScenarioMitigation {
        @Override
        public Kind kind() {
            return Kind.PRIVATE_ENDPOINT;
        }

        @Override
        public String title() {
            return "private endpoints";
        }
    }

    /**
     * The destinations answer faster.
     *
     * @param lifetimeFactor how long requests take of what they took, above 0, below 1
     */
    record FasterBackend(double lifetimeFactor) implements ScenarioMitigation {
        /**
         * Checks the factor.
         *
         * @param lifetimeFactor how long requests take of what they took
         * @throws IllegalArgumentException if it is out of range
         */
        public FasterBackend {
            if (!(lifetimeFactor > 0 && lifetimeFactor < 1)) {
                throw new IllegalArgumentException(
                        "a lifetime factor of " + lifetimeFactor + ": expected above 0, below 1");
            }
        }

        @Override
        public Kind kind() {
            return Kind.FASTER_BACKEND;
        }

        @Override
        public String title() {
            return "requests in " + Figures.percent(lifetimeFactor) + " of their time";
        }
    }
}
