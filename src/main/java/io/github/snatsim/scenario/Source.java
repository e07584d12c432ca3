package io.github.snatsim.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a scenario's text comes from, what has been found wrong in it, and how much it may still unfold into: a short text can
 * name many destinations and long files.
 */
final class Source {
    /** How many destinations and file lines one scenario may unfold into. */
    static final int UNFOLDED_MAX = 2_000_000;

    private static final int PROBLEMS_MAX = 100;

    private final List<ScenarioException> problems = new ArrayList<>();
    private final String name;
    private final Optional<Path> folder;
    private long unfolded;

    Source(String name, Optional<Path> folder) {
        this.name = name;
        this.folder = folder;
    }

    /** As errors call it. */
    String name() {
        return name;
    }

    /** Finds a file that the scenario names, beside the scenario's own. */
    Path find(Node node) {
        String file = Units.text(node);
        Path beside =
                folder.orElseThrow(() -> node.error("names a file, which only a scenario read from a file can do"));
        try {
            return beside.resolve(file);
        } catch (IllegalArgumentException e) {
            throw node.error("value " + ScenarioException.quoted(file) + " is not a path", e);
        }
    }

    /** Takes note of what a value unfolds into. */
    void unfold(Node node, long count) {
        unfolded += count;
        if (unfolded > UNFOLDED_MAX) {
            throw node.error("unfolds into too much: expected at most " + UNFOLDED_MAX
                    + " destinations and lines of files in a scenario");
        }
    }

    /** What has been found wrong so far. */
    List<ScenarioException> problems() {
        return Collections.unmodifiableList(problems);
    }

    /** Reads something; if it is wrong, that is noted and nothing comes of it. */
    <T> Optional<T> attempt(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (ScenarioException e) {
            report(e);
            return Optional.empty();
        }
    }

    /** Notes an error, unless it is known; stops reading where there are very many. */
    private void report(ScenarioException problem) {
        if (problems.stream().noneMatch(known -> known == problem)) {
            if (problems.size() == PROBLEMS_MAX) {
                throw problem;
            }
            problems.add(problem);
        }
    }

    /** Notes errors; returns the first, to be thrown. */
    ScenarioException reported(List<ScenarioException> found) {
        found.forEach(this::report);
        return found.get(0);
    }

    /** Reads the whole; throws all that is wrong as one. */
    <T> T readAll(Supplier<T> read) {
        Optional<T> whole;
        try {
            whole = attempt(read);
        } catch (ScenarioException e) {
            whole = Optional.empty(); // so many problems that reading stopped
        }
        if (!problems.isEmpty()) {
            throw ScenarioException.ofAll(problems);
        }
        return whole.orElseThrow();
    }
}
