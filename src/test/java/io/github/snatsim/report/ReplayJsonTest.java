package io.github.snatsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayJsonTest {
    private static final long START_MICROS = 1_577_836_800_000_000L; // 2020-01-01T00:00:00Z

    @Test
    void nothingOpened() {
        assertThat(ReplayJson.line(Reports.empty()))
                .isEqualTo("{\"file\":\"empty.pcap\",\"format\":\"pcap\",\"events\":0,\"instances\":0,"
                        + "\"portsPerInstance\":128,\"attempts\":0,\"opened\":0,\"refused\":0,\"latePackets\":0,"
                        + "\"untranslatedPackets\":0,\"skipped\":{},\"initiatorsForgotten\":0,"
                        + "\"peakPortsAtOneDestination\":0,\"busiest\":null,\"busiestDestinations\":[],"
                        + "\"firstRefusalMicros\":null,\"episodes\":0,\"peakPorts\":[]}");
    }

    @Test
    void refusalsAndPeaks() {
        assertThat(ReplayJson.line(Reports.exhausted()))
                .isEqualTo("{\"file\":\"trace.pcap\",\"format\":\"pcap\",\"events\":5678,\"instances\":2,"
                        + "\"portsPerInstance\":4,\"attempts\":1236,\"opened\":1234,\"refused\":2,\"latePackets\":56,"
                        + "\"untranslatedPackets\":9,\"skipped\":{\"icmp\":1000,\"opened-elsewhere\":3},"
                        + "\"initiatorsForgotten\":7,\"peakPortsAtOneDestination\":4,"
                        + "\"busiest\":{\"instance\":\"10.0.0.4\",\"protocol\":\"tcp\","
                        + "\"destination\":\"203.0.113.7:443\",\"portsUsedMax\":4},"
                        + "\"busiestDestinations\":[{\"instance\":\"10.0.0.4\",\"protocol\":\"tcp\","
                        + "\"destination\":\"203.0.113.7:443\",\"portsUsedMax\":4},{\"instance\":\"10.0.0.5\","
                        + "\"protocol\":\"udp\",\"destination\":\"203.0.113.9:53\",\"portsUsedMax\":1}],"
                        + "\"firstRefusalMicros\":1577836900000001,\"episodes\":1,"
                        + "\"peakPorts\":[{\"instance\":\"10.0.0.4\",\"protocol\":\"tcp\",\"portsUsedMax\":4,"
                        + "\"peakMicros\":1577836801000000,\"open\":3,\"finHold\":1,\"rstHold\":0},"
                        + "{\"instance\":\"10.0.0.5\",\"protocol\":\"udp\",\"portsUsedMax\":1,"
                        + "\"peakMicros\":1577836800000000,\"open\":1,\"finHold\":0,\"rstHold\":0}]}");
    }

    @Test
    void theDocumentedFieldsReadBack() {
        Map<String, Object> json = JsonText.object(ReplayJson.line(Reports.exhausted()));
        assertThat(json)
                .containsEntry("attempts", 1_236L)
                .containsEntry("opened", 1_234L)
                .containsEntry("refused", 2L)
                .containsEntry("latePackets", 56L)
                .containsEntry("skipped", Map.of("icmp", 1_000L, "opened-elsewhere", 3L))
                .containsEntry("peakPortsAtOneDestination", 4L)
                .containsEntry(
                        "busiest",
                        Map.of(
                                "instance",
                                "10.0.0.4",
                                "protocol",
                                "tcp",
                                "destination",
                                "203.0.113.7:443",
                                "portsUsedMax",
                                4L))
                .containsEntry("firstRefusalMicros", START_MICROS + 100_000_001);
        assertThat((List<?>) json.get("busiestDestinations")).first().isEqualTo(json.get("busiest"));
    }

    @Test
    void whatDidNotHappenIsNull() {
        assertThat(JsonText.object(ReplayJson.line(Reports.empty())))
                .containsEntry("busiest", null)
                .containsEntry("firstRefusalMicros", null)
                .containsEntry("skipped", Map.of());
    }

    /** Unlike the text, machines get every row. */
    @Test
    void nothingIsCutOff() {
        Map<String, Object> json = JsonText.object(ReplayJson.line(Reports.crowded(50)));
        assertThat((List<?>) json.get("peakPorts")).hasSize(50);
        assertThat(json).containsEntry("episodes", 50L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain.pcap", "with \"quotes\" and \\", "two\nlines\r\n", "tab\t, bell \u0007", "日本語-é-😀", ""})
    void anyFileNameStaysOneLineAndReadsBack(String name) {
        ReplayReport empty = Reports.empty();
        String line = ReplayJson.line(new ReplayReport(name, "pcap", empty.result(), ImmutableSortedMap.of(), 0));
        assertThat(line).doesNotContain("\n", "\r");
        assertThat(JsonText.object(line)).containsEntry("file", name);
    }
}
