package io.github.snatsim.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.github.snatsim.metrics.DestinationPeak;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recorded traffic, replayed through reader, gateway and metrics, gives what two independent replayers agree on. */
class RecordedReplayTest {
    private static final Path TRACES = Path.of("src/test/resources/traces");
    private static final String COLUMNS =
            "split,file,events,N,accepted,refused,late_packets,peak_ports_one_destination,"
                    + "busiest,first_refusal_us,first_refusal_index";

    static Stream<String> rows() throws IOException {
        return Files.readAllLines(TRACES.resolve("expected_replay.csv")).stream()
                .skip(1);
    }

    @Test
    void allRowsAreThere() throws IOException {
        assertThat(Files.readAllLines(TRACES.resolve("expected_replay.csv")))
                .hasSize(46)
                .startsWith(COLUMNS);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void replayAgrees(String row) {
        List<String> columns = Splitter.on(',').splitToList(row);
        int ports = Integer.parseInt(columns.get(3));
        try (TraceReader trace = TraceReader.open(TRACES.resolve(columns.get(1)))) {
            ReplayResult result = Replay.run(trace, ReplaySettings.portsPerInstance(ports));
            assertThat(columns(result)).isEqualTo(String.join(",", columns.subList(2, 10)));
            assertThat(result.portsPerInstance()).isEqualTo(ports);
            assertThat(result.metrics().attempts())
                    .isEqualTo(result.metrics().opened() + result.metrics().refused());
        }
    }

    /** The columns from {@code events} to {@code first_refusal_us}. */
    private static String columns(ReplayResult result) {
        MetricsResult metrics = result.metrics();
        DestinationPeak busiest = metrics.busiest().get(0);
        String firstRefusal = metrics.firstRefusalNanos().isEmpty()
                ? ""
                : String.valueOf(metrics.firstRefusalNanos().getAsLong() / 1_000);
        return String.join(
                ",",
                String.valueOf(result.events()),
                String.valueOf(result.portsPerInstance()),
                String.valueOf(metrics.opened()),
                String.valueOf(metrics.refused()),
                String.valueOf(metrics.latePackets()),
                String.valueOf(metrics.peakPortsAtOneDestination()),
                busiest.instance() + ">" + busiest.destination(),
                firstRefusal);
    }
}
