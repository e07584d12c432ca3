package io.github.snatsim.plan;

import com.google.common.collect.ImmutableSet;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What one client asks, in the planner's words. */
final class ClientReading {
    private static final double NANOS = 1e9;

    /** Fewer requests than this share, cut short by the idle time, do not count (D). */
    private static final double CUT_SHARE = 1e-3;

    private final Client client;
    private final int sharers;
    private final Protocol protocol;
    private final DemandPart.Freed freed;
    private final OptionalLong holdNanos;
    private final OptionalLong cutNanos;

    ClientReading(Client client, Holds holds, int sharers) {
        this.client = client;
        this.sharers = sharers;
        this.protocol = client.destinations().all().get(0).protocol();
        this.freed = holds.freed(client, protocol);
        this.holdNanos = holds.nanos(freed, protocol);
        this.cutNanos = holds.keptAlive(client, protocol) ? OptionalLong.empty() : holds.idleNanos(protocol);
    }

    /**
     * Returns what the client asks of some destinations.
     *
     * @param share how many of its requests go there
     * @param whole whether all do, and arrive there as they are made
     */
    DemandPart part(double share, boolean whole) {
        DemandPart.Use use = use();
        boolean takesLifetimeOnly = client.connections() instanceof Connections.Kept kept
                && kept.idleLimit().isEmpty()
                && kept.lifetimeMax().isEmpty();
        BusyTime busy = takesLifetimeOnly
                ? BusyTime.of(client.lifetime(), Duration.ZERO)
                : BusyTime.of(client.lifetime(), holdNanos, cutNanos);
        OptionalLong portsMax = use == DemandPart.Use.POOLED ? poolPorts() : portsOfArrivals(busy);
        return new DemandPart(
                client.name(),
                protocol,
                arriving(share, whole),
                client.lifetime(),
                freed,
                holdNanos,
                use,
                busy,
                portsMax);
    }

    private DemandPart.Use use() {
        if (client.connections() instanceof Connections.Kept kept) {
            return kept.sizeMax().isPresent() ? DemandPart.Use.POOLED : DemandPart.Use.REUSED;
        }
        return DemandPart.Use.PER_REQUEST;
    }

    private Arriving arriving(double share, boolean whole) {
        Arrivals arrivals = client.arrivals();
        if (arrivals instanceof Arrivals.Even even) {
            return whole
                    ? new Arriving.Even(even.rate()).sharedBy(sharers)
                    : new Arriving.Other(even.rate().perSecond() * share / sharers);
        } else if (arrivals instanceof Arrivals.Poisson poisson) {
            double perSecond = poisson.rate().perSecond() * share / sharers;
            return sharers == 1 ? new Arriving.Poisson(perSecond) : new Arriving.Other(perSecond);
        }
        return new Arriving.Other(perSecond(arrivals) * share / sharers);
    }

    /** The mean, or the most where it varies. */
    private double perSecond(Arrivals arrivals) {
        if (arrivals instanceof Arrivals.Bursts bursts) {
            return bursts.size() / (bursts.every().toNanos() / NANOS);
        } else if (arrivals instanceof Arrivals.Daily daily) {
            return daily.hourly().stream()
                    .flatMap(Optional::stream)
                    .mapToDouble(Rate::perSecond)
                    .max()
                    .orElseThrow();
        } else if (arrivals instanceof Arrivals.Recorded recorded) {
            int count = Math.max(1, recorded.times().size());
            double last = recorded.times().isEmpty()
                    ? 0
                    : recorded.times().get(recorded.times().size() - 1).toNanos();
            return count / (Math.max(NANOS, last) / NANOS);
        }
        Arrivals.ClosedLoop loop = (Arrivals.ClosedLoop) arrivals;
        return loop.workers() / (cycleNanos(loop) / NANOS);
    }

    /** A worker's next request comes no sooner: one that ends at once is followed by the next after a while (C7). */
    private double cycleNanos(Arrivals.ClosedLoop loop) {
        return Math.max(
                (double) Retry.IMMEDIATE_DELAY.toNanos(),
                client.lifetime().meanNanos() + loop.think().meanNanos());
    }

    /** A full pool; and connections that it replaces, no sooner than they may be too old or too long idle, in their holds. */
    private OptionalLong poolPorts() {
        Connections.Kept kept = (Connections.Kept) client.connections();
        long size = kept.sizeMax().orElseThrow();
        long age = Math.min(
                kept.lifetimeMax().map(Duration::toNanos).orElse(Long.MAX_VALUE),
                kept.idleLimit().map(Duration::toNanos).orElse(Long.MAX_VALUE));
        if (age == Long.MAX_VALUE) {
            return OptionalLong.of(size);
        }
        return holdNanos.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(size * (1 + ceilDiv(holdNanos.getAsLong(), age)));
    }

    /** Where busy times are constant: the most arrivals within one. */
    private OptionalLong portsOfArrivals(BusyTime busy) {
        if (busy.constantNanos().isEmpty() || client.connections() instanceof Connections.Kept) {
            return OptionalLong.empty();
        }
        long nanos = busy.constantNanos().getAsLong();
        if (client.arrivals() instanceof Arrivals.Bursts bursts) {
            return OptionalLong.of(
                    bursts.size() * Math.max(1, ceilDiv(nanos, bursts.every().toNanos())));
        } else if (client.arrivals() instanceof Arrivals.Even even) {
            return OptionalLong.of(EvenArrivals.portsNeeded(even.rate(), nanos));
        } else if (client.arrivals() instanceof Arrivals.Recorded recorded) {
            return OptionalLong.of(mostWithin(recorded, nanos));
        } else if (client.arrivals() instanceof Arrivals.ClosedLoop loop
                && loop.think() instanceof Distribution.Fixed
                && client.lifetime() instanceof Distribution.Fixed) {
            return OptionalLong.of(loop.workers() * Math.max(1, ceilDiv(nanos, (long) cycleNanos(loop))));
        }
        return OptionalLong.empty();
    }

    private static long mostWithin(Arrivals.Recorded recorded, long nanos) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < recorded.times().size(); last++) {
            long now = recorded.times().get(last).toNanos();
            while (first < last && recorded.times().get(first).toNanos() + nanos <= now) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static long ceilDiv(long dividend, long divisor) {
        BigInteger[] parts = BigInteger.valueOf(dividend).divideAndRemainder(BigInteger.valueOf(divisor));
        return parts[0].longValueExact() + parts[1].signum();
    }

    /** Where theory does not apply to the client; what follows from the part alone is left to {@link Demand}. */
    ImmutableSet<Caveat> caveats(boolean whole) {
        ImmutableSet.Builder<Caveat> found = ImmutableSet.builder();
        addArrivals(found, whole);
        if (client.retry().retriesMax() > 0
                || !client.timing().synRetransmissions().isEmpty()) {
            found.add(Caveat.RETRIES);
        }
        if (!client.timing().start().isZero()
                || client.timing().stop().isPresent()
                || client.timing().requestsMax().isPresent()) {
            found.add(Caveat.LIMITED_RUN);
        }
        if (cutNanos.isPresent()
                && use() == DemandPart.Use.PER_REQUEST
                && Lifetimes.shareBelow(client.lifetime(), (double) cutNanos.getAsLong()) < 1 - CUT_SHARE) {
            found.add(Caveat.IDLE_CUTS_LIFETIMES);
        }
        return found.build();
    }

    private void addArrivals(ImmutableSet.Builder<Caveat> found, boolean whole) {
        Arrivals arrivals = client.arrivals();
        if (arrivals instanceof Arrivals.Bursts) {
            found.add(Caveat.BURSTS);
        } else if (arrivals instanceof Arrivals.Daily) {
            found.add(Caveat.DAILY_ARRIVALS);
        } else if (arrivals instanceof Arrivals.Recorded) {
            found.add(Caveat.RECORDED_ARRIVALS);
        } else if (arrivals instanceof Arrivals.ClosedLoop) {
            found.add(Caveat.CLOSED_LOOP);
        } else if ((arrivals instanceof Arrivals.Even && !whole)
                || (arrivals instanceof Arrivals.Poisson && sharers > 1)) {
            found.add(Caveat.SMOOTHER_THAN_POISSON);
        }
    }
}
