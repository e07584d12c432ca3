package io.github.snatsim.port;

import com.google.common.collect.ImmutableList;

/**
 * A number that breaks a rule, and the nearest one that would not. Immutable; threads may share it.
 *
 * @param what the number and what it is of, such as {@code a pool of 401 instances}
 * @param expected what would be right
 * @param rule the rule's id, empty for a limit of the program
 * @param nearest the nearest valid value, or several ways to one
 */
public record Violation(String what, String expected, String rule, String nearest) {
    /**
     * Checks that a number lies within bounds; below them the least is the nearest, above them the greatest.
     *
     * @param value the number
     * @param min the least
     * @param max the greatest, not below {@code min}
     * @param what the number and what it is of
     * @param rule the rule's id, empty for a limit of the program
     * @return the violation, none if it does
     */
    public static ImmutableList<Violation> ifOutside(long value, long min, long max, String what, String rule) {
        return value >= min && value <= max
                ? ImmutableList.of()
                : ImmutableList.of(
                        new Violation(what, min + "-" + max, rule, Long.toString(Math.max(min, Math.min(value, max)))));
    }

    /**
     * Throws if there is a violation.
     *
     * @param violations what was found
     * @throws ViolationException if it is not empty; the message is that of the first
     */
    @SafeVarargs
    public static void refuse(ImmutableList<Violation>... violations) {
        ImmutableList.Builder<Violation> all = ImmutableList.builder();
        for (ImmutableList<Violation> some : violations) {
            all.addAll(some);
        }
        ImmutableList<Violation> found = all.build();
        if (!found.isEmpty()) {
            throw new ViolationException(found);
        }
    }

    /**
     * Returns the violation as one line.
     *
     * @return what is wrong, what would be right, the rule, and the nearest valid value
     */
    public String message() {
        return what + ": expected " + expected + (rule.isEmpty() ? "" : " (" + rule + ")") + "; nearest valid: "
                + nearest;
    }
}
