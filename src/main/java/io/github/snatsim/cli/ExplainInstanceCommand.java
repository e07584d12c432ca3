package io.github.snatsim.cli;

import io.github.snatsim.azure.Outbound;
import io.github.snatsim.report.InstanceJson;
import io.github.snatsim.report.InstanceText;
import io.github.snatsim.report.OutboundJson;
import io.github.snatsim.report.OutboundText;
import io.github.snatsim.sim.InstancePorts;
import io.github.snatsim.sim.ScenarioRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code snatsim explain instance}: how an instance reaches the internet, and with which ports. */
@Command(
        name = "instance",
        description =
                "Explains an instance's ports; in a deployment also which outbound method carries its flows and why.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ExplainInstanceCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioInput input = new ScenarioInput();

    @Parameters(
            index = "1",
            paramLabel = "INSTANCE",
            description = "The name of an instance of a deployment, such as front-1; else its private address.")
    private String instance = "";

    @Mixin
    private AtOption at = new AtOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** Made by the command line parser. */
    ExplainInstanceCommand() {}

    @Override
    public void run() {
        spec.commandLine().getOut().print(at.ask(input, this::explained));
    }

    private String explained(ScenarioRun run) {
        if (run.deployment().isPresent()) {
            Outbound outbound = run.deployment().get().explain(instance);
            return json ? OutboundJson.line(outbound) + "\n" : OutboundText.of(outbound);
        }
        InstancePorts ports = run.portsOf(instance);
        return json ? InstanceJson.line(ports) + "\n" : InstanceText.of(ports);
    }
}
