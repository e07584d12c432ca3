package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link DeadlineQueue} against a sorted map of times: the same keys at the same times, whatever the times are. */
class DeadlineQueueTest {
    private static final long DAY = 86_400_000_000_000L;

    private final DeadlineQueue queue = new DeadlineQueue(key -> {});
    private final TreeMap<Long, List<Long>> expected = new TreeMap<>();
    private long nextKey;

    private static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomTimesComeOutInOrderEachAtItsOwnTime(long seed) {
        Random random = new Random(seed);
        long now = start(random);
        long reach = 1L << random.nextInt(63);
        for (int step = 0; step < 2_000; step++) {
            int adds = random.nextInt(random.nextInt(50) == 0 ? 200 : 3);
            for (int i = 0; i < adds; i++) {
                add(time(random, now, reach));
            }
            now = random.nextInt(20) == 0 && !expected.isEmpty() ? expected.firstKey() : time(random, now, reach / 8);
            pollUntil(now);
        }
        pollUntil(Long.MAX_VALUE);
        assertThat(queue.size()).isZero();
    }

    private static long start(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> Long.MIN_VALUE + 1;
            case 2 -> -random.nextLong(1L << 40);
            case 3 -> 1_800_000_000_000_000_000L; // about now, since the epoch
            default -> random.nextLong() >> 1;
        };
    }

    /** At or after now: the same instant, a shared tick, near, or as far as {@code reach}; never beyond the end of time. */
    private static long time(Random random, long now, long reach) {
        long ahead = switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> random.nextInt(3);
            case 2 -> (1 + random.nextInt(4)) * 1_000L;
            case 3 -> random.nextLong(1L << (1 + random.nextInt(40)));
            default -> random.nextLong(Math.max(1, reach));
        };
        return now + ahead < now ? Long.MAX_VALUE : now + ahead;
    }

    private void add(long time) {
        queue.add(time, ++nextKey);
        expected.computeIfAbsent(time, unused -> new ArrayList<>()).add(nextKey);
    }

    private void pollUntil(long now) {
        while (!expected.isEmpty() && expected.firstKey() <= now) {
            assertThat(queue.earliestNanos()).isLessThanOrEqualTo(expected.firstKey());
            int count = queue.poll(now);
            List<Long> keys = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                keys.add(queue.dueKey(i));
            }
            Collections.sort(keys);
            assertThat(queue.dueNanos()).isEqualTo(expected.firstKey());
            assertThat(keys).isEqualTo(expected.pollFirstEntry().getValue());
        }
        assertThat(queue.poll(now)).isZero();
        assertThat(queue.size())
                .isEqualTo(expected.values().stream().mapToInt(List::size).sum());
        assertThat(queue.earliestNanos())
                .isLessThanOrEqualTo(expected.isEmpty() ? Long.MAX_VALUE : expected.firstKey());
    }

    @Test
    void anEmptyQueueIsNeverDue() {
        assertThat(queue.poll(Long.MAX_VALUE)).isZero();
        assertThat(queue.earliestNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 255, 256, 257, 65_535, 65_536, 1L << 24, (1L << 24) + 1, 1L << 40, 36_500 * DAY})
    void aTimerIsDueAtItsTimeAndNotANanosecondBefore(long time) {
        queue.add(time, 7);

        assertThat(queue.poll(time - 1)).isZero();
        assertThat(queue.poll(time)).isEqualTo(1);
        assertThat(queue.dueNanos()).isEqualTo(time);
        assertThat(queue.dueKey(0)).isEqualTo(7);
        assertThat(queue.poll(Long.MAX_VALUE)).isZero();
    }

    @Test
    void theEndsOfTimeAreTimesToo() {
        add(Long.MIN_VALUE);
        add(Long.MAX_VALUE);
        add(-1);
        add(0);
        pollUntil(Long.MIN_VALUE);
        pollUntil(-1);
        pollUntil(0);
        pollUntil(Long.MAX_VALUE - 1);
        assertThat(queue.size()).isEqualTo(1);
        pollUntil(Long.MAX_VALUE);
        add(Long.MAX_VALUE);
        pollUntil(Long.MAX_VALUE);
        assertThat(queue.size()).isZero();
    }

    @Test
    void thousandsOfOneTimeComeOutTogether() {
        for (int i = 0; i < 10_000; i++) {
            add(240_000_000_000L);
        }
        add(240_000_000_001L);

        pollUntil(240_000_000_000L);
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void whatIsAddedBetweenPollsOfOneInstantIsDueInTheNextPoll() {
        add(100);
        add(200);
        pollUntil(100);
        add(100);
        add(150);
        add(100);
        pollUntil(100);
        pollUntil(199);
        add(200);
        pollUntil(200);
        assertThat(queue.size()).isZero();
    }
}
