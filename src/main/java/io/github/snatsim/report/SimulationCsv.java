package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.snatsim.aws.MetricPeriod;
import io.github.snatsim.aws.NlbMetric;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.metrics.CountsOverTime;
import io.github.snatsim.metrics.DestinationUse;
import io.github.snatsim.metrics.Episode;
import io.github.snatsim.metrics.PortUse;
import io.github.snatsim.metrics.PortsByState;
import io.github.snatsim.metrics.PortsOverTime;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.sim.ClientResult;
import io.github.snatsim.sim.HttpResult;
import io.github.snatsim.sim.NlbResult;
import io.github.snatsim.sim.ScaleEvent;
import io.github.snatsim.sim.SimulationResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A simulation as tables for other tools. Stateless. */
public final class SimulationCsv {
    private SimulationCsv() {}

    private static ImmutableList<String> courseOf(String what) {
        return ImmutableList.of(
                "instance", what, "startSeconds", "sliceSeconds", "open", "finHold", "rstHold", "frontend");
    }

    /**
     * Returns the tables: the course of ports per instance and per destination, the episodes, the clients, the scale events;
     * of an API Management
     * service also the calls over time and the log of failures, one JSON record on each line, of a load balancer its
     * metrics. Times are seconds of virtual
     * time.
     *
     * @param run the result
     * @return content by file name
     */
    public static ImmutableMap<String, String> files(SimulationResult run) {
        ImmutableMap.Builder<String, String> files = ImmutableMap.<String, String>builder()
                .put("ports.csv", table(csv -> ports(run, csv)))
                .put("destinations.csv", table(csv -> destinations(run, csv)))
                .put("episodes.csv", table(csv -> episodes(run, csv)))
                .put("clients.csv", table(csv -> clients(run, csv)))
                .put("scale-events.csv", table(csv -> scaleEvents(run, csv)));
        run.http()
                .ifPresent(http -> files.put("http.csv", table(csv -> calls(http, csv)))
                        .put("gateway-log.jsonl", HttpJson.log(http.failures())));
        run.nlb().ifPresent(nlb -> files.put("nlb.csv", table(csv -> periods(nlb, csv))));
        return files.buildOrThrow();
    }

    private static void periods(NlbResult nlb, CsvWriter csv) {
        csv.writeRecord(Stream.concat(
                        Stream.of("startSeconds", "endSeconds"),
                        Arrays.stream(NlbMetric.values()).map(NlbMetric::metricName))
                .toList());
        for (MetricPeriod period : nlb.metrics().periods()) {
            csv.writeRecord(Stream.concat(
                            Stream.of(
                                    Numbers.seconds(period.startNanos()).toPlainString(),
                                    Numbers.seconds(period.endNanos()).toPlainString()),
                            Arrays.stream(NlbMetric.values()).map(metric -> Long.toString(metric.valueIn(period))))
                    .toList());
        }
    }

    private static void calls(HttpResult http, CsvWriter csv) {
        csv.writeRecord(Stream.concat(
                        Stream.of("startSeconds", "sliceSeconds"),
                        Arrays.stream(HttpOutcome.values()).map(HttpOutcome::name))
                .toList());
        CountsOverTime course = http.overTime();
        long start = course.startNanos();
        for (ImmutableList<Long> slice : course.slices()) {
            csv.writeRecord(Stream.concat(
                            Stream.of(
                                    Numbers.seconds(start).toPlainString(),
                                    Numbers.seconds(course.sliceNanos()).toPlainString()),
                            slice.stream().map(count -> Long.toString(count)))
                    .toList());
            start += course.sliceNanos();
        }
    }

    private static String table(Consumer<CsvWriter> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            rows.accept(csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter never fails
        }
        return text.toString();
    }

    private static void ports(SimulationResult run, CsvWriter csv) {
        csv.writeRecord(courseOf("protocol"));
        for (PortUse use : run.metrics().portUse()) {
            course(use.instance(), use.protocol().toString(), use.frontend(), use.overTime(), csv);
        }
    }

    private static void destinations(SimulationResult run, CsvWriter csv) {
        csv.writeRecord(courseOf("destination"));
        for (DestinationUse use : run.metrics().destinations()) {
            course(use.instance(), use.destination().toString(), use.frontend(), use.overTime(), csv);
        }
    }

    private static void course(
            IpAddress instance, String of, Optional<IpAddress> frontend, PortsOverTime course, CsvWriter csv) {
        long start = course.startNanos();
        for (PortsByState slice : course.peaks()) {
            csv.writeRecord(
                    instance.toString(),
                    of,
                    Numbers.seconds(start).toPlainString(),
                    Numbers.seconds(course.sliceNanos()).toPlainString(),
                    Integer.toString(slice.open()),
                    Integer.toString(slice.finHold()),
                    Integer.toString(slice.rstHold()),
                    text(frontend));
            start += course.sliceNanos();
        }
    }

    private static String text(Optional<IpAddress> frontend) {
        return frontend.map(IpAddress::toString).orElse("");
    }

    private static void episodes(SimulationResult run, CsvWriter csv) {
        csv.writeRecord("instance", "destination", "startSeconds", "endSeconds", "refused", "frontend");
        for (Episode episode : run.metrics().episodes()) {
            csv.writeRecord(
                    episode.instance().toString(),
                    episode.destination().toString(),
                    Numbers.seconds(episode.firstRefusalNanos()).toPlainString(),
                    Numbers.seconds(episode.lastRefusalNanos()).toPlainString(),
                    Long.toString(episode.refused()),
                    text(episode.frontend()));
        }
    }

    private static void scaleEvents(SimulationResult run, CsvWriter csv) {
        csv.writeRecord(
                "seconds",
                "cause",
                "frontend",
                "instancesBefore",
                "instancesAfter",
                "portsBefore",
                "portsAfter",
                "portsReclaimed",
                "flowsCut",
                "flowsCutMin",
                "flowsCutMax",
                "flowsRemoved",
                "flowsMethodChanged",
                "refusedAfter");
        for (ScaleEvent event : run.scaleEvents()) {
            csv.writeRecord(
                    Numbers.seconds(event.timeNanos()).toPlainString(),
                    event.cause(),
                    text(event.frontend()),
                    Integer.toString(event.instancesBefore()),
                    Integer.toString(event.instancesAfter()),
                    Integer.toString(event.portsBefore()),
                    Integer.toString(event.portsAfter()),
                    Long.toString(event.portsReclaimed()),
                    Long.toString(event.flowsCut()),
                    Long.toString(event.flowsCutMin()),
                    Long.toString(event.flowsCutMax()),
                    Long.toString(event.flowsRemoved()),
                    Long.toString(event.flowsMethodChanged()),
                    Long.toString(event.refusedAfter()));
        }
    }

    private static void clients(SimulationResult run, CsvWriter csv) {
        csv.writeRecord(
                "client",
                "requests",
                "completed",
                "gaveUp",
                "inProgress",
                "attempts",
                "refused",
                "failures",
                "retries");
        for (ClientResult client : run.clients()) {
            csv.writeRecord(
                    client.client(),
                    Long.toString(client.requests()),
                    Long.toString(client.completed()),
                    Long.toString(client.gaveUp()),
                    Long.toString(client.inProgress()),
                    Long.toString(client.attempts()),
                    Long.toString(client.refused()),
                    Long.toString(client.failures()),
                    Long.toString(client.retries()));
        }
    }
}
