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
    private static final Pattern FIGURE = Pattern.compile("#   ([a-z.-]+): +([^ #]+)(?: +# .*)?");

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

    /** The lines after {@code # expect:} up to the first that states no figure. */
    static Map<String, String> figures(Path example) {
        Map<String, String> figures = new LinkedHashMap<>();
        List<String> lines = text(example).lines().toList();
        for (String line : lines.subList(lines.indexOf("# expect:") + 1, lines.size())) {
            Matcher figure = FIGURE.matcher(line);
            if (!figure.matches()) {
                return figures;
            }
            figures.put(figure.group(1), figure.group(2));
        }
        return figures;
    }
}
