package io.github.snatsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Axes have round numbers. */
class TicksTest {
    @ParameterizedTest
    @CsvSource({
        "10, 4, '0 5 10'", // not 0, 2.5, 5, 7.5, 10
        "64, 5, '0 20 40 60'",
        "1024, 5, '0 500 1000'",
        "1, 5, '0 1'",
        "3, 5, '0 1 2 3'",
        "40000, 5, '0 10000 20000 30000 40000'",
        "0, 5, '0'",
        "-7, 5, '0'"
    })
    void countsHaveWholeSteps(double max, int most, String ticks) {
        assertThat(plain(Ticks.upTo(max, most, true)))
                .isEqualTo(Splitter.on(' ').splitToList(ticks));
    }

    @ParameterizedTest
    @CsvSource({"1, 5, '0 0.2 0.4 0.6 0.8 1'", "0.07, 4, '0 0.02 0.04 0.06'", "1, 4, '0 0.5 1'"})
    void sharesHaveFractions(double max, int most, String ticks) {
        assertThat(plain(Ticks.upTo(max, most, false)))
                .isEqualTo(Splitter.on(' ').splitToList(ticks));
    }

    private static List<String> plain(ImmutableList<BigDecimal> ticks) {
        return ticks.stream()
                .map(tick -> tick.stripTrailingZeros().toPlainString())
                .toList();
    }

    @Test
    void stepsAreOneTwoOrFiveTimesAPowerOfTenAtAnySize() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            double max = Math.pow(10, random.nextDouble() * 30 - 12);
            ImmutableList<BigDecimal> ticks = Ticks.upTo(max, 5, false);

            assertThat(ticks.size()).as("%s", max).isBetween(3, 6);
            assertThat(ticks.get(ticks.size() - 1)).isLessThanOrEqualTo(new BigDecimal(max));
            String digits = ticks.get(1).unscaledValue().toString().replaceAll("0+$", "");
            assertThat(digits).as("%s", max).isIn("1", "2", "5");
        }
    }

    @Test
    void whatHasNoEndHasOnlyZero() {
        assertThat(Ticks.upTo(Double.POSITIVE_INFINITY, 5, true)).containsExactly(BigDecimal.ZERO);
        assertThat(Ticks.upTo(Double.NaN, 5, true)).containsExactly(BigDecimal.ZERO);
        assertThat(Ticks.upTo(Long.MAX_VALUE, 5, true)).hasSize(5); // 2E18 each
    }

    @ParameterizedTest
    @CsvSource({
        "PT15M, 8, '0|2 min|4 min|6 min|8 min|10 min|12 min|14 min'",
        "PT25M, 8, '0|5 min|10 min|15 min|20 min|25 min'",
        "PT1H, 3, '0|30 min|1 h'",
        "PT3H, 8, '0|30 min|1 h|1 h 30 min|2 h|2 h 30 min|3 h'",
        "PT7S, 8, '0|1 s|2 s|3 s|4 s|5 s|6 s|7 s'",
        "PT0.3S, 3, '0|0.1 s|0.2 s|0.3 s'",
        "PT0.000000004S, 8, '0|0.000000001 s|0.000000002 s|0.000000003 s|0.000000004 s'",
        "PT72H, 3, '0|1 d|2 d|3 d'",
        "P100D, 5, '0|20 d|40 d|60 d|80 d|100 d'",
        "P36500D, 8, '0|5,000 d|10,000 d|15,000 d|20,000 d|25,000 d|30,000 d|35,000 d'",
        "PT0S, 8, '0'"
    })
    void elapsedTimeIsRoundInItsUnit(Duration span, int most, String labels) {
        TimeAxis axis = new TimeAxis(0, span.toNanos(), false);
        long step = axis.step(most);
        assertThat(axis.ticks(step).stream().map(tick -> axis.label(tick, step)).toList())
                .isEqualTo(Splitter.on('|').splitToList(labels));
    }

    @ParameterizedTest
    @CsvSource({
        "2012-12-01T02:27:50.172701Z, PT63S, 8, '02:28:00|02:28:10|02:28:20|02:28:30|02:28:40|02:28:50'",
        "2012-12-01T02:27:50Z, PT1H, 4, '02:30|02:45|03:00|03:15'",
        "2012-12-31T12:00:00Z, PT72H, 3, '2013-01-01|2013-01-02|2013-01-03'",
        "1969-12-31T23:59:58.5Z, PT3S, 8, '23:59:58.500|23:59:59|23:59:59.500|00:00:00|00:00:00.500|00:00:01|00:00:01.500'"
    })
    void instantsAreRoundInUtc(Instant start, Duration span, int most, String labels) {
        long nanos = Duration.between(Instant.EPOCH, start).toNanos();
        TimeAxis axis = new TimeAxis(nanos, nanos + span.toNanos(), true);
        long step = axis.step(most);
        assertThat(axis.ticks(step).stream().map(tick -> axis.label(tick, step)).toList())
                .isEqualTo(Splitter.on('|').splitToList(labels));
    }
}
