package io.github.snatsim.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The scenarios of {@code docs/examples} and the figures that their comments state. */
final class Examples {
    private static final Path FOLDER = Path.of("docs/examples");
    private static final Pattern SWITCH = Pattern.compile("# expect with ([a-z-]+):");
    private static final Pattern FIGURE = Pattern.compile("#   ([a-z0-9.-]+): +([^ #]+)(?: +# .*)?");

    private Examples() {}

    static List<Path> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path example) {
        try {
            return Files.readString(example);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The figures after {@code # expect:}, those of the file as it stands. */
    static Map<String, String> figures(Path example) {
        return figures(example, "# expect:");
    }

    /** The figures after {@code # expect with NAME:}, those with a mitigation switched on, by its name. */
    static Map<String, Map<String, String>> figuresWithSwitches(Path example) {
        Map<String, Map<String, String>> figures = new LinkedHashMap<>();
        text(example)
                .lines()
                .map(SWITCH::matcher)
                .filter(Matcher::matches)
                .forEach(line -> figures.put(line.group(1), figures(example, line.group())));
        return figures;
    }

    /** The lines after a heading up to the first that states no figure. */
    private static Map<String, String> figures(Path example, String heading) {
        Map<String, String> figures = new LinkedHashMap<>();
        List<String> lines = text(example).lines().toList();
        for (String line : lines.subList(lines.indexOf(heading) + 1, lines.size())) {
            Matcher figure = FIGURE.matcher(line);
            if (!figure.matches()) {
                return figures;
            }
            figures.put(figure.group(1), figure.group(2));
        }
        return figures;
    }
}
