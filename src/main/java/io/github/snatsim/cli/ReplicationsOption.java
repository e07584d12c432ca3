package io.github.snatsim.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How often a command runs a scenario. */
final class ReplicationsOption {
    /** As often as it takes for an interval that is worth its name, unless told otherwise. */
    static final int USUAL = 10;

    private static final int MAX = 10_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--replications",
            paramLabel = "N",
            description = "Run N times with consecutive seeds and estimate means with 95 %% intervals (default: 1 to"
                    + " simulate, else 10).")
    private @Nullable Integer replications;

    /** Made by the command line parser. */
    ReplicationsOption() {}

    /** Returns the number given, or another if none is. */
    int count(int min, int absent) {
        if (replications == null) {
            return absent;
        } else if (replications < min || replications > MAX) {
            throw new ParameterException(
                    spec.commandLine(), "--replications " + replications + ": expected " + min + "-" + MAX);
        }
        return replications;
    }
}
