package io.github.snatsim.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The words of the file: how a constant is written, and which known word an unknown one was meant to be. */
final class Words {
    private static final int WORD_LENGTH_MAX = 40;

    private Words() {}

    /** The word for a constant: {@code FIN_BY_CLIENT} is {@code fin-by-client}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns {@code one of a, b, c}. */
    static String oneOf(Collection<String> known) {
        return "one of " + String.join(", ", known);
    }

    /** Returns {@code expected one of a, b, c}. */
    static String expected(Collection<String> known) {
        return "expected " + oneOf(known);
    }

    /** Returns {@code did you mean 'ports'?} and a space, or nothing if no known word is near. */
    static String didYouMean(String unknown, Collection<String> known) {
        if (unknown.length() > WORD_LENGTH_MAX) {
            return "";
        }
        int farthest = Math.max(1, unknown.length() / 3);
        return known.stream()
                .filter(word -> distance(unknown, word) <= farthest)
                .min(Comparator.comparingInt(word -> distance(unknown, word)))
                .map(word -> "did you mean '" + word + "'? ")
                .orElse("");
    }

    /** How many letters to insert, remove, replace or swap with a neighbour (Damerau's distance, restricted). */
    static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
