package io.github.snatsim.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code snatsim explain}: why things are as they are. */
@Command(
        name = "explain",
        description = "Explains a part of a scenario.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "WHAT",
        subcommands = {ExplainInstanceCommand.class, ExplainPortCommand.class, ExplainScaleCommand.class})
final class ExplainCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line parser. */
    ExplainCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "nothing to explain: expected instance, port or scale");
    }
}
