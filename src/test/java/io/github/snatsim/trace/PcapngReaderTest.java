package io.github.snatsim.trace;

import static io.github.snatsim.trace.Frames.ACK;
import static io.github.snatsim.trace.Frames.SYN;
import static io.github.snatsim.trace.Frames.ethernet;
import static io.github.snatsim.trace.Frames.tcp;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snatsim.net.FlowEvent;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapngReaderTest {
    private static final int RAW = 101;
    private static final int ETHERNET = 1;

    private static CaptureWriter section(ByteOrder order) {
        return new CaptureWriter(order).section();
    }

    @ParameterizedTest
    @CsvSource({
        "6, 0, 1500000, 1500000000",
        "9, 0, 1500000001, 1500000001",
        "0, 0, 7, 7000000000",
        "3, 100, 1500, 101500000000",
        "6, -1, 1500000, 500000000",
        "12, 0, 1500000001999, 1500000001",
        "18, 0, 1500000001999999999, 1500000001",
        "128, 0, 3, 3000000000",
        "138, 0, 1536, 1500000000",
        "160, 0, 6442450944, 1500000000",
        "191, 0, 13835058055282163712, 1500000000"
    })
    void readsEveryResolutionAndOffset(int resolution, long offsetSeconds, String units, long expectedNanos) {
        for (ByteOrder order : new ByteOrder[] {BIG_ENDIAN, LITTLE_ENDIAN}) {
            byte[] capture = section(order)
                    .pcapngInterface(RAW, resolution, offsetSeconds)
                    .enhanced(0, Long.parseUnsignedLong(units), tcp(SYN))
                    .bytes();
            assertThat(Traces.eventsOf(capture))
                    .extracting(FlowEvent::timeNanos)
                    .as("%s", order)
                    .containsExactly(expectedNanos);
        }
    }

    @Test
    void microsecondsAreTheDefault() {
        byte[] capture = section(LITTLE_ENDIAN)
                .pcapngInterface(RAW)
                .enhanced(0, 5_000_000_000L, tcp(SYN))
                .bytes();
        assertThat(Traces.eventsOf(capture)).extracting(FlowEvent::timeNanos).containsExactly(5_000_000_000_000L);
    }

    @Test
    void sectionsMayDifferInByteOrderAndInterfaces() {
        byte[] first = section(LITTLE_ENDIAN)
                .pcapngInterface(RAW)
                .pcapngInterface(ETHERNET, 9, 0)
                .block(5, new byte[24])
                .enhanced(1, 1_000_000_000, ethernet(tcp(SYN), 0x0800))
                .block(0x0bad, new byte[300_000])
                .old(0, 1_100_000, tcp(ACK))
                .bytes();
        byte[] second = section(BIG_ENDIAN)
                .pcapngInterface(ETHERNET)
                .enhanced(0, 1_200_000, ethernet(tcp(Frames.RST), 0x0800))
                .bytes();
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertThat(Traces.textOf(Traces.open(both)))
                .containsExactly(
                        "1000000000ns SYN from INITIATOR tcp 10.0.0.1:40000 -> 203.0.113.7:443",
                        "1100000000ns PACKET from INITIATOR tcp 10.0.0.1:40000 -> 203.0.113.7:443",
                        "1200000000ns RST from INITIATOR tcp 10.0.0.1:40000 -> 203.0.113.7:443");
    }

    @Test
    void simplePacketsHaveNoTimeAndAreCounted() {
        byte[] capture = section(LITTLE_ENDIAN)
                .pcapngInterface(RAW)
                .simple(tcp(SYN))
                .enhanced(0, 1, tcp(ACK))
                .bytes();
        try (TraceReader reader = Traces.open(capture)) {
            assertThat(reader).toIterable().hasSize(1);
            assertThat(reader.skipped()).containsExactly(java.util.Map.entry(SkipReason.NO_TIMESTAMP, 1L));
        }
    }

    @Test
    void unknownLinkTypeMattersOnlyWhenAPacketComesFromThere() {
        CaptureWriter writer =
                section(LITTLE_ENDIAN).pcapngInterface(RAW).pcapngInterface(220).enhanced(0, 1, tcp(SYN));
        assertThat(Traces.eventsOf(writer.bytes())).hasSize(1);
        assertFails(writer.enhanced(1, 2, tcp(SYN)).bytes(), "packet 2 at byte 140: link type 220 is not understood");
    }

    @Test
    void damageIsNamed() {
        assertFails(
                section(LITTLE_ENDIAN)
                        .pcapngInterface(RAW)
                        .enhanced(3, 1, tcp(SYN))
                        .bytes(),
                "packet 1 at byte 48: it names interface 3: the section has 1");
        assertFails(
                section(LITTLE_ENDIAN)
                        .pcapngInterface(RAW, 100, 0)
                        .enhanced(0, 1, tcp(SYN))
                        .bytes(),
                "its interface has time resolution 100: expected a power of 10 up to 18 or of 2 up to 63");
        assertFails(
                section(LITTLE_ENDIAN)
                        .pcapngInterface(RAW, 6, -2)
                        .enhanced(0, 1, tcp(SYN))
                        .bytes(),
                "its time is 1 units of its interface plus -2 s: expected a time from 1970 to 2262");
        byte[] noMagic = section(LITTLE_ENDIAN).bytes();
        noMagic[8] = 0;
        assertFails(noMagic, "block at byte 0: its byte-order magic is 003c2b1a: expected 1a2b3c4d or 4d3c2b1a");
        byte[] unevenEnds = section(LITTLE_ENDIAN).bytes();
        unevenEnds[24] = 32;
        assertFails(unevenEnds, "block at byte 0: it begins with length 28 and ends with 32: expected the same");
        byte[] absurd = section(LITTLE_ENDIAN).bytes();
        absurd[4] = 27;
        assertFails(absurd, "block at byte 0: its length is 27: expected a multiple of 4 from 12 to 2,147,483,644");
    }

    @Test
    void captureCutAnywhereEndsCleanlyOrSaysWhere() {
        byte[] capture = section(BIG_ENDIAN)
                .pcapngInterface(RAW)
                .enhanced(0, 1, tcp(SYN))
                .old(0, 2, tcp(ACK))
                .simple(tcp(ACK))
                .bytes();
        for (int length = 4; length < capture.length; length++) {
            byte[] cut = Arrays.copyOf(capture, length);
            if (length == 28 || length == 48 || length == 120 || length == 192) {
                assertThat(Traces.eventsOf(cut)).hasSize(Math.max(0, (length - 48) / 72));
            } else {
                assertThatExceptionOfType(TraceException.class)
                        .as("cut to %d bytes", length)
                        .isThrownBy(() -> Traces.eventsOf(cut))
                        .withMessageContaining("the file ends inside it");
            }
        }
    }

    private static void assertFails(byte[] capture, String part) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.eventsOf(capture))
                .withMessageContaining(part);
    }
}
