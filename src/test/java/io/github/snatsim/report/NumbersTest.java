package io.github.snatsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | 0 % | 0 % | 0.0",
                "1 | 1 | 100 % | 100 % | 1.0",
                "0.001 | 0.001 | 0.1 % | 0.1 % | 0.0",
                "0.468879668 | 0.469 | 46.9 % | 46.9 % | 0.5",
                "0.00000001 | 0.00000001 | 0.000001 % | 0.000001 % | 0.0",
                "1e-12 | 0.000000000001 | < 0.000001 % | 1E-10 % | 0.0",
                "12345.67 | 12,300 | 1,230,000 % | 1,230,000 % | 12,345.7",
                "Infinity | unknown | unknown % | unknown % | unknown"
            })
    void figuresHaveThreeDigits(double value, String significant, String share, String smallShare, String grouped) {
        assertThat(Numbers.significant(value)).isEqualTo(significant);
        assertThat(Numbers.share(value)).isEqualTo(share);
        assertThat(Numbers.smallShare(value)).isEqualTo(smallShare);
        assertThat(Numbers.grouped(value, 1)).isEqualTo(grouped);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0", "999 | 999", "1000 | 1,000", "1234567 | 1,234,567", "-1000 | -1,000"})
    void countsHaveThousandsSeparators(long number, String text) {
        assertThat(Numbers.count(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 100 | 0 %",
                "0 | 0 | 0 %",
                "74 | 219 | 33.8 %",
                "1 | 3 | 33.3 %",
                "2 | 3 | 66.7 %",
                "1 | 1 | 100.0 %",
                "1 | 1000 | 0.1 %",
                "1 | 2000 | 0.1 %",
                "1 | 2001 | < 0.1 %",
                "1 | 9223372036854775807 | < 0.1 %",
                "9223372036854775807 | 9223372036854775807 | 100.0 %"
            })
    void sharesHaveOneDigitAndNeverVanish(long part, long whole, String text) {
        assertThat(Numbers.percent(part, whole)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0.000 s",
                "1 | 0.000 s",
                "999999 | 0.001 s",
                "123456789 | 0.123 s",
                "1000000000 | 1.0 s",
                "12340000000 | 12.3 s",
                "60000000000 | 1 min 0 s",
                "245000000000 | 4 min 5 s",
                "3599999999999 | 59 min 59 s",
                "3600000000000 | 1 h 0 min",
                "12000000000000 | 3 h 20 min",
                "9223372036854775807 | 2,562,047 h 47 min"
            })
    void durationsHaveTheUnitThatSuitsThem(long nanos, String text) {
        assertThat(Numbers.duration(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "999, 0", "1000, 1", "-1, -1", "-1000, -1", "-1001, -2", "9223372036854775807, 9223372036854775"
    })
    void microsecondsAreCutOffTowardsThePast(long nanos, long micros) {
        assertThat(Numbers.micros(nanos)).isEqualTo(micros);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 1970-01-01T00:00:00Z",
                "1413056167199882999 | 2014-10-11T19:36:07.199882Z",
                "1 | 1970-01-01T00:00:00Z",
                "-1 | 1969-12-31T23:59:59.999999Z",
                "9223372036854775807 | 2262-04-11T23:47:16.854775Z"
            })
    void instantsAreUtcWithMicrosecondsAtMost(long nanos, String text) {
        assertThat(Numbers.instant(nanos)).isEqualTo(text);
        assertThat(Instant.parse(text)).hasToString(text);
    }

    @Test
    void theEarliestTimeHasAnInstantToo() {
        assertThat(Numbers.instant(Long.MIN_VALUE)).isEqualTo("1677-09-21T00:12:43.145224Z");
    }
}
