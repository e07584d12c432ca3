package io.github.snatsim.cli;

import io.github.snatsim.scenario.ScenarioException;
import io.github.snatsim.scenario.ScenarioFile;
import io.github.snatsim.sim.Scenario;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The scenario that several commands take. */
final class ScenarioInput {
    @Parameters(paramLabel = "SCENARIO", description = "A scenario file (YAML or JSON).")
    private String file = "";

    @Option(names = "--seed", paramLabel = "N", description = "Use this seed instead of the scenario's.")
    private @Nullable Long seed;

    /** Made by the command line parser. */
    ScenarioInput() {}

    String name() {
        return file;
    }

    /** Reads the file. */
    Scenario read() {
        try {
            Scenario scenario = ScenarioFile.read(Path.of(file));
            return seed == null ? scenario : scenario.withSeed(seed);
        } catch (ScenarioException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        } catch (InvalidPathException e) {
            throw new InputException("'" + file + "' is not a file name", e);
        }
    }
}
