package io.github.snatsim.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConntrackReaderTest {
    private static final String TUPLES = " src=10.0.0.1 dst=203.0.113.7 sport=40000 dport=443 [UNREPLIED]"
            + " src=203.0.113.7 dst=198.51.100.1 sport=443 dport=1024 id=7";

    @ParameterizedTest
    @CsvSource({
        "'    [NEW] ipv4     2 tcp      6 120 SYN_SENT', tcp, SYN, INITIATOR",
        "'    [NEW] tcp      6 120 SYN_SENT', tcp, SYN, INITIATOR",
        "' [UPDATE] tcp      6 60 SYN_RECV', tcp, PACKET, RESPONDER",
        "' [UPDATE] tcp      6 60 ESTABLISHED', tcp, PACKET, INITIATOR",
        "' [UPDATE] tcp      6 60 CLOSE_WAIT', tcp, PACKET, INITIATOR",
        "' [UPDATE] tcp      6 60 FIN_WAIT', tcp, FIN, INITIATOR",
        "' [UPDATE] tcp      6 60 LAST_ACK', tcp, PACKET, INITIATOR",
        "' [UPDATE] tcp      6 60 TIME_WAIT', tcp, FIN, RESPONDER",
        "' [UPDATE] tcp      6 60 CLOSE', tcp, RST, INITIATOR",
        "'    [NEW] ipv4     2 udp      17 30', udp, PACKET, INITIATOR",
        "' [UPDATE] udp      17 30', udp, PACKET, RESPONDER"
    })
    void stateStandsForAPacket(String line, String protocol, String kind, String side) {
        assertThat(Traces.textOf(Traces.openLines("[1795319907.138361]\t" + line + TUPLES)))
                .containsExactly("1795319907138361000ns " + kind + " from " + side + " " + protocol
                        + " 10.0.0.1:40000 -> 203.0.113.7:443");
    }

    @Test
    void whatIsNoEventIsPassedOver() {
        try (TraceReader reader = Traces.openLines(
                "[1.5]\t[DESTROY] ipv4 2 tcp 6" + TUPLES,
                "[1.5]\t[NEW] icmp 1 30 src=10.0.0.1 dst=10.0.0.2 type=8 code=0 id=1 [UNREPLIED] src=10.0.0.2",
                "[1.5]\t[NEW] ipv6 10 udp 17 30 src=fe80::1 dst=ff02::fb sport=5353 dport=5353",
                "[1.5]\t[NEW] unknown 47 30 src=10.0.0.1 dst=10.0.0.2",
                "",
                "conntrack v1.4.7 (conntrack-tools): 4 flow events have been shown.")) {
            assertThat(reader).toIterable().isEmpty();
            assertThat(reader.skipped())
                    .containsExactly(
                            Map.entry(SkipReason.IPV6, 1L),
                            Map.entry(SkipReason.ICMP, 1L),
                            Map.entry(SkipReason.OTHER_PROTOCOL, 1L));
        }
    }

    @Test
    void linesMayGoBackByTheWindow() {
        String update = "[1.0]\t[UPDATE] tcp 6 60 ESTABLISHED" + TUPLES;
        String earlier = "[0.5]\t[NEW] tcp 6 60 SYN_SENT" + TUPLES;
        assertThat(Traces.textOf(Traces.openLines(update, earlier)).get(0)).contains("500000000ns SYN");
        assertFails(
                "test:2: its time lies 1.5 s before that of an earlier line; at most 1 s can be put in order: sort the"
                        + " file or widen the window",
                update.replace("1.0", "2.0"),
                earlier);
    }

    @Test
    void wrongLinesAreNamed() {
        assertFails(
                "test:1: the line begins with '[NEW]' and not with a time such as [1795319907.138361]: record with"
                        + " conntrack -E -o timestamp",
                "    [NEW] tcp 6 120 SYN_SENT" + TUPLES);
        String good = "[1.0] [NEW] tcp 6 120 SYN_SENT" + TUPLES;
        assertFails("test:2: event is '[EXP]': expected [NEW], [UPDATE] or [DESTROY]", good, "[1.0] [EXP] tcp 6");
        assertFails("test:2: event is missing: expected [NEW], [UPDATE] or [DESTROY]", good, "[1.0]");
        assertFails(
                "test:2: protocol is missing: expected tcp, udp or another protocol's name", good, "[1.0] [NEW] src=1");
        assertFails(
                "test:2: sport is '0': expected a port from 1 to 65,535", good, good.replace("sport=40000", "sport=0"));
        assertFails(
                "test:2: dport is '65536': expected a port from 1 to 65,535",
                good,
                good.replace("dport=443", "dport=65536"));
        assertFails(
                "test:2: src is '010.0.0.1': expected an IPv4 address without leading zeros, such as 10.0.0.1",
                good,
                good.replace("10.0.0.1", "010.0.0.1"));
        assertFails(
                "test:2: dport is missing: expected a port from 1 to 65,535",
                good,
                "[1.0] [NEW] udp 17 src=10.0.0.1 dst=10.0.0.2 sport=1");
    }

    private static void assertFails(String message, String... lines) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.textOf(Traces.openLines(lines)))
                .withMessage(message);
    }
}
