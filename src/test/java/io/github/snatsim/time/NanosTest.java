package io.github.snatsim.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NanosTest {
    private static final long SEED = Long.getLong("snatsim.random.seed", 1L);

    @ParameterizedTest
    @CsvSource({
        "PT0S,                       0",
        "PT0.000000001S,             1",
        "PT-0.000000001S,            -1",
        "PT4M,                       240000000000",
        "PT350S,                     350000000000",
        "PT2562047H47M16.854775807S, 9223372036854775807",
        "PT-2562047H-47M-16.854775808S, -9223372036854775808"
    })
    void durationIsCountedInNanoseconds(Duration duration, long nanos) {
        assertThat(Nanos.of(duration)).isEqualTo(nanos);
    }

    @Test
    void durationThatDoesNotFitIsRefused() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Nanos.of(Duration.ofNanos(Long.MAX_VALUE).plusNanos(1)));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Nanos.of(Duration.ofNanos(Long.MIN_VALUE).minusNanos(1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-9_223_372_036L, -1, 0, 1, 240, 9_223_372_036L})
    void secondsAreCountedInNanoseconds(long seconds) {
        assertThat(Nanos.ofSeconds(seconds)).isEqualTo(seconds * 1_000_000_000L);
        assertThat(Nanos.ofSeconds(seconds)).isEqualTo(Nanos.of(Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -9_223_372_037L, 9_223_372_037L, Long.MAX_VALUE})
    void secondsThatDoNotFitAreRefused(long seconds) {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Nanos.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z,           0",
        "1970-01-01T00:00:00.000000001Z, 1",
        "1969-12-31T23:59:59.999999999Z, -1",
        "1969-12-31T23:59:58.500Z,       -1500000000",
        "2026-01-01T00:00:00.000001Z,    1767225600000001000",
        "2262-04-11T23:47:16.854775807Z, 9223372036854775807",
        "1677-09-21T00:12:43.145224192Z, -9223372036854775808"
    })
    void instantIsCountedFromTheEpoch(Instant instant, long nanos) {
        assertThat(Nanos.sinceEpoch(instant)).isEqualTo(nanos);
        assertThat(Nanos.instant(nanos)).isEqualTo(instant);
    }

    @Test
    void instantThatDoesNotFitIsRefused() {
        for (Instant instant : new Instant[] {
            Nanos.instant(Long.MAX_VALUE).plusNanos(1),
            Nanos.instant(Long.MIN_VALUE).minusNanos(1),
            Instant.MIN,
            Instant.MAX
        }) {
            assertThatExceptionOfType(ArithmeticException.class)
                    .as("%s", instant)
                    .isThrownBy(() -> Nanos.sinceEpoch(instant));
        }
    }

    @Test
    void sinceEpochAndInstantAreInverse() {
        Random random = new Random(SEED);
        for (int round = 0; round < 10_000; round++) {
            // all magnitudes and both signs
            long nanos = random.nextLong() >> random.nextInt(64);
            assertThat(Nanos.sinceEpoch(Nanos.instant(nanos)))
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(nanos);
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -9_223_372_036_000_000_001L, Long.MAX_VALUE - 1, Long.MAX_VALUE
            })
    void sinceEpochAndInstantAreInverseAtTheBounds(long nanos) {
        assertThat(Nanos.sinceEpoch(Nanos.instant(nanos))).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "5, 0, 5",
        "5, 7, 12",
        "-5, 7, 2",
        "-9223372036854775808, 9223372036854775807, -1",
        "-9223372036854775808, 0, -9223372036854775808",
        "9223372036854775806, 1, 9223372036854775807",
        "9223372036854775806, 2, 9223372036854775807",
        "9223372036854775807, 0, 9223372036854775807",
        "9223372036854775807, 9223372036854775807, 9223372036854775807",
        "1, 9223372036854775807, 9223372036854775807"
    })
    void laterAddsAndStopsAtNever(long timeNanos, long durationNanos, long later) {
        assertThat(Nanos.later(timeNanos, durationNanos)).isEqualTo(later);
    }
}
