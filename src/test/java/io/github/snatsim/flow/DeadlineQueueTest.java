package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link DeadlineQueue} against a plain map of deadlines: the same flows at the same times, whatever the times are, however
 * deadlines move meanwhile and whatever else ends or grows.
 */
class DeadlineQueueTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final long NEVER = Long.MAX_VALUE;

    private final FlowStore store = new FlowStore();
    private final DeadlineQueue queue =
            new DeadlineQueue(store, new Ahead(store, Admission.unlimited(Bench.FOUR_MINUTES)));
    private final Map<Long, Long> expected = new HashMap<>();
    private long nextFlow;

    private static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomDeadlinesComeInOrderEachAtItsOwnTime(long seed) {
        Random random = new Random(seed);
        long now = start(random);
        long reach = 1L << random.nextInt(63);
        pollUntil(now);
        for (int step = 0; step < 1_000; step++) {
            int adds = random.nextInt(random.nextInt(50) == 0 ? 200 : 3);
            for (int i = 0; i < adds; i++) {
                add(time(random, now, reach));
            }
            if (!expected.isEmpty()) {
                change(random, now, reach);
            }
            now = random.nextInt(20) == 0 && earliest() != NEVER ? earliest() : time(random, now, reach / 8);
            pollUntil(now);
        }
        pollUntil(NEVER - 1);
        assertThat(expected.values()).allMatch(deadline -> deadline == NEVER);
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
        return now + ahead < now ? NEVER : now + ahead;
    }

    /** Moves some deadlines, back or forth, and lets some flows end before their time. */
    private void change(Random random, long now, long reach) {
        List<Long> flows = new ArrayList<>(expected.keySet());
        for (int i = 0; i < 3; i++) {
            long flow = flows.get(random.nextInt(flows.size()));
            if (!expected.containsKey(flow)) {
                continue;
            }
            int slot = store.find(flow);
            if (random.nextInt(4) == 0) {
                store.remove(slot);
                expected.remove(flow);
                continue;
            }
            long before = expected.get(flow);
            long deadline = random.nextInt(50) == 0 ? NEVER : time(random, now, reach);
            store.deadline(slot, deadline);
            expected.put(flow, deadline);
            if (deadline < before) {
                queue.add(slot);
            }
        }
    }

    private long add(long deadline) {
        if (store.isFull()) {
            queue.renumber(store.grow());
        }
        long flow = ++nextFlow;
        int slot = store.insert(flow);
        store.open(slot, 0, 0, 0);
        store.deadline(slot, deadline);
        queue.add(slot);
        expected.put(flow, deadline);
        return flow;
    }

    private long earliest() {
        return expected.values().stream().mapToLong(Long::longValue).min().orElse(NEVER);
    }

    private void pollUntil(long now) {
        for (long earliest = earliest(); earliest <= now && earliest != NEVER; earliest = earliest()) {
            long time = earliest;
            assertThat(queue.earliestNanos()).isLessThanOrEqualTo(time);
            int count = queue.poll(now);
            List<Long> due = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                due.add(store.key(queue.due(i)));
                store.remove(queue.due(i));
            }
            assertThat(queue.dueNanos()).isEqualTo(time);
            List<Long> wanted = expected.keySet().stream()
                    .filter(flow -> expected.get(flow) == time)
                    .toList();
            assertThat(due).containsExactlyInAnyOrderElementsOf(wanted);
            wanted.forEach(expected::remove);
        }
        assertThat(queue.poll(now)).isZero();
        assertThat(queue.earliestNanos()).isLessThanOrEqualTo(earliest());
    }

    @Test
    void anEmptyQueueIsNeverDue() {
        assertThat(queue.poll(NEVER)).isZero();
        assertThat(queue.earliestNanos()).isEqualTo(NEVER);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 255, 256, 257, 65_535, 65_536, 1L << 24, (1L << 24) + 1, 1L << 40, 36_500 * DAY})
    void aFlowIsDueAtItsDeadlineAndNotANanosecondBefore(long time) {
        long flow = add(time);

        assertThat(queue.poll(time - 1)).isZero();
        assertThat(queue.poll(time)).isEqualTo(1);
        assertThat(queue.dueNanos()).isEqualTo(time);
        assertThat(store.key(queue.due(0))).isEqualTo(flow);
        assertThat(queue.poll(NEVER)).isZero();
    }

    @Test
    void theBeginningOfTimeIsATimeAndItsEndNeverComes() {
        add(Long.MIN_VALUE);
        add(NEVER);
        add(NEVER - 1);
        add(-1);
        add(0);
        pollUntil(Long.MIN_VALUE);
        pollUntil(-1);
        pollUntil(0);
        pollUntil(NEVER - 2);
        assertThat(expected).hasSize(2);
        pollUntil(NEVER);
        assertThat(expected).hasSize(1);
        add(NEVER);
        pollUntil(NEVER);
        assertThat(expected).hasSize(2);
    }

    @Test
    void thousandsOfOneDeadlineComeTogether() {
        for (int i = 0; i < 10_000; i++) {
            add(240_000_000_000L);
        }
        add(240_000_000_001L);

        pollUntil(240_000_000_000L);
        assertThat(expected).hasSize(1);
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
        assertThat(expected).isEmpty();
    }

    @Test
    void aDeadlineThatIsPutOffAndBroughtForwardAgainAndAgainIsDueOnce() {
        Random random = new Random(1);
        long flow = add(1_000_000_000_000L);
        for (int i = 0; i < 10_000; i++) {
            long deadline = 500_000_000_000L + random.nextLong(1_000_000_000_000L);
            int slot = store.find(flow);
            boolean earlier = deadline < expected.put(flow, deadline);
            store.deadline(slot, deadline);
            if (earlier) {
                queue.add(slot);
            }
        }
        pollUntil(NEVER - 1);
        assertThat(expected).isEmpty();
        assertThat(store.size()).isZero();
    }
}
