package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.snatsim.flow.EventLog.Heard;
import io.github.snatsim.flow.SnatPorts.IdleRules;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table against what a Linux kernel did with the same packets: every verdict, and when every entry went. What is
 * fair to compare is written in {@code netfilter/README.md} beside the recordings.
 */
class NetfilterRecordingsTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/netfilter");
    private static final JsonFactory JSON = new JsonFactory();

    /** An operation's time is taken after its packet, */
    private static final long EARLY_NANOS = 5_000_000;

    /** and the kernel's table was read every 0.1 s. */
    private static final long LATE_NANOS = 450_000_000;

    /** The flow of every id in a recording. */
    private final Map<String, FiveTuple> flows = new HashMap<>();

    static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(RECORDINGS)) {
            return files.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .map(Path::getFileName)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void allRecordingsAreHere() throws IOException {
        assertThat(recordings()).hasSize(75);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void t2_t4_t5_t9_r1_r2_r3_r4_r8_r9_verdictsAndReleasesAreThoseOfTheKernel(Path recording) throws IOException {
        List<Map<String, Object>> lines = read(RECORDINGS.resolve(recording));
        Bench bench = bench(lines.get(0));
        List<Map<String, Object>> destroyed = new ArrayList<>();
        for (Map<String, Object> line : lines) {
            if (line.get("ev").equals("op")) {
                replay(bench, line);
            } else if (line.get("ev").equals("destroy")) {
                destroyed.add(line);
            }
        }
        long endNanos = nanos(lines.get(lines.size() - 1));
        bench.table.advanceTo(endNanos);
        compareEnds(new ArrayList<>(bench.log.ends()), destroyed, endNanos);
    }

    @SuppressWarnings("unchecked") // the shape of a config line
    private static Bench bench(Map<String, Object> config) {
        Map<String, String> timers = (Map<String, String>) config.get("timers");
        Bench bench = Bench.with(
                new FlowRules(
                        seconds(timers.get("fin")), seconds(timers.get("rst")), FinTrigger.BOTH_SIDES, HoldSyn.REVIVES),
                IdleRules.of(seconds(timers.get("idle"))));
        for (Map<String, String> pool : (List<Map<String, String>>) config.get("pools")) {
            bench.ports.assign(
                    IpAddress.parse(pool.get("src")),
                    Bench.range(Integer.parseInt(pool.get("lo")), Integer.parseInt(pool.get("hi"))));
        }
        return bench;
    }

    private static Duration seconds(String seconds) {
        return Duration.ofNanos(nanos(seconds));
    }

    private void replay(Bench bench, Map<String, Object> op) {
        long time = nanos(op);
        String kind = (String) op.get("op");
        String id = (String) op.get("id");
        if (kind.equals("open")) {
            flows.put(id, flow(op));
        }
        FiveTuple flow = flows.get(id);
        Side by = "server".equals(op.get("by")) ? Side.RESPONDER : Side.INITIATOR;
        switch (kind) {
            case "open" -> {
                Verdict verdict = bench.syn(time, flow);
                assertThat(verdict.outcome()).as("%s", op).isEqualTo(expected(op, Outcome.OPENED));
                if (flow.protocol() == Protocol.TCP && !verdict.outcome().refused() && !op.containsKey("half")) {
                    bench.packet(time, Side.RESPONDER, flow);
                    bench.packet(time, Side.INITIATOR, flow);
                }
            }
            case "send", "recv" -> {
                Side side = kind.equals("send") ? Side.INITIATOR : Side.RESPONDER;
                assertThat(bench.packet(time, side, flow).outcome())
                        .as("%s", op)
                        .isEqualTo(expected(op, Outcome.TRANSLATED));
            }
            case "fin" -> {
                bench.fin(time, by, flow);
                bench.fin(time, by == Side.INITIATOR ? Side.RESPONDER : Side.INITIATOR, flow);
            }
            case "halfclose" -> bench.fin(time, by, flow);
            case "rst" -> bench.rst(time, by, flow);
            case "ctdelete" -> {
                bench.table.advanceTo(time);
                bench.table.delete(flow);
            }
            case "forget", "blackout" -> {} // the hosts' affair
            default -> throw new IllegalStateException("an op that this test does not know: " + op);
        }
    }

    /** What the kernel's verdict means; {@code kept} is another outcome for a SYN than for a packet. */
    private static Outcome expected(Map<String, Object> op, Outcome kept) {
        return switch ((String) op.get("verdict")) {
            case "new" -> Outcome.OPENED;
            case "kept" -> kept;
            case "refused" -> Outcome.NO_FREE_PORT;
            case "noflow", "nothing" -> Outcome.DROPPED;
            default -> throw new IllegalStateException("a verdict that this test does not know: " + op);
        };
    }

    private static void compareEnds(List<Heard> ends, List<Map<String, Object>> destroyed, long endNanos) {
        for (Map<String, Object> line : destroyed) {
            Heard end = ends.stream()
                    .filter(e -> e.flow().equals(flow(line)) && inWindow(nanos(line), e.timeNanos()))
                    .findFirst()
                    .orElse(null);
            assertThat(end).as("the end of %s among %s", line, ends).isNotNull();
            ends.remove(end);
        }
        assertThat(ends)
                .as(
                        "ends that the kernel does not have, but for flows that it revived in place and for the last moment")
                .allMatch(end ->
                        end.what().startsWith("ended " + FlowEnd.REVIVED) || end.timeNanos() > endNanos - LATE_NANOS);
    }

    private static boolean inWindow(long recorded, long simulated) {
        return simulated - EARLY_NANOS <= recorded && recorded <= simulated + LATE_NANOS;
    }

    private static FiveTuple flow(Map<String, Object> line) {
        return new FiveTuple(
                Protocol.parse((String) line.get("proto")),
                Endpoint.parse(line.get("src") + ":" + line.get("sport")),
                Endpoint.parse(line.get("dst") + ":" + line.get("dport")));
    }

    private static long nanos(Map<String, Object> line) {
        return nanos((String) line.get("t"));
    }

    private static long nanos(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).longValueExact();
    }

    private static List<Map<String, Object>> read(Path file) throws IOException {
        List<Map<String, Object>> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                try (JsonParser parser = JSON.createParser(line)) {
                    parser.nextToken();
                    lines.add(object(parser));
                }
            }
        }
        return lines;
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    /** An object, a list, or the text of anything else. */
    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return object(parser);
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return parser.getText();
        }
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return values;
    }
}
