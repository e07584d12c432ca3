package io.github.snatsim.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured side by side does the same: every verdict and every port, in small. */
class SameVerdictsTest {
    private static final int EVENTS = 100_000;
    private static final int INSTANCES = 5;

    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "C4", "D"})
    void peersAgree(String name) {
        Workload workload = Workload.named(name).withInstances(INSTANCES);
        Map<String, Function<Workload, Contestant>> peers =
                Map.of("heap", HashMapAndHeap::new, "linked", LinkedMaps::new, "guava", GuavaCaches::new);
        peers.forEach((peer, maker) -> {
            Comparison comparison = Comparison.of(workload, new SnatSim(workload), maker.apply(workload), EVENTS);
            assertThat(comparison.otherVerdicts()).as(peer).isZero();
            assertThat(comparison.otherPorts()).as(peer).isZero();
            if (!peer.equals("guava")) { // frees late what is due
                assertThat(comparison.otherSizes()).as(peer).isZero();
            }
        });
    }

    /** The stream is what the workload says, counted from the library's verdicts: packets of live flows only. */
    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "C4"})
    void nothingIsRefused(String name) {
        Comparison comparison = alone(name);
        assertThat(comparison.refused()).isZero();
        assertThat(comparison.dropped()).isZero();
    }

    /** 4.7 attempts a second and instance find a port, 42.3 do not. */
    @ParameterizedTest
    @ValueSource(strings = "D")
    void nineOfTenAreRefused(String name) {
        Comparison comparison = alone(name);
        assertThat(comparison.dropped()).isZero();
        assertThat(comparison.refused() / (double) (comparison.refused() + comparison.opened()))
                .isBetween(0.88, 0.92);
    }

    private static Comparison alone(String name) {
        Workload workload = Workload.named(name).withInstances(INSTANCES);
        return Comparison.of(workload, new SnatSim(workload), new SnatSim(workload), 3 * EVENTS);
    }
}
