package io.github.snatsim.cli;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.report.SimulationCsv;
import io.github.snatsim.report.SimulationJson;
import io.github.snatsim.report.SimulationReport;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScenarioRun;
import io.github.snatsim.sim.SimulationResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code snatsim simulate}: what clients meet behind SNAT ports. */
@Command(
        name = "simulate",
        description = {
            "Simulates the clients of a scenario behind SNAT ports.",
            "The same scenario and seed give the same output, byte for byte. See docs/scenario.md for the file."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class SimulateCommand implements Runnable {
    private static final int PROGRESS_STEPS = 1_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioInput input = new ScenarioInput();

    @Mixin
    private ReplicationsOption replications = new ReplicationsOption();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--csv", paramLabel = "DIR", description = "Also write the first run's tables into DIR.")
    private @Nullable Path csv;

    @Mixin
    private HtmlOption html = new HtmlOption();

    /** Made by the command line parser. */
    SimulateCommand() {}

    @Override
    public void run() {
        int runsEach = replications.count(1, 1);
        html.check();
        Scenario scenario = input.read();
        SimulationReport report;
        try {
            Replications runs = runsEach == 1
                    ? new Replications(ImmutableList.of(runWatched(scenario)))
                    : Replications.run(scenario, runsEach, Runtime.getRuntime().availableProcessors());
            report = new SimulationReport(
                    input.name(),
                    scenario.gateway().portsOf(scenario.instances().size()),
                    scenario.instances().size(),
                    runs);
        } catch (IllegalArgumentException e) {
            throw new InputException(input.name() + ": " + e.getMessage(), e);
        }
        if (csv != null) {
            write(csv, report.runs().runs().get(0));
        }
        html.write(() -> input.text(scenario), report::html);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? SimulationJson.line(report) + "\n" : report.text());
        out.flush();
    }

    private SimulationResult runWatched(Scenario scenario) {
        ScenarioRun run = new ScenarioRun(scenario);
        Progress progress = Progress.ofSimulation(spec.commandLine().getErr(), input.name());
        try {
            for (int step = 1; step < PROGRESS_STEPS; step++) {
                run.advanceTo(scenario.duration().dividedBy(PROGRESS_STEPS).multipliedBy(step));
                progress.thousandths(step);
            }
            return run.run();
        } finally {
            progress.end();
        }
    }

    private static void write(Path directory, SimulationResult run) {
        try {
            WholeFiles.write(directory, SimulationCsv.files(run));
        } catch (FileAlreadyExistsException e) {
            throw new InputException("--csv " + directory + ": " + e.getFile() + " is a file: expected a directory", e);
        } catch (AccessDeniedException e) {
            throw new InputException("--csv " + directory + ": permission denied for " + e.getFile(), e);
        } catch (IOException e) {
            throw new InputException("--csv " + directory + ": cannot be written: " + e.getMessage(), e);
        }
    }
}
