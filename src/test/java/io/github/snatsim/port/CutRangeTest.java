package io.github.snatsim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.IntSummaryStatistics;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CutRangeTest {
    @ParameterizedTest
    @CsvSource({
        "0,    1024, 512, 0,   0",
        "1,    1024, 512, 0,   1",
        "512,  1024, 512, 0,   512",
        "513,  1024, 512, 1,   512",
        "1024, 1024, 512, 512, 512",
        "1024, 1024, 128, 896, 896",
        "129,  1024, 128, 1,   129",
        "100,  128,  128, 0,   0",
        "7,    16,   0,   7,   7",
        "0,    0,    0,   0,   0"
    })
    void p5_anyReadingCutsBetweenMinAndMax(int flows, int before, int after, int min, int max) {
        assertThat(CutRange.of(flows, before, after)).isEqualTo(new CutRange(min, max));
    }

    /** Every way to put the flows on eight ports, against the loss of the first few ports. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void p5_boundsAreReachedAndNeverPassed(int kept) {
        int ports = 8;
        int lost = (1 << (ports - kept)) - 1;
        for (int flows = 0; flows <= ports; flows++) {
            int wanted = flows;
            IntSummaryStatistics cut = IntStream.range(0, 1 << ports)
                    .filter(inUse -> Integer.bitCount(inUse) == wanted)
                    .map(inUse -> Integer.bitCount(inUse & lost))
                    .summaryStatistics();

            assertThat(CutRange.of(flows, ports, kept))
                    .as("%d flows, %d of %d ports kept", flows, kept, ports)
                    .isEqualTo(new CutRange(cut.getMin(), cut.getMax()));
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 8, 4", "9, 8, 4", "1, 8, 9", "1, 8, -1", "0, -1, -1", "1, 0, 0"})
    void contradictingNumbersAreRefusedByName(int flows, int before, int after) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CutRange.of(flows, before, after))
                .withMessage(flows + " flows on " + before + " ports of which " + after + " are kept");
    }
}
