package io.github.snatsim.cli;

import io.github.snatsim.report.ArithmeticText;
import io.github.snatsim.scenario.ScenarioException;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.DeploymentSetup;
import io.github.snatsim.sim.MemoryEstimate;
import io.github.snatsim.sim.NlbSetup;
import io.github.snatsim.sim.PortArithmetic;
import io.github.snatsim.sim.Scenario;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code snatsim validate}: whether a scenario can be simulated. */
@Command(
        name = "validate",
        description =
                "Checks a scenario without running it: lists everything that is wrong, or says what running it takes and"
                        + " how many ports there are.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ValidateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioInput input = new ScenarioInput();

    /** Made by the command line parser. */
    ValidateCommand() {}

    @Override
    public Integer call() {
        Scenario scenario;
        try {
            scenario = input.read();
        } catch (InputException e) {
            if (e.getCause() instanceof ScenarioException wrong) {
                wrong.problems().forEach(problem -> spec.commandLine().getErr().println("snatsim: " + problem));
                return Main.WRONG_INPUT;
            }
            throw e;
        }
        MemoryEstimate estimate = MemoryEstimate.of(scenario);
        try {
            estimate.check(Runtime.getRuntime().maxMemory());
        } catch (IllegalArgumentException e) {
            throw new InputException(input.name() + ": " + e.getMessage(), e);
        }
        notes(scenario)
                .forEach(note ->
                        spec.commandLine().getOut().print(input.name() + ": note: " + Main.printable(note) + "\n"));
        spec.commandLine()
                .getOut()
                .print(String.format(
                        Locale.ROOT,
                        "%s: valid. %d instances %s, %d clients, at most about %,.0f requests and %,.0f"
                                + " live flows in %,.0f MiB\n",
                        input.name(),
                        scenario.instances().size(),
                        ports(scenario),
                        scenario.workload().clients().size(),
                        estimate.requests(),
                        estimate.flows(),
                        Math.max(1, estimate.bytes() / (1 << 20))));
        spec.commandLine().getOut().print(ArithmeticText.of(PortArithmetic.of(scenario)));
        return ExitCode.OK;
    }

    private static String ports(Scenario scenario) {
        int ports = scenario.gateway().portsOf(scenario.instances().size());
        return scenario.gateway() instanceof NlbSetup
                ? "before a flow table of " + ports + " places"
                : "with " + ports + " ports each";
    }

    /** What can be run but should be known. */
    private static List<String> notes(Scenario scenario) {
        if (scenario.gateway() instanceof DeploymentSetup setup) {
            return setup.notes();
        }
        return scenario.gateway() instanceof ApiManagementSetup setup
                ? setup.service().findings()
                : List.of();
    }
}
