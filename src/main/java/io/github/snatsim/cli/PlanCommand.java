package io.github.snatsim.cli;

import io.github.snatsim.plan.CapacityPlanner;
import io.github.snatsim.report.PlanJson;
import io.github.snatsim.report.PlanReport;
import io.github.snatsim.sim.NlbSetup;
import io.github.snatsim.sim.Scenario;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code snatsim plan}: how many ports and instances a load needs, and which load breaks them. */
@Command(
        name = "plan",
        description = {
            "Plans both ways: how many ports and instances a scenario's load needs, and which load breaks those it has.",
            "By closed forms, confirmed by simulation. See docs/planning.md."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class PlanCommand implements Runnable {
    /** The load steps go from 1x to 16x. */
    private static final int DOUBLINGS = 4;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioInput input = new ScenarioInput();

    @Option(
            names = "--target",
            paramLabel = "SHARE",
            defaultValue = "0.1%",
            converter = ShareConverter.class,
            description = "The share of attempts that may be refused, such as 0.1%% (default) or 0.001.")
    private double target;

    @Mixin
    private ReplicationsOption replications = new ReplicationsOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private HtmlOption html = new HtmlOption();

    /** Made by the command line parser. */
    PlanCommand() {}

    @Override
    public void run() {
        int runsEach = replications.count(2, ReplicationsOption.USUAL);
        html.check();
        Scenario scenario = input.read();
        if (scenario.gateway() instanceof NlbSetup) {
            throw new InputException(
                    input.name()
                            + ": a load balancer has no SNAT ports to plan; 'snatsim nlb advise' plans its time-out",
                    null);
        }
        PlanReport report;
        try {
            report = new PlanReport(
                    input.name(),
                    CapacityPlanner.plan(
                            scenario,
                            target,
                            DOUBLINGS,
                            runsEach,
                            Runtime.getRuntime().availableProcessors()));
        } catch (IllegalArgumentException e) {
            throw new InputException(input.name() + ": " + e.getMessage(), e);
        }
        html.write(() -> input.text(scenario), report::html);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? PlanJson.line(report) + "\n" : report.text());
        out.flush();
    }
}
