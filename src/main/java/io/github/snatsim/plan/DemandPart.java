package io.github.snatsim.plan;

import io.github.snatsim.net.Protocol;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What one client of one instance asks of one destination. Immutable; threads may share it.
 *
 * @param client its name
 * @param protocol TCP or UDP
 * @param arrivals how its requests arrive
 * @param lifetime how long a request takes
 * @param freed what frees the port of a connection
 * @param holdNanos how long that takes after the end of the connection, empty for ever
 * @param connections how connections are used
 * @param busy how long a request keeps a port from others: lifetime and hold; the lifetime alone where connections are used
 *     again
 * @param portsMax the most ports that all its connections can take, holds included; empty if nothing bounds them
 */
public record DemandPart(
        String client,
        Protocol protocol,
        Arriving arrivals,
        Distribution lifetime,
        Freed freed,
        OptionalLong holdNanos,
        Use connections,
        BusyTime busy,
        OptionalLong portsMax) {
    /** What frees the port of a connection that is not needed any more. Immutable; threads may share it. */
    public enum Freed {
        /** FINs, and the FIN hold (R1). */
        FIN,
        /** An RST, and the RST hold (R2). */
        RST,
        /** Silence: UDP, and TCP connections that nobody closes (R3, R4). */
        IDLE,
        /** Nothing: keepalives go on. */
        NEVER
    }

    /** How connections are used (C1). Immutable; threads may share it. */
    public enum Use {
        /** One for each request. */
        PER_REQUEST,
        /** Kept and used again, as many as there are requests at once. */
        REUSED,
        /** Kept and used again, a bounded number. */
        POOLED
    }

    /**
     * Returns a TCP connection for each request, closed by FINs.
     *
     * @param arrivals how requests arrive
     * @param lifetime how long a connection lives
     * @param hold how long its port waits after that, not negative; 240 s in the classic model (R1)
     * @return the part
     */
    public static DemandPart perRequest(Arriving arrivals, Distribution lifetime, Duration hold) {
        return new DemandPart(
                "client",
                Protocol.TCP,
                arrivals,
                lifetime,
                Freed.FIN,
                OptionalLong.of(hold.toNanos()),
                Use.PER_REQUEST,
                BusyTime.of(lifetime, hold),
                OptionalLong.empty());
    }

    /**
     * Returns the offered load.
     *
     * @return erlangs: requests per second x mean busy time; infinite if that is
     */
    public double erlangs() {
        return arrivals.perSecond() * busy.meanSeconds();
    }

    /**
     * Returns how long a request takes on average.
     *
     * @return seconds; infinite if lifetimes have no mean
     */
    public double lifetimeSecondsMean() {
        return lifetime.meanNanos() / 1e9;
    }

    /** Whether {@link EvenArrivals} holds: even arrivals whose ports are all taken for the same time. */
    boolean isExact() {
        return arrivals instanceof Arriving.Even
                && connections == Use.PER_REQUEST
                && busy.constantNanos().isPresent();
    }

    /** The rate of even arrivals. */
    Rate rate() {
        return ((Arriving.Even) arrivals).rate();
    }

    /** More arrivals can take so many times the ports, but for those of a pool. */
    DemandPart times(long multiple) {
        boolean pooled = connections == Use.POOLED || portsMax.isEmpty();
        OptionalLong bound = pooled ? portsMax : OptionalLong.of(Math.multiplyExact(portsMax.getAsLong(), multiple));
        return with(arrivals.times(multiple), bound);
    }

    /** What so many instances ask together, each at the same instants if arrivals are even; pools are one for each. */
    DemandPart joinedBy(int instances) {
        Arriving joined = arrivals instanceof Arriving.Even && instances > 1
                ? new Arriving.Other(arrivals.perSecond() * instances)
                : arrivals.times(instances);
        OptionalLong bound = portsMax.isPresent()
                ? OptionalLong.of(Math.multiplyExact(portsMax.getAsLong(), (long) instances))
                : portsMax;
        return with(joined, bound);
    }

    /** Who gets a part of the arrivals takes no more ports than who gets all. */
    DemandPart sharedBy(int instances) {
        return with(arrivals.sharedBy(instances), portsMax);
    }

    private DemandPart with(Arriving other, OptionalLong bound) {
        return new DemandPart(client, protocol, other, lifetime, freed, holdNanos, connections, busy, bound);
    }
}
