package io.github.snatsim.port;

import io.github.snatsim.net.PortRange;

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
        if (range.first() % tiers.alignment() != 0) {
            throw new IllegalArgumentException(
                    "port range " + range + " must begin at a multiple of " + tiers.alignment());
        }
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
