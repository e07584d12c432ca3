package io.github.snatsim.port;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableRangeMap;
import com.google.common.collect.Range;

/**
 * How many SNAT ports each instance owns, by the size of its pool (rules P1, P2). Immutable; threads may share it.
 *
 * <p>Capacity is a saw-tooth (rule P9): 50 instances of the classic table own 51,200 ports together, 51 own 26,112.
 */
public final class TierTable {
    /**
     * One row of the table.
     *
     * @param poolSizeMin the smallest pool of the tier
     * @param poolSizeMax the largest pool of the tier
     * @param portsPerInstance ports that each instance of such a pool owns, per frontend and protocol
     */
    public record Tier(int poolSizeMin, int poolSizeMax, int portsPerInstance) {
        /**
         * Checks the row.
         *
         * @param poolSizeMin the smallest pool of the tier
         * @param poolSizeMax the largest pool of the tier
         * @param portsPerInstance ports that each instance of such a pool owns, per frontend and protocol
         * @throws IllegalArgumentException if the row is empty or gives no port
         */
        public Tier {
            if (poolSizeMin < 1 || poolSizeMax < poolSizeMin || portsPerInstance < 1) {
                throw new IllegalArgumentException(
                        "not a tier: pools of " + poolSizeMin + "-" + poolSizeMax + ", " + portsPerInstance + " ports");
            }
        }

        /**
         * Returns what the largest pool of the tier owns together.
         *
         * @return ports
         */
        public int portsOfLargestPool() {
            return Math.multiplyExact(poolSizeMax, portsPerInstance);
        }
    }

    /** Ports of a tier allocation come in blocks aligned to this many (rule P4). */
    static final int ALIGNMENT = 8;

    private static final TierTable CLASSIC = new TierTable(
            ImmutableList.of(
                    new Tier(1, 50, 1_024), new Tier(51, 100, 512), new Tier(101, 200, 256), new Tier(201, 400, 128)),
            "; the Resource Manager table goes up to 1,000",
            ALIGNMENT);

    private static final TierTable RESOURCE_MANAGER = new TierTable(
            ImmutableList.<Tier>builder()
                    .addAll(CLASSIC.tiers)
                    .add(new Tier(401, 800, 64), new Tier(801, 1_000, 32))
                    .build(),
            "",
            ALIGNMENT);

    private final ImmutableList<Tier> tiers;
    private final ImmutableRangeMap<Integer, Tier> byPoolSize;
    private final String wayOut;
    private final int alignment;

    private TierTable(ImmutableList<Tier> tiers, String wayOut, int alignment) {
        this.tiers = tiers;
        this.wayOut = wayOut;
        this.alignment = alignment;
        ImmutableRangeMap.Builder<Integer, Tier> rows = ImmutableRangeMap.builder();
        tiers.forEach(tier -> rows.put(Range.closed(tier.poolSizeMin(), tier.poolSizeMax()), tier));
        this.byPoolSize = rows.build();
    }

    /**
     * Returns the table of the classic deployment model: pools up to 400 (rule P1).
     *
     * @return 1-50: 1,024; 51-100: 512; 101-200: 256; 201-400: 128
     */
    public static TierTable classic() {
        return CLASSIC;
    }

    /**
     * Returns the table of Azure Resource Manager: the classic rows and two more, pools up to 1,000 (rule P2).
     *
     * @return as {@link #classic}, then 401-800: 64; 801-1,000: 32
     */
    public static TierTable resourceManager() {
        return RESOURCE_MANAGER;
    }

    /**
     * Returns a table of one's own.
     *
     * @param tiers the rows: the first begins at 1, each next one where the last ended; ports are multiples of 8 and
     *     fall from row to row
     * @return the table
     * @throws IllegalArgumentException if the rows do not follow each other like that
     */
    public static TierTable of(Iterable<Tier> tiers) {
        ImmutableList<Tier> rows = ImmutableList.copyOf(tiers);
        int next = 1;
        int portsMax = Integer.MAX_VALUE;
        for (Tier tier : rows) {
            if (tier.poolSizeMin() != next || tier.portsPerInstance() >= portsMax) {
                throw new IllegalArgumentException(tier + " does not follow: expected a tier from " + next
                        + " instances on with fewer than " + portsMax + " ports");
            }
            Violation.refuse(unaligned(tier, portsMax));
            next = tier.poolSizeMax() + 1;
            portsMax = tier.portsPerInstance();
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a tier table needs at least one tier");
        }
        return new TierTable(rows, "", ALIGNMENT);
    }

    /** P4: ports of a tier are a multiple of 8, and fewer than in the tier before. */
    private static ImmutableList<Violation> unaligned(Tier tier, int portsMax) {
        int ports = tier.portsPerInstance();
        int over = ports % ALIGNMENT;
        if (over == 0) {
            return ImmutableList.of();
        }
        int below = ports - over;
        int above = below + ALIGNMENT;
        boolean up = above < portsMax && (below == 0 || over > ALIGNMENT / 2);
        String nearest = up
                ? Integer.toString(above)
                : below > 0 ? Integer.toString(below) : "none below the " + portsMax + " of the tier before";
        return ImmutableList.of(new Violation(
                tier.poolSizeMin() + "-" + tier.poolSizeMax() + " instances with " + ports + " ports each",
                "a multiple of " + ALIGNMENT,
                "P4",
                nearest));
    }

    /**
     * Returns a table that gives every instance the same number of ports whatever the pool's size.
     *
     * @param portsPerInstance 1-65,535, any number
     * @return a table of one tier; how many instances fit is the port range's affair
     * @throws IllegalArgumentException if the number is out of range
     */
    public static TierTable fixed(int portsPerInstance) {
        Violation.refuse(
                Violation.ifOutside(portsPerInstance, 1, 65_535, portsPerInstance + " ports per instance", "P4"));
        return new TierTable(ImmutableList.of(new Tier(1, 65_535, portsPerInstance)), "", 1);
    }

    /**
     * Returns the ports that each instance of a pool owns, per frontend and protocol (rules P1-P3).
     *
     * @param poolSize how many instances share the public IP; 0 is legal and gives 0
     * @return ports per instance
     * @throws IllegalArgumentException if the size is negative or above {@link #poolSizeMax}
     */
    public int portsPerInstance(int poolSize) {
        return poolSize == 0 ? 0 : tier(poolSize).portsPerInstance();
    }

    /**
     * Returns the tier that a pool falls into.
     *
     * @param poolSize how many instances share the public IP, at least 1
     * @return its row
     * @throws IllegalArgumentException if the size is below 1 or above {@link #poolSizeMax}
     */
    public Tier tier(int poolSize) {
        Tier tier = byPoolSize.get(poolSize);
        if (tier == null) {
            throw new ViolationException(ImmutableList.of(unknown(poolSize)));
        }
        return tier;
    }

    private Violation unknown(int poolSize) {
        return new Violation(
                "a pool of " + poolSize + " instances",
                "1-" + poolSizeMax() + (poolSize > 0 ? wayOut : ""),
                "P2",
                Integer.toString(Math.max(1, Math.min(poolSize, poolSizeMax()))));
    }

    /**
     * Checks that the table knows a pool size.
     *
     * @param poolSize how many instances share the public IP; 0 is legal
     * @return the violation of P2, none if it does
     */
    public ImmutableList<Violation> violations(int poolSize) {
        return poolSize == 0 || byPoolSize.get(poolSize) != null
                ? ImmutableList.of()
                : ImmutableList.of(unknown(poolSize));
    }

    /**
     * Returns the ports that each instance owns while a redeployment makes its pool look larger than it is (rule P8):
     * beyond this table the rows of {@link #resourceManager} count, beyond those the last row.
     *
     * @param reportedSize the size that is reported, at least 0
     * @return ports per instance
     * @throws IllegalArgumentException if the size is negative
     */
    public int portsPerInstanceReported(int reportedSize) {
        if (reportedSize <= poolSizeMax()) {
            return portsPerInstance(reportedSize);
        }
        TierTable beyond = poolSizeMax() < RESOURCE_MANAGER.poolSizeMax() ? RESOURCE_MANAGER : this;
        int ports = beyond.portsPerInstance(Math.min(reportedSize, beyond.poolSizeMax()));
        return Math.min(ports, portsPerInstance(poolSizeMax())); // a small table of one's own may end with fewer
    }

    /**
     * Returns the rows, smallest pools first.
     *
     * @return at least one row
     */
    public ImmutableList<Tier> tiers() {
        return tiers;
    }

    /**
     * Returns the largest pool that the table knows.
     *
     * @return instances
     */
    public int poolSizeMax() {
        return tiers.get(tiers.size() - 1).poolSizeMax();
    }

    /**
     * Returns the largest pools of every tier: growing past one of them takes ports away (rules P5, P9).
     *
     * @return pool sizes, smallest first, the table's end left out
     */
    public ImmutableList<Integer> boundaries() {
        return tiers.stream().limit(tiers.size() - 1L).map(Tier::poolSizeMax).collect(toImmutableList());
    }

    /** What the first port of an allocation must be a multiple of: 8 for tiers, 1 for a fixed number. */
    int alignment() {
        return alignment;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TierTable that && tiers.equals(that.tiers) && alignment == that.alignment;
    }

    @Override
    public int hashCode() {
        return tiers.hashCode();
    }

    /** Returns the rows as {@code 1-50: 1024, 51-100: 512, ...}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Tier tier : tiers) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(tier.poolSizeMin() + "-" + tier.poolSizeMax() + ": " + tier.portsPerInstance());
        }
        return text.toString();
    }
}
