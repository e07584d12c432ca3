package io.github.snatsim.cli;

import com.google.common.base.Splitter;
import io.github.snatsim.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
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
        if (args.isEmpty()) {
            throw new ParameterException(commandSpec.commandLine(), "Missing CIDR block after " + argSpec.paramLabel());
        }
        List<IpPrefix> blocks = new ArrayList<>(argSpec.<List<IpPrefix>>getValue());
        do {
            for (String text : Splitter.on(',').split(args.pop())) {
                add(text, blocks, commandSpec);
            }
        } while (!args.isEmpty() && args.peek().matches("[0-9.]+(/[0-9]+)?(,[0-9./]+)*"));
        argSpec.setValue(blocks);
    }

    private static void add(String text, List<IpPrefix> blocks, CommandSpec commandSpec) {
        if (text.equals(PRIVATE)) {
            blocks.addAll(IpPrefix.NOT_PUBLIC);
            return;
        }
        try {
            blocks.add(IpPrefix.parse(text));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandSpec.commandLine(), e.getMessage(), e);
        }
    }
}
