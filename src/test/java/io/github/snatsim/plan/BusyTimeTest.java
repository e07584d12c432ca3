package io.github.snatsim.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.workload.Distribution;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BusyTimeTest {
    private static final long SECOND = 1_000_000_000L;

    static Stream<Distribution> lifetimes() {
        return Stream.of(
                Distribution.fixed(Duration.ofSeconds(30)),
                Distribution.fixed(Duration.ofSeconds(300)),
                new Distribution.Exponential(Duration.ofSeconds(100)),
                new Distribution.LogNormal(Duration.ofSeconds(100), 1.5),
                new Distribution.LogNormal(Duration.ofSeconds(10), 0),
                new Distribution.Pareto(Duration.ofSeconds(50), 1.2),
                new Distribution.Pareto(Duration.ofSeconds(50), 1),
                new Distribution.Pareto(Duration.ofSeconds(300), 3),
                new Distribution.Empirical(ImmutableList.of(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(100),
                        Duration.ofSeconds(240),
                        Duration.ofSeconds(900))));
    }

    /** A million draws, each cut at 240 s, with a hold of 15 s behind those that end before. */
    @ParameterizedTest
    @MethodSource("lifetimes")
    void r3_meanOfCutLifetimesIsThatOfDraws(Distribution lifetime) {
        long seed = 20_240_606;
        Random random = new Random(seed);
        int draws = 1_000_000;
        double sum = 0;
        for (int i = 0; i < draws; i++) {
            long nanos = lifetime.nextNanos(random);
            sum += nanos < 240 * SECOND ? nanos + 15 * SECOND : 240 * SECOND;
        }

        BusyTime busy = BusyTime.of(lifetime, OptionalLong.of(15 * SECOND), OptionalLong.of(240 * SECOND));

        assertThat(busy.meanSeconds()).as("seed %d", seed).isCloseTo(sum / draws / SECOND, withinPercentage(0.5));
    }

    @Test
    void m2_meanAndVariationOfWholeLifetimes() {
        BusyTime exponential = BusyTime.of(new Distribution.Exponential(Duration.ofSeconds(60)), Duration.ofMinutes(4));
        BusyTime fixed = BusyTime.of(Distribution.fixed(Duration.ofSeconds(60)), Duration.ofMinutes(4));

        assertThat(exponential.meanSeconds()).isEqualTo(300);
        assertThat(exponential.variation()).isCloseTo(0.2, within(1e-12));
        assertThat(exponential.isNearlyConstant()).isFalse();
        assertThat(fixed.constantNanos()).hasValue(300 * SECOND);
        assertThat(fixed.isNearlyConstant()).isTrue();
        assertThat(BusyTime.of(new Distribution.Exponential(Duration.ofSeconds(2)), Duration.ofMinutes(4))
                        .isNearlyConstant())
                .isTrue();
        assertThat(BusyTime.of(new Distribution.Pareto(Duration.ofSeconds(1), 1), Duration.ZERO)
                        .meanSeconds())
                .isInfinite();
    }

    /** Tables of the normal distribution. */
    @Test
    void normalDistribution() {
        assertThat(Lifetimes.normalBelow(0)).isEqualTo(0.5);
        assertThat(Lifetimes.normalBelow(1)).isCloseTo(0.8413447460685429, within(1e-10));
        assertThat(Lifetimes.normalBelow(-1.959963984540054)).isCloseTo(0.025, within(1e-10));
        assertThat(Lifetimes.normalBelow(Double.POSITIVE_INFINITY)).isCloseTo(1, within(1e-10));
        assertThat(Lifetimes.normalBelow(-40)).isCloseTo(0, within(1e-10));
    }
}
