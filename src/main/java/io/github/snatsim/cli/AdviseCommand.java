package io.github.snatsim.cli;

import io.github.snatsim.plan.NlbAdvisor;
import io.github.snatsim.report.NlbAdviceText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code snatsim nlb advise}: keepalive or time-out. */
@Command(
        name = "advise",
        description = "Tries keepalives and other idle time-outs in some forty runs, and says what to do.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class AdviseCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NlbInput input = new NlbInput();

    /** Made by the command line parser. */
    AdviseCommand() {}

    @Override
    public void run() {
        try {
            spec.commandLine().getOut().print(NlbAdviceText.of(NlbAdvisor.advise(input.read())));
        } catch (IllegalArgumentException e) {
            throw new InputException(input.name() + ": " + e.getMessage(), e);
        }
    }
}
