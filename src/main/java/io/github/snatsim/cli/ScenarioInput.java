package io.github.snatsim.cli;

import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.scenario.ScenarioException;
import io.github.snatsim.scenario.ScenarioFile;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The scenario that several commands take. */
final class ScenarioInput {
    @Parameters(paramLabel = "SCENARIO", description = "A scenario file (YAML or JSON).")
    private String file = "";

    @Option(names = "--seed", paramLabel = "N", description = "Use this seed instead of the scenario's.")
    private @Nullable Long seed;

    @Option(
            names = "--with",
            paramLabel = "MITIGATION",
            split = ",",
            description = "Switch on what an API Management scenario describes, such as caching; may be repeated.")
    private List<String> with = List.of();

    @Option(
            names = "--without",
            paramLabel = "MITIGATION",
            split = ",",
            description = "Switch off what an API Management scenario has on; may be repeated.")
    private List<String> without = List.of();

    /** Made by the command line parser. */
    ScenarioInput() {}

    String name() {
        return file;
    }

    /** Reads the file. */
    Scenario read() {
        try {
            Scenario scenario = switched(ScenarioFile.read(Path.of(file)));
            return seed == null ? scenario : scenario.withSeed(seed);
        } catch (ScenarioException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        } catch (InvalidPathException e) {
            throw new InputException("'" + file + "' is not a file name", e);
        }
    }

    /**
     * Returns the file word for word; where it can be read only once, such as a pipe, the scenario as it was understood.
     *
     * @param scenario what was read
     */
    Optional<String> text(Scenario scenario) {
        Path path = Path.of(file);
        try {
            return Optional.of(
                    Files.isRegularFile(path)
                            ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                            : ScenarioFile.write(scenario));
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read again: " + e.getMessage(), e);
        }
    }

    private Scenario switched(Scenario scenario) {
        if (with.isEmpty() && without.isEmpty()) {
            return scenario;
        }
        if (!(scenario.gateway() instanceof ApiManagementSetup setup)) {
            throw new InputException(file + ": --with and --without are for scenarios with api-management", null);
        }
        Set<ApiMitigation.Kind> on = new LinkedHashSet<>(setup.service().on());
        with.forEach(name -> on.add(kind(name)));
        without.forEach(name -> on.remove(kind(name)));
        try {
            return scenario.withGateway(setup.withOn(on));
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    private static ApiMitigation.Kind kind(String name) {
        return Arrays.stream(ApiMitigation.Kind.values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "'" + name + "' is no mitigation: expected one of "
                                + Arrays.stream(ApiMitigation.Kind.values())
                                        .map(ApiMitigation.Kind::toString)
                                        .collect(Collectors.joining(", ")),
                        null));
    }
}
