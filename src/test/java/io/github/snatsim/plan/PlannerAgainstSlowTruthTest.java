package io.github.snatsim.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

/** Rule M2 against {@link SlowTruth}: 220 random cases, in which every number of ports and every size of a pool is tried. */
class PlannerAgainstSlowTruthTest {
    private static final long SEED = 20_260_417;

    /** Ports by size, as {@link #TIERS} has them; beyond the end the last row counts (P8). */
    private static final int[] PORTS_BY_SIZE = {
        0, 40, 40, 40, 40, 32, 32, 32, 32, 24, 24, 24, 24, 24, 24, 24, 16, 16, 16, 16, 16, 8, 8, 8, 8, 8, 8, 8, 8
    };

    private static final TierTable TIERS = TierTable.of(ImmutableList.of(
            new TierTable.Tier(1, 4, 40),
            new TierTable.Tier(5, 8, 32),
            new TierTable.Tier(9, 15, 24),
            new TierTable.Tier(16, 20, 16),
            new TierTable.Tier(21, 28, 8)));

    /** The fewest ports from 0 on with which no more is refused than the target. */
    private static int fewest(IntToDoubleFunction shareOfPorts, double target) {
        int ports = 0;
        while (shareOfPorts.applyAsDouble(ports) > target) {
            ports++;
        }
        return ports;
    }

    private static Rate rate(Random random) {
        return new Rate(1 + random.nextInt(9), 1_000_000_000L * (1 + random.nextInt(5)));
    }

    /** None, or one that no share of whole arrivals meets exactly. */
    private static double target(Random random) {
        return random.nextInt(3) == 0 ? 0 : random.nextDouble() / 2 + 1e-4;
    }

    @Test
    void m2_portsForEvenArrivalsAreTheFewest() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100; i++) {
            Rate rate = rate(random);
            Duration lifetime = Duration.ofMillis(random.nextInt(3_000));
            Duration hold = Duration.ofSeconds(random.nextInt(8));
            long busy = lifetime.plus(hold).toNanos();
            double target = target(random);
            Demand demand = Demand.even(rate, lifetime, hold);
            String what = "seed %d, case %d: %s, %s + %s, target %s".formatted(SEED, i, rate, lifetime, hold, target);

            int fewest = fewest(ports -> SlowTruth.evenShare(rate.count(), rate.perNanos(), busy, 1, ports), target);

            assertThat(CapacityPlanner.portsNeeded(demand, target)).as(what).hasValue(fewest);
            int some = 1 + random.nextInt(40);
            assertThat(CapacityPlanner.refusedShare(demand, some))
                    .as(what)
                    .isCloseTo(SlowTruth.evenShare(rate.count(), rate.perNanos(), busy, 1, some), within(1e-12));
            long longest =
                    CapacityPlanner.capacity(demand, some, 0).busyNanosMax().orElseThrow();
            assertThat(SlowTruth.even(rate.count(), rate.perNanos(), longest, 1, some, 400)
                            .refused())
                    .as(what)
                    .isZero();
            assertThat(SlowTruth.even(rate.count(), rate.perNanos(), longest + 1, 1, some, 400)
                            .refused())
                    .as(what)
                    .isPositive();
        }
    }

    @Test
    void m2_portsForPoissonArrivalsAreTheFewest() {
        Random random = new Random(SEED);
        for (int i = 0; i < 60; i++) {
            double perSecond = 0.05 + 3 * random.nextDouble();
            Duration mean = Duration.ofMillis(100 + random.nextInt(8_000));
            double target = StrictMath.pow(10, -5 * random.nextDouble()) * 0.9;
            Demand demand = Demand.poisson(perSecond, new Distribution.Exponential(mean), Duration.ZERO);
            String what = "seed %d, case %d: %s/s, %s, target %s".formatted(SEED, i, perSecond, mean, target);

            int fewest = fewest(ports -> SlowTruth.fullOf(perSecond, mean.toNanos() / 1e9, ports), target);

            assertThat(CapacityPlanner.portsNeeded(demand, target)).as(what).hasValue(fewest);
            assertThat(CapacityPlanner.refusedShare(demand, fewest))
                    .as(what)
                    .isCloseTo(SlowTruth.fullOf(perSecond, mean.toNanos() / 1e9, fewest), withinPercentage(1e-5));
        }
    }

    /** That a hold counts like a lifetime: the planner adds them up, the chain knows which ports are in which. */
    @Test
    void m2_aHoldTakesPortsLikeALifetime() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20; i++) {
            double perSecond = 0.05 + random.nextDouble();
            int openSeconds = 1 + random.nextInt(4);
            int holdSeconds = 1 + random.nextInt(3);
            double target = 0.02 + random.nextDouble() / 2;
            Demand demand = Demand.poisson(perSecond, Plans.exponential(openSeconds), Duration.ofSeconds(holdSeconds));

            int fewest = fewest(ports -> SlowTruth.fullOfTwoStages(perSecond, openSeconds, holdSeconds, ports), target);

            assertThat(CapacityPlanner.portsNeeded(demand, target))
                    .as(
                            "seed %d, case %d: %s/s, %d + %d s, target %s",
                            SEED, i, perSecond, openSeconds, holdSeconds, target)
                    .hasValue(fewest);
        }
    }

    @Test
    void p9_poolsForEvenArrivalsAreAllThereAre() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20; i++) {
            Rate rate = new Rate(20 + random.nextInt(60), 1_000_000_000L);
            Duration busy = Duration.ofMillis(500 + random.nextInt(4_000));
            double target = target(random) / 4;
            Demand total = Demand.even(rate, busy, Duration.ZERO);

            assertAllSizes(
                    CapacityPlanner.feasiblePools(total, TIERS, target),
                    target,
                    (size, ports) -> SlowTruth.evenShare(rate.count(), rate.perNanos(), busy.toNanos(), size, ports),
                    "case %d: %s, %s, target %s".formatted(i, rate, busy, target));
        }
    }

    @Test
    void p9_poolsForPoissonArrivalsAreAllThereAre() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20; i++) {
            double perSecond = 20 + 60 * random.nextDouble();
            Duration mean = Duration.ofMillis(500 + random.nextInt(3_000));
            double target = StrictMath.pow(10, -1 - 3 * random.nextDouble());
            Demand total = Demand.poisson(perSecond, new Distribution.Exponential(mean), Duration.ZERO);

            assertAllSizes(
                    CapacityPlanner.feasiblePools(total, TIERS, target),
                    target,
                    (size, ports) -> SlowTruth.fullOf(perSecond / size, mean.toNanos() / 1e9, ports),
                    "case %d: %s/s, %s, target %s".formatted(i, perSecond, mean, target));
        }
    }

    /** The ranges, as lists of sizes, and where growing breaks a pool. */
    private static void assertAllSizes(
            FeasiblePools pools, double target, ToDoubleBiFunction<Integer, Integer> share, String what) {
        int last = PORTS_BY_SIZE.length - 1;
        List<Integer> normal = new ArrayList<>();
        List<Integer> redeploying = new ArrayList<>();
        for (int size = 1; size <= last; size++) {
            if (share.applyAsDouble(size, PORTS_BY_SIZE[size]) <= target) {
                normal.add(size);
            }
            if (share.applyAsDouble(size, PORTS_BY_SIZE[Math.min(last, 2 * size)]) <= target) {
                redeploying.add(size);
            }
        }
        List<Integer> broken = normal.stream()
                .filter(size -> size < last && !normal.contains(size + 1))
                .toList();

        assertThat(sizes(pools.normal())).as("seed %d, %s", SEED, what).isEqualTo(normal);
        assertThat(sizes(pools.redeploying()))
                .as("seed %d, %s, redeploying", SEED, what)
                .isEqualTo(redeploying);
        assertThat(pools.sizesThatGrowingBreaks()).as("seed %d, %s", SEED, what).isEqualTo(broken);
    }

    private static List<Integer> sizes(List<FeasiblePools.PoolRange> ranges) {
        List<Integer> sizes = new ArrayList<>();
        for (FeasiblePools.PoolRange range : ranges) {
            for (int size = range.smallest().instances();
                    size <= range.largest().instances();
                    size++) {
                sizes.add(size);
            }
        }
        return sizes;
    }
}
