package io.github.snatsim.port;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import io.github.snatsim.net.PortRange;
import java.util.Collection;

/**
 * A set of ports, kept as ranges. Operations cost time in the number of ranges, not of ports. Immutable; threads may
 * share it.
 */
public final class PortSet {
    private static final PortSet EMPTY = new PortSet(ImmutableRangeSet.of());

    /** Every range is closed-open, so that neighbours coalesce. */
    private final ImmutableRangeSet<Integer> ranges;

    private final int size;

    private PortSet(ImmutableRangeSet<Integer> ranges) {
        this.ranges = ranges;
        int ports = 0;
        for (Range<Integer> range : ranges.asRanges()) {
            ports += length(range);
        }
        this.size = ports;
    }

    /**
     * Returns the set without ports.
     *
     * @return the empty set
     */
    public static PortSet empty() {
        return EMPTY;
    }

    /**
     * Returns the ports of one range.
     *
     * @param range the range
     * @return its ports
     */
    public static PortSet of(PortRange range) {
        return new PortSet(ImmutableRangeSet.of(Range.closedOpen(range.first(), range.last() + 1)));
    }

    /**
     * Returns the ports that lie in any of some ranges.
     *
     * @param ranges the ranges; they may touch and overlap
     * @return their ports
     */
    public static PortSet of(Collection<PortRange> ranges) {
        if (ranges.size() == 1) {
            return of(ranges.iterator().next());
        }
        return new PortSet(ImmutableRangeSet.unionOf(ranges.stream()
                .map(range -> Range.closedOpen(range.first(), range.last() + 1))
                .toList()));
    }

    /**
     * Returns how many ports are in the set.
     *
     * @return 0-65,535
     */
    public int size() {
        return size;
    }

    /**
     * Tells whether there is no port in the set.
     *
     * @return true if {@link #size} is 0
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Tells whether a port is in the set.
     *
     * @param port any number
     * @return true if it is
     */
    public boolean contains(int port) {
        return ranges.contains(port);
    }

    /**
     * Returns the set as disjoint ranges that do not touch, lowest first.
     *
     * @return the ranges
     */
    public ImmutableList<PortRange> ranges() {
        return ranges.asRanges().stream()
                .map(range -> new PortRange(range.lowerEndpoint(), range.upperEndpoint() - 1))
                .collect(toImmutableList());
    }

    /**
     * Returns the lowest port.
     *
     * @return a port of the set
     * @throws java.util.NoSuchElementException if the set is empty
     */
    public int first() {
        return ranges.span().lowerEndpoint();
    }

    /**
     * Returns the highest port.
     *
     * @return a port of the set
     * @throws java.util.NoSuchElementException if the set is empty
     */
    public int last() {
        return ranges.span().upperEndpoint() - 1;
    }

    /**
     * Returns what is in this set, the other, or both.
     *
     * @param other another set
     * @return the union
     */
    public PortSet union(PortSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return new PortSet(ranges.union(other.ranges));
    }

    /**
     * Returns what is in any of some sets, in time for all of their ranges together.
     *
     * @param sets the sets
     * @return their union
     */
    public static PortSet unionOf(Collection<PortSet> sets) {
        return new PortSet(ImmutableRangeSet.unionOf(
                sets.stream().flatMap(set -> set.ranges.asRanges().stream()).toList()));
    }

    /**
     * Returns what is in this set but not in the other.
     *
     * @param other another set
     * @return the difference
     */
    public PortSet minus(PortSet other) {
        return new PortSet(ranges.difference(other.ranges));
    }

    /**
     * Returns what is in both sets.
     *
     * @param other another set
     * @return the intersection
     */
    public PortSet intersection(PortSet other) {
        return new PortSet(ranges.intersection(other.ranges));
    }

    /**
     * Returns the lowest ports of the set.
     *
     * @param count how many, 0 to {@link #size}
     * @return that many ports
     * @throws IllegalArgumentException if the set has fewer
     */
    public PortSet lowest(int count) {
        if (count < 0 || count > size) {
            throw new IllegalArgumentException("asked for " + count + " of " + size + " ports");
        }
        ImmutableRangeSet.Builder<Integer> kept = ImmutableRangeSet.builder();
        int missing = count;
        for (Range<Integer> range : ranges.asRanges()) {
            if (missing == 0) {
                break;
            }
            int taken = Math.min(missing, length(range));
            kept.add(Range.closedOpen(range.lowerEndpoint(), range.lowerEndpoint() + taken));
            missing -= taken;
        }
        return new PortSet(kept.build());
    }

    /**
     * Returns the highest ports of the set.
     *
     * @param count how many, 0 to {@link #size}
     * @return that many ports
     * @throws IllegalArgumentException if the set has fewer
     */
    public PortSet highest(int count) {
        if (count < 0 || count > size) {
            throw new IllegalArgumentException("asked for " + count + " of " + size + " ports");
        }
        return minus(lowest(size - count));
    }

    private static int length(Range<Integer> range) {
        return range.upperEndpoint() - range.lowerEndpoint();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortSet that && ranges.equals(that.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    /** Returns the ranges with commas between them, {@code 1024-1535,2048-2559}, or {@code none}. */
    @Override
    public String toString() {
        return isEmpty() ? "none" : ranges().stream().map(PortRange::toString).collect(joining(","));
    }
}
