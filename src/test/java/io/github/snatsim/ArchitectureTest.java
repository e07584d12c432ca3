package io.github.snatsim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The house rules of the packages ("rooms"): who may import whom, what they are called, and that only two of them know
 * the wall clock. Reads the compiled classes with jdeps and the sources as text.
 */
class ArchitectureTest {
    private static final String HOUSE = "io.github.snatsim.";
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path CLASSES = Path.of("target/classes/io");

    /**
     * From the ground up, each room and what it may import: the rooms named, {@code *} for all rows above, {@code -room}
     * for all but that one. That {@code report} takes only values from {@code azure} and {@code aws} is for reviewers.
     */
    private static final Map<String, Set<String>> MAY_IMPORT = table("""
            net
            time
            port      net
            flow      net time port
            gateway   net time port flow
            azure     net time port flow gateway
            aws       net time port flow gateway
            workload  net time
            trace     net time workload
            metrics   net time flow gateway
            sim       *
            plan      *
            scenario  * -plan
            report    net metrics sim plan azure aws
            testing   * -report
            cli       *
            """);

    private static final Pattern FORBIDDEN_CLASS = Pattern.compile("Abstract.*|.*(Impl|Manager|Helper)");

    private static final Set<String> MAY_KNOW_THE_MACHINE = Set.of("time", "cli");
    private static final Pattern MACHINE = Pattern.compile("System\\.(out|err|nanoTime|currentTimeMillis)|Math\\.random"
            + "|ThreadLocalRandom|new Random\\(\\)|Instant\\.now\\(");
    private static final Pattern COMMENT = Pattern.compile("\\s*(\\*|/\\*|//)");

    /** What a {@code package-info.java} begins with: javadoc of at least one whole sentence, not a block tag. */
    private static final Pattern FIRST_SENTENCE =
            Pattern.compile("(?s)\\A/\\*\\*[\\s*]*[^\\s*@/](?:(?!\\*/).)*?\\.\\s");

    /** One class, by its full name, uses another. */
    private record Use(String from, String to) {}

    @Test
    void importsPointDownOnly() {
        List<Use> uses = uses();

        assertThat(uses).as("what jdeps saw of %s", CLASSES).isNotEmpty();
        assertThat(violations(uses)).isEmpty();
    }

    @Test
    void checkerReportsAnImportThatPointsUp() {
        Use down = new Use(HOUSE + "sim.Simulation", HOUSE + "net.IpAddress");
        Use within = new Use(HOUSE + "net.Endpoint", HOUSE + "net.IpAddress$Parser");
        Use up = new Use(HOUSE + "net.IpAddress", HOUSE + "sim.Simulation");
        Use unknown = new Use(HOUSE + "cli.Main", HOUSE + "attic.Box");

        assertThat(violations(List.of(down, within, up, unknown)))
                .containsExactly(
                        "room net imports room sim: class " + up.from() + " -> class " + up.to(),
                        "room cli imports room attic: class " + unknown.from() + " -> class " + unknown.to());
    }

    @Test
    void everyPackageIsARoom() throws IOException {
        assertThat(packages()).isNotEmpty().map(folder -> room(folder)).isSubsetOf(MAY_IMPORT.keySet());
        assertThat(MAY_IMPORT).doesNotContainKeys("util", "common", "core", "impl", "internal", "helper");
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() throws IOException {
        assertThat(packages())
                .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                        .content()
                        .containsPattern(FIRST_SENTENCE)
                        .containsPattern("(?m)^@NullMarked$"));
    }

    @Test
    void namesOfClassesSayWhatTheyAre() throws IOException {
        assertThat(files(CLASSES, ".class"))
                .map(file -> file.getFileName().toString().replace(".class", ""))
                .flatExtracting(name -> List.of(name.split("\\$")))
                .isNotEmpty()
                .noneMatch(name -> FORBIDDEN_CLASS.matcher(name).matches());
    }

    @Test
    void onlyTimeAndCliKnowTheWallClockAndTheConsole() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : files(SOURCES, ".java")) {
            if (!MAY_KNOW_THE_MACHINE.contains(room(source.getParent()))) {
                Files.readAllLines(source).stream()
                        .filter(line -> !COMMENT.matcher(line).lookingAt())
                        .filter(line -> MACHINE.matcher(line).find())
                        .forEach(line -> found.add(source + ": " + line.strip()));
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<String> violations(List<Use> uses) {
        return uses.stream()
                .filter(use -> !room(use.from()).equals(room(use.to())))
                .filter(use ->
                        !MAY_IMPORT.getOrDefault(room(use.from()), Set.of()).contains(room(use.to())))
                .map(use -> "room %s imports room %s: class %s -> class %s"
                        .formatted(room(use.from()), room(use.to()), use.from(), use.to()))
                .toList();
    }

    private static Map<String, Set<String>> table(String rows) {
        Map<String, Set<String>> table = new LinkedHashMap<>();
        rows.lines().map(row -> List.of(row.split(" +"))).forEach(row -> {
            Set<String> allowed = new LinkedHashSet<>();
            for (String word : row.subList(1, row.size())) {
                if (word.equals("*")) {
                    allowed.addAll(table.keySet());
                } else if (word.startsWith("-")) {
                    allowed.remove(word.substring(1));
                } else {
                    allowed.add(word);
                }
            }
            table.put(row.get(0), allowed);
        });
        return table;
    }

    /** Every use of one class of the house by another. */
    private static List<Use> uses() {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        // the package folder, not its parent: beside a module-info.class jdeps would ask for the dependencies' modules
        int exitCode = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(writer, writer, "-verbose:class", "-filter:none", "--multi-release", "base", CLASSES.toString());
        assertThat(exitCode).as("jdeps: %s", out).isZero();
        String name = "(" + Pattern.quote(HOUSE) + "\\S+)";
        return Pattern.compile("(?m)^ +" + name + " +-> " + name)
                .matcher(out.toString())
                .results()
                .map(row -> new Use(row.group(1), row.group(2)))
                .toList();
    }

    /** The folders with sources, but for that of the module itself. */
    private static List<Path> packages() throws IOException {
        return files(SOURCES, ".java").stream()
                .map(Path::getParent)
                .filter(Predicate.not(SOURCES::equals))
                .distinct()
                .toList();
    }

    private static List<Path> files(Path folder, String extension) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .sorted()
                    .toList();
        }
    }

    /** The room of a class: what stands between the house and the class's own name; empty for module-info. */
    private static String room(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.'))).replace(HOUSE, "");
    }

    private static String room(Path folder) {
        return room(SOURCES.relativize(folder.resolve("X")).toString().replace(File.separatorChar, '.'));
    }
}
