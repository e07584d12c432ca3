package io.github.snatsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.metrics.PortsByState;
import io.github.snatsim.metrics.PortsOverTime;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalPlotTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void nothingInUseNothingDrawn() {
        assertThat(TerminalPlot.plot(course())).isEmpty();
        assertThat(TerminalPlot.plot(course(PortsByState.NONE, PortsByState.NONE)))
                .isEmpty();
    }

    @Test
    void statesAreStackedOpenLowest() {
        assertThat(TerminalPlot.plot(course(open(8), new PortsByState(4, 2, 2), new PortsByState(0, 1, 1), open(0))))
                .isEqualTo("""
                          8 |#-
                            |#-
                            |#+
                            |#+
                            |##
                            |##
                            |##-
                            |##+
                          0 +---- 4.0 s
                             # open  + FIN hold  - RST hold
                        """);
    }

    /** A row shows what its lowest port has: with 16 ports the rows begin at ports 0, 2, 4 ... */
    @Test
    void aRowStandsForSeveralPorts() {
        assertThat(rows(course(open(16), open(9), open(8), open(1), new PortsByState(3, 0, 0))))
                .containsExactly("#", "#", "#", "##", "###", "###", "### #", "#####");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 9, 100, 1_024, 64_512, Integer.MAX_VALUE})
    void theHighestColumnReachesTheTopWhereItsNumberStands(int ports) {
        assertThat(rows(course(open(ports), open(ports / 3)))).allMatch(row -> row.startsWith("#"));
        assertThat(TerminalPlot.plot(course(open(ports)))).startsWith("  " + Numbers.count(ports) + " |#\n");
    }

    @Test
    void aColumnIsAsHighAsItsShareOfTheTop() {
        assertThat(rows(course(open(4), open(3), open(2), open(1))))
                .containsExactly("#", "#", "##", "##", "###", "###", "####", "####");
    }

    @Test
    void labelsAreAlignedHoweverWide() {
        assertThat(TerminalPlot.plot(course(open(64_512))).lines().toList())
                .startsWith("  64,512 |#", "         |#")
                .endsWith("       0 +- 1.0 s", "          # open  + FIN hold  - RST hold");
    }

    @Test
    void manySlicesShareColumnsAndNoPeakIsLost() {
        PortsByState[] slices = Collections.nCopies(512, open(1)).toArray(PortsByState[]::new);
        slices[300] = new PortsByState(0, 8, 0);
        List<String> rows = rows(course(slices));
        assertThat(rows.get(0)).isEqualTo(" ".repeat(300 / 8) + "+");
        assertThat(TerminalPlot.plot(course(slices))).contains("+" + "-".repeat(64) + " 8 min 32 s\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 127, 128, 129, 511, 512})
    void neverWiderThanATerminal(int slices) {
        String plot = TerminalPlot.plot(
                course(Collections.nCopies(slices, open(64_512)).toArray(PortsByState[]::new)));
        assertThat(plot.lines()).hasSize(10).allMatch(line -> line.length() <= 90);
        assertThat(rows(course(Collections.nCopies(slices, open(1)).toArray(PortsByState[]::new)))
                        .get(0))
                .matches("#{1,64}");
    }

    private static PortsByState open(int ports) {
        return new PortsByState(ports, 0, 0);
    }

    private static PortsOverTime course(PortsByState... slices) {
        return new PortsOverTime(0, SECOND, ImmutableList.copyOf(slices));
    }

    /** What stands right of the axis, the top row first. */
    private static List<String> rows(PortsOverTime course) {
        return TerminalPlot.plot(course)
                .lines()
                .limit(8)
                .map(line -> line.substring(line.indexOf('|') + 1))
                .toList();
    }
}
