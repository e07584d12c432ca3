package io.github.snatsim.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReorderBufferTest {
    private record Event(long timeNanos, long number) {}

    /** Feeds and drains at random and compares with a stable sort; small memories spill, and merge what they spilt. */
    @ParameterizedTest
    @CsvSource({
        "2, 1000, 1",
        "8, 50, 2",
        "64, 100, 10",
        "200, 2000, 20",
        "1000, 0, 20",
        "1000, 100, 20",
        "131072, 300, 20"
    })
    void givesWhatAStableSortGives(int eventsInMemoryMax, int windowNanos, long seeds) throws IOException {
        for (long seed = 1; seed <= seeds; seed++) {
            Random random = new Random(seed);
            List<Event> arrived = new ArrayList<>();
            List<Event> left = new ArrayList<>();
            try (ReorderBuffer buffer = new ReorderBuffer(windowNanos, eventsInMemoryMax)) {
                long latest = 0;
                for (int i = 0; i < 2_000; i++) {
                    long time = Math.max(0, latest + random.nextInt(6) - random.nextInt(windowNanos + 1));
                    time = Math.max(time, latest - windowNanos);
                    latest = Math.max(latest, time);
                    buffer.arrive(time);
                    add(buffer, new Event(time, arrived.size()), arrived);
                    if (random.nextInt(4) == 0) {
                        add(buffer, new Event(time + random.nextInt(5_000), arrived.size()), arrived);
                    }
                    if (random.nextInt(50) == 0) {
                        drain(buffer, left);
                    }
                }
                buffer.end();
                drain(buffer, left);
                assertThat(buffer.isReady()).isFalse();
            }
            arrived.sort(Comparator.comparingLong(Event::timeNanos));
            assertThat(left)
                    .as("seed %d, memory %d, window %d", seed, eventsInMemoryMax, windowNanos)
                    .isEqualTo(arrived);
        }
    }

    private static void add(ReorderBuffer buffer, Event event, List<Event> arrived) throws IOException {
        buffer.add(event.timeNanos(), event.number(), -event.number());
        arrived.add(event);
    }

    private static void drain(ReorderBuffer buffer, List<Event> left) throws IOException {
        PackedEvent event = new PackedEvent();
        while (buffer.isReady()) {
            buffer.take(event);
            assertThat(event.to).isEqualTo(-event.from);
            left.add(new Event(event.timeNanos, event.from));
        }
    }

    @Test
    void nothingLeavesBeforeTheWindowHasPassed() throws IOException {
        try (ReorderBuffer buffer = new ReorderBuffer(10, 4)) {
            buffer.arrive(100);
            buffer.add(100, 1, 1);
            buffer.arrive(109);
            assertThat(buffer.isReady()).isFalse();
            buffer.arrive(110);
            assertThat(buffer.isReady()).isTrue();
        }
    }

    @Test
    void closeDropsWhatIsOnDisk() throws IOException {
        ReorderBuffer buffer = new ReorderBuffer(1_000_000, 2);
        for (int i = 0; i < 100; i++) {
            buffer.arrive(i);
            buffer.add(i, i, i);
        }
        buffer.end();
        assertThat(buffer.isReady()).isTrue();
        buffer.close();
        buffer.close();
    }
}
