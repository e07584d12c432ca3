package io.github.snatsim.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class EstimateTest {
    @Test
    void theQuantilesAreStudents() {
        for (int degrees = 1; degrees <= 2_000; degrees++) {
            assertThat(Estimate.quantile(degrees))
                    .as("%d degrees of freedom", degrees)
                    .isCloseTo(TDistribution.of(degrees).inverseCumulativeProbability(0.975), within(1e-6));
        }
    }

    @Test
    void theIntervalIsThatOfStudentsT() {
        // Mean 3, s = sqrt(10 / 4), half width 2.776445 x s / sqrt(5).
        Estimate estimate = Estimate.of(ImmutableList.of(1.0, 2.0, 3.0, 4.0, 5.0));

        assertThat(estimate.mean()).isEqualTo(3);
        assertThat(estimate.high() - 3).isCloseTo(2.776445105 * Math.sqrt(2.5 / 5), within(1e-9));
        assertThat(3 - estimate.low()).isCloseTo(estimate.high() - 3, within(1e-12));
        assertThat(estimate.n()).isEqualTo(5);
    }

    @Test
    void oneRunGivesNoInterval() {
        Estimate estimate = Estimate.of(ImmutableList.of(7.0));

        assertThat(estimate.low()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(estimate.high()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> Estimate.of(ImmutableList.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
