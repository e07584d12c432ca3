package io.github.snatsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.metrics.CountsOverTime;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.sim.ReplayResult;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The text, whole, as people see it; written down by hand. */
class ReplayReportTest {
    @Test
    void nothingOpened() {
        assertThat(Reports.empty().text()).isEqualTo("""
                        empty.pcap (pcap): no flow was opened

                        Instances     0 with 128 SNAT ports each, per protocol
                        Attempts      0
                        Opened        0
                        Refused       0
                        Late packets  0 without a flow, dropped
                        """);
    }

    @Test
    void refusalsEpisodesAndTheCourseOfThePorts() {
        assertThat(Reports.exhausted().text()).isEqualTo("""
                        trace.pcap (pcap): 2 of 1,236 attempts refused (0.2 %)

                        Recorded      2020-01-01T00:00:00Z, 4 min 10 s
                        Instances     2 with 4 SNAT ports each, per protocol
                        Attempts      1,236
                        Opened        1,234
                        Refused       2, first at 2020-01-01T00:01:40.000001Z
                        Late packets  56 without a flow, dropped
                        Untranslated  9 packets to destinations without SNAT
                        Skipped       1,000 icmp
                        Skipped       3 opened-elsewhere
                        Forgotten     7 initiators, to bound the memory

                        Peak ports per instance, of 4
                               4 #################### tcp 10.0.0.4 at 2020-01-01T00:00:01Z: open 3, FIN hold 1, RST hold 0
                               1 #####                udp 10.0.0.5 at 2020-01-01T00:00:00Z: open 1, FIN hold 0, RST hold 0

                        Busiest destinations: most ports taken at once, of 4
                               4 #################### 10.0.0.4 -> tcp 203.0.113.7:443
                               1 #####                10.0.0.5 -> udp 203.0.113.9:53

                        Exhaustion episodes
                          2020-01-01T00:01:40.000001Z for 1 min 0 s: 2 refused, 10.0.0.4 -> tcp 203.0.113.7:443

                        Ports in use over time, all instances
                          4 | #+-
                            | #+-
                            | #++
                            | #++
                            | ##+
                            | ##+
                            |###+-
                            |###+-
                          0 +----- 4 min 10 s
                             # open  + FIN hold  - RST hold
                        """);
    }

    @Test
    void longListsAreCutAndSaySo() {
        assertThat(Reports.crowded(11).text()).containsOnlyOnce("10.0.0.4 ->").contains("  and 1 more\n");
        assertThat(Reports.crowded(11).text().lines().filter(line -> line.equals("  and 1 more")))
                .hasSize(2);
        assertThat(Reports.crowded(10).text()).doesNotContain(" more\n");
        assertThat(Reports.crowded(1_210).text()).contains("  and 1,200 more\n");
    }

    @Test
    void allOpenedSaysHowCloseItWas() {
        ReplayReport report = Reports.exhausted();
        MetricsResult metrics = report.result().metrics();
        MetricsResult calm = new MetricsResult(
                metrics.opened(),
                ImmutableMap.of(),
                OptionalLong.empty(),
                0,
                0,
                metrics.ends(),
                metrics.portUse(),
                metrics.busiest(),
                metrics.destinations(),
                0,
                metrics.portsInUse(),
                metrics.portsOverTime(),
                new CountsOverTime(0, 1, ImmutableList.of()),
                0,
                ImmutableList.of());
        String text = new ReplayReport(
                        "calm", "pcap", new ReplayResult(calm, 1_024, 2, 1, 0, 0, 0), report.skipped(), 0)
                .text();
        assertThat(text)
                .startsWith("calm (pcap): all 1,234 attempts opened; at most 4 of 1,024 ports were taken for one "
                        + "destination\n")
                .contains("\nRefused       0\n")
                .doesNotContain("Exhaustion", "Untranslated", "Forgotten");
    }
}
