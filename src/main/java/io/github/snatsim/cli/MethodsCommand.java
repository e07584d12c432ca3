package io.github.snatsim.cli;

import io.github.snatsim.report.OutboundJson;
import io.github.snatsim.report.OutboundText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code snatsim methods}: which instance can have which outbound method. */
@Command(
        name = "methods",
        description =
                "Shows which instances of a classic deployment can have which outbound method, what each carries, and "
                        + "what helps against exhaustion.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class MethodsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** Made by the command line parser. */
    MethodsCommand() {}

    @Override
    public void run() {
        spec.commandLine().getOut().print(json ? OutboundJson.matrix() + "\n" : OutboundText.matrix());
    }
}
