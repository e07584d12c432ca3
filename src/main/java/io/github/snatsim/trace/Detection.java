package io.github.snatsim.trace;

import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells a format from the first bytes of a trace. */
final class Detection {
    /** How many bytes are looked at. */
    static final int HEAD_BYTES = 4096;

    private static final Pattern CONNTRACK =
            Pattern.compile("(\\[[0-9]+(\\.[0-9]+)?]\\s*)?\\[(NEW|UPDATE|DESTROY)].*", Pattern.DOTALL);
    private static final int SHOWN_BYTES = 4;

    private Detection() {}

    /** Returns the format, which must be the wanted one if there is one. */
    static TraceFormat format(String name, byte[] head, Optional<TraceFormat> wanted) {
        if (head.length == 0) {
            throw new TraceException(name, "is empty: expected one of " + TraceFormat.names());
        }
        Optional<TraceFormat> found = find(head);
        if (wanted.isEmpty()) {
            return found.orElseThrow(() -> new TraceException(
                    name, "not understood: begins with " + shown(head) + "; expected one of " + TraceFormat.names()));
        }
        boolean undecided = found.isEmpty() && wanted.get().isText() && isText(head);
        if (!found.equals(wanted) && !undecided) {
            throw new TraceException(
                    name,
                    "not a " + wanted.get() + " file: begins with " + shown(head)
                            + found.map(format -> ", as a " + format + " file does")
                                    .orElse(""));
        }
        return wanted.get();
    }

    private static Optional<TraceFormat> find(byte[] head) {
        int magic =
                ByteBuffer.wrap(Arrays.copyOf(head, Math.max(4, head.length))).getInt();
        if (PcapReader.isMagic(magic)) {
            return Optional.of(TraceFormat.PCAP);
        }
        if (magic == PcapngReader.SECTION_HEADER) {
            return Optional.of(TraceFormat.PCAPNG);
        }
        String text = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        if (text.startsWith("#separator") || text.startsWith("#fields")) {
            return Optional.of(TraceFormat.ZEEK_TSV);
        }
        if (text.startsWith("{")) {
            return Optional.of(TraceFormat.ZEEK_JSON);
        }
        return CONNTRACK.matcher(text).matches() ? Optional.of(TraceFormat.CONNTRACK) : Optional.empty();
    }

    private static boolean isText(byte[] head) {
        for (byte b : head) {
            if (b == 0) {
                return false;
            }
        }
        return true;
    }

    private static String shown(byte[] head) {
        return BaseEncoding.base16()
                .lowerCase()
                .withSeparator(" ", 2)
                .encode(head, 0, Math.min(SHOWN_BYTES, head.length));
    }
}
