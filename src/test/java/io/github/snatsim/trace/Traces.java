package io.github.snatsim.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.FlowEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Traces for tests: the recorded samples, and bytes and lines in memory. */
final class Traces {
    static final ImmutableList<String> SAMPLES = ImmutableList.of(
            "pcap_pcapplusplus_dns.pcap",
            "pcap_suricata-verify_http-ftp-burst.pcap",
            "pcap_zeek_http-methods.pcap",
            "zeek-json_apt29-day1-nashua_conn.log",
            "zeek-tsv_zat_conn.log",
            "random-000.conntrack.txt",
            "random-003.conntrack.txt",
            "random-007.conntrack.txt");

    private Traces() {}

    static Path sample(String name) {
        try {
            return Path.of(Traces.class.getResource("/traces/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sampleBytes(String name) {
        try {
            return Files.readAllBytes(sample(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TraceReader open(byte[] trace) {
        return open(trace, TraceOptions.defaults());
    }

    static TraceReader open(byte[] trace, TraceOptions options) {
        return TraceReader.open(new ByteArrayInputStream(trace), "test", options);
    }

    static TraceReader openLines(String... lines) {
        return open((String.join("\n", lines) + "\n").getBytes(ISO_8859_1));
    }

    static List<FlowEvent> eventsOf(byte[] trace) {
        try (TraceReader reader = open(trace)) {
            return ImmutableList.copyOf(reader);
        }
    }

    /** Returns all events as text. */
    static List<String> textOf(TraceReader reader) {
        try (reader) {
            return ImmutableList.copyOf(reader).stream()
                    .map(FlowEvent::toString)
                    .toList();
        }
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
