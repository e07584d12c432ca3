package io.github.snatsim.cli;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.plan.Comparison;
import io.github.snatsim.plan.MitigationAdvisor;
import io.github.snatsim.plan.ScenarioMitigation;
import io.github.snatsim.report.ComparisonJson;
import io.github.snatsim.report.ComparisonReport;
import io.github.snatsim.sim.Scenario;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code snatsim compare}: which mitigation helps most (rule M3). */
@Command(
        name = "compare",
        description = {
            "Runs a scenario with mitigations and without, with the same seeds, and ranks them by refused attempts.",
            "Without --try it tries each with a usual value. Mitigations: reuse[=IDLE], pool=SIZE, backoff[=1s..60s],"
                    + " keepalive=INTERVAL, rst-close, instance-level-ip, instances=N, public-ips=N, destination-ips=N,"
                    + " destination-ports=N, caching=SHARE, rate-limit=RATE, firewall[=IPS|article], private-endpoint,"
                    + " faster-backend=SHARE."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class CompareCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioInput input = new ScenarioInput();

    @Option(
            names = "--try",
            paramLabel = "MITIGATION",
            split = ",",
            description =
                    "Try this, such as pool=20 or instances=60; several together are joined by +; may be repeated.")
    private List<String> choices = List.of();

    @Mixin
    private ReplicationsOption replications = new ReplicationsOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private HtmlOption html = new HtmlOption();

    /** Made by the command line parser. */
    CompareCommand() {}

    @Override
    public void run() {
        int runsEach = replications.count(1, ReplicationsOption.USUAL);
        ImmutableList<ImmutableList<ScenarioMitigation>> asked =
                choices.stream().map(MitigationWords::choice).collect(ImmutableList.toImmutableList());
        html.check();
        Scenario scenario = input.read();
        Comparison comparison;
        try {
            comparison = MitigationAdvisor.compare(
                    scenario,
                    asked.isEmpty() ? MitigationAdvisor.usual(scenario) : asked,
                    runsEach,
                    Runtime.getRuntime().availableProcessors());
        } catch (IllegalArgumentException e) {
            throw new InputException(input.name() + ": " + e.getMessage(), e);
        }
        ComparisonReport report = new ComparisonReport(input.name(), comparison);
        html.write(() -> input.text(scenario), report::html);
        spec.commandLine().getOut().print(json ? ComparisonJson.line(report) + "\n" : report.text());
    }
}
