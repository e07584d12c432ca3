package io.github.snatsim.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snatsim.azure.Autoscale.Decision;
import io.github.snatsim.azure.Autoscale.Metric;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoscaleTest {
    private static Autoscale rule(Metric metric, double above, double below, int min, int max, Duration cpu) {
        return new Autoscale(metric, above, below, min, max, Duration.ofSeconds(100), Duration.ZERO, cpu);
    }

    @ParameterizedTest
    @CsvSource({
        // calls in 100 s, units: above 10/s out, below 5/s in, 2 to 4 units
        "3000, 3, STAY", // 10, not above it
        "3001, 3, SCALE_OUT",
        "1500, 3, STAY", // 5, not below it
        "1499, 3, SCALE_IN",
        "0, 3, SCALE_IN",
        "4001, 4, STAY", // the most
        "0, 2, STAY", // the fewest
        "999999, 1, SCALE_OUT",
        "999999, 9, STAY",
    })
    void g4_asksForOneUnitMoreOrFewerWithinItsBounds(long calls, int units, Decision decision) {
        assertThat(rule(Metric.CALLS, 10, 5, 2, 4, Duration.ZERO).decide(calls, units))
                .isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource({
        // a call takes 200 ms: 350 calls in 100 s on one unit are 70 %
        "349, 1, STAY",
        "351, 1, SCALE_OUT",
        "701, 2, SCALE_OUT",
        "699, 2, STAY",
        "299, 2, SCALE_IN",
        "301, 2, STAY",
    })
    void g4_cpuIsWhatCallsTakeOfAUnit(long calls, int units, Decision decision) {
        assertThat(rule(Metric.CPU, 70, 30, 1, 4, Duration.ofMillis(200)).decide(calls, units))
                .isEqualTo(decision);
    }

    @Test
    void g4_itKnowsNoSnatPorts() {
        assertThat(Metric.values()).containsExactly(Metric.CALLS, Metric.CPU);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        Duration ms = Duration.ofMillis(1);
        assertThatThrownBy(() -> rule(Metric.CALLS, 5, 5, 1, 2, ms)).hasMessageContaining("out of order");
        assertThatThrownBy(() -> rule(Metric.CALLS, Double.NaN, 1, 1, 2, ms)).hasMessageContaining("out of order");
        assertThatThrownBy(() -> rule(Metric.CALLS, 5, -1, 1, 2, ms)).hasMessageContaining("out of order");
        assertThatThrownBy(() -> rule(Metric.CALLS, 5, 1, 0, 2, ms)).hasMessageContaining("0 units");
        assertThatThrownBy(() -> rule(Metric.CALLS, 5, 1, 1, 1_001, ms)).hasMessageContaining("1001 units");
        assertThatThrownBy(() -> rule(Metric.CALLS, 5, 1, 3, 2, ms)).hasMessageContaining("not below the fewest");
        assertThatThrownBy(() -> rule(Metric.CPU, 5, 1, 1, 2, Duration.ZERO)).hasMessageContaining("CPU time");
        assertThatThrownBy(() -> new Autoscale(Metric.CALLS, 5, 1, 1, 2, Duration.ZERO, Duration.ZERO, ms))
                .hasMessageContaining("period");
        assertThatThrownBy(() -> new Autoscale(Metric.CALLS, 5, 1, 1, 2, ms, ms.negated(), ms))
                .hasMessageContaining("expected not negative");
    }
}
