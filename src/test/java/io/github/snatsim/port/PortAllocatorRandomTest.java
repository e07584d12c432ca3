package io.github.snatsim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.TierTable.Tier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random resizes of random pools, every law checked after every step against {@link AllocationSnapshot}.
 *
 * <p>{@code -Dsnatsim.random.steps} sets how many steps there are in all, {@code -Dsnatsim.random.seed} the seed of the
 * first pool. A failure names the seed with which it comes first.
 */
class PortAllocatorRandomTest {
    private static final int STEPS = Integer.getInteger("snatsim.random.steps", 100_000);
    private static final long SEED = Long.getLong("snatsim.random.seed", 20_260_101L);

    private static final ImmutableList<ReclaimedPart> PARTS = ImmutableList.copyOf(ReclaimedPart.values());

    private static final List<Tier> AZURE = List.of(
            new Tier(1, 50, 1_024),
            new Tier(51, 100, 512),
            new Tier(101, 200, 256),
            new Tier(201, 400, 128),
            new Tier(401, 800, 64),
            new Tier(801, Integer.MAX_VALUE, 32));

    /**
     * What an allocator is made of, and what the reference knows apart from it.
     *
     * @param rows ports by reported size, to infinity (P8)
     * @param poolSizeMax the largest pool that is not refused for its size
     * @param drawnMax the largest pool that is tried
     * @param aligned whether blocks are aligned to 8 (P4)
     */
    private record Setting(AllocationRules rules, List<Tier> rows, int poolSizeMax, int drawnMax, boolean aligned) {}

    /** A kind of setting and its share of the steps: large pools take long to be looked through port by port. */
    private record Kind(String name, double share, int stepsPerPool, Function<Random, Setting> draw) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("64 ports: 16 each for two, 8 for four", 0.45, 200, PortAllocatorRandomTest::small),
                new Kind("any table", 0.45, 100, PortAllocatorRandomTest::anyTable),
                new Kind("fixed", 0.098_8, 100, PortAllocatorRandomTest::fixed),
                new Kind("classic", 0.000_8, 20, random -> azure(TierTable.classic(), random)),
                new Kind("Resource Manager", 0.000_4, 20, random -> azure(TierTable.resourceManager(), random)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void p1ToP9_everyLawHoldsAfterEveryResize(Kind kind) {
        int steps = (int) Math.ceil(STEPS * kind.share());
        for (int pool = 0; pool * kind.stepsPerPool() < steps; pool++) {
            Run run = new Run(kind, SEED + pool);
            for (int step = 0; step < kind.stepsPerPool(); step++) {
                run.anyResize();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void invariant5_removingThoseThatWereAddedGivesTheSamePortsAgain(Kind kind) {
        int steps = (int) Math.ceil(STEPS * kind.share() / 5);
        int pool = 0;
        for (int done = 0; done < steps; pool++) {
            Run run = new Run(kind, SEED + pool);
            for (int i = run.random.nextInt(10); i > 0; i--) {
                run.anyResize();
            }
            if (run.endReport()) {
                run.addAndRemoveThose();
                run.reportAndEndReport();
            }
            done += run.steps;
        }
    }

    private static Setting small(Random random) {
        return setting(List.of(new Tier(1, 2, 16), new Tier(3, 4, 8)), 1_024, 64, random);
    }

    private static Setting anyTable(Random random) {
        List<Tier> rows = new ArrayList<>();
        int size = 0;
        for (int blocks = 4 + random.nextInt(13); blocks > 0; blocks -= 1 + random.nextInt(4)) {
            int next = size + 1 + random.nextInt(5);
            rows.add(new Tier(size + 1, next, blocks * 8));
            size = next;
        }
        int needed = rows.stream().mapToInt(Tier::portsOfLargestPool).max().orElseThrow();
        int ports = switch (random.nextInt(3)) {
            case 0 -> 8 + random.nextInt(needed); // too few for some pools
            case 1 -> needed + random.nextInt(8);
            default -> needed + random.nextInt(2 * needed);
        };
        return setting(rows, 8 * (1 + random.nextInt(100)), ports, random);
    }

    private static Setting setting(List<Tier> rows, int first, int ports, Random random) {
        PortRange range = new PortRange(first, first + ports - 1);
        AllocationRules rules = new AllocationRules(TierTable.of(rows), range, part(random), random.nextLong());
        List<Tier> toInfinity = new ArrayList<>(rows);
        Tier last = toInfinity.remove(rows.size() - 1);
        toInfinity.add(new Tier(last.poolSizeMin(), Integer.MAX_VALUE, last.portsPerInstance()));
        return new Setting(rules, toInfinity, last.poolSizeMax(), last.poolSizeMax() + 1, true);
    }

    private static Setting fixed(Random random) {
        int ports = 1 + random.nextInt(9);
        int first = random.nextInt(5) == 0 ? 65_436 : 1 + random.nextInt(500);
        PortRange range = new PortRange(first, first + random.nextInt(100));
        AllocationRules rules = new AllocationRules(TierTable.fixed(ports), range, part(random), random.nextLong());
        List<Tier> rows = List.of(new Tier(1, Integer.MAX_VALUE, ports));
        return new Setting(rules, rows, 65_535, range.size() / ports + 1, false);
    }

    private static Setting azure(TierTable table, Random random) {
        AllocationRules rules = AllocationRules.of(table).withReclaimedPart(part(random), random.nextLong());
        return new Setting(rules, AZURE, table.poolSizeMax(), table.poolSizeMax() + 5, true);
    }

    private static ReclaimedPart part(Random random) {
        return PARTS.get(random.nextInt(PARTS.size()));
    }

    /** One pool, step by step. */
    private static final class Run {
        private final String kind;
        private final long seed;
        private final Random random;
        private final Setting setting;
        private final PortAllocator allocator;
        private AllocationSnapshot now;
        private int steps;

        Run(Kind kind, long seed) {
            this.kind = kind.name();
            this.seed = seed;
            this.random = new Random(seed);
            this.setting = kind.draw().apply(random);
            this.allocator = new PortAllocator(setting.rules());
            this.now = snapshot(0);
        }

        void anyResize() {
            List<IpAddress> wanted = new ArrayList<>(now.members());
            switch (random.nextInt(8)) {
                case 0, 1 -> add(wanted);
                case 2, 3 -> remove(wanted);
                case 4, 5 -> {
                    remove(wanted);
                    add(wanted);
                }
                case 6 -> wanted.addAll(wanted.subList(0, Math.min(1, wanted.size()))); // named twice: refused
                default -> {} // only the reported size changes, or nothing
            }
            if (random.nextInt(4) == 0) {
                Collections.shuffle(wanted, random);
            }
            // the real size, one below it, or up to twice it
            int reported = wanted.size() + (random.nextInt(3) == 0 ? random.nextInt(wanted.size() + 2) - 1 : 0);
            resize(wanted, reported);
        }

        /** Ends a report that may be in force; false if the range has too few ports for that. */
        boolean endReport() {
            return resize(now.members(), now.members().size());
        }

        void addAndRemoveThose() {
            AllocationSnapshot before = now;
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                List<IpAddress> wanted = new ArrayList<>(now.members());
                add(wanted);
                resize(wanted, wanted.size());
            }
            boolean atOnce = random.nextBoolean();
            int size = now.members().size();
            while (size > before.members().size()) {
                int added = size - before.members().size();
                size -= atOnce ? added : 1 + random.nextInt(Math.max(Math.min(3, added), added / 4));
                // may be refused halfway, if the range is too small for the tier: then goes on
                resize(now.members().subList(0, size), size);
            }
            assertThat(now.sameAs(before))
                    .as(() -> where() + (atOnce ? ", removed at once" : ", the latest removed first") + "\nbefore "
                            + before + "\nafter  " + now)
                    .isTrue();
        }

        void reportAndEndReport() {
            AllocationSnapshot before = now;
            int size = before.members().size();
            resize(before.members(), size + random.nextInt(size + 1));
            resize(before.members(), size);
            assertThat(now.sameAs(before))
                    .as(() -> where() + ", reported larger for a while\nbefore " + before + "\nafter  " + now)
                    .isTrue();
        }

        private void add(List<IpAddress> wanted) {
            // few mostly, as many as there may be at times; also some that were here before
            int room = Math.max(1, setting.drawnMax() - wanted.size());
            int target = wanted.size() + 1 + random.nextInt(random.nextInt(3) == 0 ? room : Math.min(2, room));
            while (wanted.size() < target) {
                IpAddress newcomer = Instances.number(random.nextInt(2 * setting.drawnMax() + 4));
                if (!wanted.contains(newcomer) && !now.members().contains(newcomer)) {
                    wanted.add(newcomer);
                }
            }
        }

        private void remove(List<IpAddress> wanted) {
            if (!wanted.isEmpty()) {
                int gone = 1 + random.nextInt(random.nextInt(3) == 0 ? wanted.size() : Math.min(2, wanted.size()));
                for (int i = 0; i < gone; i++) {
                    Collections.swap(wanted, random.nextInt(wanted.size() - i), wanted.size() - 1 - i);
                }
                wanted.subList(wanted.size() - gone, wanted.size()).clear();
            }
        }

        /** Resizes and checks everything; false if the resize was refused, as it had to be. */
        private boolean resize(List<IpAddress> wanted, int reported) {
            steps++;
            List<String> broken = new ArrayList<>();
            AllocationSnapshot before = now;
            boolean legal = legal(wanted, reported);
            if (legal) {
                AllocationChange foretold = allocator.whatIf(wanted, reported);
                if (!snapshot(before.reportedSize()).sameAs(before)) {
                    broken.add("whatIf changed the allocation");
                }
                AllocationChange change = reported == wanted.size() && random.nextBoolean()
                        ? allocator.resize(wanted)
                        : allocator.resize(wanted, reported);
                now = snapshot(reported);
                broken.addAll(now.brokenSince(before, wanted));
                broken.addAll(AllocationSnapshot.brokenDifferences(change));
                if (!change.equals(now.since(before))) {
                    broken.add("told " + change + ", not " + now.since(before));
                }
                if (setting.rules().reclaimedPart() != ReclaimedPart.RANDOM && !foretold.equals(change)) {
                    broken.add("foretold " + foretold + ", not " + change);
                }
            } else {
                Throwable asked = catchThrowable(() -> allocator.whatIf(wanted, reported));
                Throwable done = catchThrowable(() -> allocator.resize(wanted, reported));
                if (!(asked instanceof IllegalArgumentException) || !(done instanceof IllegalArgumentException)) {
                    broken.add("not refused: whatIf " + asked + ", resize " + done);
                }
                if (!snapshot(before.reportedSize()).sameAs(before)) {
                    broken.add("a refused resize changed the allocation");
                }
            }
            broken.addAll(now.brokenAlone(allocator, setting.aligned()));
            assertThat(broken)
                    .as(() -> where() + "\nresize to " + wanted + " reported as " + reported + "\nbefore " + before
                            + "\nafter  " + now)
                    .isEmpty();
            return legal;
        }

        private boolean legal(List<IpAddress> wanted, int reported) {
            int ports = AllocationSnapshot.portsPerInstance(setting.rows(), reported);
            return ImmutableSet.copyOf(wanted).size() == wanted.size()
                    && wanted.size() <= reported
                    && wanted.size() <= setting.poolSizeMax()
                    && wanted.size() * ports <= setting.rules().range().size();
        }

        private AllocationSnapshot snapshot(int reported) {
            return new AllocationSnapshot(allocator, setting.rows(), reported);
        }

        private String where() {
            return "-Dsnatsim.random.seed=" + seed + ", " + kind + ", step " + steps + ", " + setting.rules();
        }
    }
}
