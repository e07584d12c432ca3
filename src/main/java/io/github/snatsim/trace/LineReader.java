package io.github.snatsim.trace;

import java.io.IOException;

/**
 * The lines of a text trace, each byte one character, ended by LF or CR LF. It knows where it is, so it also makes the
 * exceptions that say so.
 */
final class LineReader {
    private static final int LINE_BYTES_MAX = 1 << 20;

    private final ByteWindow bytes;
    private final String name;
    private final StringBuilder started = new StringBuilder();
    private String line = "";
    private long number;

    LineReader(ByteWindow bytes, String name) {
        this.bytes = bytes;
        this.name = name;
    }

    /** Moves to the next line that is not blank; false at the end. */
    boolean next() throws IOException {
        do {
            if (!nextOfAny()) {
                return false;
            }
        } while (line.isBlank());
        return true;
    }

    private boolean nextOfAny() throws IOException {
        number++;
        started.setLength(0);
        while (bytes.ask(1) > 0) {
            int end = bytes.distanceTo((byte) '\n');
            int length = end < 0 ? bytes.held() : end;
            String part = bytes.text(length);
            bytes.skip(end < 0 ? length : length + 1);
            if (end >= 0) {
                line = withoutCarriageReturn(
                        started.isEmpty() ? part : started.append(part).toString());
                return true;
            }
            started.append(part);
            if (started.length() > LINE_BYTES_MAX) {
                throw at("the line is longer than " + LINE_BYTES_MAX + " bytes, so this is not a log");
            }
        }
        line = withoutCarriageReturn(started.toString());
        return !line.isEmpty();
    }

    private static String withoutCarriageReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    String text() {
        return line;
    }

    TraceException at(String problem) {
        return new TraceException(name + ":" + number, problem);
    }

    /** Returns the complaint about one value: what it is and what would be right. */
    TraceException wrong(String field, String value, String expected) {
        return at(
                value.isEmpty()
                        ? field + " is missing: expected " + expected
                        : field + " is " + TraceException.quoted(value) + ": expected " + expected);
    }

    /** Notes the time of this line with the buffer. */
    void arrive(long timeNanos, ReorderBuffer buffer) {
        long lagNanos = buffer.lagNanos(timeNanos);
        if (lagNanos > buffer.windowNanos()) {
            throw at("its time lies " + Decimals.seconds(lagNanos) + " before that of an earlier line; at most "
                    + Decimals.seconds(buffer.windowNanos())
                    + " can be put in order: sort the file or widen the window");
        }
        buffer.arrive(timeNanos);
    }
}
