package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.TierTable;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Every size of a pool that carries a total load within a target share of refusals. More instances can mean fewer ports each
 * and fewer together (P9), so the sizes need not follow each other: each range lies within one tier. Immutable; threads may
 * share it.
 *
 * @param total what all instances together are asked for
 * @param table ports per instance by pool size
 * @param targetShare the share that may be refused
 * @param normal the sizes that do in normal life, smallest first
 * @param redeploying the sizes that do also while a redeployment reports them at twice their size (P8)
 */
public record FeasiblePools(
        Demand total,
        TierTable table,
        double targetShare,
        ImmutableList<PoolRange> normal,
        ImmutableList<PoolRange> redeploying) {
    /**
     * Neighbouring sizes with the same ports per instance, all feasible. Immutable; threads may share it.
     *
     * @param smallest the first of them
     * @param largest the last of them
     */
    public record PoolRange(PoolSize smallest, PoolSize largest) {
        /**
         * Tells whether a size lies in the range.
         *
         * @param instances how many
         * @return true from the smallest to the largest
         */
        public boolean contains(int instances) {
            return instances >= smallest.instances() && instances <= largest.instances();
        }
    }

    private static final int REDEPLOYMENT_FACTOR = Deployment.FACTOR_MAX.intValueExact();

    static FeasiblePools of(Demand total, TierTable table, double targetShare) {
        FeasiblePools sizes = new FeasiblePools(total, table, targetShare, ImmutableList.of(), ImmutableList.of());
        return new FeasiblePools(
                total,
                table,
                targetShare,
                sizes.ranges(table::portsPerInstance),
                sizes.ranges(size -> table.portsPerInstanceReported(REDEPLOYMENT_FACTOR * size)));
    }

    /** Within a tier more instances have less to do each: two searches by halving for each tier. */
    private ImmutableList<PoolRange> ranges(IntUnaryOperator portsOf) {
        ImmutableList.Builder<PoolRange> ranges = ImmutableList.builder();
        int sizeMax = table.poolSizeMax();
        int first = 1;
        while (first <= sizeMax) {
            int ports = portsOf.applyAsInt(first);
            int beyond = firstOf(first, sizeMax + 1, size -> portsOf.applyAsInt(size) < ports);
            int smallest = firstOf(
                    first, beyond, size -> CapacityPlanner.refusedShare(total.sharedBy(size), ports) <= targetShare);
            if (smallest < beyond) {
                ranges.add(new PoolRange(size(smallest), size(beyond - 1)));
            }
            first = beyond;
        }
        return ranges.build();
    }

    /** The first number from {@code low} on for which a condition holds that holds ever after; {@code high} if none does. */
    private static int firstOf(int low, int high, IntPredicate condition) {
        int from = low;
        int to = high;
        while (from < to) {
            int middle = from + (to - from) / 2;
            if (condition.test(middle)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    /**
     * Returns any size, feasible or not.
     *
     * @param instances how many, 1 to the largest that the table knows
     * @return what each has and what it does with it
     * @throws IllegalArgumentException if the table does not know the size
     */
    public PoolSize size(int instances) {
        Demand each = total.sharedBy(instances);
        return new PoolSize(
                instances,
                each.perSecond(),
                each.erlangs(),
                allotment(each, instances, instances, table.tier(instances).portsPerInstance()),
                allotment(
                        each,
                        instances,
                        instances * REDEPLOYMENT_FACTOR,
                        table.portsPerInstanceReported(instances * REDEPLOYMENT_FACTOR)));
    }

    private PoolSize.Allotment allotment(Demand each, int instances, int reportedSize, int ports) {
        double refused = CapacityPlanner.refusedShare(each, ports);
        long total = (long) ports * instances;
        int perPublicIp = AllocationRules.EPHEMERAL.size();
        int publicIps = (int) ((total + perPublicIp - 1) / perPublicIp);
        return new PoolSize.Allotment(reportedSize, ports, total, publicIps, refused, refused <= targetShare);
    }

    /**
     * Returns the sizes that carry the load while one instance more does not: where growing breaks the pool (P9).
     *
     * @return normal sizes, smallest first, the table's end left out
     */
    public ImmutableList<Integer> sizesThatGrowingBreaks() {
        return normal.stream()
                .map(range -> range.largest().instances())
                .filter(size -> size < table.poolSizeMax() && !contains(size + 1))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * Tells whether a size carries the load.
     *
     * @param instances how many
     * @return true if one of the normal ranges has it
     */
    public boolean contains(int instances) {
        return normal.stream().anyMatch(range -> range.contains(instances));
    }

    /**
     * Tells whether a size carries the load during a redeployment, too.
     *
     * @param instances how many
     * @return true if one of the ranges for redeployments has it
     */
    public boolean containsRedeploying(int instances) {
        return redeploying.stream().anyMatch(range -> range.contains(instances));
    }
}
