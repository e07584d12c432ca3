package io.github.snatsim.port;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.PortRange;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The selectable readings of preallocation. Immutable; threads may share it.
 *
 * @param tiers ports per instance by pool size (P1, P2)
 * @param range the ports of a frontend that instances can own (P4)
 * @param reclaimedPart which of an instance's ports go when the pool grows into a higher tier (P5)
 * @param seed what {@link ReclaimedPart#RANDOM} draws from
 */
public record AllocationRules(TierTable tiers, PortRange range, ReclaimedPart reclaimedPart, long seed) {
    /** The ports of a frontend that instances can own (rule P4): 64,512 of them. */
    public static final PortRange EPHEMERAL = new PortRange(1_024, 65_535);

    /**
     * Checks that the range suits the table.
     *
     * @param tiers ports per instance by pool size (P1, P2)
     * @param range the ports of a frontend that instances can own (P4)
     * @param reclaimedPart which of an instance's ports go when the pool grows into a higher tier (P5)
     * @param seed what {@link ReclaimedPart#RANDOM} draws from
     * @throws IllegalArgumentException if blocks from this range could not be aligned to 8 (P4)
     */
    public AllocationRules {
        Violation.refuse(misaligned(range, tiers.alignment()));
    }

    private static ImmutableList<Violation> misaligned(PortRange range, int alignment) {
        int over = range.first() % alignment;
        if (over == 0) {
            return ImmutableList.of();
        }
        int below = range.first() - over;
        int above = below + alignment;
        boolean up = below < 1 || (over > alignment / 2 && above <= range.last());
        return ImmutableList.of(new Violation(
                "port range " + range,
                "a first port that is a multiple of " + alignment,
                "P4",
                new PortRange(up ? above : below, Math.max(range.last(), up ? above : below)).toString()));
    }

    /**
     * Checks that a pool of a size can be had: the table knows the size, and the range has a block for each instance.
     *
     * @param poolSize how many instances share the frontend; 0 is legal
     * @return the violation of P2 or P4, none if it can
     */
    public ImmutableList<Violation> violations(int poolSize) {
        return violations(poolSize, poolSize);
    }

    /**
     * Checks that a pool of a size can be had while it is reported to have another (P8).
     *
     * @param poolSize how many instances share the frontend; 0 is legal
     * @param reportedSize the pool size to look up in the table, at least {@code poolSize}
     * @return the violation of P2 or P4, none if it can
     */
    public ImmutableList<Violation> violations(int poolSize, int reportedSize) {
        ImmutableList<Violation> unknown = tiers.violations(poolSize);
        if (!unknown.isEmpty()) {
            int nearest = nearestPoolSize(poolSize).orElse(0);
            return ImmutableList.of(new Violation(
                    unknown.get(0).what(),
                    unknown.get(0).expected(),
                    unknown.get(0).rule(),
                    Integer.toString(nearest)));
        }
        long ports = tiers.portsPerInstanceReported(reportedSize);
        return ports * poolSize <= range.size()
                ? ImmutableList.of()
                : ImmutableList.of(tooMany(poolSize, ports, reportedSize == poolSize));
    }

    private Violation tooMany(int poolSize, long ports, boolean reportedAsItIs) {
        int alignment = tiers.alignment();
        int fewer = range.size() / poolSize / alignment * alignment;
        OptionalInt size = reportedAsItIs ? nearestPoolSize(poolSize) : OptionalInt.empty();
        String byPorts = fewer == 0 ? "" : fewer + " ports each at " + instances(poolSize);
        String bySize = size.isPresent()
                ? instances(size.getAsInt()) + " at " + tiers.portsPerInstance(size.getAsInt()) + " ports each"
                : "";
        return new Violation(
                poolSize + " instances with " + ports + " ports each need " + ports * poolSize + " ports, " + range
                        + " has " + range.size(),
                "no more than that",
                "P4",
                byPorts.isEmpty() || bySize.isEmpty() ? bySize + byPorts : bySize + ", or " + byPorts);
    }

    private static String instances(int count) {
        return count == 1 ? "1 instance" : count + " instances";
    }

    /**
     * Returns the pool size nearest to a wanted one that can be had; of two as near, the smaller.
     *
     * @param wanted how many instances are wanted
     * @return at least 1; empty if the range is too small for any pool
     */
    public OptionalInt nearestPoolSize(int wanted) {
        int max = tiers.poolSizeMax();
        int from = Math.max(1, Math.min(wanted, max));
        return IntStream.range(0, max)
                .flatMap(distance -> IntStream.of(from - distance, from + distance))
                .filter(size -> size >= 1 && size <= max && fits(size))
                .findFirst();
    }

    private boolean fits(int poolSize) {
        return (long) tiers.portsPerInstance(poolSize) * poolSize <= range.size();
    }

    /**
     * Returns the classic table on ports 1,024-65,535, the upper part reclaimed.
     *
     * @return the defaults of rules P1-P5
     */
    public static AllocationRules classic() {
        return of(TierTable.classic());
    }

    /**
     * Returns the default rules with another table.
     *
     * @param tiers ports per instance by pool size
     * @return ports 1,024-65,535, the upper part reclaimed
     */
    public static AllocationRules of(TierTable tiers) {
        return new AllocationRules(tiers, EPHEMERAL, ReclaimedPart.UPPER, 0);
    }

    /**
     * Returns these rules with another port range.
     *
     * @param range the ports of a frontend that instances can own
     * @return the new rules
     */
    public AllocationRules withRange(PortRange range) {
        return new AllocationRules(tiers, range, reclaimedPart, seed);
    }

    /**
     * Returns these rules with another reading of P5.
     *
     * @param part which ports go
     * @param seed what {@link ReclaimedPart#RANDOM} draws from
     * @return the new rules
     */
    public AllocationRules withReclaimedPart(ReclaimedPart part, long seed) {
        return new AllocationRules(tiers, range, part, seed);
    }
}
