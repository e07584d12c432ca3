package io.github.snatsim.cli;

import io.github.snatsim.aws.ListenerAttributeException;
import io.github.snatsim.scenario.ListenerAttributesJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code snatsim nlb describe-listener-attributes}: as the API prints them. */
@Command(
        name = "describe-listener-attributes",
        description = "Prints the attributes of a listener as JSON, in the shape of the AWS command.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class DescribeListenerAttributesCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NlbInput input = new NlbInput();

    @Option(
            names = {"--listener-arns", "--listener-arn"},
            paramLabel = "ARN",
            required = true,
            description = "The listener, by the name that the scenario gives it.")
    private String arn = "";

    /** Made by the command line parser. */
    DescribeListenerAttributesCommand() {}

    @Override
    public void run() {
        try {
            spec.commandLine()
                    .getOut()
                    .print(ListenerAttributesJson.write(
                            input.setup(input.read()).balancer().describe(arn)));
        } catch (ListenerAttributeException e) {
            throw new InputException(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
