package io.github.snatsim.azure;

import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.port.Violation;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Something that can be switched on against port exhaustion of an API Management service (rule G3). Immutable; threads may share it. */
public sealed interface ApiMitigation {
    /** The kinds, each of which a service has at most once. Immutable; threads may share it. */
    enum Kind {
        /** {@link FasterBackend}. */
        FASTER_BACKEND,
        /** {@link MoreUnits}. */
        MORE_UNITS,
        /** {@link MoreBackends}. */
        MORE_BACKENDS,
        /** {@link ServiceEndpoint}. */
        SERVICE_ENDPOINT,
        /** {@link PrivateEndpoint}. */
        PRIVATE_ENDPOINT,
        /** {@link Firewall}. */
        FIREWALL,
        /** {@link Caching}. */
        CACHING,
        /** {@link RateLimitByKey}. */
        RATE_LIMIT_BY_KEY,
        /** {@link ConnectionReuse}. */
        CONNECTION_REUSE;

        /** Returns the kind's word in files and on the command line, {@code more-units}. */
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
     * The backend answers faster. What a port is taken for is latency + hold, and with a hold of 240 s the latency hardly counts.
     *
     * @param latencyFactor how long it takes of what it took, above 0, below 1
     */
    record FasterBackend(double latencyFactor) implements ApiMitigation {
        /**
         * Checks the factor.
         *
         * @param latencyFactor how long it takes of what it took
         * @throws IllegalArgumentException if it is out of range
         */
        public FasterBackend {
            if (!(latencyFactor > 0 && latencyFactor < 1)) {
                throw new IllegalArgumentException("a latency factor out of range: expected above 0, below 1");
            }
        }

        @Override
        public Kind kind() {
            return Kind.FASTER_BACKEND;
        }
    }

    /**
     * The service has another number of units, each with ports of its own.
     *
     * @param units how many in all, at least 1
     */
    record MoreUnits(int units) implements ApiMitigation {
        /**
         * Checks the number.
         *
         * @param units how many in all
         * @throws IllegalArgumentException if it is out of range
         */
        public MoreUnits {
            ApiManagement.checkUnits(units);
        }

        @Override
        public Kind kind() {
            return Kind.MORE_UNITS;
        }
    }

    /** What neighbouring backends differ in: either makes another destination (G1). Immutable; threads may share it. */
    enum Differ {
        /** Neighbouring addresses, one port. */
        BY_ADDRESS,
        /** Neighbouring ports of one address. */
        BY_PORT
    }

    /**
     * Each backend is reached at several IPs or ports, which a unit uses in turn.
     *
     * @param count how many, 2-1,000
     * @param differ what they differ in
     */
    record MoreBackends(int count, Differ differ) implements ApiMitigation {
        private static final int COUNT_MAX = 1_000;
        private static final int PORT_MAX = 65_535;

        /**
         * Checks the number.
         *
         * @param count how many
         * @param differ what they differ in
         * @throws IllegalArgumentException if it is out of range
         */
        public MoreBackends {
            Violation.refuse(Violation.ifOutside(count, 2, COUNT_MAX, count + " IPs or ports for each backend", "G3"));
        }

        /**
         * Returns one of the IPs or ports that a backend is reached at.
         *
         * @param backend the first of them
         * @param distance which, from 0
         * @return the backend there
         * @throws IllegalArgumentException if addresses or ports end before it
         */
        public Destination neighbour(Destination backend, int distance) {
            Endpoint first = backend.endpoint();
            boolean byAddress = differ == Differ.BY_ADDRESS;
            int bits = first.address().ipv4Bits();
            if (byAddress ? Integer.compareUnsigned(bits + distance, bits) < 0 : first.port() + distance > PORT_MAX) {
                throw new IllegalArgumentException("the backend " + backend + " has no " + distance + " neighbours "
                        + differ.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " for " + Kind.MORE_BACKENDS);
            }
            Endpoint endpoint = byAddress
                    ? new Endpoint(IpAddress.ofIpv4(bits + distance), first.port())
                    : new Endpoint(first.address(), first.port() + distance);
            return new Destination(backend.protocol(), endpoint);
        }

        @Override
        public Kind kind() {
            return Kind.MORE_BACKENDS;
        }
    }

    /** The service and its backends share a VNet with a service endpoint: calls need no SNAT port. */
    record ServiceEndpoint() implements ApiMitigation {
        @Override
        public Kind kind() {
            return Kind.SERVICE_ENDPOINT;
        }
    }

    /** The backends have a private endpoint in the service's VNet: calls need no SNAT port. */
    record PrivateEndpoint() implements ApiMitigation {
        @Override
        public Kind kind() {
            return Kind.PRIVATE_ENDPOINT;
        }
    }

    /**
     * Calls are routed through a firewall in the service's VNet: they take its ports, and none of the units'.
     *
     * @param firewall the firewall
     */
    record Firewall(AzureFirewall firewall) implements ApiMitigation {
        @Override
        public Kind kind() {
            return Kind.FIREWALL;
        }
    }

    /** Which calls hit the cache. Immutable; threads may share it. */
    enum Hits {
        /** Each by chance. */
        RANDOM,
        /** Spread evenly over the calls of each unit, so that the ratio is exact. */
        EVEN
    }

    /**
     * Answers are cached, so that a part of the calls reaches no backend.
     *
     * @param hitRatio the share of the calls that the cache answers, above 0, up to 1
     * @param hits which calls those are
     */
    record Caching(double hitRatio, Hits hits) implements ApiMitigation {
        /**
         * Checks the ratio.
         *
         * @param hitRatio the share of the calls that the cache answers
         * @param hits which calls those are
         * @throws IllegalArgumentException if it is out of range
         */
        public Caching {
            if (!(hitRatio > 0 && hitRatio <= 1)) {
                throw new IllegalArgumentException("a hit ratio out of range: expected above 0, up to 1");
            }
        }

        @Override
        public Kind kind() {
            return Kind.CACHING;
        }
    }

    /**
     * Each key may call so often in a period; what is more is answered with 429. A key's period begins with its first call,
     * and with the first call after the last period.
     *
     * @param calls how often, at least 1
     * @param renewalPeriod the period, above zero
     */
    record RateLimitByKey(int calls, Duration renewalPeriod) implements ApiMitigation {
        /**
         * Checks the numbers.
         *
         * @param calls how often
         * @param renewalPeriod the period
         * @throws IllegalArgumentException if one is out of range
         */
        public RateLimitByKey {
            if (calls < 1) {
                throw new IllegalArgumentException("a rate limit of " + calls + " calls: expected at least 1");
            }
            if (renewalPeriod.isNegative() || renewalPeriod.isZero()) {
                throw new IllegalArgumentException("a renewal period of " + renewalPeriod + ": expected above zero");
            }
        }

        @Override
        public Kind kind() {
            return Kind.RATE_LIMIT_BY_KEY;
        }
    }

    /**
     * Units keep their connections to backends and use them again; by default every call opens one (G1).
     *
     * @param idleLimit how long an idle connection is kept, above zero; empty for ever
     */
    record ConnectionReuse(Optional<Duration> idleLimit) implements ApiMitigation {
        /**
         * Checks the limit.
         *
         * @param idleLimit how long an idle connection is kept
         * @throws IllegalArgumentException if it is not above zero
         */
        public ConnectionReuse {
            idleLimit.filter(limit -> limit.isNegative() || limit.isZero()).ifPresent(limit -> {
                throw new IllegalArgumentException("an idle limit of " + limit + ": expected above zero");
            });
        }

        @Override
        public Kind kind() {
            return Kind.CONNECTION_REUSE;
        }
    }
}
