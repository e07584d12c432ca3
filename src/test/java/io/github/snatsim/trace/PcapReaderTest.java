package io.github.snatsim.trace;

import static io.github.snatsim.trace.Frames.SYN;
import static io.github.snatsim.trace.Frames.tcp;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snatsim.net.FlowEvent;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PcapReaderTest {
    private static final int MICROS = 0xa1b2c3d4;
    private static final int NANOS = 0xa1b23c4d;
    private static final int RAW = 101;

    static Stream<Arguments> variants() {
        return Stream.of(
                Arguments.of(BIG_ENDIAN, MICROS, 4_000_000_007_123_456_000L),
                Arguments.of(LITTLE_ENDIAN, MICROS, 4_000_000_007_123_456_000L),
                Arguments.of(BIG_ENDIAN, NANOS, 4_000_000_007_000_123_456L),
                Arguments.of(LITTLE_ENDIAN, NANOS, 4_000_000_007_000_123_456L));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void readsEveryByteOrderAndResolution(ByteOrder order, int magic, long expectedNanos) {
        byte[] capture = new CaptureWriter(order)
                .pcap(magic, RAW)
                .packet(4_000_000_007L, 123_456, tcp(SYN))
                .bytes();
        for (byte[] stored : new byte[][] {capture, Traces.gzip(capture)}) {
            assertThat(Traces.eventsOf(stored))
                    .extracting(FlowEvent::toString)
                    .containsExactly(expectedNanos + "ns SYN from INITIATOR tcp 10.0.0.1:40000 -> 203.0.113.7:443");
        }
    }

    @Test
    void captureWithoutPacketsHasNoEvents() {
        assertThat(Traces.eventsOf(
                        new CaptureWriter(LITTLE_ENDIAN).pcap(MICROS, RAW).bytes()))
                .isEmpty();
    }

    @Test
    void checksumBitsBesideTheLinkTypeAreIgnored() {
        byte[] capture = new CaptureWriter(LITTLE_ENDIAN)
                .pcap(MICROS, RAW | 0x1400_0000)
                .packet(1, 0, tcp(SYN))
                .bytes();
        assertThat(Traces.eventsOf(capture)).hasSize(1);
    }

    @Test
    void unknownLinkTypeIsNamed() {
        assertFails(
                new CaptureWriter(LITTLE_ENDIAN).pcap(MICROS, 105).bytes(),
                "test: link type 105 is not understood: expected 1 (Ethernet), 113 or 276 (Linux cooked), 101, 12, 14,"
                        + " 228 or 229 (raw IP), 0 or 108 (loopback)");
    }

    @Test
    void packetsMayGoBackByTheWindow() {
        byte[] capture = new CaptureWriter(LITTLE_ENDIAN)
                .pcap(MICROS, RAW)
                .packet(10, 0, tcp(Frames.ACK))
                .packet(9, 0, tcp(SYN))
                .packet(10, 0, tcp(Frames.FIN))
                .bytes();
        assertThat(Traces.eventsOf(capture))
                .extracting(FlowEvent::kind)
                .containsExactly(FlowEvent.Kind.SYN, FlowEvent.Kind.PACKET, FlowEvent.Kind.FIN);
    }

    @Test
    void packetFurtherBackIsAnErrorUnlessTheWindowIsWidened() {
        byte[] capture = new CaptureWriter(LITTLE_ENDIAN)
                .pcap(MICROS, RAW)
                .packet(10, 0, tcp(SYN))
                .packet(8, 999_999, tcp(SYN))
                .bytes();
        assertFails(
                capture,
                "test: packet 2 at byte 80: its time lies 1.000001 s before that of an earlier packet; at most 1 s can"
                        + " be put in order: sort the file or widen the window");
        TraceOptions wider = TraceOptions.defaults().withCaptureWindow(Duration.ofSeconds(2));
        try (TraceReader reader = Traces.open(capture, wider)) {
            assertThat(reader).toIterable().hasSize(2);
        }
    }

    @Test
    void damagedHeadersAreErrors() {
        byte[] frame = tcp(SYN);
        CaptureWriter fraction =
                new CaptureWriter(LITTLE_ENDIAN).pcap(MICROS, RAW).packet(1, 1_000_000, frame);
        assertFails(
                fraction.bytes(),
                "test: packet 1 at byte 24: its fraction of a second is 1000000: expected less than 1000000, so the"
                        + " file is damaged");
        byte[] length = new CaptureWriter(LITTLE_ENDIAN)
                .pcap(MICROS, RAW)
                .packet(1, 0, frame)
                .bytes();
        length[24 + 11] = (byte) 0xff;
        assertFails(
                length,
                "test: packet 1 at byte 24: it claims 4278190120 captured bytes: expected at most 262144, so the file"
                        + " is damaged");
    }

    @Test
    void captureCutAnywhereEndsCleanlyOrSaysWhere() {
        byte[] capture = new CaptureWriter(LITTLE_ENDIAN)
                .pcap(MICROS, RAW)
                .packet(1, 0, tcp(SYN))
                .packet(2, 0, tcp(Frames.ACK))
                .bytes();
        int record = 16 + 40;
        for (int length = 5; length < capture.length; length++) {
            byte[] cut = Arrays.copyOf(capture, length);
            if (length >= 24 && (length - 24) % record == 0) {
                assertThat(Traces.eventsOf(cut)).hasSize((length - 24) / record);
            } else {
                String place = length < 24
                        ? "test: the file ends inside its header"
                        : "test: packet " + ((length - 24) / record + 1) + " at byte "
                                + (24 + (length - 24) / record * record) + ": the file ends inside its ";
                assertThatExceptionOfType(TraceException.class)
                        .as("cut to %d bytes", length)
                        .isThrownBy(() -> Traces.eventsOf(cut))
                        .withMessageStartingWith(place);
            }
        }
    }

    @Test
    void longFramesArePassedOver() {
        byte[] frame = Arrays.copyOf(tcp(SYN), 262_144);
        byte[] capture = new CaptureWriter(LITTLE_ENDIAN)
                .pcap(MICROS, RAW)
                .packet(1, 0, frame)
                .packet(2, 0, frame)
                .bytes();
        assertThat(Traces.eventsOf(capture)).hasSize(2);
    }

    private static void assertFails(byte[] capture, String message) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.eventsOf(capture))
                .withMessage(message);
    }
}
