package io.github.snatsim.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowMemoryTest {
    private record Pair(long low, long high) {}

    private record Remembered(int entry, int state, long seenNanos) {}

    /** Random operations against a map in access order, everything compared after every one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 65, 200, 1_000})
    void behavesLikeAMapInAccessOrder(int entriesMax) {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            FlowMemory memory = new FlowMemory(entriesMax);
            Map<Pair, Remembered> model = new LinkedHashMap<>(16, 0.75f, true);
            long evictions = 0;
            long now = 0;
            for (int step = 0; step < 5_000; step++) {
                now += random.nextInt(3);
                Pair pair = new Pair(random.nextInt(30), random.nextInt(20));
                String context = "seed " + seed + " step " + step;
                if (random.nextInt(100) == 0) {
                    long limit = now - random.nextInt(200);
                    memory.forgetBefore(limit);
                    model.values().removeIf(remembered -> remembered.seenNanos() < limit);
                }
                int entry = memory.seen(pair.low(), pair.high(), now);
                Remembered expected = model.get(pair);
                assertThat(entry).as(context).isEqualTo(expected == null ? FlowMemory.NONE : expected.entry());
                if (expected == null) {
                    if (model.size() == entriesMax) {
                        model.remove(List.copyOf(model.keySet()).get(0));
                        evictions++;
                    }
                    entry = memory.add(pair.low(), pair.high(), now);
                    assertThat(memory.state(entry)).as(context).isZero();
                } else {
                    assertThat(memory.state(entry)).as(context).isEqualTo((byte) expected.state());
                }
                memory.setState(entry, step % 100);
                model.put(pair, new Remembered(entry, step % 100, now));
                assertThat(memory.evictions()).as(context).isEqualTo(evictions);
            }
        }
    }
}
