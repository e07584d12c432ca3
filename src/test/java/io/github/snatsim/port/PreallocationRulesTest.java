package io.github.snatsim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.AllocationChange.InstanceChange;
import io.github.snatsim.port.AllocationChange.Membership;
import io.github.snatsim.port.TierTable.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of preallocation, one by one; P3 is a matter of flows. */
class PreallocationRulesTest {
    private static final AllocationRules CLASSIC = AllocationRules.classic();
    private static final AllocationRules RESOURCE_MANAGER = AllocationRules.of(TierTable.resourceManager());

    // P1, P2: the tables

    /** The rules' own words, apart from the code's table. */
    private static int portsBySize(int poolSize) {
        if (poolSize == 0) {
            return 0;
        }
        if (poolSize <= 50) {
            return 1_024;
        }
        if (poolSize <= 100) {
            return 512;
        }
        if (poolSize <= 200) {
            return 256;
        }
        if (poolSize <= 400) {
            return 128;
        }
        return poolSize <= 800 ? 64 : 32;
    }

    @Test
    void p1_portsPerInstanceByPoolSize() {
        for (int size = 1; size <= 400; size++) {
            assertThat(TierTable.classic().portsPerInstance(size))
                    .as("pool of %d", size)
                    .isEqualTo(portsBySize(size));
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/expected/tiers.csv", numLinesToSkip = 1)
    void p1_p2_p9_recordedTable(int instances, String portsPerInstance, Integer total) {
        PortAllocator allocator = new PortAllocator(CLASSIC);
        List<IpAddress> members = Instances.first(instances);
        if (portsPerInstance.equals("refused")) {
            assertThatIllegalArgumentException().isThrownBy(() -> allocator.resize(members));
            assertThat(total).isNull();
        } else {
            AllocationChange change = allocator.resize(members);

            assertThat(allocator.portsPerInstance())
                    .isEqualTo(Integer.parseInt(portsPerInstance))
                    .isEqualTo(change.portsPerInstanceAfter());
            assertThat(ports(allocator.allocation().values()).cardinality()).isEqualTo(total);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 800, 1_000, 1_001, Integer.MAX_VALUE})
    void p2_classicPoolAbove400IsRefusedWithTheLimitAndTheWayOut(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TierTable.classic().portsPerInstance(size))
                .withMessageContaining("pool of " + size + " instances")
                .withMessageContaining("-400")
                .withMessageContaining("Resource Manager")
                .withMessageContaining("1,000");
    }

    @Test
    void p2_refusedResizeChangesNothing() {
        PortAllocator allocator = grown(CLASSIC, 400);
        ImmutableMap<IpAddress, PortSet> before = allocator.allocation();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> allocator.resize(Instances.first(401)))
                .withMessageContaining("400")
                .withMessageContaining("Resource Manager")
                .withMessageContaining("1,000");
        assertThat(allocator.allocation()).isEqualTo(before);
        assertThat(allocator.portsPerInstance()).isEqualTo(128);
    }

    @Test
    void p2_resourceManagerTableGoesOnTo1000() {
        for (int size = 0; size <= 1_000; size++) {
            assertThat(TierTable.resourceManager().portsPerInstance(size))
                    .as("pool of %d", size)
                    .isEqualTo(portsBySize(size));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TierTable.resourceManager().portsPerInstance(1_001))
                .withMessageContaining("pool of 1001 instances")
                .withMessageContaining("-1000");
    }

    @Test
    void p2_emptyPoolIsLegalAndOwnsNothing() {
        PortAllocator allocator = new PortAllocator(CLASSIC);
        AllocationChange change = allocator.resize(List.of());

        assertThat(change).isEqualTo(new AllocationChange(0, 0, 0, 0, ImmutableList.of()));
        assertThat(TierTable.classic().portsPerInstance(0)).isZero();
        assertThat(allocator.portsPerInstance()).isZero();
        assertThat(allocator.allocation()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -50, Integer.MIN_VALUE})
    void p2_negativePoolIsAnError(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TierTable.classic().portsPerInstance(size))
                .withMessageContaining("pool of " + size + " instances");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TierTable.resourceManager().portsPerInstance(size))
                .withMessageContaining("pool of " + size + " instances");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortAllocator(CLASSIC).resize(List.of(), size))
                .withMessageContaining(Integer.toString(size));
    }

    // P4: where the ports lie

    @Test
    void p4_everyPoolSizeFitsAlignedAndDisjoint() {
        for (int size = 1; size <= 1_000; size++) {
            PortAllocator fresh = new PortAllocator(size <= 400 ? CLASSIC : RESOURCE_MANAGER);
            AllocationChange change = fresh.resize(Instances.first(size));

            assertThat(change.instances()).as("pool of %d", size).hasSize(size);
            checkAlignedAndDisjoint(fresh, size);
        }
    }

    @ParameterizedTest
    @EnumSource(ReclaimedPart.class)
    void p4_poolGrownOneByOneStaysAlignedAndDisjoint(ReclaimedPart part) {
        PortAllocator allocator = new PortAllocator(RESOURCE_MANAGER.withReclaimedPart(part, 7));
        for (int size = 1; size <= 1_000; size++) {
            AllocationChange change = allocator.resize(Instances.first(size));

            assertThat(change.poolSizeAfter()).isEqualTo(size);
            // look at both sides of each boundary and at some pools between
            if (size % 50 <= 1) {
                checkAlignedAndDisjoint(allocator, size);
            }
        }
    }

    private static void checkAlignedAndDisjoint(PortAllocator allocator, int size) {
        BitSet taken = new BitSet();
        for (PortSet owned : allocator.allocation().values()) {
            assertThat(owned.size()).as("pool of %d", size).isEqualTo(portsBySize(size));
            for (PortRange range : owned.ranges()) {
                boolean legal = range.first() >= 1_024
                        && range.last() <= 65_535
                        && range.first() % 8 == 0
                        && range.size() % 8 == 0
                        && taken.get(range.first(), range.last() + 1).isEmpty();
                assertThat(legal)
                        .as("pool of %d: %s lies in 1024-65535, is aligned to 8 and owned once", size, range)
                        .isTrue();
                taken.set(range.first(), range.last() + 1);
            }
        }
        assertThat(taken.cardinality()).as("ports of a pool of %d", size).isEqualTo(size * portsBySize(size));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "65535", "1-3", "40001-40007"})
    void p4_explicitRangeOfAnySizeIsUsedToItsLastPort(String text) {
        PortRange range = PortRange.parse(text);
        PortAllocator allocator =
                new PortAllocator(AllocationRules.of(TierTable.fixed(1)).withRange(range));
        AllocationChange change = allocator.resize(Instances.first(range.size()));

        assertThat(change.instances()).hasSize(range.size());
        assertThat(ports(allocator.allocation().values()).stream())
                .containsExactlyElementsOf(IntStream.rangeClosed(range.first(), range.last())
                        .boxed()
                        .toList());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> allocator.resize(Instances.first(range.size() + 1)))
                .withMessageContaining(range.toString());
    }

    // P5: the pool grows into a higher tier

    @Test
    void p5_growthReclaimsTheUpperHalf() {
        PortAllocator allocator = grown(CLASSIC, 50);
        ImmutableMap<IpAddress, PortSet> before = allocator.allocation();
        AllocationChange change = allocator.resize(Instances.first(51));

        assertThat(change.portsPerInstanceBefore()).isEqualTo(1_024);
        assertThat(change.portsPerInstanceAfter()).isEqualTo(512);
        assertThat(stayed(change)).hasSize(50).allSatisfy(instance -> {
            PortSet owned = before.get(instance.instance());
            assertThat(instance.before()).isEqualTo(owned);
            assertThat(instance.after()).isEqualTo(owned.lowest(512));
            assertThat(instance.reclaimed()).isEqualTo(owned.highest(512));
            assertThat(instance.gained()).isEqualTo(PortSet.empty());
            assertThat(allocator.portsOf(instance.instance())).isEqualTo(instance.after());
        });
    }

    @Test
    void p5_lowerHalfCanBeSelected() {
        PortAllocator allocator = grown(CLASSIC.withReclaimedPart(ReclaimedPart.LOWER, 0), 50);
        AllocationChange change = allocator.resize(Instances.first(51));

        assertThat(stayed(change)).hasSize(50).allSatisfy(instance -> {
            assertThat(instance.reclaimed()).isEqualTo(instance.before().lowest(512));
            assertThat(instance.after()).isEqualTo(instance.before().highest(512));
        });
    }

    @Test
    void p5_randomHalfIsDrawnBySeed() {
        List<ImmutableMap<IpAddress, PortSet>> drawn = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            PortAllocator allocator = grown(CLASSIC.withReclaimedPart(ReclaimedPart.RANDOM, seed), 50);
            AllocationChange change = allocator.resize(Instances.first(51));

            assertThat(stayed(change)).as("seed %d", seed).hasSize(50).allSatisfy(instance -> {
                assertThat(instance.reclaimed().size()).isEqualTo(512);
                assertThat(instance.gained().isEmpty()).isTrue();
                // neither half as a whole: 64 of 128 blocks were drawn
                assertThat(instance.after())
                        .isNotEqualTo(instance.before().lowest(512))
                        .isNotEqualTo(instance.before().highest(512));
            });
            drawn.add(allocator.allocation());
        }
        assertThat(drawn.get(1)).as("same seed").isEqualTo(drawn.get(0));
        assertThat(drawn.get(2)).as("another seed").isNotEqualTo(drawn.get(0));
    }

    @ParameterizedTest
    @EnumSource(ReclaimedPart.class)
    void p5_newcomersAreServedAtOnceFromWhatWasReclaimed(ReclaimedPart part) {
        for (int size : new int[] {51, 52, 75, 100}) {
            PortAllocator allocator = grown(CLASSIC.withReclaimedPart(part, 3), 50);
            AllocationChange change = allocator.resize(Instances.first(size));
            BitSet reclaimed =
                    ports(stayed(change).stream().map(InstanceChange::reclaimed).toList());

            List<InstanceChange> joined = with(Membership.JOINED, change);
            assertThat(joined).hasSize(size - 50).allSatisfy(newcomer -> {
                assertThat(newcomer.before().isEmpty()).isTrue();
                assertThat(newcomer.after().size()).isEqualTo(512);
                BitSet elsewhere = ports(List.of(newcomer.after()));
                elsewhere.andNot(reclaimed);
                assertThat(elsewhere).as("ports that nobody lost").isEqualTo(new BitSet());
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 51, 512",
        "50, 101, 256",
        "50, 201, 128",
        "10, 400, 128",
        "50, 401, 64",
        "50, 801, 32",
        "50, 1000, 32",
        "100, 801, 32",
        "400, 801, 32"
    })
    void p5_jumpOverTiersLandsOnTheFinalValue(int from, int to, int portsAfter) {
        PortAllocator allocator = grown(RESOURCE_MANAGER, from);
        AllocationChange change = allocator.resize(Instances.first(to));

        assertThat(change.portsPerInstanceAfter()).isEqualTo(portsAfter);
        assertThat(change.instances()).hasSize(to);
        assertThat(allocator.allocation().values())
                .allSatisfy(owned -> assertThat(owned.size()).isEqualTo(portsAfter));
        assertThat(stayed(change))
                .hasSize(from)
                .allSatisfy(instance -> assertThat(instance.after())
                        .as("what the upper parts leave")
                        .isEqualTo(instance.before().lowest(portsAfter)));
    }

    @ParameterizedTest
    @EnumSource(ReclaimedPart.class)
    void p5_keptPortsAreUntouched(ReclaimedPart part) {
        PortAllocator allocator = grown(CLASSIC.withReclaimedPart(part, 5), 50);
        ImmutableMap<IpAddress, PortSet> before = allocator.allocation();
        AllocationChange change = allocator.resize(Instances.first(51));

        for (InstanceChange instance : stayed(change)) {
            PortSet owned = before.get(instance.instance());
            assertThat(instance.after().minus(owned).isEmpty())
                    .as("%s keeps a part of %s", instance.instance(), owned)
                    .isTrue();
            for (PortRange range : instance.after().ranges()) {
                assertThat(allocator.ownerOf(range.first())).contains(instance.instance());
                assertThat(allocator.ownerOf(range.last())).contains(instance.instance());
            }
        }
    }

    /** With the lowest ports in use, as rule T3 has it, the upper half costs what the luckiest reading does. */
    @ParameterizedTest
    @CsvSource({"512, 0, 512", "513, 1, 512", "1024, 512, 512", "1, 0, 1", "0, 0, 0"})
    void p5_512FlowsLoseNone513LoseOne(int flows, int fewest, int most) {
        PortAllocator allocator = grown(CLASSIC, 50);
        AllocationChange change = allocator.resize(Instances.first(51));

        assertThat(CutRange.of(flows, change.portsPerInstanceBefore(), change.portsPerInstanceAfter()))
                .isEqualTo(new CutRange(fewest, most));
        assertThat(stayed(change))
                .hasSize(50)
                .allSatisfy(instance -> assertThat(instance.before()
                                .lowest(flows)
                                .intersection(instance.reclaimed())
                                .size())
                        .isEqualTo(fewest));
    }

    // P6: the pool shrinks into a lower tier

    @ParameterizedTest
    @EnumSource(ReclaimedPart.class)
    void p6_shrinkingGivesPortsAndTouchesNoneThatAreHeld(ReclaimedPart part) {
        PortAllocator allocator = grown(CLASSIC.withReclaimedPart(part, 9), 51);
        ImmutableMap<IpAddress, PortSet> before = allocator.allocation();
        AllocationChange change = allocator.resize(Instances.between(1, 51));

        assertThat(stayed(change)).hasSize(50).allSatisfy(instance -> {
            assertThat(instance.before()).isEqualTo(before.get(instance.instance()));
            assertThat(instance.reclaimed().isEmpty()).isTrue();
            assertThat(instance.gained().size()).isEqualTo(512);
            assertThat(instance.after().size()).isEqualTo(1_024);
        });
        assertThat(with(Membership.REMOVED, change)).singleElement().satisfies(gone -> {
            assertThat(gone.instance()).isEqualTo(Instances.number(0));
            assertThat(gone.reclaimed()).isEqualTo(before.get(Instances.number(0)));
            assertThat(gone.after().isEmpty()).isTrue();
        });
        assertThat(allocator.portsOf(Instances.number(0)).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ReclaimedPart.class)
    void p6_removingThoseThatWereAddedGivesTheSamePortsAgain(ReclaimedPart part) {
        for (int[] steps : new int[][] {{51}, {100, 101}, {400}, {51, 101, 201}, {60}}) {
            for (boolean oneByOne : new boolean[] {false, true}) {
                PortAllocator allocator = grown(CLASSIC.withReclaimedPart(part, 11), 40);
                ImmutableMap<IpAddress, PortSet> before = allocator.allocation();
                int size = 40;
                for (int step : steps) {
                    size = step;
                    assertThat(allocator.resize(Instances.first(size)).poolSizeAfter())
                            .isEqualTo(size);
                }
                while (size > 40) {
                    size = oneByOne ? size - 1 : 40;
                    assertThat(allocator.resize(Instances.first(size)).poolSizeAfter())
                            .isEqualTo(size);
                }
                assertThat(allocator.allocation())
                        .as("40 -> %s -> 40, %s", Arrays.toString(steps), oneByOne ? "one by one" : "at once")
                        .isEqualTo(before);
            }
        }
    }

    // P7: within a tier

    @ParameterizedTest
    @CsvSource({"1, 50", "50, 1", "51, 100", "100, 51", "101, 200", "200, 101", "201, 400", "400, 201"})
    void p7_resizeWithinATierTouchesNobody(int from, int to) {
        PortAllocator allocator = grown(CLASSIC, from);
        ImmutableMap<IpAddress, PortSet> before = allocator.allocation();
        AllocationChange change = allocator.resize(Instances.first(to));

        assertThat(stayed(change)).isEmpty();
        assertThat(change.instances()).hasSize(Math.abs(to - from));
        for (IpAddress member : Instances.first(Math.min(from, to))) {
            assertThat(allocator.portsOf(member)).isEqualTo(before.get(member));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 51, 100, 400})
    void p7_replacingAnInstanceTouchesNobodyElse(int size) {
        PortAllocator allocator = grown(CLASSIC, size);
        AllocationChange change = allocator.resize(Instances.between(1, size + 1));

        assertThat(change.instances())
                .map(InstanceChange::instance, InstanceChange::membership)
                .containsExactly(
                        tuple(Instances.number(0), Membership.REMOVED),
                        tuple(Instances.number(size), Membership.JOINED));
    }

    // P8: the pool is reported larger than it is

    @ParameterizedTest
    @ValueSource(ints = {1, 25, 26, 50, 51, 100, 101, 200, 201, 300, 400})
    void p8_reportedSizeTakesPortsAndItsEndGivesThemBack(int size) {
        for (ReclaimedPart part : ReclaimedPart.values()) {
            PortAllocator allocator = grown(CLASSIC.withReclaimedPart(part, 13), size);
            ImmutableMap<IpAddress, PortSet> before = allocator.allocation();
            AllocationChange during = allocator.resize(Instances.first(size), 2 * size);

            assertThat(during.poolSizeAfter()).isEqualTo(2 * size);
            assertThat(during.portsPerInstanceAfter()).isEqualTo(portsBySize(2 * size));
            assertThat(during.instances()).hasSize(size <= 25 ? 0 : size).allSatisfy(instance -> {
                assertThat(instance.membership()).isEqualTo(Membership.STAYED);
                assertThat(instance.gained().isEmpty()).isTrue();
                assertThat(instance.after().size()).isEqualTo(portsBySize(2 * size));
            });

            AllocationChange after = allocator.resize(Instances.first(size));
            assertThat(after.poolSizeBefore()).isEqualTo(2 * size);
            assertThat(allocator.allocation()).as("%s", part).isEqualTo(before);
        }
    }

    @Test
    void p8_onlyPoolsUpTo25LoseNothingAtTwiceTheirSize() {
        List<Integer> unharmed = IntStream.rangeClosed(1, 400)
                .filter(size -> TierTable.classic().portsPerInstanceReported(2 * size)
                        == TierTable.classic().portsPerInstance(size))
                .boxed()
                .toList();

        assertThat(unharmed)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 25).boxed().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "400, 128",
        "401, 64",
        "600, 64",
        "800, 64",
        "801, 32",
        "1000, 32",
        "1001, 32",
        "2000, 32",
        "2147483647, 32"
    })
    void p8_reportedSizeBeyondTheTableTakesTheResourceManagerRows(int reported, int ports) {
        assertThat(TierTable.classic().portsPerInstanceReported(reported)).isEqualTo(ports);
        assertThat(TierTable.resourceManager().portsPerInstanceReported(reported))
                .isEqualTo(ports);
    }

    @Test
    void p8_300ReportedAs600Own64() {
        PortAllocator allocator = grown(CLASSIC, 300);
        AllocationChange change = allocator.resize(Instances.first(300), 600);

        assertThat(change.portsPerInstanceAfter()).isEqualTo(64);
        assertThat(allocator.allocation().values())
                .allSatisfy(owned -> assertThat(owned.size()).isEqualTo(64));
    }

    @Test
    void p8_largerReportNeverGivesMorePorts() {
        List<TierTable> tables = List.of(
                TierTable.classic(),
                TierTable.resourceManager(),
                TierTable.fixed(100),
                TierTable.of(List.of(new Tier(1, 2, 16), new Tier(3, 4, 8))),
                TierTable.of(List.of(new Tier(1, 10, 4_096))));
        for (TierTable table : tables) {
            for (int reported = 2; reported <= 2_100; reported++) {
                assertThat(table.portsPerInstanceReported(reported))
                        .as("%s: reported %d", table, reported)
                        .isPositive()
                        .isLessThanOrEqualTo(table.portsPerInstanceReported(reported - 1));
            }
        }
    }

    @Test
    void p8_realPoolBeyondTheTableIsRefusedWhateverIsReported() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortAllocator(CLASSIC).resize(Instances.first(401), 802))
                .withMessageContaining("pool of 401 instances");
    }

    @Test
    void p8_reportBelowTheRealSizeIsRefused() {
        PortAllocator allocator = grown(CLASSIC, 51);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> allocator.resize(Instances.first(51), 50))
                .withMessage("a pool of 51 instances cannot be reported as 50");
        assertThat(allocator.portsPerInstance()).isEqualTo(512);
    }

    // P9: capacity falls across a boundary

    @ParameterizedTest
    @CsvSource({"50, 51200, 26112", "100, 51200, 25856", "200, 51200, 25728", "400, 51200, 25664", "800, 51200, 25632"})
    void p9_capacityFallsAcrossABoundary(int boundary, int ownedBefore, int ownedAfter) {
        PortAllocator allocator = grown(RESOURCE_MANAGER, boundary);
        assertThat(ports(allocator.allocation().values()).cardinality()).isEqualTo(ownedBefore);
        AllocationChange change = allocator.resize(Instances.first(boundary + 1));

        assertThat(change.poolSizeAfter()).isEqualTo(boundary + 1);
        assertThat(ports(allocator.allocation().values()).cardinality()).isEqualTo(ownedAfter);
        assertThat(TierTable.resourceManager().boundaries()).contains(boundary);
    }

    private static PortAllocator grown(AllocationRules rules, int size) {
        PortAllocator allocator = new PortAllocator(rules);
        AllocationChange change = allocator.resize(Instances.first(size));
        assertThat(change.instances()).hasSize(size);
        return allocator;
    }

    private static List<InstanceChange> stayed(AllocationChange change) {
        return with(Membership.STAYED, change);
    }

    private static List<InstanceChange> with(Membership membership, AllocationChange change) {
        return change.instances().stream()
                .filter(instance -> instance.membership() == membership)
                .toList();
    }

    private static BitSet ports(Iterable<PortSet> sets) {
        BitSet ports = new BitSet();
        for (PortSet set : sets) {
            set.ranges().forEach(range -> ports.set(range.first(), range.last() + 1));
        }
        return ports;
    }
}
