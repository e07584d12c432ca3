package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link PortBlock} against a map of counts. */
class PortBlockTest {
    private static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    private static PortSet ports(String... ranges) {
        return PortSet.of(List.of(ranges).stream().map(PortRange::parse).toList());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countsWhatAMapCounts(long seed) {
        Random random = new Random(seed);
        PortSet all = ports("1030-1030", "1040-1210", "1300-1330", "2047-2048");
        PortSet owned = all;
        PortBlock block = new PortBlock(owned);
        Map<Integer, Integer> flows = new TreeMap<>();
        int lastTaken = PortView.NONE;
        for (int step = 0; step < 1_500; step++) {
            if (random.nextInt(100) < 51) {
                int port = random.nextInt(3) == 0 ? block.lowestUnused() : any(random, owned);
                if (port != PortView.NONE) {
                    block.take(port);
                    flows.merge(port, 1, Integer::sum);
                    lastTaken = port;
                }
            } else if (!flows.isEmpty()) {
                int port = List.copyOf(flows.keySet()).get(random.nextInt(flows.size()));
                block.giveBack(port);
                flows.computeIfPresent(port, (p, count) -> count == 1 ? null : count - 1);
            }
            if (random.nextInt(300) == 0) {
                owned = random.nextBoolean() ? all : used(flows);
                block = block.with(owned);
            }
            check(block, owned, flows, lastTaken);
        }
    }

    private static List<Integer> list(PortSet ports) {
        return ports.ranges().stream()
                .flatMapToInt(range -> IntStream.rangeClosed(range.first(), range.last()))
                .boxed()
                .toList();
    }

    private static int any(Random random, PortSet owned) {
        List<Integer> ports = list(owned);
        return ports.isEmpty() ? PortView.NONE : ports.get(random.nextInt(ports.size()));
    }

    private static PortSet used(Map<Integer, Integer> flows) {
        return PortSet.of(
                flows.keySet().stream().map(port -> new PortRange(port, port)).toList());
    }

    private static void check(PortBlock block, PortSet owned, Map<Integer, Integer> flows, int lastTaken) {
        assertThat(block.ownedCount()).isEqualTo(owned.size());
        assertThat(block.usedCount()).isEqualTo(flows.size());
        assertThat(block.lastTaken()).isEqualTo(lastTaken);
        List<Integer> ownedPorts = new ArrayList<>();
        List<Integer> usedPorts = new ArrayList<>();
        for (int port = block.firstWord() * Long.SIZE; port < (block.lastWord() + 1) * Long.SIZE; port++) {
            if (block.owns(port)) {
                ownedPorts.add(port);
            }
            if (((block.used(port / Long.SIZE) >>> port) & 1) != 0) {
                usedPorts.add(port);
            }
        }
        assertThat(ownedPorts).isEqualTo(list(owned));
        assertThat(usedPorts).containsExactlyElementsOf(flows.keySet());
        ownedPorts.removeAll(usedPorts);
        assertThat(block.lowestUnused()).isEqualTo(ownedPorts.isEmpty() ? PortView.NONE : ownedPorts.get(0));
    }

    @Test
    void anEmptyBlockOwnsNothing() {
        PortBlock block = new PortBlock(PortSet.empty());

        assertThat(block.ownedCount()).isZero();
        assertThat(block.lowestUnused()).isEqualTo(PortView.NONE);
        assertThat(IntStream.of(-1, 0, 1, 64, 65_535).noneMatch(block::owns)).isTrue();
    }

    @Test
    void aPortThatIsNotTakenCannotBeGivenBack() {
        PortBlock block = new PortBlock(ports("1024-1031"));
        block.take(1_024);
        block.giveBack(1_024);

        assertThatIllegalStateException()
                .isThrownBy(() -> block.giveBack(1_024))
                .withMessage("port 1024 was given back but never taken");
    }

    @Test
    void aPortInUseCannotBeTakenAway() {
        PortBlock block = new PortBlock(ports("1024-1151"));
        block.take(1_100);

        assertThat(block.with(ports("1100")).usedCount()).isEqualTo(1);
        for (PortSet without : List.of(ports("1024-1099", "1101-1151"), ports("1024-1031"), PortSet.empty())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> block.with(without))
                    .withMessage("a port outside " + without + " still has flows");
        }
    }
}
