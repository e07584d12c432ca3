package io.github.snatsim.cli;

import io.github.snatsim.azure.DeploymentGateway;
import io.github.snatsim.scenario.ScenarioFile;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScenarioRun;
import java.time.Duration;
import java.util.function.Function;
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

    /** Runs a scenario to that time and asks something of it. */
    <T> T ask(ScenarioInput input, Function<ScenarioRun, T> question) {
        Scenario scenario = input.read();
        Duration time = in(scenario);
        try {
            ScenarioRun run = new ScenarioRun(scenario);
            run.advanceTo(time);
            return question.apply(run);
        } catch (IllegalArgumentException e) {
            throw new InputException(input.name() + ": " + e.getMessage(), e);
        }
    }

    /** Runs a scenario to that time and asks something of its deployment. */
    <T> T askDeployment(ScenarioInput input, Function<DeploymentGateway, T> question) {
        return ask(
                input,
                run -> question.apply(run.deployment()
                        .orElseThrow(() -> new IllegalArgumentException("has no deployment to explain"))));
    }

    private Duration in(Scenario scenario) {
        return at == null ? Duration.ZERO : parse(at, scenario);
    }

    /** Reads a time within a scenario. */
    static Duration parse(String at, Scenario scenario) {
        Duration time = ScenarioFile.parseDuration(at)
                .orElseThrow(() -> new InputException(
                        "--at '" + at + "': expected a time with a unit such as 90s, 4min, 1h", null));
        if (time.compareTo(scenario.duration()) > 0) {
            throw new InputException("--at " + at + ": expected at most the scenario's duration", null);
        }
        return time;
    }
}
