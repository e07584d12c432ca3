package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.Admission;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowListener;
import io.github.snatsim.flow.FlowTable;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.trace.TraceException;
import io.github.snatsim.trace.TraceReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the files that a scenario names. */
final class NamedFiles {
    private NamedFiles() {}

    /** Reads one duration from each line; empty lines and what follows a {@code #} are skipped. */
    static ImmutableList<Duration> durations(Node node) {
        Path file = node.source().find(node);
        ImmutableList.Builder<Duration> durations = ImmutableList.builder();
        int number = 0;
        List<String> lines =
                Texts.read(file, problem -> node.error(file + problem)).lines().toList();
        node.source().unfold(node, lines.size());
        for (String line : lines) {
            number++;
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!text.isEmpty()) {
                int at = number;
                durations.add(Units.parseDuration(text)
                        .orElseThrow(() -> node.errorIn(
                                file.toString(),
                                at,
                                "value " + ScenarioException.quoted(text)
                                        + ": expected one duration in a line, with a unit such as 240s or 10ms")));
            }
        }
        return durations.build();
    }

    /** Reads when flows open in a recording, after the first of them. */
    static ImmutableList<Duration> openings(Node node) {
        Path file = node.source().find(node);
        List<Long> times = new ArrayList<>();
        SnatProfile classic = SnatProfile.classic();
        Admission unlimited = Admission.unlimited(classic.idle());
        FlowTable table = new FlowTable(new FlowKeys(), unlimited, classic.flows(), new FlowListener() {
            @Override
            public void opened(long timeNanos, long flow, int port) {
                node.source().unfold(node, 1);
                times.add(timeNanos);
            }
        });
        try (TraceReader trace = TraceReader.open(file)) {
            while (trace.hasNext()) {
                FlowEvent event = trace.next();
                table.offer(event);
            }
        } catch (TraceException e) {
            throw node.error(String.valueOf(e.getMessage()), e);
        }
        if (times.isEmpty()) {
            throw node.error(file + ": no flow opens in this recording");
        }
        long first = times.get(0);
        return times.stream().map(time -> Duration.ofNanos(time - first)).collect(ImmutableList.toImmutableList());
    }
}
