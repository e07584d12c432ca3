package io.github.snatsim.azure;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks parts up by name, and refuses names that are unknown or stand twice. Stateless. */
final class Names {
    private static final int SHOWN_MAX = 10;

    private Names() {}

    /** Finds a part by its name, or refuses with the names that there are. */
    static <T> T find(String what, String name, List<T> parts, Function<T, String> nameOf) {
        return parts.stream()
                .filter(part -> nameOf.apply(part).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no " + what + " " + name + ": expected "
                        + (parts.isEmpty() ? "none, since none is defined" : "one of " + some(parts, nameOf))));
    }

    private static <T> String some(List<T> parts, Function<T, String> nameOf) {
        String names =
                String.join(", ", parts.stream().limit(SHOWN_MAX).map(nameOf).toList());
        return parts.size() > SHOWN_MAX ? names + ", ..." : names;
    }

    static void checkDistinct(String what, Stream<String> names) {
        Set<String> met = new HashSet<>();
        names.filter(name -> !met.add(name)).findFirst().ifPresent(twice -> {
            throw new IllegalArgumentException("the " + what + " " + twice + " stands twice: expected distinct ones");
        });
    }
}
