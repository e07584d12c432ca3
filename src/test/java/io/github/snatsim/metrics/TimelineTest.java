package io.github.snatsim.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slices are 1 ms at first and contain their beginning, not their end. */
class TimelineTest {
    private static final long MILLI = 1_000_000;
    private static final int SLICES = 512;

    private final Timeline timeline = new Timeline();

    @Test
    void aRunWithoutFlowsHasNoSlices() {
        assertThat(timeline.result().peaks()).isEmpty();
    }

    @Test
    void oneChangeIsOneSlice() {
        timeline.change(5, 3, 2, 1);
        assertThat(timeline.result()).isEqualTo(course(5, MILLI, ports(3, 2, 1)));
    }

    @Test
    void aSliceHasItsHighestUseWithTheSplitOfThatMoment() {
        timeline.change(0, 2, 0, 0);
        timeline.change(1, 1, 3, 0);
        timeline.change(2, 0, 3, 1);
        timeline.change(3, 0, 0, 2);
        assertThat(timeline.result().peaks()).containsExactly(ports(1, 3, 0));
    }

    @Test
    void aLevelLastsUntilTheNextChange() {
        timeline.change(0, 7, 0, 0);
        timeline.change(3 * MILLI + 1, 1, 0, 0);
        timeline.lastUntil(5 * MILLI + 1);
        assertThat(timeline.result().peaks())
                .containsExactly(
                        ports(7, 0, 0), ports(7, 0, 0), ports(7, 0, 0), ports(7, 0, 0), ports(1, 0, 0), ports(1, 0, 0));
    }

    @Test
    void aChangeAtABoundaryBelongsToTheSliceThatBeginsThere() {
        timeline.change(0, 7, 0, 0);
        timeline.change(MILLI, 1, 0, 0);
        timeline.lastUntil(2 * MILLI);
        assertThat(timeline.result().peaks()).containsExactly(ports(7, 0, 0), ports(1, 0, 0));
    }

    @Test
    void askingInBetweenChangesNothing() {
        timeline.change(0, 7, 0, 0);
        timeline.lastUntil(MILLI);
        timeline.change(MILLI, 1, 0, 0);
        timeline.lastUntil(2 * MILLI);
        assertThat(timeline.result().peaks()).containsExactly(ports(7, 0, 0), ports(1, 0, 0));
    }

    @Test
    void whenTheSlicesAreUsedUpNeighboursMerge() {
        timeline.change(0, 1, 0, 0);
        timeline.change(MILLI, 0, 5, 0);
        timeline.change(2 * MILLI, 0, 0, 3);
        timeline.lastUntil(SLICES * MILLI);
        assertThat(timeline.result().sliceNanos()).isEqualTo(MILLI);
        assertThat(timeline.result().peaks()).hasSize(SLICES);

        timeline.lastUntil(SLICES * MILLI + 1);
        PortsOverTime merged = timeline.result();
        assertThat(merged.sliceNanos()).isEqualTo(2 * MILLI);
        assertThat(merged.peaks()).hasSize(SLICES / 2 + 1).startsWith(ports(0, 5, 0), ports(0, 0, 3));
    }

    @Test
    void slicesThatMergingLeftFreeAreEmpty() {
        timeline.change(0, 4, 2, 1);
        timeline.change(SLICES * MILLI - 1, 4, 2, 1);
        timeline.change(SLICES * MILLI, 0, 0, 0);
        timeline.lastUntil(SLICES * MILLI + 1);
        assertThat(timeline.result().peaks()).hasSize(SLICES / 2 + 1).endsWith(ports(4, 2, 1), PortsByState.NONE);
    }

    @Test
    void afterARestartOnlyWhatIsInUseIsKnown() {
        timeline.change(0, 4, 2, 1);
        timeline.change(1_000 * MILLI, 0, 1, 0);
        timeline.restart(1_001 * MILLI);
        assertThat(timeline.result()).isEqualTo(course(1_001 * MILLI, MILLI, ports(0, 1, 0)));
    }

    @Test
    void afterARestartWithNothingInUseEveryStateIsZero() {
        timeline.change(0, 4, 2, 1);
        timeline.change(5 * MILLI, 0, 0, 0);
        timeline.restart(6 * MILLI);
        timeline.lastUntil(7 * MILLI + 1);
        assertThat(timeline.result()).isEqualTo(course(6 * MILLI, MILLI, PortsByState.NONE, PortsByState.NONE));
    }

    @Test
    void timeMayBeginAnywhere() {
        long start = -10L * 365 * 86_400 * 1_000_000_000;
        timeline.change(start, 1, 0, 0);
        timeline.change(start + MILLI, 2, 0, 0);
        assertThat(timeline.result()).isEqualTo(course(start, MILLI, ports(1, 0, 0), ports(2, 0, 0)));
    }

    @Test
    void aRunOfTwoHundredYearsFits() {
        timeline.change(0, 1, 0, 0);
        timeline.change(200L * 365 * 86_400 * 1_000_000_000, 2, 0, 0);
        assertThat(timeline.result().peaks()).hasSizeBetween(SLICES / 2, SLICES).endsWith(ports(2, 0, 0));
    }

    /** From runs of microseconds to runs of decades, at odd times and at round ones. */
    @ParameterizedTest
    @ValueSource(
            longs = {1, 1_000, 100_000, 250_000, MILLI, 10 * MILLI, 1_000 * MILLI, 3_600_000 * MILLI, 86_400_000 * MILLI
            })
    void agreesWithAPlainListOfLevels(long gapNanos) {
        for (long seed = 1; seed <= 4; seed++) {
            Random random = new Random(seed);
            Timeline timeline = new Timeline();
            Levels levels = new Levels();
            long time = random.nextLong() >> 8;
            for (int i = 0; i < 1_500; i++) {
                PortsByState ports = ports(random.nextInt(4), random.nextInt(4), random.nextInt(4));
                levels.add(time, ports);
                timeline.change(time, ports.open(), ports.finHold(), ports.rstHold());
                long step = gapNanos * random.nextInt(4);
                time += random.nextBoolean() ? step : (long) (step * random.nextDouble());
                if (i % 100 == 99) {
                    timeline.lastUntil(time);
                    assertThat(timeline.result())
                            .as("seed %d, gap %d ns, after %d changes", seed, gapNanos, i + 1)
                            .isEqualTo(levels.slices(time, timeline.result().sliceNanos()));
                }
            }
            assertThat(timeline.result().peaks().size())
                    .as("seed %d, gap %d ns", seed, gapNanos)
                    .isBetween(1, SLICES);
        }
    }

    private static PortsByState ports(int open, int finHold, int rstHold) {
        return new PortsByState(open, finHold, rstHold);
    }

    private static PortsOverTime course(long startNanos, long sliceNanos, PortsByState... peaks) {
        return new PortsOverTime(startNanos, sliceNanos, ImmutableList.copyOf(peaks));
    }
}
