package io.github.snatsim.flow;

import static io.github.snatsim.flow.Bench.VM;
import static io.github.snatsim.flow.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Exact counts that were computed without the simulator, reproduced by the table: {@code expected/README.md}. */
class ExpectedScenariosTest {
    private static final long MILLI = 1_000_000;
    private static final long HOUR_MS = 3_600_000;
    private static final Pattern RST_HOLD = Pattern.compile("RST (\\d+) s");

    /** How the flows of a scenario give their ports back, and how long their ports wait then. */
    private enum Close {
        FIN,
        RST,
        IDLE
    }

    private record Closing(Close close, long holdMs) {
        /** The classic timers, but for the RST hold where a scenario names its own. */
        static Closing of(String scenario) {
            Matcher rst = RST_HOLD.matcher(scenario);
            if (rst.find()) {
                return new Closing(Close.RST, Integer.parseInt(rst.group(1)) * 1_000L);
            }
            boolean idle = scenario.contains("idle");
            return new Closing(idle ? Close.IDLE : Close.FIN, 240_000);
        }

        Bench bench(int ports) {
            FlowRules rules = new FlowRules(
                    Duration.ofMinutes(4),
                    close == Close.RST ? Duration.ofMillis(holdMs) : Duration.ofSeconds(15),
                    FinTrigger.BOTH_SIDES,
                    HoldSyn.REVIVES);
            return Bench.with(rules, Bench.FOUR_MINUTES).withPorts(ports);
        }

        void close(Bench bench, long timeMs, FiveTuple flow) {
            if (close == Close.FIN) {
                bench.finPair(timeMs * MILLI, flow);
            } else if (close == Close.RST) {
                bench.rst(timeMs * MILLI, Side.INITIATOR, flow);
            }
        }
    }

    private record Opened(long closesAtMs, FiveTuple flow) {}

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/expected/transient_exhaustion.csv", useHeadersInDisplayName = true)
    void t4_r1_r2_r3_evenArrivals(
            String scenario,
            int ports,
            long gapMs,
            long portBusyMs,
            Long firstRefusalMs,
            Long firstRefusedIndex,
            int offered,
            int accepted,
            int refused,
            int peakPorts,
            int portsInUseAtEnd) {
        Closing closing = Closing.of(scenario);
        Bench bench = closing.bench(ports);
        Deque<Opened> open = new ArrayDeque<>();
        int opened = 0;
        int peak = 0;
        Long firstMs = null;
        Long firstIndex = null;
        long index = 0;
        for (long nowMs = 0; nowMs <= HOUR_MS; nowMs = ++index * gapMs) {
            closeUntil(nowMs, open, closing, bench);
            FiveTuple flow = flow(scenario, index);
            if (bench.syn(nowMs * MILLI, flow).outcome() == Outcome.OPENED) {
                opened++;
                open.add(new Opened(nowMs + portBusyMs - closing.holdMs(), flow));
            } else if (firstMs == null) {
                firstMs = nowMs;
                firstIndex = index;
            }
            peak = Math.max(peak, bench.ports.portsUsed(VM, flow.protocol()));
        }
        closeUntil(HOUR_MS, open, closing, bench);
        bench.table.advanceTo(HOUR_MS * MILLI);

        assertThat(index).isEqualTo(offered);
        assertThat(opened).isEqualTo(accepted);
        assertThat(index - opened).isEqualTo(refused);
        assertThat(firstMs).isEqualTo(firstRefusalMs);
        assertThat(firstIndex).isEqualTo(firstRefusedIndex);
        assertThat(peak).isEqualTo(peakPorts);
        assertThat(bench.table.size()).isEqualTo(portsInUseAtEnd);
    }

    private static void closeUntil(long nowMs, Deque<Opened> open, Closing closing, Bench bench) {
        while (!open.isEmpty() && open.peek().closesAtMs() <= nowMs) {
            Opened next = open.remove();
            closing.close(bench, next.closesAtMs(), next.flow());
        }
    }

    /** A source port that no live flow has: there are fewer live flows than source ports. */
    private static FiveTuple flow(String scenario, long index) {
        return Bench.flow(
                scenario.startsWith("UDP") ? Protocol.UDP : Protocol.TCP, VM, (int) (1 + index % 65_535), WEB);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/expected/burst_recovery.csv", useHeadersInDisplayName = true)
    void t4_r6_bursts(
            String scenario,
            int ports,
            int burst,
            long closeAtMs,
            long holdMs,
            long secondBurstAtMs,
            int accepted1,
            int refused1,
            int accepted2,
            int refused2) {
        Closing closing = Closing.of(scenario + (holdMs == 15_000 ? " RST 15 s" : ""));
        assertThat(closing.holdMs()).isEqualTo(holdMs);
        Bench bench = closing.bench(ports);

        int opened1 = burst(bench, 0, burst, 1_024);
        for (Flow flow : bench.table.flows()) {
            closing.close(bench, closeAtMs, flow.tuple());
        }
        int opened2 = burst(bench, secondBurstAtMs, burst, 30_000);

        assertThat(opened1).isEqualTo(accepted1);
        assertThat(burst - opened1).isEqualTo(refused1);
        assertThat(opened2).isEqualTo(accepted2);
        assertThat(burst - opened2).isEqualTo(refused2);
    }

    private static int burst(Bench bench, long timeMs, int attempts, int firstSourcePort) {
        int opened = 0;
        for (int i = 0; i < attempts; i++) {
            opened += bench.syn(timeMs * MILLI, Bench.tcp(firstSourcePort + i, WEB))
                                    .outcome()
                            == Outcome.OPENED
                    ? 1
                    : 0;
        }
        return opened;
    }
}
