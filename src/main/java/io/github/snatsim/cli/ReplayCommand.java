package io.github.snatsim.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.report.ReplayJson;
import io.github.snatsim.report.ReplayReport;
import io.github.snatsim.sim.Replay;
import io.github.snatsim.sim.ReplayResult;
import io.github.snatsim.sim.ReplaySettings;
import io.github.snatsim.trace.TraceException;
import io.github.snatsim.trace.TraceFormat;
import io.github.snatsim.trace.TraceOptions;
import io.github.snatsim.trace.TraceReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code snatsim replay}: what recorded traffic would have met behind SNAT ports. */
@Command(
        name = "replay",
        description = {
            "Shows what recorded traffic would have met behind SNAT ports.",
            "Every address that initiates a flow is an instance. Reads Zeek conn.log (TSV, JSON), pcap, pcapng and "
                    + "'conntrack -E -o timestamp', each also with gzip."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ReplayCommand implements Runnable {
    private static final int PORTS_DEFAULT = 128;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Recorded traffic; - is standard input.")
    private List<String> files = new ArrayList<>();

    /** How many ports an instance has: one of two ways to say it. */
    static final class Ports {
        @Option(
                names = "--ports-per-instance",
                paramLabel = "N",
                description = "Each instance has N ports of its own, per protocol (default: 128).")
        private @Nullable Integer perInstance;

        @Option(
                names = "--pool-size",
                paramLabel = "N",
                description = "The instances share one frontend by the tier table for N instances.")
        private @Nullable Integer poolSize;
    }

    @ArgGroup(exclusive = true)
    private @Nullable Ports ports;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            defaultValue = "classic",
            converter = TierTableName.Converter.class,
            description =
                    "The tier table for --pool-size; classic: pools up to 400 (default); resource-manager: up to 1,000.")
    private TierTableName table = TierTableName.CLASSIC;

    @Option(
            names = "--format",
            paramLabel = "F",
            converter = FormatConverter.class,
            description = "zeek-tsv, zeek-json, pcap, pcapng or conntrack (default: told from the content).")
    private @Nullable TraceFormat format;

    @Option(
            names = "--private",
            paramLabel = "CIDR",
            parameterConsumer = CidrConsumer.class,
            description = "Only addresses in these blocks are instances; flows opened from elsewhere are skipped and "
                    + "counted.")
    private List<IpPrefix> instances = new ArrayList<>();

    @Option(
            names = "--untranslated",
            paramLabel = "CIDR",
            parameterConsumer = CidrConsumer.class,
            description = "Flows to these blocks need no SNAT and take no port; 'private' means RFC 1918, loopback and "
                    + "link-local.")
    private List<IpPrefix> untranslated = new ArrayList<>();

    @Option(
            names = "--reorder-window",
            paramLabel = "SECONDS",
            description = "How far back in time a record may lie (default: 1 for captures, 3600 for Zeek logs).")
    private @Nullable Integer windowSeconds;

    @Option(names = "--json", description = "Print one JSON object per FILE, one per line.")
    private boolean json;

    @Mixin
    private HtmlOption html = new HtmlOption();

    /** Made by the command line parser. */
    ReplayCommand() {}

    @Override
    public void run() {
        ReplaySettings settings = settings();
        TraceOptions options = options();
        if (html.isGiven() && files.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--html: a page shows one FILE, " + files.size() + " given");
        }
        html.check();
        PrintWriter out = spec.commandLine().getOut();
        boolean first = true;
        for (String file : files) {
            ReplayReport report = replay(file, options, settings);
            html.write(Optional::empty, report::html);
            if (json) {
                out.print(ReplayJson.line(report) + "\n");
            } else {
                out.print((first ? "" : "\n") + report.text());
            }
            out.flush();
            first = false;
        }
    }

    private ReplaySettings settings() {
        try {
            ReplaySettings settings = ports != null && ports.poolSize != null
                    ? ReplaySettings.poolSize(ports.poolSize, table.tiers())
                    : ReplaySettings.portsPerInstance(
                            ports != null && ports.perInstance != null ? ports.perInstance : PORTS_DEFAULT);
            return settings.withInstances(ImmutableList.copyOf(instances))
                    .withUntranslated(ImmutableList.copyOf(untranslated));
        } catch (IllegalArgumentException e) {
            String option = ports != null && ports.poolSize != null ? "--pool-size" : "--ports-per-instance";
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    private TraceOptions options() {
        TraceOptions options = TraceOptions.defaults();
        if (format != null) {
            options = options.withFormat(format);
        }
        if (windowSeconds != null) {
            if (windowSeconds < 0) {
                throw new ParameterException(
                        spec.commandLine(), "--reorder-window " + windowSeconds + ": expected 0 or more seconds");
            }
            Duration window = Duration.ofSeconds(windowSeconds);
            options = options.withCaptureWindow(window).withLogWindow(window);
        }
        return options;
    }

    private ReplayReport replay(String file, TraceOptions options, ReplaySettings settings) {
        try (TraceReader trace = open(file, options)) {
            Progress progress = new Progress(
                    spec.commandLine().getErr(), Progress.isTerminal(), file, size(file), System::nanoTime);
            ReplayResult result;
            try {
                result = Replay.run(watched(trace, progress), settings);
            } finally {
                progress.end();
            }
            return new ReplayReport(
                    file, trace.format().toString(), result, skipped(trace, result), trace.initiatorsForgotten());
        } catch (TraceException e) {
            throw new InputException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    private static TraceReader open(String file, TraceOptions options) {
        if (file.isEmpty()) {
            throw new InputException("a FILE without a name", null);
        }
        if (file.equals("-")) {
            return TraceReader.open(System.in, "standard input", options);
        }
        try {
            return TraceReader.open(Path.of(file), options);
        } catch (InvalidPathException e) {
            throw new InputException("'" + file + "' is not a file name", e);
        }
    }

    private static long size(String file) {
        try {
            return file.equals("-") ? 0 : Files.size(Path.of(file));
        } catch (IOException e) {
            return 0; // only the progress line wants to know
        }
    }

    private static Iterator<FlowEvent> watched(TraceReader trace, Progress progress) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return trace.hasNext();
            }

            @Override
            public FlowEvent next() {
                progress.step(trace.bytesRead());
                return trace.next();
            }
        };
    }

    private static ImmutableSortedMap<String, Long> skipped(TraceReader trace, ReplayResult result) {
        ImmutableSortedMap.Builder<String, Long> skipped = ImmutableSortedMap.naturalOrder();
        trace.skipped().forEach((reason, count) -> skipped.put(reason.toString(), count));
        if (result.flowsElsewhere() > 0) {
            skipped.put("opened-elsewhere", result.flowsElsewhere());
        }
        return skipped.buildOrThrow();
    }
}
