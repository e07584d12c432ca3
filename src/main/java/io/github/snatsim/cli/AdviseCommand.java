package io.github.snatsim.cli;

import io.github.snatsim.plan.NlbAdvice;
import io.github.snatsim.plan.NlbAdvisor;
import io.github.snatsim.report.NlbAdviceText;
import io.github.snatsim.sim.Scenario;
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

    @Mixin
    private HtmlOption html = new HtmlOption();

    /** Made by the command line parser. */
    AdviseCommand() {}

    @Override
    public void run() {
        html.check();
        Scenario scenario = input.read();
        NlbAdvice advice;
        try {
            advice = NlbAdvisor.advise(scenario);
        } catch (IllegalArgumentException e) {
            throw new InputException(input.name() + ": " + e.getMessage(), e);
        }
        html.write(() -> input.text(scenario), origin -> NlbAdviceText.html(advice, input.name(), origin));
        spec.commandLine().getOut().print(NlbAdviceText.of(advice));
    }
}
