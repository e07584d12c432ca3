package io.github.snatsim.azure;

import io.github.snatsim.net.Destination;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a service decides call by call (rules G1, G3): the rate limit of the key, then the unit in turn, then the cache of the
 * unit, then the backend in turn. Not for use by several threads at once.
 */
public final class CallRouter {
    /** A key's calls in its present period. */
    private static final class Quota {
        private long beganNanos;
        private int calls;
    }

    /** Keeps a product such as 100 x 0.29 from falling below its whole number. */
    private static final double ROUNDING = 1e-9;

    private final Optional<ApiMitigation.RateLimitByKey> rateLimit;
    private final Optional<ApiMitigation.Caching> caching;
    private final Optional<ApiMitigation.MoreBackends> backends;
    private final RandomGenerator random;
    private final Map<String, Quota> quotas = new HashMap<>();

    /** How often each unit has sent a call to each backend. */
    private final Map<Destination, int[]> turns = new HashMap<>();

    /** Calls of each unit that asked its cache. */
    private long[] lookups = new long[1];

    private int units;
    private int next;

    /**
     * Makes a router for a service as it stands at the beginning.
     *
     * @param service the service
     * @param random what random cache hits are drawn from
     */
    public CallRouter(ApiManagement service, RandomGenerator random) {
        this.rateLimit = service.active(ApiMitigation.RateLimitByKey.class);
        this.caching = service.active(ApiMitigation.Caching.class);
        this.backends = service.active(ApiMitigation.MoreBackends.class);
        this.random = random;
        units(service.unitsAtStart());
    }

    /**
     * Changes the number of units that take turns.
     *
     * @param units how many, at least 1
     */
    public void units(int units) {
        this.units = units;
        next = next % units;
        lookups = Arrays.copyOf(lookups, Math.max(units, lookups.length));
    }

    /**
     * Returns how many units take turns.
     *
     * @return at least 1
     */
    public int units() {
        return units;
    }

    /**
     * Decides what happens to a call.
     *
     * @param key the client's key, for the rate limit
     * @param backend the backend that the call is for
     * @param timeNanos when the call comes; times do not run backwards
     * @return what happens
     */
    public CallDecision route(String key, Destination backend, long timeNanos) {
        if (rateLimit.isPresent() && !admits(key, rateLimit.get(), timeNanos)) {
            return new CallDecision.RateLimited();
        }
        int unit = next;
        next = (next + 1) % units;
        return caching.isPresent() && hits(unit, caching.get())
                ? new CallDecision.FromCache(unit)
                : new CallDecision.Forwarded(unit, inTurn(unit, backend));
    }

    private boolean admits(String key, ApiMitigation.RateLimitByKey limit, long timeNanos) {
        Quota quota = quotas.computeIfAbsent(key, unused -> new Quota());
        if (quota.calls == 0
                || timeNanos - quota.beganNanos >= limit.renewalPeriod().toNanos()) {
            quota.beganNanos = timeNanos;
            quota.calls = 0;
        }
        if (quota.calls == limit.calls()) {
            return false;
        }
        quota.calls++;
        return true;
    }

    /** Evenly: the k-th call of a unit misses when k x (1 - ratio) passes a whole number, the first at once. */
    private boolean hits(int unit, ApiMitigation.Caching caching) {
        if (caching.hits() == ApiMitigation.Hits.RANDOM) {
            return random.nextDouble() < caching.hitRatio();
        }
        long k = lookups[unit]++;
        return missesUntil(k + 1, caching) == missesUntil(k, caching);
    }

    private static long missesUntil(long calls, ApiMitigation.Caching caching) {
        return calls - (long) StrictMath.floor(calls * caching.hitRatio() + ROUNDING);
    }

    private Destination inTurn(int unit, Destination backend) {
        if (backends.isEmpty()) {
            return backend;
        }
        int[] ofUnits = turns.computeIfAbsent(backend, unused -> new int[units]);
        if (unit >= ofUnits.length) {
            ofUnits = Arrays.copyOf(ofUnits, units);
            turns.put(backend, ofUnits);
        }
        int turn = ofUnits[unit];
        ofUnits[unit] = (turn + 1) % backends.get().count();
        return backends.get().neighbour(backend, turn);
    }
}
