package io.github.snatsim.cli;

import io.github.snatsim.net.Protocol;
import io.github.snatsim.report.PortJson;
import io.github.snatsim.report.PortText;
import io.github.snatsim.sim.PortExplanation;
import io.github.snatsim.sim.PortQuestion;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScenarioRun;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code snatsim explain port}: whose a SNAT port is, and why it is still held (rules T2, T3, R1-R4). */
@Command(
        name = "port",
        description = "Explains whose a SNAT port is, which flows hold it, since when, and when it comes free.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ExplainPortCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioInput input = new ScenarioInput();

    @Parameters(index = "1", paramLabel = "PORT", description = "A port number of the frontend, 1-65535.")
    private int port;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Simulate to this virtual time first, such as 90s or 1h (default: the scenario's end).")
    private @Nullable String at;

    @Option(
            names = "--instance",
            paramLabel = "INSTANCE",
            description = "Look at one instance alone: its private address, or its name in a deployment.")
    private @Nullable String instance;

    @Option(names = "--protocol", paramLabel = "PROTOCOL", description = "Look at tcp or udp alone.")
    private @Nullable Protocol protocol;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** Made by the command line parser. */
    ExplainPortCommand() {}

    @Override
    public void run() {
        Scenario scenario = input.read();
        PortExplanation explanation;
        try {
            PortQuestion question =
                    new PortQuestion(port, Optional.ofNullable(instance), Optional.ofNullable(protocol));
            ScenarioRun run = new ScenarioRun(scenario);
            run.advanceTo(at == null ? scenario.duration() : AtOption.parse(at, scenario));
            explanation = run.explain(question);
        } catch (IllegalArgumentException e) {
            throw new InputException(input.name() + ": " + e.getMessage(), e);
        }
        List<Protocol> protocols = protocol == null ? List.of(Protocol.values()) : List.of(protocol);
        spec.commandLine()
                .getOut()
                .print(json ? PortJson.line(explanation) + "\n" : PortText.of(explanation, protocols));
    }
}
