package io.github.snatsim.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountTimelineTest {
    private static final long MS = 1_000_000;

    private record Count(long timeNanos, int kind) {}

    @Test
    void anEmptyCourseHasTheSlicesThatHavePassed() {
        CountTimeline timeline = new CountTimeline(2, 5 * MS);

        assertThat(timeline.result(5 * MS).slices()).isEmpty();
        CountsOverTime result = timeline.result(8 * MS);
        assertThat(result.startNanos()).isEqualTo(5 * MS);
        assertThat(result.sliceNanos()).isEqualTo(MS);
        assertThat(result.slices())
                .hasSize(3)
                .allSatisfy(slice -> assertThat(slice).containsExactly(0L, 0L));
    }

    @Test
    void aSliceHoldsItsBeginningButNotItsEnd() {
        CountTimeline timeline = new CountTimeline(1, 0);
        timeline.add(MS - 1, 0);
        timeline.add(MS, 0);
        timeline.add(2 * MS, 0); // at the very end of what is asked for: counted all the same

        assertThat(timeline.result(2 * MS).slices())
                .extracting(slice -> slice.get(0))
                .containsExactly(1L, 1L, 1L);
    }

    @Test
    void aCourseThatOutgrowsItsSlicesEndsWhereItEnded() {
        // One count a millisecond: 512 slices of 1 ms are full at 512 ms; the next count makes them 2 ms wide, and the
        // run until 513 ms fills 257 of those.
        CountTimeline timeline = new CountTimeline(1, 0);
        for (int ms = 0; ms <= 512; ms++) {
            timeline.add(ms * MS, 0);
        }

        CountsOverTime result = timeline.result(513 * MS);
        assertThat(result.sliceNanos()).isEqualTo(2 * MS);
        assertThat(result.slices()).hasSize(257);
        assertThat(result.slices().get(255)).containsExactly(2L);
        assertThat(result.slices().get(256)).containsExactly(1L);
        assertThat(result.total(0)).isEqualTo(513);
    }

    @Test
    void askingForALaterEndWidensTheSlicesWithoutInventingAny() {
        // Counts until 512 ms; until 5 s needs slices of 16 ms: 5,000 / 16 = 312.5.
        CountTimeline timeline = new CountTimeline(1, 0);
        for (int ms = 0; ms < 512; ms++) {
            timeline.add(ms * MS, 0);
        }

        CountsOverTime result = timeline.result(5_000 * MS);
        assertThat(result.sliceNanos()).isEqualTo(16 * MS);
        assertThat(result.slices()).hasSize(313);
        assertThat(result.total(0)).isEqualTo(512);
    }

    @Test
    void aRestartForgetsCountsAndWidth() {
        CountTimeline timeline = new CountTimeline(1, 0);
        timeline.add(3_600_000 * MS, 0);
        timeline.restart(7_200_000 * MS);
        timeline.add(7_200_000 * MS + 1, 0);

        CountsOverTime result = timeline.result(7_200_001 * MS);
        assertThat(result.startNanos()).isEqualTo(7_200_000 * MS);
        assertThat(result.sliceNanos()).isEqualTo(MS);
        assertThat(result.slices()).hasSize(1);
        assertThat(result.total(0)).isEqualTo(1);
    }

    /** The law: slices of 1 ms x 2^n, the narrowest of which 512 hold all; each counts what falls into it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void countsWhatAPlainListCounts(long seed) {
        Random random = new Random(seed);
        long start = random.nextInt(3) * 1_234_567L;
        long span = 1 + (long) (StrictMath.pow(10, 3 + random.nextInt(11)) * random.nextDouble());
        int kinds = 1 + random.nextInt(5);
        List<Count> counts = new ArrayList<>();
        CountTimeline timeline = new CountTimeline(kinds, start);
        List<Long> times = new ArrayList<>();
        int size = random.nextInt(3_000);
        for (int i = 0; i < size; i++) {
            times.add(start + (long) (random.nextDouble() * span));
        }
        Collections.sort(times);
        for (long time : times) {
            Count count = new Count(time, random.nextInt(kinds));
            counts.add(count);
            timeline.add(count.timeNanos(), count.kind());
        }
        long end = (times.isEmpty() ? start : times.get(times.size() - 1)) + random.nextInt(2) * (span / 3);

        assertSame(counts, kinds, start, end, timeline.result(end), seed);
        assertSame(counts, kinds, start, end + 2 * span, timeline.result(end + 2 * span), seed);
    }

    private static void assertSame(
            List<Count> counts, int kinds, long start, long end, CountsOverTime result, long seed) {
        long lastCount = counts.isEmpty() ? -1 : counts.get(counts.size() - 1).timeNanos();
        long lastInstant = Math.max(lastCount, end - 1); // what a slice must hold
        long width = MS;
        while ((lastInstant - start) / width >= 512) {
            width *= 2;
        }
        long slices = lastInstant < start ? 0 : (lastInstant - start) / width + 1;
        long[][] expected = new long[(int) slices][kinds];
        for (Count count : counts) {
            expected[(int) ((count.timeNanos() - start) / width)][count.kind()]++;
        }
        assertThat(result.sliceNanos()).as("seed %d", seed).isEqualTo(width);
        assertThat(result.slices().stream()
                        .map(slice -> slice.stream().mapToLong(Long::longValue).toArray())
                        .toArray(long[][]::new))
                .as("seed %d", seed)
                .isDeepEqualTo(expected);
    }
}
