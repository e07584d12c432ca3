package io.github.snatsim.cli;

import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.DeploymentImpact;
import io.github.snatsim.gateway.ResizeImpact;
import io.github.snatsim.port.AllocationChange;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code snatsim explain scale}: what a scale-out or scale-in would move and cut, without doing it (rules P5-P7, P9). */
@Command(
        name = "scale",
        description = "Says which ports a scale-out or scale-in of a role would move and which flows it would cut.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ExplainScaleCommand implements Runnable {
    /** In which direction, and by how many instances. */
    static final class By {
        @Option(names = "--out", paramLabel = "N", required = true, description = "The role gets N instances more.")
        private int out;

        @Option(names = "--in", paramLabel = "N", required = true, description = "The role gets N instances fewer.")
        private int in;

        /** Made by the command line parser. */
        By() {}

        DeploymentChange of(String role) {
            return in == 0 ? new DeploymentChange.ScaleOut(role, out) : new DeploymentChange.ScaleIn(role, in);
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioInput input = new ScenarioInput();

    @Parameters(index = "1", paramLabel = "ROLE", description = "The name of a role, such as front.")
    private String role = "";

    @ArgGroup(multiplicity = "1")
    private By by = new By();

    @Mixin
    private AtOption at = new AtOption();

    /** Made by the command line parser. */
    ExplainScaleCommand() {}

    @Override
    public void run() {
        print(at.askDeployment(input, gateway -> gateway.whatIf(by.of(role))));
    }

    private void print(DeploymentImpact impact) {
        for (DeploymentImpact.PoolImpact pool : impact.pools()) {
            ResizeImpact resize = pool.impact();
            AllocationChange change = resize.change();
            line(
                    "%s: %,d -> %,d instances, %,d -> %,d ports each, %,d -> %,d in all",
                    pool.publicIp(),
                    change.poolSizeBefore(),
                    change.poolSizeAfter(),
                    change.portsPerInstanceBefore(),
                    change.portsPerInstanceAfter(),
                    (long) change.poolSizeBefore() * change.portsPerInstanceBefore(),
                    (long) change.poolSizeAfter() * change.portsPerInstanceAfter());
        }
        line(
                "%,d flows would be cut, holds included (whichever ports are reclaimed: %,d to %,d)",
                impact.flowsCut(), impact.flowsCutMin(), impact.flowsCutMax());
        line("%,d flows would end with their instances", impact.flowsRemoved());
    }

    private void line(String format, Object... values) {
        spec.commandLine().getOut().print(String.format(Locale.ROOT, format + "\n", values));
    }
}
