package io.github.snatsim.metrics;

import static io.github.snatsim.flow.FlowState.FIN_HOLD;
import static io.github.snatsim.flow.FlowState.OPEN;
import static io.github.snatsim.flow.FlowState.RST_HOLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.flow.FlowState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortStatesTest {
    private static final List<FlowState> STATES = List.of(OPEN, FIN_HOLD, RST_HOLD);

    private final PortStates ports = new PortStates();

    @Test
    void noPortIsInUseAtFirst() {
        assertThat(ports.snapshot()).isEqualTo(PortsByState.NONE);
        assertThat(ports.total()).isZero();
    }

    @Test
    void t6_aPortThatSeveralFlowsShareCountsOnce() {
        ports.add(1_024, OPEN);
        ports.add(1_024, OPEN);
        ports.add(1_025, OPEN);

        assertThat(ports.total()).isEqualTo(2);
        ports.remove(1_024, OPEN);
        assertThat(ports.total()).isEqualTo(2);
        ports.remove(1_024, OPEN);
        assertThat(ports.total()).isEqualTo(1);
    }

    @Test
    void aSharedPortCountsByItsMostAliveFlow() {
        ports.add(65_535, RST_HOLD);
        assertThat(ports.snapshot()).isEqualTo(new PortsByState(0, 0, 1));
        ports.add(65_535, FIN_HOLD);
        assertThat(ports.snapshot()).isEqualTo(new PortsByState(0, 1, 0));
        ports.add(65_535, OPEN);
        assertThat(ports.snapshot()).isEqualTo(new PortsByState(1, 0, 0));

        ports.move(65_535, OPEN, RST_HOLD);
        assertThat(ports.snapshot()).isEqualTo(new PortsByState(0, 1, 0));
        ports.remove(65_535, FIN_HOLD);
        assertThat(ports.snapshot()).isEqualTo(new PortsByState(0, 0, 1));
    }

    @Test
    void anyPortNumberIsCounted() {
        for (int port : new int[] {1, 63, 64, 65_535}) {
            ports.add(port, OPEN);
        }
        assertThat(ports.count(OPEN)).isEqualTo(4);
    }

    @Test
    void snapshotsDoNotChangeAfterwards() {
        PortsByState before = ports.snapshot();
        ports.add(1_024, OPEN);
        assertThat(before).isEqualTo(PortsByState.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithAListOfFlows(long seed) {
        Random random = new Random(seed);
        List<Map.Entry<Integer, FlowState>> flows = new ArrayList<>();
        int portCount = 1 + random.nextInt(200);
        for (int step = 0; step < 5_000; step++) {
            int what = random.nextInt(10);
            if (flows.isEmpty() || what < (step / 1_000 % 2 == 0 ? 5 : 3)) {
                Map.Entry<Integer, FlowState> flow = Map.entry(1_024 + random.nextInt(portCount), anyState(random));
                flows.add(flow);
                ports.add(flow.getKey(), flow.getValue());
            } else {
                Map.Entry<Integer, FlowState> flow = flows.remove(random.nextInt(flows.size()));
                if (what < 8) {
                    ports.remove(flow.getKey(), flow.getValue());
                } else {
                    FlowState after = anyState(random);
                    flows.add(Map.entry(flow.getKey(), after));
                    ports.move(flow.getKey(), flow.getValue(), after);
                }
            }
            assertThat(ports.snapshot()).as("seed %d, step %d", seed, step).isEqualTo(counted(flows));
            assertThat(ports.total())
                    .as("seed %d, step %d: distinct ports", seed, step)
                    .isEqualTo(flows.stream().map(Map.Entry::getKey).distinct().count());
        }
    }

    private static FlowState anyState(Random random) {
        return STATES.get(random.nextInt(STATES.size()));
    }

    /** Each port by the first of its flows' states: they are declared most alive first. */
    private static PortsByState counted(Collection<Map.Entry<Integer, FlowState>> flows) {
        Map<Integer, List<FlowState>> byPort = new TreeMap<>();
        flows.forEach(flow ->
                byPort.computeIfAbsent(flow.getKey(), port -> new ArrayList<>()).add(flow.getValue()));
        Map<FlowState, Integer> counts = new HashMap<>();
        byPort.values().forEach(states -> counts.merge(Collections.min(states), 1, Integer::sum));
        return new PortsByState(
                counts.getOrDefault(OPEN, 0), counts.getOrDefault(FIN_HOLD, 0), counts.getOrDefault(RST_HOLD, 0));
    }
}
