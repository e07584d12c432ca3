package io.github.snatsim.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.FiveTuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeekTsvReaderTest {
    private static final String SEPARATOR = "#separator \\x09";
    private static final String FIELDS =
            "#fields ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration history".replace(' ', '\t');

    private static String row(String text) {
        return text.replace(' ', '\t');
    }

    private static TraceReader open(String... rows) {
        return Traces.openLines(SEPARATOR, FIELDS, row(String.join("\n", rows)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp 1.5 ShADaR | 1.5 SYN INITIATOR; 3.0 RST INITIATOR",
                "tcp 1.5 ShADar | 1.5 SYN INITIATOR; 3.0 RST RESPONDER",
                "tcp 1.5 SrFfR | 1.5 SYN INITIATOR; 3.0 RST INITIATOR",
                "tcp 1.5 ShAFaf | 1.5 SYN INITIATOR; 3.0 FIN INITIATOR; 3.0 FIN RESPONDER",
                "tcp 1.5 ShAF | 1.5 SYN INITIATOR; 3.0 PACKET INITIATOR",
                "tcp 1.5 - | 1.5 SYN INITIATOR; 3.0 PACKET INITIATOR",
                "tcp - S | 1.5 SYN INITIATOR",
                "tcp 0.000000 Sr | 1.5 SYN INITIATOR; 1.5 RST RESPONDER",
                "tcp - Ff | 1.5 SYN INITIATOR; 1.5 FIN INITIATOR; 1.5 FIN RESPONDER",
                "udp 1.5 Dd | 1.5 PACKET INITIATOR; 3.0 PACKET RESPONDER",
                "udp 1.5 RrFf | 1.5 PACKET INITIATOR; 3.0 PACKET RESPONDER",
                "udp - D | 1.5 PACKET INITIATOR"
            })
    void rowStandsForItsStartAndItsEnd(String end, String events) {
        try (TraceReader reader = open("1.5 C1 10.0.0.1 40000 203.0.113.7 443 " + end)) {
            assertThat(ImmutableList.copyOf(reader))
                    .allMatch(event -> event.flow()
                            .equals(FiveTuple.parse(end.substring(0, 3) + " 10.0.0.1:40000 -> 203.0.113.7:443")))
                    .extracting(event -> event.timeNanos() / 1e9 + " " + event.kind() + " " + event.side())
                    .containsExactly(events.split("; "));
        }
    }

    @Test
    void timesAreExactAndCutToMicroseconds() {
        assertThat(Traces.textOf(open("1379288667.706265 C 10.0.0.1 1 10.0.0.2 2 tcp 0.4474609 S")).stream()
                        .map(event -> event.substring(0, event.indexOf("ns"))))
                .containsExactly("1379288667706265000", "1379288668153725000");
    }

    @Test
    void columnsMayComeInAnyOrderAndChangeMidFile() {
        assertThat(Traces.textOf(Traces.openLines(
                        SEPARATOR,
                        FIELDS,
                        row("1.0 C 10.0.0.1 1 10.0.0.2 2 tcp - S"),
                        "#close\t2014-04-03-10-08-27",
                        "",
                        "#separator ,",
                        "#unset_field,?",
                        "#empty_field,()",
                        "#path,conn",
                        "#fields,proto,id.resp_p,id.resp_h,id.orig_p,id.orig_h,ts,duration,history",
                        "udp,2,10.0.0.2,1,10.0.0.1,2.0,?,()\r")))
                .containsExactly(
                        "1000000000ns SYN from INITIATOR tcp 10.0.0.1:1 -> 10.0.0.2:2",
                        "2000000000ns PACKET from INITIATOR udp 10.0.0.1:1 -> 10.0.0.2:2");
    }

    @Test
    void durationAndHistoryMayBeMissingAltogether() {
        assertThat(Traces.textOf(Traces.openLines(
                        row("#fields ts id.orig_h id.orig_p id.resp_h id.resp_p proto"),
                        row("1.0 10.0.0.1 1 10.0.0.2 2 tcp"))))
                .hasSize(1);
    }

    @Test
    void whatHasNoPortsOrIsIpv6IsCounted() {
        try (TraceReader reader = open(
                "1.0 C 10.0.0.1 8 10.0.0.2 0 icmp - -",
                "1.0 C fe80::1 1 ff02::1 2 udp - D",
                "1.0 C 10.0.0.1 1 2001:db8::1 2 tcp - S",
                "1.0 C 10.0.0.1 0 10.0.0.2 0 unknown_transport - -")) {
            assertThat(reader).toIterable().isEmpty();
            assertThat(reader.skipped())
                    .containsExactly(
                            Map.entry(SkipReason.IPV6, 2L),
                            Map.entry(SkipReason.ICMP, 1L),
                            Map.entry(SkipReason.OTHER_PROTOCOL, 1L));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x C 10.0.0.1 1 10.0.0.2 2 tcp - S        | ts is 'x': expected seconds as",
                "-1.0 C 10.0.0.1 1 10.0.0.2 2 tcp - S     | ts is '-1.0': expected seconds as",
                "- C 10.0.0.1 1 10.0.0.2 2 tcp - S        | ts is missing: expected seconds as",
                "9223372036.0 C 10.0.0.1 1 10.0.0.2 2 tcp - S | ts is '9223372036.0': expected seconds as",
                "1.0 C 010.0.0.1 1 10.0.0.2 2 tcp - S     | id.orig_h is '010.0.0.1': expected an IPv4 address",
                "1.0 C 10.0.0.1 1 localhost 2 tcp - S     | id.resp_h is 'localhost': expected an IPv4 address",
                "1.0 C 10.0.0.1 0 10.0.0.2 2 tcp - S      | id.orig_p is '0': expected a port from 1",
                "1.0 C 10.0.0.1 1 10.0.0.2 65536 udp - S  | id.resp_p is '65536': expected a port from 1",
                "1.0 C 10.0.0.1 1 10.0.0.2 -2 udp - S     | id.resp_p is '-2': expected a port from 1",
                "1.0 C 10.0.0.1 1 10.0.0.2 2 - - S        | proto is missing: expected tcp, udp or",
                "1.0 C 10.0.0.1 1 10.0.0.2 2 tcp -0.5 S   | duration is '-0.5': expected seconds as",
                "9e9 C 10.0.0.1 1 10.0.0.2 2 tcp 9e9 S    | duration is '9e9': expected an end before the year 2262",
                "1.0 C 10.0.0.1 1 10.0.0.2 2 tcp -        | the row has 8 columns: expected the 9 of #fields",
                "1.0 C 10.0.0.1 1 10.0.0.2 2 tcp - S x    | the row has 10 columns: expected the 9 of #fields"
            })
    void wrongValueIsNamed(String wrong, String problem) {
        TraceReader reader = open("1.0 C 10.0.0.1 1 10.0.0.2 2 tcp - S", wrong);
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.textOf(reader))
                .withMessageStartingWith("test:4: " + problem);
    }

    @Test
    void wrongHeadersAreNamed() {
        assertFails(
                Traces.openLines(SEPARATOR, row("#fields ts id.orig_h id.orig_p id.resp_h proto")),
                "test:2: #fields does not name id.resp_p, so this is not a conn.log");
        assertFails(
                Traces.openLines(SEPARATOR, row("1.0 C 10.0.0.1 1 10.0.0.2 2 tcp - S")),
                "test:2: there is no #fields line before this row: expected one that names its columns");
        assertFails(
                Traces.openLines("#separator ", ""),
                "test:1: #separator is missing: expected a character or its code, such as \\x09");
    }

    @Test
    void rowsMayGoBackByTheWindow() {
        String[] rows = {
            "3600.0 C 10.0.0.1 1 10.0.0.2 2 tcp 90000.0 S", "0.0 C 10.0.0.1 3 10.0.0.2 4 tcp 4000.0 S",
        };
        assertThat(Traces.textOf(open(rows)).stream().map(event -> event.replaceAll("000000000ns.*", "")))
                .containsExactly("0ns SYN from INITIATOR tcp 10.0.0.1:3 -> 10.0.0.2:4", "3600", "4000", "93600");
        byte[] log = String.join("\n", FIELDS, row(rows[0]), row(rows[1])).getBytes(StandardCharsets.ISO_8859_1);
        assertFails(
                Traces.open(log, TraceOptions.defaults().withLogWindow(Duration.ofMinutes(59))),
                "test:3: its time lies 3600 s before that of an earlier line; at most 3540 s can be put in order: sort"
                        + " the file or widen the window");
    }

    private static void assertFails(TraceReader reader, String message) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.textOf(reader))
                .withMessage(message);
    }
}
