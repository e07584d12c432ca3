package io.github.snatsim.trace;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;

/**
 * The kinds of recording that can be read; each prints and parses as its name, such as {@code zeek-tsv}. Immutable;
 * threads may share it.
 */
public enum TraceFormat {
    /** A Zeek {@code conn.log} of separated values under a {@code #fields} line. */
    ZEEK_TSV,
    /** A Zeek {@code conn.log} with one JSON object per line. */
    ZEEK_JSON,
    /** A capture as {@code tcpdump -w} writes it, with microseconds or nanoseconds. */
    PCAP,
    /** A capture as Wireshark writes it. */
    PCAPNG,
    /** The text of {@code conntrack -E -o timestamp}. */
    CONNTRACK;

    /** Returns the name, for example {@code zeek-tsv}; the inverse of {@link #parse}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads a name.
     *
     * @param text for example {@code zeek-tsv}, in any case
     * @return the format
     * @throws IllegalArgumentException for any other text; the message lists the names
     */
    public static TraceFormat parse(String text) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not a trace format: expected one of " + names()));
    }

    static String names() {
        return Arrays.stream(values()).map(TraceFormat::toString).collect(joining(", "));
    }

    boolean isText() {
        return this != PCAP && this != PCAPNG;
    }
}
