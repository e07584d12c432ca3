package io.github.snatsim.cli;

import com.google.common.base.Splitter;
import io.github.snatsim.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads one CIDR block or several, separated by commas or spaces; stops at the first argument that does not look like
 * one, so that a FILE can follow.
 */
final class CidrConsumer implements IParameterConsumer {
    private static final String PRIVATE = "private";

    /** Made by the command line parser. */
    CidrConsumer() {}

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's signature
    public void consumeParameters(Stack<String> args, ArgSpec argSpec, CommandSpec commandSpec) {
        String option = ((OptionSpec) argSpec).longestName();
        if (args.isEmpty()) {
            throw new ParameterException(commandSpec.commandLine(), option + ": no CIDR block follows");
        }
        List<IpPrefix> blocks = new ArrayList<>(argSpec.<List<IpPrefix>>getValue());
        do {
            for (String text : Splitter.on(',').split(args.pop())) {
                try {
                    add(text, blocks);
                } catch (IllegalArgumentException e) {
                    throw new ParameterException(commandSpec.commandLine(), option + ": " + e.getMessage(), e);
                }
            }
        } while (!args.isEmpty() && args.peek().matches("(private|[0-9.]+(/[0-9]+)?)(,(private|[0-9./]+))*"));
        argSpec.setValue(blocks);
    }

    private static void add(String text, List<IpPrefix> blocks) {
        if (text.equals(PRIVATE)) {
            blocks.addAll(IpPrefix.NOT_PUBLIC);
        } else {
            blocks.add(IpPrefix.parse(text));
        }
    }
}
