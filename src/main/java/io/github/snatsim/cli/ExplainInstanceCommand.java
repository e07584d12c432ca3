package io.github.snatsim.cli;

import io.github.snatsim.azure.Outbound;
import io.github.snatsim.report.OutboundJson;
import io.github.snatsim.report.OutboundText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code snatsim explain instance}: how an instance of a deployment reaches the internet, and why. */
@Command(
        name = "instance",
        description =
                "Explains which outbound method carries an instance's flows and why, its public IP and its ports.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ExplainInstanceCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioInput input = new ScenarioInput();

    @Parameters(index = "1", paramLabel = "INSTANCE", description = "The name of an instance, such as front-1.")
    private String instance = "";

    @Mixin
    private AtOption at = new AtOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** Made by the command line parser. */
    ExplainInstanceCommand() {}

    @Override
    public void run() {
        Outbound outbound = at.ask(input, gateway -> gateway.explain(instance));
        spec.commandLine().getOut().print(json ? OutboundJson.line(outbound) + "\n" : OutboundText.of(outbound));
    }
}
