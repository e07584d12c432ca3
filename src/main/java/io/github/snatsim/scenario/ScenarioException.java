package io.github.snatsim.scenario;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A scenario file is not one. The message is one line: file, line and column, the path of the key, its value, what is
 * wrong with it and what would be right. It is the first of {@link #problems}. Immutable but for what every exception carries; threads may share it.
 */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int QUOTED_CHARACTERS_MAX = 60;
    private static final int CHARACTERS_MAX = 2_000;

    private final transient ImmutableList<String> problems;

    ScenarioException(String message) {
        super(printable(message));
        this.problems = ImmutableList.of(printable(message));
    }

    ScenarioException(String message, Throwable cause) {
        super(printable(message), cause);
        this.problems = ImmutableList.of(printable(message));
    }

    private ScenarioException(ScenarioException first, ImmutableList<String> problems) {
        super(first.getMessage(), first.getCause());
        this.problems = problems;
    }

    /** Returns one exception for everything that was found wrong, at least one thing. */
    static ScenarioException ofAll(List<ScenarioException> found) {
        return new ScenarioException(
                found.get(0),
                found.stream().flatMap(problem -> problem.problems.stream()).collect(toImmutableList()));
    }

    /**
     * Returns everything that was found wrong: what is wrong in one place need not hide what is wrong in another. What can be
     * judged only when something else is right is left out.
     *
     * @return at least one line, in the order of reading, at most 100
     */
    public ImmutableList<String> problems() {
        return problems;
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
