package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Comparator;
import java.util.List;

/**
 * The sizes of a pool that carry the load of all instances at every destination (M2, P9). Immutable; threads may share it.
 *
 * @param poolSizeMax the largest pool that the tier table knows
 * @param normal the sizes in normal life, smallest first; each range as the destination has it that needs the most instances
 * @param redeploying the sizes that do also while a redeployment reports them at twice their size (P8)
 */
public record CommonPools(
        int poolSizeMax,
        ImmutableList<FeasiblePools.PoolRange> normal,
        ImmutableList<FeasiblePools.PoolRange> redeploying) {
    /** Ranges of one table that end at the same size lie in the same tier, and each reaches that tier's end. */
    static CommonPools of(List<FeasiblePools> pools) {
        return new CommonPools(
                pools.get(0).table().poolSizeMax(),
                common(pools.stream().map(FeasiblePools::normal).toList()),
                common(pools.stream().map(FeasiblePools::redeploying).toList()));
    }

    private static ImmutableList<FeasiblePools.PoolRange> common(List<ImmutableList<FeasiblePools.PoolRange>> all) {
        ImmutableList.Builder<FeasiblePools.PoolRange> common = ImmutableList.builder();
        for (FeasiblePools.PoolRange range : all.get(0)) {
            int end = range.largest().instances();
            List<FeasiblePools.PoolRange> sameTier = all.stream()
                    .flatMap(List::stream)
                    .filter(other -> other.largest().instances() == end)
                    .toList();
            if (sameTier.size() == all.size()) {
                common.add(sameTier.stream()
                        .max(Comparator.comparingInt(other -> other.smallest().instances()))
                        .orElseThrow());
            }
        }
        return common.build();
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

    /**
     * Returns the sizes that carry the load while one instance more does not (P9).
     *
     * @return normal sizes, smallest first, the table's end left out
     */
    public ImmutableSet<Integer> sizesThatGrowingBreaks() {
        return normal.stream()
                .map(range -> range.largest().instances())
                .filter(size -> size < poolSizeMax && !contains(size + 1))
                .collect(ImmutableSet.toImmutableSet());
    }
}
