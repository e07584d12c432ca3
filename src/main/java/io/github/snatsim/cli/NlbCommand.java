package io.github.snatsim.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code snatsim nlb}: the load balancer of a scenario. */
@Command(
        name = "nlb",
        description = "Reads, changes and advises on the load balancer of a scenario.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DescribeListenerAttributesCommand.class,
            ModifyListenerAttributesCommand.class,
            AdviseCommand.class
        })
final class NlbCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line parser. */
    NlbCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "nothing to do: expected describe-listener-attributes, modify-listener-attributes or advise");
    }
}
