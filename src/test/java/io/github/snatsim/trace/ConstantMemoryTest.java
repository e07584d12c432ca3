package io.github.snatsim.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams far larger than the heap, made as they are read, in a JVM of 64 MB. */
class ConstantMemoryTest {
    @TempDir
    private Path folder;

    /** The capture has a million packets per second and only new 5-tuples; the log lies inside one hour. */
    @ParameterizedTest
    @CsvSource({"pcap, 3000000, 3000000", "zeek, 1000000, 3000000"})
    void readsInSmallHeap(String format, long records, long events) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        format,
                        Long.toString(records)))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(output).content().isEqualToIgnoringNewLines(Long.toString(events));
        assertThat(folder).isDirectoryNotContaining("glob:**.events");
    }

    /** Reads a generated stream and prints how many events it had. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) {
            long records = Long.parseLong(args[1]);
            InputStream in = args[0].equals("pcap")
                    ? new Generated(captureHeader(), Main::packet, records)
                    : new Generated(logHeader(), Main::row, records);
            long events = 0;
            long lastNanos = 0;
            try (TraceReader reader = TraceReader.open(in, "generated", TraceOptions.defaults())) {
                while (reader.hasNext()) {
                    long timeNanos = reader.next().timeNanos();
                    if (timeNanos < lastNanos) {
                        throw new AssertionError("time runs backwards at event " + events);
                    }
                    lastNanos = timeNanos;
                    events++;
                }
            }
            System.out.println(events);
        }

        private static byte[] captureHeader() {
            return ByteBuffer.allocate(24)
                    .putInt(0xa1b2c3d4)
                    .putShort((short) 2)
                    .putShort((short) 4)
                    .putInt(0)
                    .putInt(0)
                    .putInt(65_535)
                    .putInt(101)
                    .array();
        }

        private static byte[] packet(long i) {
            return ByteBuffer.allocate(56)
                    .putInt((int) (i / 1_000_000))
                    .putInt((int) (i % 1_000_000))
                    .putInt(40)
                    .putInt(40)
                    .put((byte) 0x45)
                    .put(18, (byte) 0)
                    .putShort(18, (short) 40)
                    .put(25, (byte) 6)
                    .putInt(28, 0x0a000000 + (int) (i / 60_000))
                    .putInt(32, 0xcb007107)
                    .putShort(36, (short) (1024 + i % 60_000))
                    .putShort(38, (short) 443)
                    .put(49, (byte) 2)
                    .array();
        }

        private static byte[] logHeader() {
            return "#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\thistory\n"
                    .getBytes(ISO_8859_1);
        }

        /** Returns a row whose start jumps to and fro within 50 minutes and whose end is up to an hour later. */
        private static byte[] row(long i) {
            long start = i * 7_919 % 3_000_000;
            return (start / 1_000 + "." + (1_000 + start % 1_000) + "\t10.0." + i / 60_000 + ".1\t"
                            + (1_024 + i % 60_000) + "\t203.0.113.7\t443\ttcp\t" + i * 31 % 3_600 + ".5\tShADFaf\n")
                    .getBytes(ISO_8859_1);
        }
    }

    private static final class Generated extends InputStream {
        private final LongFunction<byte[]> records;
        private final long count;
        private byte[] record;
        private int position;
        private long made;

        Generated(byte[] header, LongFunction<byte[]> records, long count) {
            record = header;
            this.records = records;
            this.count = count;
        }

        private boolean isAtEnd() {
            if (position == record.length && made < count) {
                record = records.apply(made++);
                position = 0;
            }
            return position == record.length;
        }

        @Override
        public int read() {
            return isAtEnd() ? -1 : record[position++] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int filled = 0;
            while (filled < length && !isAtEnd()) {
                int step = Math.min(length - filled, record.length - position);
                System.arraycopy(record, position, target, offset + filled, step);
                position += step;
                filled += step;
            }
            return filled == 0 && length > 0 ? -1 : filled;
        }
    }
}
