package io.github.snatsim.trace;

/**
 * A trace cannot be read. The message is one line: the file, the line or packet, the field, its value, what is wrong
 * with it and what would be right. Immutable but for what every exception carries; threads may share it.
 */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int QUOTED_CHARACTERS_MAX = 60;

    TraceException(String place, String problem) {
        super(printable(place + ": " + problem));
    }

    TraceException(String place, String problem, Throwable cause) {
        super(printable(place + ": " + problem), cause);
    }

    /** Returns a value in quotes, shortened if it is long. */
    static String quoted(String value) {
        return value.length() <= QUOTED_CHARACTERS_MAX
                ? "'" + value + "'"
                : "'" + value.substring(0, QUOTED_CHARACTERS_MAX) + "...'";
    }

    /** Returns the text with control characters written as an escape, so that it stays one line. */
    private static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                out.append(String.format("\\x%02x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
