package io.github.snatsim.cli;

import io.github.snatsim.net.Destination;
import io.github.snatsim.plan.NotSnat;
import io.github.snatsim.plan.Observation;
import io.github.snatsim.report.VerdictReport;
import io.github.snatsim.sim.Scenario;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code snatsim judge}: is it the ports at all (rule M4)? */
@Command(
        name = "judge",
        description = {
            "Says whether SNAT ports explain failures that were observed, with the arithmetic.",
            "The scenario describes the system as it was; where arithmetic does not apply to it, it is simulated."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class JudgeCommand implements Runnable {
    /** What is known of the most ports that were taken at once. */
    static final class Seen {
        @Option(
                names = "--ports-seen",
                paramLabel = "N",
                description = "The most ports seen taken for the destination at the gateway, holds included.")
        private @Nullable Integer atGateway;

        @Option(
                names = "--connections-seen",
                paramLabel = "N",
                description = "The most connections counted on the host, as by netstat: a lower bound (S6).")
        private @Nullable Integer onHost;

        /** Made by the command line parser. */
        Seen() {}

        Observation.Peak peak() {
            return atGateway != null
                    ? new Observation.Peak.AtGateway(atGateway)
                    : onHost != null ? new Observation.Peak.AtLeast(onHost) : new Observation.Peak.Unknown();
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioInput input = new ScenarioInput();

    @Option(names = "--failed", paramLabel = "N", required = true, description = "How many attempts failed.")
    private long failed;

    @Option(names = "--attempts", paramLabel = "N", required = true, description = "Of how many attempts.")
    private long attempts;

    @Option(
            names = "--destination",
            paramLabel = "DESTINATION",
            description =
                    "Where they failed, such as 'tcp 203.0.113.7:443' (default: where most are refused by arithmetic).")
    private @Nullable String destination;

    @ArgGroup
    private @Nullable Seen seen;

    @Mixin
    private ReplicationsOption replications = new ReplicationsOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** Made by the command line parser. */
    JudgeCommand() {}

    @Override
    public void run() {
        int runsEach = replications.count(2, ReplicationsOption.USUAL);
        Optional<Destination> failing = Optional.ofNullable(destination).map(JudgeCommand::parse);
        Observation observed;
        try {
            observed = new Observation(failed, attempts, seen == null ? new Observation.Peak.Unknown() : seen.peak());
        } catch (IllegalArgumentException e) {
            throw new InputException("--failed " + failed + " --attempts " + attempts + ": " + e.getMessage(), e);
        }
        Scenario scenario = input.read();
        VerdictReport report;
        try {
            report = new VerdictReport(
                    input.name(),
                    NotSnat.judge(
                            scenario,
                            observed,
                            failing,
                            runsEach,
                            Runtime.getRuntime().availableProcessors()));
        } catch (IllegalArgumentException e) {
            throw new InputException(input.name() + ": " + e.getMessage(), e);
        }
        spec.commandLine().getOut().print(json ? report.json() + "\n" : report.text());
    }

    private static Destination parse(String text) {
        try {
            return Destination.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InputException("--destination '" + text + "': expected one such as 'tcp 203.0.113.7:443'", e);
        }
    }
}
