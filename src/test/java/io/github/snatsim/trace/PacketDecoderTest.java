package io.github.snatsim.trace;

import static io.github.snatsim.trace.Frames.ACK;
import static io.github.snatsim.trace.Frames.CLIENT;
import static io.github.snatsim.trace.Frames.FIN;
import static io.github.snatsim.trace.Frames.RST;
import static io.github.snatsim.trace.Frames.SERVER;
import static io.github.snatsim.trace.Frames.SYN;
import static io.github.snatsim.trace.Frames.ethernet;
import static io.github.snatsim.trace.Frames.ipv4;
import static io.github.snatsim.trace.Frames.ports;
import static io.github.snatsim.trace.Frames.prefixed;
import static io.github.snatsim.trace.Frames.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.net.FlowEvent.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PacketDecoderTest {
    private static final byte[] IPV6 = ByteBuffer.allocate(60).put((byte) 0x60).array();

    private static TraceReader capture(int linkType, byte[] frame) {
        return Traces.open(new CaptureWriter(ByteOrder.LITTLE_ENDIAN)
                .pcap(0xa1b2c3d4, linkType)
                .packet(1, 0, frame)
                .bytes());
    }

    static Stream<Arguments> links() {
        byte[] packet = tcp(SYN);
        return Stream.of(
                Arguments.of("Ethernet", 1, ethernet(packet, 0x0800)),
                Arguments.of("802.1Q", 1, ethernet(packet, 0x8100, 0x0800)),
                Arguments.of("802.1ad", 1, ethernet(packet, 0x88a8, 0x8100, 0x0800)),
                Arguments.of("three tags", 1, ethernet(packet, 0x9100, 0x8100, 0x8100, 0x0800)),
                Arguments.of("padded", 1, Arrays.copyOf(ethernet(packet, 0x0800), 80)),
                Arguments.of("SLL", 113, prefixed(packet, 0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 8, 0)),
                Arguments.of("SLL2", 276, prefixed(packet, 8, 0, 0, 0, 0, 0, 0, 3, 0, 1, 4, 6, 1, 2, 3, 4, 5, 6, 0, 0)),
                Arguments.of("RAW", 101, packet),
                Arguments.of("RAW of OpenBSD", 14, packet),
                Arguments.of("RAW of others", 12, packet),
                Arguments.of("IPv4", 228, packet),
                Arguments.of("NULL little-endian", 0, prefixed(packet, 2, 0, 0, 0)),
                Arguments.of("NULL big-endian", 0, prefixed(packet, 0, 0, 0, 2)),
                Arguments.of("LOOP", 108, prefixed(packet, 0, 0, 0, 2)),
                Arguments.of(
                        "IPv4 options",
                        101,
                        ipv4(6, 0, CLIENT, SERVER, Arrays.copyOfRange(packet, 20, 40), new byte[12])),
                Arguments.of("total length 0", 101, withByte(withByte(packet, 2, 0), 3, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("links")
    void findsTheFlowBehindEveryLinkLayer(String name, int linkType, byte[] frame) {
        assertThat(Traces.textOf(capture(linkType, frame)))
                .as(name)
                .containsExactly("1000000000ns SYN from INITIATOR tcp 10.0.0.1:40000 -> 203.0.113.7:443");
    }

    static Stream<Arguments> skipped() {
        byte[] packet = tcp(SYN);
        byte[] payload = ports(1, 2, 20);
        return Stream.of(
                Arguments.of(SkipReason.IPV6, 1, ethernet(IPV6, 0x86dd)),
                Arguments.of(SkipReason.IPV6, 101, IPV6),
                Arguments.of(SkipReason.IPV6, 229, IPV6),
                Arguments.of(SkipReason.IPV6, 0, prefixed(IPV6, 30, 0, 0, 0)),
                Arguments.of(SkipReason.NOT_IP, 1, ethernet(new byte[46], 0x0806)),
                Arguments.of(SkipReason.NOT_IP, 101, new byte[40]),
                Arguments.of(SkipReason.NOT_IP, 108, prefixed(packet, 0, 0, 0, 16)),
                Arguments.of(SkipReason.ICMP, 101, ipv4(1, 0, CLIENT, SERVER, payload)),
                Arguments.of(SkipReason.OTHER_PROTOCOL, 101, ipv4(47, 0, CLIENT, SERVER, payload)),
                Arguments.of(SkipReason.FRAGMENT, 101, ipv4(17, 0x2000, CLIENT, SERVER, payload)),
                Arguments.of(SkipReason.FRAGMENT, 101, ipv4(17, 0x0010, CLIENT, SERVER, payload)),
                Arguments.of(SkipReason.PORT_ZERO, 101, ipv4(17, 0x4000, CLIENT, SERVER, ports(0, 53, 8))),
                Arguments.of(SkipReason.PORT_ZERO, 101, ipv4(6, 0, CLIENT, SERVER, ports(1024, 0, 20))),
                Arguments.of(SkipReason.MALFORMED_HEADER, 101, withByte(packet, 0, 0x44)),
                Arguments.of(SkipReason.MALFORMED_HEADER, 228, withByte(packet, 0, 0x65)),
                Arguments.of(SkipReason.MALFORMED_HEADER, 101, withByte(packet, 3, 33)),
                Arguments.of(SkipReason.TRUNCATED_HEADER, 101, Arrays.copyOf(packet, 19)),
                Arguments.of(SkipReason.TRUNCATED_HEADER, 101, Arrays.copyOf(packet, 33)),
                Arguments.of(SkipReason.TRUNCATED_HEADER, 101, new byte[0]),
                Arguments.of(SkipReason.TRUNCATED_HEADER, 1, Arrays.copyOf(ethernet(packet, 0x8100, 0x0800), 17)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("skipped")
    void whatHasNoFlowIsCounted(SkipReason reason, int linkType, byte[] frame) {
        try (TraceReader reader = capture(linkType, frame)) {
            assertThat(reader).toIterable().isEmpty();
            assertThat(reader.skipped()).containsExactly(Map.entry(reason, 1L));
        }
    }

    @ParameterizedTest
    @CsvSource({"2, SYN", "18, PACKET", "16, PACKET", "0, PACKET", "17, FIN", "3, FIN", "20, RST", "7, RST", "194, SYN"
    })
    void rstCountsBeforeFinBeforeSyn(int flags, Kind kind) {
        assertThat(flags & ~(FIN | SYN | RST | ACK | 0xc0)).isZero();
        try (TraceReader reader = capture(101, tcp(flags))) {
            assertThat(reader.next().kind()).isEqualTo(kind);
        }
    }

    private static byte[] withByte(byte[] packet, int at, int value) {
        byte[] changed = packet.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
