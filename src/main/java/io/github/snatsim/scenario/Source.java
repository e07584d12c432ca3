package io.github.snatsim.scenario;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a scenario's text comes from, and how much it may still unfold into: a short text can name many destinations and
 * long files.
 */
final class Source {
    /** How many destinations and file lines one scenario may unfold into. */
    static final int UNFOLDED_MAX = 2_000_000;

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
}
