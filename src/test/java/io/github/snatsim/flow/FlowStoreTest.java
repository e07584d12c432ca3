package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link FlowStore} against a plain map of records: every field of every flow after every change. */
class FlowStoreTest {
    private static final FlowState[] STATES = FlowState.values();

    private record Fields(
            long deadline, long order, int port, FlowState state, int fins, boolean answered, int idle, int timer) {}

    private final FlowStore store = new FlowStore();
    private final Map<Long, Fields> expected = new HashMap<>();
    private final List<Long> live = new ArrayList<>();

    private static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsWhatAMapKeeps(long seed) {
        Random random = new Random(seed);
        int most = 1 << (1 + random.nextInt(10));
        long spread = 1L << (1 + random.nextInt(62));
        for (int step = 0; step < 5_000; step++) {
            if (live.size() < most && random.nextInt(100) < 52) {
                insert(random, 1 + random.nextLong(spread));
            } else if (!live.isEmpty()) {
                remove(random.nextInt(live.size()));
            }
            if (!live.isEmpty()) {
                change(random, live.get(random.nextInt(live.size())));
            }
            assertThat(store.size()).isEqualTo(expected.size());
            if (step % 16 == 0) {
                checkAll();
            }
        }
        checkAll();
    }

    private void insert(Random random, long key) {
        if (expected.containsKey(key)) {
            return;
        }
        assertThat(store.find(key)).isEqualTo(FlowStore.NONE);
        if (store.isFull()) {
            grow();
        }
        int slot = store.insert(key);
        assertThat(store.find(key)).isEqualTo(slot);
        assertThat(store.key(store.likely(key)) == key || store.size() > 1)
                .as("found at once where nothing is in the way")
                .isTrue();
        assertThat(fields(slot)).isEqualTo(new Fields(0, 0, 0, FlowState.OPEN, 0, false, 0, 0));
        int port = random.nextInt(65_536);
        int idle = random.nextInt(FlowStore.IDLE_CLASSES_MAX);
        long order = random.nextLong();
        store.open(slot, order, port, idle);
        expected.put(key, new Fields(0, order, port, FlowState.OPEN, 0, false, idle, 0));
        live.add(key);
    }

    private void grow() {
        Map<Long, Integer> before = new HashMap<>();
        expected.keySet().forEach(key -> before.put(key, store.find(key)));
        int[] moved = store.grow();
        assertThat(moved).hasSizeGreaterThan(store.size());
        expected.keySet().forEach(key -> assertThat(moved[before.get(key)]).isEqualTo(store.find(key)));
        assertThat(IntStream.of(moved).filter(slot -> slot != FlowStore.NONE).count())
                .as("slots with a flow")
                .isEqualTo(store.size());
        assertThat(store.isFull()).isFalse();
    }

    private void remove(int i) {
        long key = live.get(i);
        live.set(i, live.get(live.size() - 1));
        live.remove(live.size() - 1);
        store.remove(store.find(key));
        expected.remove(key);
        assertThat(store.find(key)).isEqualTo(FlowStore.NONE);
    }

    /** Sets one field, which must leave the others alone. */
    private void change(Random random, long key) {
        int slot = store.find(key);
        Fields f = expected.get(key);
        switch (random.nextInt(6)) {
            case 0 -> {
                long deadline = random.nextLong();
                store.deadline(slot, deadline);
                f = new Fields(deadline, f.order, f.port, f.state, f.fins, f.answered, f.idle, f.timer);
            }
            case 1 -> {
                FlowState state = STATES[random.nextInt(STATES.length)];
                store.state(slot, state);
                f = new Fields(f.deadline, f.order, f.port, state, f.fins, f.answered, f.idle, f.timer);
            }
            case 2 -> {
                int fins = random.nextInt(4);
                store.fins(slot, fins);
                f = new Fields(f.deadline, f.order, f.port, f.state, fins, f.answered, f.idle, f.timer);
            }
            case 3 -> {
                int timer = random.nextInt(4_096);
                store.timer(slot, timer);
                f = new Fields(f.deadline, f.order, f.port, f.state, f.fins, f.answered, f.idle, timer);
            }
            case 4 -> {
                int idle = random.nextInt(FlowStore.IDLE_CLASSES_MAX);
                store.answered(slot, idle);
                f = new Fields(f.deadline, f.order, f.port, f.state, f.fins, true, idle, f.timer);
            }
            default -> {
                store.open(slot, 7, 65_535, 3);
                f = new Fields(f.deadline, 7, 65_535, FlowState.OPEN, 0, false, 3, 0);
            }
        }
        expected.put(key, f);
        assertThat(fields(slot)).isEqualTo(f);
    }

    private void checkAll() {
        expected.forEach((key, fields) -> {
            int slot = store.find(key);
            assertThat(store.key(slot)).isEqualTo(key);
            assertThat(fields(slot)).isEqualTo(fields);
        });
        long occupied = LongStream.range(0, store.capacity())
                .filter(slot -> store.key((int) slot) != 0)
                .count();
        assertThat(occupied).as("slots that a pass sees").isEqualTo(expected.size());
    }

    private Fields fields(int slot) {
        return new Fields(
                store.deadline(slot),
                store.order(slot),
                store.port(slot),
                store.state(slot),
                store.fins(slot),
                store.answered(slot),
                store.idleClass(slot),
                store.timer(slot));
    }

    @Test
    void flowsOfOneBucketGoOnToTheNextAndAreFoundThereWhateverLeaves() {
        int bucket = home(1);
        List<Long> crowd = LongStream.rangeClosed(1, 1_000_000)
                .filter(key -> home(key) == bucket)
                .limit(40)
                .boxed()
                .toList();
        for (int first = 0; first < 8; first++) {
            crowd.forEach(store::insert);
            Random random = new Random(first);
            List<Long> left = new ArrayList<>(crowd);
            Collections.shuffle(left, random);
            while (!left.isEmpty()) {
                long gone = left.remove(left.size() - 1);
                store.remove(store.find(gone));
                assertThat(store.find(gone)).isEqualTo(FlowStore.NONE);
                assertThat(left)
                        .allSatisfy(
                                key -> assertThat(store.key(store.find(key))).isEqualTo(key));
            }
        }
    }

    @Test
    void aSearchForWhatIsNotThereEndsThoughMoreFlowsThanCanBeCountedWentOn() {
        FlowStore large = new FlowStore();
        while (large.capacity() < 1_000) {
            large.grow();
        }
        int bucket = large.insert(1) / 15;
        List<Long> crowd = LongStream.rangeClosed(2, 10_000_000)
                .filter(key -> slotOfOne(large, key) / 15 == bucket)
                .limit(300)
                .boxed()
                .toList();
        crowd.forEach(large::insert);
        crowd.forEach(key -> large.remove(large.find(key)));

        assertThat(large.size()).isEqualTo(1);
        assertThat(crowd).allSatisfy(key -> assertThat(large.find(key)).isEqualTo(FlowStore.NONE));
        crowd.forEach(large::insert);
        assertThat(crowd)
                .allSatisfy(key -> assertThat(large.key(large.find(key))).isEqualTo(key));
    }

    /** Where a store with one flow would put another. */
    private static int slotOfOne(FlowStore store, long key) {
        int slot = store.insert(key);
        store.remove(slot);
        return slot;
    }

    /** The bucket of a key in an empty store. */
    private static int home(long key) {
        return new FlowStore().insert(key) / 15;
    }
}
