package io.github.snatsim.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Not for use by several threads at once. */
@Command(
        name = "snatsim",
        description =
                "Simulates SNAT port allocation: who owns which ports, who holds which port until when, and which "
                        + "connection is refused when none is left.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ReplayCommand.class,
            SimulateCommand.class,
            PlanCommand.class,
            CompareCommand.class,
            JudgeCommand.class,
            ValidateCommand.class,
            TiersCommand.class,
            MethodsCommand.class,
            NetstatCommand.class,
            NlbCommand.class,
            ExplainCommand.class
        })
public final class Main implements Runnable {
    /** Ends the program with exit code 1: something failed that is not the user's input. */
    static final int FAILURE = 1;

    /** Ends the program with exit code 2: the usage or the input is wrong. */
    static final int WRONG_INPUT = ExitCode.USAGE;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line parser. */
    Main() {}

    /**
     * Runs the program and ends the JVM with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int code;
        try {
            code = run(
                    new PrintWriter(out, false, StandardCharsets.UTF_8),
                    new PrintWriter(err, true, StandardCharsets.UTF_8),
                    args);
        } catch (OutOfMemoryError e) {
            err.println("snatsim: failed: out of memory; give it more with java -Xmx");
            code = FAILURE;
        }
        out.flush();
        if (out.checkError() && code == 0) {
            err.println("snatsim: failed: standard output cannot be written");
            code = FAILURE;
        }
        System.exit(code);
    }

    /**
     * Runs the program within this JVM.
     *
     * @param out where results go
     * @param err where errors and progress go
     * @param args the command line
     * @return the exit code
     */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        int code = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // a FILE may be called @x
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(Main::failed)
                .setUsageHelpAutoWidth(false)
                .execute(args);
        out.flush();
        err.flush();
        return code;
    }

    private static int wrongUsage(ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        command.getErr()
                .println("snatsim: " + oneLine(problem) + " (see '"
                        + command.getCommandSpec().qualifiedName() + " --help')");
        return WRONG_INPUT;
    }

    private static int failed(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        command.getOut().flush();
        if (problem instanceof InputException) {
            command.getErr().println("snatsim: " + oneLine(problem));
            return WRONG_INPUT;
        }
        command.getErr().println("snatsim: failed: " + oneLine(problem));
        return FAILURE;
    }

    private static String oneLine(Exception problem) {
        String message = problem.getMessage();
        return message == null
                ? problem.getClass().getSimpleName()
                : printable(message.strip().replaceAll("\\s*\\R\\s*", "; "));
    }

    /** Without control characters: a name from a file may not move the cursor or break the line. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    /** Takes the version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"snatsim " + number()};
        }

        /** Returns the version without a name before it. */
        static String number() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "(not from a jar)" : version;
        }
    }
}
