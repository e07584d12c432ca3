package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.Sets;
import io.github.snatsim.net.Destination;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * What one instance asks of one destination: flows there need a port each (T2). Where UDP flows share less (T7), of all
 * destinations among which they cannot share. Immutable; threads may share it.
 *
 * @param destinations where to; none if it does not matter
 * @param parts what each client asks, at least one
 * @param caveats where theory does not apply
 */
public record Demand(
        ImmutableList<Destination> destinations, ImmutableList<DemandPart> parts, ImmutableSet<Caveat> caveats) {
    /** What makes a share hard to know, but not the most that is asked for. */
    private static final ImmutableSet<Caveat> BOUNDED =
            Sets.immutableEnumSet(Caveat.BURSTS, Caveat.RECORDED_ARRIVALS, Caveat.POOLS);

    /**
     * Checks that there is a part, and adds the caveats that follow from the parts.
     *
     * @param destinations where to
     * @param parts what each client asks, at least one
     * @param caveats where theory does not apply
     * @throws IllegalArgumentException if there is no part
     */
    public Demand {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a demand of nobody: expected at least one part");
        }
        caveats = Sets.immutableEnumSet(Iterables.concat(caveats, caveatsOf(parts)));
    }

    private static ImmutableSet<Caveat> caveatsOf(ImmutableList<DemandPart> parts) {
        ImmutableSet.Builder<Caveat> found = ImmutableSet.builder();
        boolean exact = parts.size() == 1 && parts.get(0).isExact();
        for (DemandPart part : parts) {
            if (part.arrivals() instanceof Arriving.Even && !exact) {
                found.add(Caveat.SMOOTHER_THAN_POISSON);
            }
            if (part.busy().isNearlyConstant() && !exact && part.connections() == DemandPart.Use.PER_REQUEST) {
                found.add(Caveat.NEARLY_CONSTANT_BUSY_TIME);
            }
            if (part.busy().meanSeconds() == Double.POSITIVE_INFINITY) {
                found.add(part.holdNanos().isEmpty() ? Caveat.KEEPALIVE_PINS_PORTS : Caveat.NO_MEAN);
            }
            if (part.connections() == DemandPart.Use.REUSED) {
                found.add(Caveat.REUSE);
            } else if (part.connections() == DemandPart.Use.POOLED) {
                found.add(Caveat.POOLS);
            }
        }
        return found.build();
    }

    /**
     * Returns a demand of Poisson arrivals with a connection for each request.
     *
     * @param perSecond the mean rate, above 0
     * @param lifetime how long a connection lives
     * @param hold how long its port waits after that
     * @return the demand
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Demand poisson(double perSecond, Distribution lifetime, Duration hold) {
        return of(DemandPart.perRequest(new Arriving.Poisson(perSecond), lifetime, hold));
    }

    /**
     * Returns a demand of even arrivals with a connection for each request that always lives as long: the exact case.
     *
     * @param rate how often
     * @param lifetime how long a connection lives
     * @param hold how long its port waits after that
     * @return the demand
     */
    public static Demand even(Rate rate, Duration lifetime, Duration hold) {
        return of(DemandPart.perRequest(new Arriving.Even(rate), Distribution.fixed(lifetime), hold));
    }

    private static Demand of(DemandPart part) {
        return new Demand(ImmutableList.of(), ImmutableList.of(part), ImmutableSet.of());
    }

    /**
     * Returns how many requests arrive.
     *
     * @return requests per second, of all parts
     */
    public double perSecond() {
        return parts.stream().mapToDouble(part -> part.arrivals().perSecond()).reduce(0, Double::sum);
    }

    /**
     * Returns the offered load. Erlang's formula wants nothing else of several parts: they may be busy for different times.
     *
     * @return erlangs, of all parts; infinite if one is
     */
    public double erlangs() {
        return parts.stream().mapToDouble(DemandPart::erlangs).reduce(0, Double::sum);
    }

    /**
     * Returns the part for which {@link EvenArrivals} is exact.
     *
     * @return the only part, if it has even arrivals and constant busy times; else empty
     */
    public Optional<DemandPart> exactPart() {
        return parts.size() == 1 && parts.get(0).isExact() ? Optional.of(parts.get(0)) : Optional.empty();
    }

    /**
     * Returns the most ports that this can ever take.
     *
     * @return ports; empty if nothing bounds them, or a caveat such as retries can add to what is known
     */
    public OptionalLong portsMax() {
        if (caveats.stream()
                .anyMatch(caveat -> caveat.effect() == Caveat.Effect.UNKNOWN && !BOUNDED.contains(caveat))) {
            return OptionalLong.empty();
        }
        if (exactPart().isPresent()) {
            DemandPart part = exactPart().get();
            return OptionalLong.of(EvenArrivals.portsNeeded(
                    part.rate(), part.busy().constantNanos().getAsLong()));
        }
        return parts.stream().anyMatch(part -> part.portsMax().isEmpty())
                ? OptionalLong.empty()
                : OptionalLong.of(parts.stream()
                        .mapToLong(part -> part.portsMax().getAsLong())
                        .reduce(0, Math::addExact));
    }

    /**
     * Returns a multiple of the demand: more requests, all else the same.
     *
     * @param multiple at least 1
     * @return the new demand
     * @throws IllegalArgumentException if it is below 1, or a rate becomes too large for a fraction of longs
     */
    public Demand times(long multiple) {
        return with(part -> part.times(multiple));
    }

    /**
     * Returns what each of several instances is asked for if they share this demand.
     *
     * @param instances how many, at least 1
     * @return the demand of one
     * @throws IllegalArgumentException if it is below 1, or a rate becomes too fine for a fraction of longs
     */
    public Demand sharedBy(int instances) {
        return with(part -> part.sharedBy(instances));
    }

    /** Returns what so many instances ask together: even arrivals come to all of them at the same instants. */
    Demand joinedBy(int instances) {
        boolean inBursts = instances > 1 && parts.stream().anyMatch(part -> part.arrivals() instanceof Arriving.Even);
        ImmutableList<DemandPart> joined =
                parts.stream().map(part -> part.joinedBy(instances)).collect(ImmutableList.toImmutableList());
        return new Demand(
                destinations,
                joined,
                inBursts ? Sets.union(caveats, ImmutableSet.of(Caveat.BURSTS)).immutableCopy() : caveats);
    }

    private Demand with(UnaryOperator<DemandPart> change) {
        return new Demand(destinations, parts.stream().map(change).collect(ImmutableList.toImmutableList()), caveats);
    }
}
