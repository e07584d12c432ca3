package io.github.snatsim.scenario;

/**
 * A scenario file is not one. The message is one line: file, line and column, the path of the key, its value, what is
 * wrong with it and what would be right. Immutable but for what every exception carries; threads may share it.
 */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int QUOTED_CHARACTERS_MAX = 60;
    private static final int CHARACTERS_MAX = 2_000;

    ScenarioException(String message) {
        super(printable(message));
    }

    ScenarioException(String message, Throwable cause) {
        super(printable(message), cause);
    }

    /** Returns a value in quotes, shortened if it is long. */
    static String quoted(String value) {
        return value.length() <= QUOTED_CHARACTERS_MAX
                ? "'" + value + "'"
                : "'" + value.substring(0, QUOTED_CHARACTERS_MAX) + "...'";
    }

    /** Returns the text with what breaks a line written as an escape, and cut if it lists very many names. */
    private static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < Math.min(text.length(), CHARACTERS_MAX); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return text.length() <= CHARACTERS_MAX ? out.toString() : out + "...";
    }
}
