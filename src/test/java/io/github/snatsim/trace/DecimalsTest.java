package io.github.snatsim.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.0, 0",
        "1, 1000000000",
        "1.5, 1500000000",
        "0.000000001, 1",
        "0.0000000019, 1",
        "1e-9, 1",
        "1.9E-9, 1",
        "1e-999, 0",
        "12.5e1, 125000000000",
        "9223372035.999999999, 9223372035999999999",
        "007.25, 7250000000"
    })
    void readsDecimalSecondsExactly(String text, long nanos) {
        assertThat(Decimals.nanos(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "-1",
                "+1",
                ".5",
                "5.",
                "1,5",
                "1.5s",
                "1e",
                "1e+",
                "1e1234",
                "0x10",
                "NaN",
                "9223372036",
                "99999999999999999999999",
                "1e10",
                "1 ",
                "1.5.5"
            })
    void refusesEverythingElse(String text) {
        assertThat(Decimals.nanos(text)).isEqualTo(-1);
    }

    @Test
    void agreesWithBigDecimal() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            BigDecimal seconds = BigDecimal.valueOf(random.nextLong() >>> (1 + random.nextInt(40)), random.nextInt(19));
            if (seconds.compareTo(BigDecimal.valueOf(9_000_000_000L)) < 0) {
                long nanos =
                        seconds.movePointRight(9).setScale(0, RoundingMode.DOWN).longValueExact();
                assertThat(Decimals.nanos(seconds.toPlainString())).isEqualTo(nanos);
                assertThat(Decimals.nanos(seconds.toString())).isEqualTo(nanos);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "1000000000, 1 s", "1500000000, 1.5 s", "3600000000000, 3600 s", "1, 0.000000001 s"})
    void printsSecondsForPeople(long nanos, String text) {
        assertThat(Decimals.seconds(nanos)).isEqualTo(text);
    }
}
