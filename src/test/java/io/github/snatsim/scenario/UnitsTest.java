package io.github.snatsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snatsim.workload.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    static Rate rate(String text) {
        return read(text, Units::rate);
    }

    private static <T> T read(String text, Function<Node, T> read) {
        return read.apply(NodeReader.read(text, new Source("test.yaml", Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({
        "10ns, 10",
        "5us, 5000",
        "10ms, 10000000",
        "240s, 240000000000",
        "0.5s, 500000000",
        "0.1s, 100000000",
        "4min, 240000000000",
        "1h, 3600000000000",
        "1d, 86400000000000",
        "1h30min, 5400000000000",
        "1d0.000000001s, 86400000000001",
        "0s, 0",
        "9223372036854775807ns, 9223372036854775807",
    })
    void durationsAreExact(String text, long nanos) {
        assertThat(read(text, Units::duration)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "240",
                "0",
                "-1s",
                "1 s",
                "s",
                "1m",
                "1S",
                "0.1ns",
                "30min1h",
                "1s1s",
                "1.s",
                ".5s",
                "1e3s",
                "107000d",
                "99999999999999999999s",
                "''",
                "[1s]",
                "{a: 1s}"
            })
    void otherDurationsAreRefused(String text) {
        assertThatThrownBy(() -> read(text, Units::duration))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith("test.yaml:1:1: ")
                .hasMessageContaining("expected a duration with a unit such as 240s, 10ms, 4min, 1h, 1d");
    }

    @ParameterizedTest
    @CsvSource({
        "4/s, 4, 1000000000",
        "0.5/s, 1, 2000000000",
        "0.1/s, 1, 10000000000",
        "100/min, 5, 3000000000",
        "1000/h, 5, 18000000000",
        "1/240s, 1, 240000000000",
        "3/0.5s, 3, 500000000",
        "1/1h30min, 1, 5400000000000",
    })
    void ratesAreExact(String text, long count, long perNanos) {
        assertThat(rate(text)).isEqualTo(new Rate(count, perNanos));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5", "5s", "0/s", "-1/s", "5/", "/s", "5/0s", "5/x", "5/1/s", "1e3/s", "0.0000000000000000001/d"
            })
    void otherRatesAreRefused(String text) {
        assertThatThrownBy(() -> rate(text))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("expected a rate such as 5/s, 0.5/s, 100/min, 1000/h, 1/240s");
    }

    @ParameterizedTest
    @CsvSource({"10%, 0.1", "0.1, 0.1", "100%, 1", "12.5%, 0.125", "1, 1"})
    void sharesAreFractionsOrPercent(String text, double share) {
        assertThat(read(text, Units::share)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1_000", "1.0", "'5'", "0x10", "+5", "07", "1e3", "-1", "99999999999999999999", "3000000000"})
    void countsArePlainWholeNumbers(String text) {
        assertThatThrownBy(() -> read(text, Units::count))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("expected a whole number from 1 on");
    }
}
