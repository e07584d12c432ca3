package io.github.snatsim.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.Destination;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.ParetoDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.apache.commons.statistics.distribution.ZipfDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The samplers against a statistics library: the largest distance of the distribution functions (Kolmogorov-Smirnov). */
class DistributionTest {
    private static final int DRAWS = 100_000;

    /** 1.95 / sqrt(n): exceeded by chance once in a thousand. The seed is fixed, so it either holds or it does not. */
    private static final double DISTANCE_MAX = 1.95 / Math.sqrt(DRAWS);

    private static RandomGenerator random() {
        return new RandomStreams(1).stream("test");
    }

    static Stream<Arguments> laws() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                Arguments.of(new Distribution.Exponential(second), ExponentialDistribution.of(1e9)),
                Arguments.of(new Distribution.LogNormal(second, 1.5), LogNormalDistribution.of(Math.log(1e9), 1.5)),
                Arguments.of(new Distribution.Pareto(second, 1.2), ParetoDistribution.of(1e9, 1.2)));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void c3_drawsFollowTheLaw(Distribution ours, ContinuousDistribution theirs) {
        RandomGenerator random = random();
        long[] draws = new long[DRAWS];
        Arrays.setAll(draws, i -> ours.nextNanos(random));
        Arrays.sort(draws);
        double distance = 0;
        for (int i = 0; i < DRAWS; i++) {
            double expected = theirs.cumulativeProbability((double) draws[i]);
            distance = Math.max(distance, Math.max(expected - (double) i / DRAWS, (i + 1.0) / DRAWS - expected));
        }
        assertThat(distance).isLessThan(DISTANCE_MAX);
        if (Double.isFinite(theirs.getMean())) {
            assertThat(ours.meanNanos()).isCloseTo(theirs.getMean(), within(theirs.getMean() * 1e-9));
        }
    }

    @Test
    void c3_measuredValuesComeWithEqualChance() {
        Distribution ours = new Distribution.Empirical(
                ImmutableList.of(Duration.ofNanos(1), Duration.ofNanos(2), Duration.ofNanos(3)));
        RandomGenerator random = random();
        int[] counts = new int[4];
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) ours.nextNanos(random)]++;
        }
        for (int value = 1; value <= 3; value++) {
            double count = counts[value];
            assertThat(count).isCloseTo(DRAWS / 3.0, within(5 * Math.sqrt(DRAWS * 2 / 9.0)));
        }
    }

    @Test
    void c3_zipfChoosesByRank() {
        DestinationDraw draw = new DestinationDraw(
                new Destinations.Zipf(Destinations.range(Destination.parse("tcp 203.0.113.1:80"), 50), 1.1), random());
        ZipfDistribution theirs = ZipfDistribution.of(50, 1.1);
        int[] counts = new int[51];
        int first = Destination.parse("tcp 203.0.113.1:80").endpoint().address().ipv4Bits();
        for (int i = 0; i < DRAWS; i++) {
            counts[draw.next().endpoint().address().ipv4Bits() - first + 1]++;
        }
        for (int rank = 1; rank <= 50; rank++) {
            double expected = DRAWS * theirs.probability(rank);
            assertThat((double) counts[rank]).as("rank %d", rank).isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
    }

    @Test
    void c2_poissonArrivalsPerSecondArePoisson() {
        ArrivalTimes times = ArrivalTimes.of(new Arrivals.Poisson(Rate.perSecond(4)), 0, random());
        int seconds = 25_000;
        int[] perSecond = new int[seconds];
        for (long time = times.next(); time < seconds * 1_000_000_000L; time = times.next()) {
            perSecond[(int) (time / 1_000_000_000L)]++;
        }
        PoissonDistribution theirs = PoissonDistribution.of(4);
        for (int count = 0; count <= 10; count++) {
            int wanted = count;
            long seen = Arrays.stream(perSecond).filter(n -> n == wanted).count();
            double expected = seconds * theirs.probability(count);
            assertThat((double) seen).as("%d a second", count).isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
    }

    @Test
    void c2_aDailyCurveHasItsRateInEachHour() {
        ImmutableList<Optional<Rate>> hours = ImmutableList.<Optional<Rate>>builder()
                .addAll(Collections.nCopies(12, Optional.empty()))
                .addAll(Collections.nCopies(6, Optional.of(Rate.perSecond(1))))
                .addAll(Collections.nCopies(6, Optional.of(Rate.perSecond(3))))
                .build();
        ArrivalTimes times = ArrivalTimes.of(new Arrivals.Daily(hours), 0, random());
        long hour = 3_600_000_000_000L;
        int[] perHour = new int[48];
        for (long time = times.next(); time < 48 * hour; time = times.next()) {
            perHour[(int) (time / hour)]++;
        }
        for (int i = 0; i < 48; i++) {
            double expected =
                    hours.get(i % 24).map(rate -> rate.perSecond() * 3_600).orElse(0.0);
            assertThat((double) perHour[i]).as("hour %d", i).isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
    }

    @Test
    void c4_streamsFollowFromSeedAndNameAlone() {
        assertThat(new RandomStreams(1).stream("a").nextLong())
                .isEqualTo(new RandomStreams(1).stream("a").nextLong());
        assertThat(new RandomStreams(1).stream("a").nextLong())
                .isNotEqualTo(new RandomStreams(1).stream("b").nextLong())
                .isNotEqualTo(new RandomStreams(2).stream("a").nextLong());
    }

    @Test
    void badParametersAreRefused() {
        assertThatThrownBy(() -> new Distribution.Exponential(Duration.ZERO)).hasMessageContaining("above zero");
        assertThatThrownBy(() -> new Distribution.Fixed(Duration.ofNanos(-1))).hasMessageContaining("expected 0");
        assertThatThrownBy(() -> new Distribution.Pareto(Duration.ofSeconds(1), 0))
                .hasMessageContaining("shape 0.0");
        assertThatThrownBy(() -> new Distribution.LogNormal(Duration.ofSeconds(1), Double.NaN))
                .hasMessageContaining("sigma NaN");
        assertThatThrownBy(() -> new Distribution.Empirical(ImmutableList.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Rate(0, 1)).hasMessageContaining("above zero");
    }
}
