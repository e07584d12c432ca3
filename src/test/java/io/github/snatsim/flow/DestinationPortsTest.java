package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.PortSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link DestinationPorts} against a map of sets, with few and with many ports a pair, in blocks that grow and shrink. */
class DestinationPortsTest {
    private final DestinationPorts taken = new DestinationPorts();
    private final Map<Long, Set<Integer>> expected = new HashMap<>();

    private static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsWhatAMapOfSetsKeeps(long seed) {
        Random random = new Random(seed);
        int pairs = 1 << random.nextInt(9);
        int first = 1_024 + random.nextInt(64_000);
        int width = 1 + random.nextInt(Math.min(1_024, 65_535 - first));
        PortBlock block = block(first, width);
        int fill = 1 + random.nextInt(99);
        for (int step = 0; step < 2_000; step++) {
            long pair = 1 + random.nextInt(pairs) * 0x0100_0000_0001L;
            Set<Integer> ports = expected.computeIfAbsent(pair, unused -> new TreeSet<>());
            if (random.nextInt(100) < fill) {
                set(pair, ports, first + random.nextInt(width), block);
            } else if (!ports.isEmpty()) {
                clear(pair, ports, List.copyOf(ports).get(random.nextInt(ports.size())));
            }
            if (step % 4 == 0) {
                check(pair, ports, block);
            }
            if (step % 500 == 499) {
                int grown = Math.min(65_536 - first, width + random.nextInt(200));
                int floor = Math.max(1_024, first - random.nextInt(200));
                block = block(floor, grown + first - floor);
                width = grown + first - floor;
                first = floor;
            }
        }
        for (Map.Entry<Long, Set<Integer>> entry : expected.entrySet()) {
            for (int port : new ArrayList<>(entry.getValue())) {
                check(entry.getKey(), entry.getValue(), block);
                clear(entry.getKey(), entry.getValue(), port);
            }
            assertThat(taken.find(entry.getKey())).isEqualTo(DestinationPorts.NONE);
        }
    }

    private static PortBlock block(int first, int width) {
        return new PortBlock(PortSet.of(new PortRange(first, first + width - 1)));
    }

    private void set(long pair, Set<Integer> ports, int port, PortBlock block) {
        if (ports.add(port)) {
            taken.set(taken.findOrInsert(pair), port, block);
        }
    }

    private void clear(long pair, Set<Integer> ports, int port) {
        ports.remove(port);
        taken.clear(taken.find(pair), port);
    }

    private void check(long pair, Set<Integer> ports, PortBlock block) {
        int slot = taken.find(pair);
        if (ports.isEmpty()) {
            assertThat(slot).as("a pair without ports").isEqualTo(DestinationPorts.NONE);
            return;
        }
        assertThat(taken.count(slot)).isEqualTo(ports.size());
        List<Integer> found = new ArrayList<>();
        for (int port = block.firstWord() * Long.SIZE; port < (block.lastWord() + 1) * Long.SIZE; port++) {
            if (taken.isTaken(slot, port)) {
                found.add(port);
            }
        }
        assertThat(found).containsExactlyElementsOf(ports);
    }
}
