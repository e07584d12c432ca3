package io.github.snatsim.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortRangeTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 65535, 65535", "1024, 65535, 64512", "80, 81, 2"})
    void sizeCountsBothEnds(int first, int last, int size) {
        assertThat(new PortRange(first, last).size()).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"1023, false", "1024, true", "2000, true", "2047, true", "2048, false", "-1, false", "2147483647, false"
    })
    void containsBothEndsAndWhatLiesBetween(int port, boolean inside) {
        assertThat(new PortRange(1_024, 2_047).contains(port)).isEqualTo(inside);
    }

    @Test
    void singlePortMayBeWrittenAsARange() {
        assertThat(PortRange.parse("443-443")).isEqualTo(PortRange.parse("443")).hasToString("443");
    }

    @Test
    void emptyRangeIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortRange(81, 80))
                .withMessage("port range 81-80 is empty");
    }
}
