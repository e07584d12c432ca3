package io.github.snatsim.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The events of the shipped traces, replayed, give what two independent replayers agree on. */
class ExpectedReplayTest {
    static Stream<String> rows() throws IOException {
        return Files.readAllLines(Traces.sample("expected_replay.csv")).stream().skip(1);
    }

    @Test
    void fileHasAllRows() throws IOException {
        assertThat(rows()).hasSize(45);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void replayAgrees(String row) {
        List<String> columns = Splitter.on(',').limit(3).splitToList(row);
        PlainReplay replay = new PlainReplay(
                Integer.parseInt(Splitter.on(',').splitToList(columns.get(2)).get(1)));
        try (TraceReader reader = TraceReader.open(Traces.sample(columns.get(1)))) {
            reader.forEachRemaining(replay::offer);
        }
        assertThat(replay.row()).isEqualTo(columns.get(2));
    }
}
