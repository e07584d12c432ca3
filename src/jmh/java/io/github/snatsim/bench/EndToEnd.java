package io.github.snatsim.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Workload E: events per second of whole commands in JVMs of their own, start included. */
final class EndToEnd {
    private static final int RUNS = 3;
    private static final int PACKETS = 5 << 20;
    private static final Pattern EVENTS = Pattern.compile("\"events\":\\s*(\\d+)");

    private EndToEnd() {}

    static void run() throws IOException, InterruptedException {
        System.out.println("| command | events | million events per second |");
        System.out.println("|---|---|---|");
        measure("simulate docs/benchmarks/day.yaml", 0, "simulate", "docs/benchmarks/day.yaml", "--json");
        measure(
                "replay, packets of workload C5 through a pipe",
                PACKETS,
                "replay",
                "--json",
                "--ports-per-instance=1024",
                "-");
    }

    private static void measure(String name, int packets, String... arguments)
            throws IOException, InterruptedException {
        double[] millions = new double[RUNS];
        long events = 0;
        for (int run = 0; run < RUNS; run++) {
            long startNanos = System.nanoTime();
            events = events(packets, arguments);
            millions[run] = events * 1e3 / (System.nanoTime() - startNanos);
        }
        System.out.println(
                "| " + name + " | " + events + " | " + Spread.of(millions).withDecimals(2) + " |");
    }

    /** Runs a command and returns how many events it reports. */
    private static long events(int packets, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.snatsim.cli.Main"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        try (OutputStream in = process.getOutputStream()) {
            if (packets > 0) {
                PacketStream.write(Workload.C5, packets, in);
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("exit code " + process.exitValue() + " of " + command);
        }
        Matcher events = EVENTS.matcher(output.join());
        if (!events.find()) {
            throw new IllegalStateException("no events in the output of " + command);
        }
        return Long.parseLong(events.group(1));
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
