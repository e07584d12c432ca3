package io.github.snatsim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule that docs/model.md calls built has a test whose name begins with its id. */
class ModelRulesTest {
    private static final Pattern BUILT = Pattern.compile("^\\| ([A-Z][0-9]+) \\|.*\\| built \\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("void ([a-z][0-9]+)_");

    @Test
    void everyBuiltRuleHasATest() throws IOException {
        List<String> built = BUILT.matcher(Files.readString(Path.of("docs/model.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(built).hasSizeGreaterThanOrEqualTo(26).doesNotHaveDuplicates();
        assertThat(testedRules()).containsAll(built);
    }

    private static Set<String> testedRules() throws IOException {
        Set<String> rules = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            sources.filter(file -> file.toString().endsWith("Test.java"))
                    .flatMap(file -> TEST.matcher(read(file)).results())
                    .map((MatchResult match) -> match.group(1).toUpperCase(Locale.ROOT))
                    .forEach(rules::add);
        }
        return rules;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
