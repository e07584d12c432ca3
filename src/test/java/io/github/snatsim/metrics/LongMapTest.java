package io.github.snatsim.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongMapTest {
    private final LongMap<String> map = new LongMap<>();

    @Test
    void holdsWhatWasPutUnderAKeyLast() {
        assertThat(map.get(7)).isNull();
        map.put(7, "seven");
        map.put(-7, "minus seven");
        map.put(7, "VII");
        assertThat(map.get(7)).isEqualTo("VII");
        assertThat(map.get(-7)).isEqualTo("minus seven");
    }

    @Test
    void removingForgetsOneKeyOnly() {
        map.put(7, "seven");
        map.put(8, "eight");
        map.remove(7);
        map.remove(9);
        assertThat(map.get(7)).isNull();
        assertThat(map.get(8)).isEqualTo("eight");
    }

    /** Few keys collide all the time around a small table, many make it grow. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 20, 300, 20_000})
    void agreesWithAHashMap(int keyCount) {
        for (long seed = 1; seed <= 3; seed++) {
            Random random = new Random(seed);
            long[] keys = random.longs().filter(key -> key != 0).limit(keyCount).toArray();
            agreesWithAHashMap(keys, random, "seed " + seed + ", " + keyCount + " random keys");
        }
    }

    /** Keys as the flow table makes them: neighbours in the low bits, in the high bits, or in both. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 40, (1L << 40) + 1})
    void agreesWithAHashMapForKeysInARow(long step) {
        long[] keys = new long[500];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (i + 1) * step;
        }
        agreesWithAHashMap(keys, new Random(step), "seed and step " + step);
    }

    private static void agreesWithAHashMap(long[] keys, Random random, String what) {
        LongMap<Integer> map = new LongMap<>();
        Map<Long, Integer> expected = new HashMap<>();
        for (int step = 0; step < 10_000; step++) {
            long key = keys[random.nextInt(keys.length)];
            // long phases of growth and of decline, so that it fills and empties
            if (random.nextInt(100) < (step / 2_000 % 2 == 0 ? 80 : 20)) {
                map.put(key, step);
                expected.put(key, step);
            } else {
                map.remove(key);
                expected.remove(key);
            }
            long other = keys[random.nextInt(keys.length)];
            assertThat(map.get(other)).as("%s, step %d", what, step).isEqualTo(expected.get(other));
            if (step % 1_000 == 0) {
                List<Integer> values = new ArrayList<>();
                map.forEach(values::add);
                assertThat(values).as("%s, step %d", what, step).containsExactlyInAnyOrderElementsOf(expected.values());
            }
        }
    }
}
