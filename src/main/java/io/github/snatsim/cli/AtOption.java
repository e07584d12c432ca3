package io.github.snatsim.cli;

import io.github.snatsim.scenario.ScenarioFile;
import io.github.snatsim.sim.Scenario;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When a command looks at a scenario. */
final class AtOption {
    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Simulate to this virtual time first, such as 90s or 1h (default: the beginning).")
    private @Nullable String at;

    /** Made by the command line parser. */
    AtOption() {}

    Duration in(Scenario scenario) {
        if (at == null) {
            return Duration.ZERO;
        }
        Duration time = ScenarioFile.parseDuration(at)
                .orElseThrow(() -> new InputException(
                        "--at '" + at + "': expected a time with a unit such as 90s, 4min, 1h", null));
        if (time.compareTo(scenario.duration()) > 0) {
            throw new InputException("--at " + at + ": expected at most the scenario's duration", null);
        }
        return time;
    }
}
