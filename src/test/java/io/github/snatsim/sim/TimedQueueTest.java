package io.github.snatsim.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimedQueueTest {
    private record Work(long timeNanos, int order) {}

    @Test
    void workOfOneTimeComesInTheOrderInWhichItWasAdded() {
        TimedQueue queue = new TimedQueue();
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int order = i;
            queue.add(7, () -> done.add(order));
        }
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
        assertThat(done).hasSize(200).isSorted();
    }

    @Test
    void anEmptyQueueHasNoEarliestTime() {
        TimedQueue queue = new TimedQueue();
        assertThat(queue.earliestNanos()).isEqualTo(Long.MAX_VALUE);
        queue.add(-5, () -> {});
        assertThat(queue.earliestNanos()).isEqualTo(-5);
        queue.remove();
        assertThat(queue.isEmpty()).isTrue();
    }

    /** Few times make many ties, many times make few. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50, 1_000_000})
    void agreesWithAPriorityQueue(int times) {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            TimedQueue queue = new TimedQueue();
            PriorityQueue<Work> expected = new PriorityQueue<>(
                    Comparator.comparingLong(Work::timeNanos).thenComparingInt(Work::order));
            List<Work> done = new ArrayList<>();
            for (int step = 0; step < 3_000; step++) {
                if (expected.isEmpty() || random.nextInt(100) < (step / 500 % 2 == 0 ? 70 : 30)) {
                    Work work = new Work(random.nextInt(times), step);
                    expected.add(work);
                    queue.add(work.timeNanos(), () -> done.add(work));
                } else {
                    queue.remove().run();
                    assertThat(done.get(done.size() - 1))
                            .as("seed %d, %d times, step %d", seed, times, step)
                            .isEqualTo(expected.remove());
                }
            }
        }
    }
}
