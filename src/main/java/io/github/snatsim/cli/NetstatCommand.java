package io.github.snatsim.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.partitioningBy;

import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.trace.NetstatReader;
import io.github.snatsim.trace.NetstatSnapshot;
import io.github.snatsim.trace.TraceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code snatsim netstat}: what a host's own list of connections says of its SNAT ports. */
@Command(
        name = "netstat",
        description = {
            "Reads what netstat -an printed on an instance, and shows how many SNAT ports its connections take at least.",
            "A capture says more: a host forgets closed connections before the gateway does."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class NetstatCommand implements Runnable {
    private static final int ROWS_MAX = 10;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The text that netstat -an printed; - for standard input.")
    private String file = "";

    @Option(
            names = "--ports-per-instance",
            paramLabel = "N",
            defaultValue = "1024",
            description = "SNAT ports that the instance owns (default: ${DEFAULT-VALUE}).")
    private int ports = 1_024;

    /** Made by the command line parser. */
    NetstatCommand() {}

    @Override
    public void run() {
        int portsMax = AllocationRules.EPHEMERAL.size();
        if (ports < 1 || ports > portsMax) {
            throw new ParameterException(
                    spec.commandLine(), "--ports-per-instance " + ports + ": expected 1-" + portsMax);
        }
        print(read(), spec.commandLine().getOut());
    }

    private NetstatSnapshot read() {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            return NetstatReader.read(new InputStreamReader(in, StandardCharsets.UTF_8), file);
        } catch (TraceException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        } catch (InvalidPathException e) {
            throw new InputException("'" + file + "' is not a file name", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private void print(NetstatSnapshot snapshot, PrintWriter out) {
        Map<Boolean, List<NetstatSnapshot.Use>> byTranslation = snapshot.uses().stream()
                .collect(partitioningBy(use -> IpPrefix.anyContains(
                        IpPrefix.NOT_PUBLIC, use.destination().endpoint().address())));
        List<NetstatSnapshot.Use> uses = byTranslation.getOrDefault(false, List.of());
        int untranslated = byTranslation.getOrDefault(true, List.of()).stream()
                .mapToInt(NetstatSnapshot.Use::connections)
                .sum();
        int most = uses.isEmpty() ? 0 : uses.get(0).connections();
        out.print(String.format(
                        Locale.ROOT,
                        "%s: at least %,d of %,d SNAT ports are taken for one destination%n",
                        file,
                        most,
                        ports)
                .replace(System.lineSeparator(), "\n"));
        for (NetstatSnapshot.Use use : uses.subList(0, Math.min(ROWS_MAX, uses.size()))) {
            String states = use.byState().entrySet().stream()
                    .map(state -> (state.getKey().isEmpty() ? "sockets" : state.getKey()) + " " + state.getValue())
                    .collect(joining(", "));
            out.print(String.format(
                            Locale.ROOT,
                            "  %6s  %s -> %s: %s",
                            String.format(Locale.ROOT, "%,d", use.connections()),
                            use.instance(),
                            use.destination(),
                            states)
                    + "\n");
        }
        if (uses.size() > ROWS_MAX) {
            out.print(String.format(Locale.ROOT, "  and %,d more", uses.size() - ROWS_MAX) + "\n");
        }
        String skipped = snapshot.skipped().entrySet().stream()
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(joining(", "));
        out.print("Not counted: inbound " + snapshot.inbound() + ", to private addresses " + untranslated
                + (skipped.isEmpty() ? "" : ", " + skipped) + "\n");
        out.print(
                "This is a lower bound: the host forgets a closed connection after about a minute, the gateway holds its"
                        + " port for 240 s (S6).\n");
    }
}
