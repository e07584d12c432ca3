package io.github.snatsim.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.FlowEvent;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class TraceReaderTest {
    private static final String ALL_FORMATS = "expected one of zeek-tsv, zeek-json, pcap, pcapng, conntrack";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "pcap_pcapplusplus_dns.pcap, PCAP, 449",
        "pcap_suricata-verify_http-ftp-burst.pcap, PCAP, 1003",
        "pcap_zeek_http-methods.pcap, PCAP, 655",
        "zeek-json_apt29-day1-nashua_conn.log, ZEEK_JSON, 951",
        "zeek-tsv_zat_conn.log, ZEEK_TSV, 596",
        "random-000.conntrack.txt, CONNTRACK, 161",
        "random-003.conntrack.txt, CONNTRACK, 95",
        "random-007.conntrack.txt, CONNTRACK, 119"
    })
    void samplesAreDetectedAndReadInTimeOrder(String sample, TraceFormat format, int events) throws IOException {
        try (TraceReader reader = TraceReader.open(Traces.sample(sample))) {
            assertThat(reader.format()).isEqualTo(format);
            assertThat(ImmutableList.copyOf(reader))
                    .hasSize(events)
                    .isSortedAccordingTo(Comparator.comparingLong(FlowEvent::timeNanos));
            assertThat(reader.bytesRead()).isEqualTo(Files.size(Traces.sample(sample)));
            assertThat(reader.initiatorsForgotten()).isZero();
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.snatsim.trace.Traces#SAMPLES")
    void gzipIsTakenOff(String sample) {
        byte[] plain = Traces.sampleBytes(sample);
        byte[] compressed = Traces.gzip(plain);
        try (TraceReader reader = Traces.open(compressed)) {
            assertThat(reader).toIterable().containsExactlyElementsOf(Traces.eventsOf(plain));
            assertThat(reader.bytesRead()).isEqualTo(compressed.length);
        }
    }

    @Test
    void concatenatedGzipFilesAreReadToTheEnd() {
        byte[] log = Traces.sampleBytes("zeek-tsv_zat_conn.log");
        byte[] compressed = Traces.gzip(log);
        byte[] twice = Arrays.copyOf(compressed, 2 * compressed.length);
        System.arraycopy(compressed, 0, twice, compressed.length, compressed.length);
        InputStream trickle = new ByteArrayInputStream(twice) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 7));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        try (TraceReader reader = TraceReader.open(trickle, "pipe", TraceOptions.defaults())) {
            assertThat(reader).toIterable().hasSize(2 * 596);
        }
    }

    @Test
    void byteOrderMarkIsPassedOver() {
        byte[] log = Traces.sampleBytes("zeek-json_apt29-day1-nashua_conn.log");
        assertThat(Traces.eventsOf(Frames.prefixed(log, 0xef, 0xbb, 0xbf))).hasSize(951);
    }

    @Test
    void gzipCutShortIsAnError() {
        byte[] compressed = Traces.gzip(Traces.sampleBytes("zeek-tsv_zat_conn.log"));
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.eventsOf(Arrays.copyOf(compressed, compressed.length - 9)))
                .withMessage("test: cannot be read: its gzip data ends too early");
    }

    @Test
    void whatIsNoTraceIsSaidToBeNone() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.log"));
        assertFails(empty, empty + ": is empty: " + ALL_FORMATS);
        Files.write(empty, Traces.gzip(new byte[0]));
        assertFails(empty, empty + ": is empty: " + ALL_FORMATS);
        assertFails(folder, folder + ": is a directory: expected a file");
        assertFails(folder.resolve("none"), folder.resolve("none") + ": does not exist");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {0x7f, 'E', 'L', 'F', 2, 1});
        assertFails(binary, binary + ": not understood: begins with 7f 45 4c 46; " + ALL_FORMATS);
        Path flowLog = Files.writeString(folder.resolve("flow.log"), "version account-id interface-id srcaddr\n");
        assertFails(flowLog, flowLog + ": not understood: begins with 76 65 72 73; " + ALL_FORMATS);
        Path dot = Files.writeString(folder.resolve("dot"), ".");
        assertFails(dot, dot + ": not understood: begins with 2e; " + ALL_FORMATS);
    }

    private static void assertFails(Path file, String message) {
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceReader.open(file))
                .withMessage(message);
    }

    @Test
    void formatThatTheContentContradictsIsRefused() {
        TraceOptions pcap = TraceOptions.defaults().withFormat(TraceFormat.PCAP);
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.open("#separator \\x09\n".getBytes(ISO_8859_1), pcap))
                .withMessage("test: not a pcap file: begins with 23 73 65 70, as a zeek-tsv file does");
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.open("what is this\n".getBytes(ISO_8859_1), pcap))
                .withMessage("test: not a pcap file: begins with 77 68 61 74");
        TraceOptions json = TraceOptions.defaults().withFormat(TraceFormat.ZEEK_JSON);
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.open(new byte[] {'x', 0, 0, 0}, json))
                .withMessage("test: not a zeek-json file: begins with 78 00 00 00");
    }

    @ParameterizedTest
    @EnumSource
    void formatThatTheContentConfirmsIsTaken(TraceFormat format) {
        byte[] start = switch (format) {
            case PCAP ->
                new CaptureWriter(ByteOrder.BIG_ENDIAN).pcap(0xa1b2c3d4, 1).bytes();
            case PCAPNG -> new CaptureWriter(ByteOrder.BIG_ENDIAN).section().bytes();
            case ZEEK_TSV -> "\n#separator \\x09\n".getBytes(ISO_8859_1);
            case ZEEK_JSON -> " {".getBytes(ISO_8859_1);
            case CONNTRACK -> "conntrack v1.4.7 (conntrack-tools): 0 flow events".getBytes(ISO_8859_1);
        };
        try (TraceReader reader = Traces.open(start, TraceOptions.defaults().withFormat(format))) {
            assertThat(reader.format()).isEqualTo(format);
        }
    }

    @Test
    void errorIsThrownAgain() {
        TraceReader reader = Traces.openLines("{}");
        TraceException first = catchTrace(reader);
        assertThat(catchTrace(reader)).isSameAs(first);
        assertThat(first).hasMessageStartingWith("test:1: proto is missing");
    }

    private static TraceException catchTrace(TraceReader reader) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(TraceException.class, reader::hasNext);
    }

    @Test
    void endAndCloseAreFinal() {
        AtomicInteger closes = new AtomicInteger();
        InputStream in = new ByteArrayInputStream(Traces.sampleBytes("random-007.conntrack.txt")) {
            @Override
            public void close() {
                closes.incrementAndGet();
            }
        };
        TraceReader reader = TraceReader.open(in, "test", TraceOptions.defaults());
        reader.forEachRemaining(event -> {});
        assertThat(reader.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(reader::next);
        reader.close();
        reader.close();
        assertThat(closes).hasValue(1);
        assertThatIllegalStateException().isThrownBy(reader::hasNext).withMessage("the reader of test is closed");
    }

    @Test
    void failedOpenClosesTheStream() {
        AtomicInteger closes = new AtomicInteger();
        InputStream in = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("the disk\nis on fire");
            }

            @Override
            public void close() {
                closes.incrementAndGet();
            }
        };
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> TraceReader.open(in, "disk", TraceOptions.defaults()))
                .withMessage("disk: cannot be read: the disk\\x0ais on fire");
        assertThat(closes).hasValue(1);
    }

    @Test
    void overlongLineIsAnError() {
        byte[] line = new byte[3 << 20];
        Arrays.fill(line, (byte) '{');
        assertThatExceptionOfType(TraceException.class)
                .isThrownBy(() -> Traces.eventsOf(line))
                .withMessage("test:1: the line is longer than 1048576 bytes, so this is not a log");
    }

    @ParameterizedTest
    @EnumSource
    void formatsPrintAndParse(TraceFormat format) {
        assertThat(TraceFormat.parse(format.toString())).isEqualTo(format);
        assertThat(format.toString()).matches("[a-z-]+");
    }

    @Test
    void unknownFormatListsTheNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceFormat.parse("csv"))
                .withMessage("'csv' is not a trace format: " + ALL_FORMATS);
    }

    @Test
    void optionsAreChecked() {
        TraceOptions usual = TraceOptions.defaults();
        assertThatIllegalArgumentException().isThrownBy(() -> usual.withCaptureWindow(Duration.ofNanos(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> usual.withLogWindow(Duration.ofDays(36_501)));
        assertThatIllegalArgumentException().isThrownBy(() -> usual.withInitiatorMemory(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> usual.withInitiatorsMax(0));
        assertThat(usual.withInitiatorsMax(1).initiatorsMax()).isOne();
        assertThat(usual.withInitiatorMemory(Duration.ZERO).initiatorMemory()).isZero();
    }

    @Test
    void initiatorsForgottenAreCounted() {
        byte[] capture = new CaptureWriter(ByteOrder.BIG_ENDIAN)
                .pcap(0xa1b2c3d4, 101)
                .packet(1, 0, Frames.udp(Frames.CLIENT, Frames.SERVER))
                .packet(2, 0, Frames.tcp(Frames.SYN))
                .packet(3, 0, Frames.udp(Frames.SERVER, Frames.CLIENT))
                .bytes();
        try (TraceReader reader = Traces.open(capture, TraceOptions.defaults().withInitiatorsMax(1))) {
            assertThat(reader)
                    .toIterable()
                    .extracting(FlowEvent::flow)
                    .extracting(Object::toString)
                    .containsExactly(
                            "udp 10.0.0.1:40000 -> 203.0.113.7:443",
                            "tcp 10.0.0.1:40000 -> 203.0.113.7:443",
                            "udp 203.0.113.7:443 -> 10.0.0.1:40000");
            assertThat(reader.initiatorsForgotten()).isEqualTo(2);
        }
    }
}
