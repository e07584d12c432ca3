package io.github.snatsim.port;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableRangeMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.SeededHash;
import io.github.snatsim.port.AllocationChange.InstanceChange;
import io.github.snatsim.port.AllocationChange.Membership;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Computes the preallocation of one frontend: which ports each instance of its pool owns, and what a resize moves
 * (rules P1-P7). TCP and UDP each have the whole of it (P3).
 *
 * <p>No two instances ever own the same port. When the pool grows into a higher tier every instance keeps part of its
 * ports, and newcomers get what was reclaimed. When it shrinks, an instance first takes back the ports that were last
 * taken from it, then the lowest free ones; nobody's held ports move. So removing just the instances that were added,
 * at once or the latest first, gives the same ports as before. In another order, what was taken from an instance may be
 * lent to one that stays longer; then it gets other ports.
 *
 * <p>A resize costs time in the number of instances and of their ranges. Not for use by several threads at once.
 */
public final class PortAllocator {
    /** What an instance owns and what was taken from it, latest first. */
    private static final class Holding {
        private PortSet owned = PortSet.empty();
        private final Deque<PortSet> reclaimed = new ArrayDeque<>();
    }

    private final AllocationRules rules;

    /** In the order in which the instances joined. */
    private final Map<IpAddress, Holding> holdings = new LinkedHashMap<>();

    private PortSet free;
    private int reportedSize;

    /** How many resizes there were: each draws from a random sequence of its own, so that a resize can be foretold. */
    private int resizes;

    private @Nullable ImmutableRangeMap<Integer, IpAddress> owners;

    /**
     * Makes an allocator for an empty pool.
     *
     * @param rules the readings to follow
     */
    public PortAllocator(AllocationRules rules) {
        this.rules = rules;
        this.free = PortSet.of(rules.range());
    }

    private PortAllocator(PortAllocator other) {
        this(other.rules);
        reportedSize = other.reportedSize;
        resizes = other.resizes;
        free = other.free;
        other.holdings.forEach((instance, theirs) -> {
            Holding copy = new Holding();
            copy.owned = theirs.owned;
            copy.reclaimed.addAll(theirs.reclaimed);
            holdings.put(instance, copy);
        });
    }

    /**
     * Returns the readings that this allocator follows.
     *
     * @return the rules
     */
    public AllocationRules rules() {
        return rules;
    }

    /**
     * Returns the instances of the pool, in the order in which they joined.
     *
     * @return their private addresses
     */
    public ImmutableSet<IpAddress> instances() {
        return ImmutableSet.copyOf(holdings.keySet());
    }

    /**
     * Returns the pool size that the ports follow: the number of instances, or what it is reported as during a redeployment.
     *
     * @return 0 before the first resize
     */
    public int reportedSize() {
        return reportedSize;
    }

    /**
     * Returns the ports that each instance owns now.
     *
     * @return 0 for an empty pool
     */
    public int portsPerInstance() {
        return rules.tiers().portsPerInstanceReported(reportedSize);
    }

    /**
     * Returns the ports that an instance owns.
     *
     * @param instance its private address
     * @return its ports, empty if it is not in the pool
     */
    public PortSet portsOf(IpAddress instance) {
        Holding holding = holdings.get(instance);
        return holding == null ? PortSet.empty() : holding.owned;
    }

    /**
     * Returns the whole allocation.
     *
     * @return ports by instance, in the order in which the instances joined
     */
    public ImmutableMap<IpAddress, PortSet> allocation() {
        ImmutableMap.Builder<IpAddress, PortSet> all = ImmutableMap.builder();
        holdings.forEach((instance, holding) -> all.put(instance, holding.owned));
        return all.buildOrThrow();
    }

    /**
     * Returns who owns a port: the reverse of {@link #portsOf}. The first call after a resize builds an index.
     *
     * @param port any number
     * @return the owner's private address, empty if nobody owns the port
     */
    public Optional<IpAddress> ownerOf(int port) {
        if (owners == null) {
            ImmutableRangeMap.Builder<Integer, IpAddress> index = ImmutableRangeMap.builder();
            holdings.forEach((instance, holding) -> {
                for (PortRange range : holding.owned.ranges()) {
                    index.put(Range.closed(range.first(), range.last()), instance);
                }
            });
            owners = index.build();
        }
        return Optional.ofNullable(owners.get(port));
    }

    /**
     * Makes the pool consist of exactly these instances.
     *
     * @param members private addresses without repetition; those that are new join in this order
     * @return what moved
     * @throws IllegalArgumentException if a member is named twice, the table does not know the size, or the range has
     *     too few ports; nothing changes then
     */
    public AllocationChange resize(Collection<IpAddress> members) {
        return resize(members, members.size());
    }

    /**
     * Makes the pool consist of exactly these instances while it is reported to have another size, as it happens during
     * a redeployment (rule P8).
     *
     * @param members private addresses without repetition; those that are new join in this order
     * @param reportedSize the pool size to look up in the table, at least the number of members
     * @return what moved
     * @throws IllegalArgumentException if a member is named twice, the table does not know the number of members, the
     *     reported size is below it, or the range has too few ports; nothing changes then
     */
    public AllocationChange resize(Collection<IpAddress> members, int reportedSize) {
        ImmutableSet<IpAddress> target = checked(members, reportedSize);
        int portsBefore = portsPerInstance();
        int portsAfter = rules.tiers().portsPerInstanceReported(reportedSize);
        int sizeBefore = this.reportedSize;
        ImmutableMap<IpAddress, PortSet> before = allocation();

        this.reportedSize = reportedSize;
        owners = null;
        Random random = new Random(SeededHash.mix(rules.seed() + resizes++));
        for (IpAddress gone : before.keySet()) {
            if (!target.contains(gone)) {
                free = free.union(before.get(gone));
                holdings.remove(gone);
            }
        }
        if (!holdings.isEmpty()) {
            growThroughTiers(target, sizeBefore, reportedSize, random);
        }
        settle(target, target.size(), portsAfter, random);

        return new AllocationChange(sizeBefore, reportedSize, portsBefore, portsAfter, changes(before));
    }

    /**
     * Tells what a resize would move without doing it.
     *
     * @param members as for {@link #resize(Collection, int)}
     * @param reportedSize as for {@link #resize(Collection, int)}
     * @return what would move: the very change that the next resize makes, under {@link ReclaimedPart#RANDOM} too
     * @throws IllegalArgumentException as for {@link #resize(Collection, int)}
     */
    public AllocationChange whatIf(Collection<IpAddress> members, int reportedSize) {
        return new PortAllocator(this).resize(members, reportedSize);
    }

    private ImmutableSet<IpAddress> checked(Collection<IpAddress> members, int reportedSize) {
        ImmutableSet<IpAddress> distinct = ImmutableSet.copyOf(members);
        if (distinct.size() != members.size()) {
            throw new IllegalArgumentException("an instance is named twice in " + members);
        }
        if (reportedSize < distinct.size()) {
            throw new IllegalArgumentException(
                    "a pool of " + distinct.size() + " instances cannot be reported as " + reportedSize);
        }
        Violation.refuse(rules.violations(distinct.size(), reportedSize));
        return distinct;
    }

    /**
     * Fills up the tiers between two pool sizes, as if the newcomers came one by one: then they can also leave one by
     * one, each pool size on the way down with the ports that it would have had on the way up.
     */
    private void growThroughTiers(ImmutableSet<IpAddress> target, int sizeBefore, int sizeAfter, Random random) {
        for (TierTable.Tier tier : rules.tiers().tiers()) {
            if (sizeBefore <= tier.poolSizeMax() && tier.poolSizeMax() < sizeAfter) {
                int fitting = rules.range().size() / tier.portsPerInstance();
                settle(target, Math.min(tier.poolSizeMax(), fitting), tier.portsPerInstance(), random);
            }
        }
    }

    /** Lets newcomers join up to a number of instances and gives everybody the same number of ports. */
    private void settle(ImmutableSet<IpAddress> target, int instancesMax, int ports, Random random) {
        List<Holding> stayed = new ArrayList<>(holdings.values());
        List<PortSet> freed = new ArrayList<>(List.of(free));
        stayed.forEach(holding -> freed.add(reclaimDownTo(ports, holding, random)));
        free = PortSet.unionOf(freed);
        stayed.forEach(holding -> takeBackUpTo(ports, holding));
        for (IpAddress member : target) {
            if (holdings.size() < instancesMax) {
                holdings.computeIfAbsent(member, unused -> new Holding());
            }
        }
        fillUpTo(ports);
    }

    /** P5: takes ports from an instance that has more than its new share. */
    private PortSet reclaimDownTo(int ports, Holding holding, Random random) {
        int surplus = holding.owned.size() - ports;
        if (surplus <= 0) {
            return PortSet.empty();
        }
        PortSet taken = rules.reclaimedPart().choose(holding.owned, surplus, random);
        holding.owned = holding.owned.minus(taken);
        holding.reclaimed.push(taken);
        return taken;
    }

    /** P6: gives back what was taken from the instance, latest first, as far as it is free. */
    private void takeBackUpTo(int ports, Holding holding) {
        if (holding.owned.size() == ports) {
            return;
        }
        List<PortSet> remaining = new ArrayList<>();
        for (PortSet taken : holding.reclaimed) {
            PortSet available = taken.intersection(free);
            PortSet back = available.lowest(Math.min(available.size(), ports - holding.owned.size()));
            give(back, holding);
            remaining.add(taken.minus(back));
        }
        holding.reclaimed.clear();
        remaining.stream().filter(rest -> !rest.isEmpty()).forEach(holding.reclaimed::add);
    }

    /**
     * Fills instances up with the lowest free ports, one after the other: newcomers, and those whose former ports are lent out.
     * Deals out the free ranges in one pass.
     */
    private void fillUpTo(int ports) {
        Deque<PortRange> left = new ArrayDeque<>(free.ranges());
        for (Holding holding : holdings.values()) {
            int missing = ports - holding.owned.size();
            if (missing > 0) {
                holding.owned = holding.owned.union(deal(missing, left));
            }
        }
        free = PortSet.of(left);
    }

    private static PortSet deal(int count, Deque<PortRange> from) {
        List<PortRange> dealt = new ArrayList<>();
        int missing = count;
        while (missing > 0) {
            PortRange range = from.pop();
            int taken = Math.min(missing, range.size());
            dealt.add(new PortRange(range.first(), range.first() + taken - 1));
            if (taken < range.size()) {
                from.push(new PortRange(range.first() + taken, range.last()));
            }
            missing -= taken;
        }
        return PortSet.of(dealt);
    }

    private void give(PortSet ports, Holding holding) {
        holding.owned = holding.owned.union(ports);
        free = free.minus(ports);
    }

    private ImmutableList<InstanceChange> changes(ImmutableMap<IpAddress, PortSet> before) {
        ImmutableList.Builder<InstanceChange> changes = ImmutableList.builder();
        before.forEach((instance, ports) -> {
            Holding now = holdings.get(instance);
            if (now == null) {
                changes.add(new InstanceChange(instance, Membership.REMOVED, ports, PortSet.empty()));
            } else if (!now.owned.equals(ports)) {
                changes.add(new InstanceChange(instance, Membership.STAYED, ports, now.owned));
            }
        });
        holdings.forEach((instance, holding) -> {
            if (!before.containsKey(instance)) {
                changes.add(new InstanceChange(instance, Membership.JOINED, PortSet.empty(), holding.owned));
            }
        });
        return changes.build();
    }
}
