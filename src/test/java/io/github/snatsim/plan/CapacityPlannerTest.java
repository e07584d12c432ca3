package io.github.snatsim.plan;

import static io.github.snatsim.plan.Plans.FIN_HOLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.SnatSetup;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityPlannerTest {
    private static final Distribution NO_TIME = Distribution.fixed(Duration.ZERO);

    @Test
    void m2_portsForEvenArrivalsAreExact() {
        Demand demand = Demand.even(Rate.perSecond(1), Duration.ZERO, FIN_HOLD);

        PortCapacity capacity = CapacityPlanner.capacity(demand, 256, 0);

        assertThat(capacity.portsNeeded()).hasValue(240);
        assertThat(capacity.headroomPorts()).hasValue(16);
        assertThat(capacity.refusedShare()).isZero();
        assertThat(capacity.rateMax()).contains(new Rate(256, FIN_HOLD.toNanos()));
        assertThat(capacity.loadMultipleMax()).isCloseTo(256 / 240.0, within(1e-12));
        assertThat(capacity.busyNanosMax()).hasValue(Duration.ofSeconds(256).toNanos());
        assertThat(capacity.holdSecondsMax()).hasValue(256);
        assertThat(capacity.firstRefusalNanos()).isEmpty();
        assertThat(CapacityPlanner.capacity(demand, 128, 0).firstRefusalNanos())
                .hasValue(Duration.ofSeconds(128).toNanos());
        assertThat(demand.caveats()).isEmpty();
    }

    /** 256 ports: 240 in use at 1/s; at 2/s one more is taken each second, and the 17th finds none after 16.5 s. */
    @Test
    void m2_timeToExhaustionAfterAChange() {
        Demand before = Demand.even(Rate.perSecond(1), Duration.ZERO, FIN_HOLD);

        assertThat(CapacityPlanner.firstRefusalNanos(before, before.times(2), 256))
                .hasValue(Duration.ofMillis(16_500).toNanos());
        assertThat(CapacityPlanner.firstRefusalNanos(before, before, 256)).isEmpty();
        assertThat(CapacityPlanner.firstRefusalNanos(before, before, 128)).hasValue(0);
        Demand longer = Demand.even(Rate.perSecond(1), Duration.ofSeconds(1), FIN_HOLD);
        Demand poisson = Demand.poisson(1, NO_TIME, FIN_HOLD);
        assertThatIllegalArgumentException().isThrownBy(() -> CapacityPlanner.firstRefusalNanos(before, longer, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CapacityPlanner.firstRefusalNanos(before, poisson, 1));
    }

    /** With a target above none a part of every 240 arrivals may be refused. */
    @Test
    void m2_evenArrivalsWithATarget() {
        Demand demand = Demand.even(Rate.perSecond(1), Duration.ZERO, FIN_HOLD);

        assertThat(CapacityPlanner.portsNeeded(demand, 0.1)).hasValue(216);
        assertThat(CapacityPlanner.refusedShare(demand, 216)).isEqualTo(0.1);
        assertThat(CapacityPlanner.capacity(demand, 216, 0.1).rateMax()).contains(Rate.perSecond(1));
    }

    @Test
    void m2_poissonArrivalsFollowErlang() {
        Demand demand = Demand.poisson(2, Plans.exponential(240), FIN_HOLD);

        PortCapacity capacity = CapacityPlanner.capacity(demand, 1_024, 1e-3);

        assertThat(demand.erlangs()).isCloseTo(960, within(1e-9));
        assertThat(capacity.refusedShare())
                .isCloseTo(1.57654807774e-03, withinPercentage(1e-8)); // erlang_b_scenarios.csv
        int needed = capacity.portsNeeded().orElseThrow();
        assertThat(ErlangB.blocking(needed, 960)).isLessThanOrEqualTo(1e-3);
        assertThat(ErlangB.blocking(needed - 1, 960)).isGreaterThan(1e-3);
        assertThat(capacity.headroomPorts()).hasValue(1_024 - needed);
        double most = capacity.loadMultipleMax();
        assertThat(ErlangB.blocking(1_024, 960 * most)).isCloseTo(1e-3, withinPercentage(1e-6));
        assertThat(capacity.perSecondMax()).isCloseTo(2 * most, within(1e-12));
        assertThat(capacity.holdSecondsMax().orElseThrow()).isCloseTo(480 * most - 240, within(1e-9));
        assertThat(capacity.rateMax()).isEmpty();
    }

    @Test
    void m2_longLifetimesLeaveNoHold() {
        PortCapacity capacity = CapacityPlanner.capacity(Demand.poisson(1, Plans.exponential(100), FIN_HOLD), 8, 1e-3);

        assertThat(capacity.holdSecondsMax()).isEmpty();
        assertThat(capacity.loadMultipleMax()).isLessThan(0.1);
    }

    @ParameterizedTest(name = "{0} instances")
    @CsvFileSource(resources = "/expected/tiers.csv", numLinesToSkip = 1)
    void p9_poolsOwnWhatTheTableSays(int instances, String portsPerInstance, Integer portsTotal) {
        FeasiblePools pools =
                CapacityPlanner.feasiblePools(Demand.poisson(1, NO_TIME, FIN_HOLD), TierTable.classic(), 0.5);
        if (portsTotal == null || instances == 0) {
            assertThatIllegalArgumentException().isThrownBy(() -> pools.size(instances));
            return;
        }

        PoolSize.Allotment normal = pools.size(instances).normal();

        assertThat(normal.portsPerInstance()).isEqualTo(Integer.parseInt(portsPerInstance));
        assertThat(normal.portsTotal()).isEqualTo(portsTotal.longValue());
        assertThat(normal.publicIps()).isEqualTo(1);
    }

    /** 190 connections/s in all: 50 instances carry that with 51,200 ports, 51 to 95 do not, with half as many each. */
    @Test
    void p9_oneInstanceMoreCanBeWorse() {
        Demand total = Demand.even(Rate.perSecond(190), Duration.ZERO, FIN_HOLD);

        FeasiblePools pools = CapacityPlanner.feasiblePools(total, TierTable.classic(), 0);

        assertThat(pools.contains(50)).isTrue();
        assertThat(pools.contains(51)).isFalse();
        assertThat(pools.size(51).normal().refusedShare()).isPositive();
        assertThat(pools.sizesThatGrowingBreaks()).containsExactly(50, 100, 200);
        assertThat(pools.normal())
                .extracting(
                        range -> range.smallest().instances(),
                        range -> range.largest().instances())
                .containsExactly(tuple(45, 50), tuple(90, 100), tuple(179, 200), tuple(357, 400));
    }

    @Test
    void p8_onlyPoolsUpTo25LoseNothingInARedeployment() {
        FeasiblePools pools =
                CapacityPlanner.feasiblePools(Demand.poisson(1, NO_TIME, FIN_HOLD), TierTable.classic(), 0.01);

        assertThat(IntStream.rangeClosed(1, 400).filter(size -> pools.size(size).portsLostPerInstance() == 0))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 25).boxed().toList());
        assertThat(pools.size(300).redeploying()).satisfies(reported -> {
            assertThat(reported.reportedSize()).isEqualTo(600);
            assertThat(reported.portsPerInstance()).isEqualTo(64);
        });
    }

    /** Every size from 1 to 1,000 asked one by one, in normal life and at twice the size. */
    @ParameterizedTest
    @CsvSource({"classic", "resourceManager"})
    void m2_feasiblePoolsAreAllThereAre(String name) {
        TierTable table = name.equals("classic") ? TierTable.classic() : TierTable.resourceManager();
        long seed = 20_260_214;
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            Rate rate = new Rate(1 + random.nextInt(300), 1_000_000_000L + random.nextInt(9) * 100_000_000L);
            boolean even = i % 2 == 0;
            double target = even && i % 4 == 0 ? 0 : StrictMath.pow(10, -1 - 5 * random.nextDouble());
            Demand total = even
                    ? Demand.even(rate, Duration.ofSeconds(random.nextInt(60)), FIN_HOLD)
                    : Demand.poisson(rate.perSecond(), Plans.exponential(1 + random.nextInt(60)), FIN_HOLD);
            FeasiblePools pools = CapacityPlanner.feasiblePools(total, table, target);
            for (int size = 1; size <= table.poolSizeMax(); size++) {
                String what = "seed %d, case %d, size %d".formatted(seed, i, size);
                assertThat(pools.contains(size))
                        .as(what)
                        .isEqualTo(fits(total, size, table.portsPerInstance(size), target));
                assertThat(pools.containsRedeploying(size))
                        .as(what)
                        .isEqualTo(fits(total, size, table.portsPerInstanceReported(2 * size), target));
            }
        }
    }

    private static boolean fits(Demand total, int instances, int ports, double target) {
        DemandPart part = total.parts().get(0);
        if (total.exactPart().isPresent()) {
            long busy = part.busy().constantNanos().orElseThrow();
            long within = 0; // arrivals at one instance before its first port is free again, counted by their times
            Rate rate = part.rate();
            while (within <= ports * 12L && rate.timeNanos(within * instances) < busy) {
                within++;
            }
            return within <= ports || (double) (within - ports) / within <= target;
        }
        return ErlangB.blocking(ports, total.erlangs() / instances) <= target;
    }

    @Test
    void m2_fixedPortsNeedMorePublicIps() {
        FeasiblePools pools = CapacityPlanner.feasiblePools(
                Demand.even(Rate.perSecond(1_000), Duration.ZERO, FIN_HOLD), TierTable.fixed(1_024), 0);

        assertThat(pools.normal()).singleElement().satisfies(range -> {
            assertThat(range.smallest().instances()).isEqualTo(235); // 240,000 ports
            assertThat(range.smallest().normal().publicIps()).isEqualTo(4);
        });
    }

    @Test
    void m2_noPoolIsEnoughForTooMuch() {
        Demand total = Demand.even(Rate.perSecond(1_000), Duration.ZERO, FIN_HOLD);

        assertThat(CapacityPlanner.feasiblePools(total, TierTable.resourceManager(), 0)
                        .normal())
                .isEmpty();
    }

    /** A fixed 80 % is right near 128 ports only. */
    @Test
    void m2_alertsDependOnTheSizeOfTheBlock() {
        ImmutableList<AlertThreshold> rows = CapacityPlanner.alertThresholds(TierTable.resourceManager(), 1e-3);

        assertThat(rows).extracting(AlertThreshold::ports).containsExactly(1_024, 512, 256, 128, 64, 32);
        assertThat(rows).extracting(AlertThreshold::portUsePercent).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(rows.get(3).portUsePercent()).isCloseTo(80, within(2.0));
        assertThat(rows.get(0).portUsePercent()).isGreaterThan(90);
        assertThat(rows.get(5).portUsePercent()).isLessThan(65);
        assertThat(rows).allSatisfy(row -> {
            assertThat(ErlangB.blocking(row.ports(), row.erlangs())).isCloseTo(1e-3, withinPercentage(1e-6));
            assertThat(row.portsUsedMean()).isCloseTo(row.erlangs() * 0.999, withinPercentage(1e-6));
        });
    }

    @Test
    void m2_lawsOfLoadAndPorts() {
        long seed = 20_250_919;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Demand demand = i % 2 == 0
                    ? Demand.even(
                            new Rate(1 + random.nextInt(50), 1_000_000_007),
                            Duration.ofMillis(random.nextInt(9_999)),
                            FIN_HOLD)
                    : Demand.poisson(
                            0.1 + 9 * random.nextDouble(), Plans.exponential(1 + random.nextInt(300)), FIN_HOLD);
            int ports = 1 + random.nextInt(2_000);
            double share = CapacityPlanner.refusedShare(demand, ports);
            assertThat(CapacityPlanner.refusedShare(demand, ports + 1))
                    .as("seed %d: one port more", seed)
                    .isLessThanOrEqualTo(share);
            assertThat(CapacityPlanner.refusedShare(demand.times(2), ports))
                    .as("seed %d: twice the load", seed)
                    .isGreaterThanOrEqualTo(share);
            assertThat(CapacityPlanner.refusedShare(demand.sharedBy(2), ports))
                    .as("seed %d: half the load", seed)
                    .isLessThanOrEqualTo(share);
        }
    }

    @Test
    void m2_loadPlanDoublesTheLoadAndFindsWhereItBreaks() {
        Client client = Plans.poisson(Rate.perSecond(1))
                .withLifetime(Plans.exponential(10))
                .withKeepalive(Duration.ofMinutes(1));
        Scenario scenario = Scenario.of(SnatSetup.pool(), 50, Workload.of(client), Duration.ofHours(9));

        LoadPlan plan = CapacityPlanner.loadPlan(scenario, 1e-3, 3);

        assertThat(plan.steps()).extracting(LoadPlan.LoadStep::multiple).containsExactly(1L, 2L, 4L, 8L);
        assertThat(plan.steps().get(2).refusedShare()).isCloseTo(ErlangB.blocking(1_024, 1_000), within(1e-9));
        assertThat(plan.steps().get(2).refusedShareRedeploying()).isCloseTo(ErlangB.blocking(512, 1_000), within(1e-9));
        assertThat(plan.steps().get(0).headroomPortsMin()).hasValue(1_024 - ErlangB.ports(250, 1e-3));
        assertThat(plan.loadMultipleMax()).isCloseTo(ErlangB.erlangs(1_024, 1e-3) / 250, withinPercentage(1e-9));
        assertThat(plan.loadMultipleMaxRedeploying())
                .isCloseTo(ErlangB.erlangs(512, 1e-3) / 250, withinPercentage(1e-9));
        assertThat(plan.caveats())
                .containsExactlyInAnyOrder(Caveat.FIRST_HOLD_PERIOD, Caveat.NEARLY_CONSTANT_BUSY_TIME);
    }

    @Test
    void c8_poolTakesNoMorePortsThanItIsLarge() {
        Client pooled = Plans.poisson(Rate.perSecond(100))
                .withLifetime(Plans.exponential(10))
                .withConnections(Connections.pool(200));
        Demand demand = onlyDemand(pooled);

        assertThat(demand.portsMax()).hasValue(200);
        assertThat(CapacityPlanner.portsNeeded(demand, 1e-3)).hasValue(200);
        assertThat(CapacityPlanner.refusedShare(demand, 200)).isZero();
        assertThat(CapacityPlanner.capacity(demand, 200, 1e-3).loadMultipleMax())
                .isInfinite();
        assertThat(CapacityPlanner.capacity(demand, 100, 1e-3).refusedShare()).isGreaterThan(0.8);
    }

    @Test
    void c8_poolLeavesTheRestToOthers() {
        Client pooled = Plans.poisson(Rate.perSecond(1)).withConnections(Connections.pool(100));
        Client other = new Client(
                "other",
                pooled.arrivals(),
                pooled.destinations(),
                Connections.perRequest(),
                Plans.exponential(60),
                pooled.close(),
                Optional.of(Duration.ofMinutes(1)),
                pooled.retry(),
                pooled.timing());
        Demand demand = InstanceDemand.of(Plans.scenario(512, Duration.ofHours(1), pooled, other))
                .get(0)
                .demands()
                .get(0);

        assertThat(CapacityPlanner.portsNeeded(demand, 1e-3)).hasValue(100 + ErlangB.ports(300, 1e-3));
        assertThat(CapacityPlanner.refusedShare(demand, 400)).isCloseTo(ErlangB.blocking(300, 300), within(1e-9));
        assertThat(CapacityPlanner.refusedShare(demand, 100)).isEqualTo(1);
    }

    /** Without reuse 100/s would need some 24,000 ports; with it, those of the requests at once. C8's law. */
    @Test
    void c8_reuseNeedsNoMoreThanConnectionPerRequest() {
        Client client = Plans.poisson(Rate.perSecond(100)).withLifetime(Plans.exponential(1));

        int without = CapacityPlanner.portsNeeded(onlyDemand(client), 1e-3).orElseThrow();
        int with = CapacityPlanner.portsNeeded(onlyDemand(client.withConnections(Connections.reuse())), 1e-3)
                .orElseThrow();

        assertThat(without).isGreaterThan(24_000);
        assertThat(with).isEqualTo(ErlangB.ports(100, 1e-3));
    }

    private static Demand onlyDemand(Client client) {
        List<Demand> demands = InstanceDemand.of(Plans.scenario(512, Duration.ofHours(1), client))
                .get(0)
                .demands();
        assertThat(demands).hasSize(1);
        return demands.get(0);
    }

    @Test
    void edges() {
        Demand poisson = Demand.poisson(1, NO_TIME, FIN_HOLD);
        Demand endless = Demand.poisson(1, new Distribution.Pareto(Duration.ofSeconds(1), 1), FIN_HOLD);

        assertThatIllegalArgumentException().isThrownBy(() -> CapacityPlanner.portsNeeded(poisson, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> CapacityPlanner.portsNeeded(poisson, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CapacityPlanner.capacity(poisson, 0, 0.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Demand(ImmutableList.of(), ImmutableList.of(), poisson.caveats()));
        assertThat(CapacityPlanner.portsNeeded(endless, 0.1)).isEmpty();
        assertThat(CapacityPlanner.refusedShare(endless, 1_024)).isEqualTo(1);
        assertThat(CapacityPlanner.capacity(endless, 1_024, 0.1)).satisfies(capacity -> {
            assertThat(capacity.loadMultipleMax()).isZero();
            assertThat(capacity.busySecondsMax()).isZero();
            assertThat(capacity.holdSecondsMax()).isEmpty();
        });
        assertThat(endless.caveats()).contains(Caveat.NO_MEAN);
    }
}
