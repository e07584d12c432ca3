package io.github.snatsim.report;

import com.google.common.collect.ImmutableSortedMap;
import io.github.snatsim.metrics.DestinationPeak;
import io.github.snatsim.metrics.Episode;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.metrics.PortUse;
import io.github.snatsim.metrics.PortsByState;
import io.github.snatsim.sim.ReplayResult;

/**
 * A replay of one recorded file, for people. Immutable; threads may share it.
 *
 * @param file the file's name as the user gave it
 * @param format the name of its format
 * @param result what the replay showed
 * @param skipped what was not replayed, by reason
 * @param initiatorsForgotten flows whose initiator had to be forgotten to bound the memory
 */
public record ReplayReport(
        String file,
        String format,
        ReplayResult result,
        ImmutableSortedMap<String, Long> skipped,
        long initiatorsForgotten) {
    private static final int ROWS_MAX = 10;

    /**
     * Returns the report as text of several lines.
     *
     * @return text that ends with a line end
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        MetricsResult metrics = result.metrics();
        text.append(file + " (" + format + "): " + headline(metrics) + "\n\n");
        if (result.events() > 0) {
            row(
                    text,
                    "Recorded",
                    Numbers.instant(result.startNanos()) + ", "
                            + Numbers.duration(result.endNanos() - result.startNanos()));
        }
        row(
                text,
                "Instances",
                Numbers.count(result.instances()) + " with " + Numbers.count(result.portsPerInstance())
                        + " SNAT ports each, per protocol");
        row(text, "Attempts", Numbers.count(metrics.attempts()));
        row(text, "Opened", Numbers.count(metrics.opened()));
        row(text, "Refused", refusals(metrics));
        row(text, "Late packets", Numbers.count(metrics.latePackets()) + " without a flow, dropped");
        if (metrics.untranslated() > 0) {
            row(text, "Untranslated", Numbers.count(metrics.untranslated()) + " packets to destinations without SNAT");
        }
        skipped.forEach((reason, count) -> row(text, "Skipped", Numbers.count(count) + " " + reason));
        if (initiatorsForgotten > 0) {
            row(text, "Forgotten", Numbers.count(initiatorsForgotten) + " initiators, to bound the memory");
        }
        appendPeaks(text, metrics);
        appendBusiest(text, metrics);
        appendEpisodes(text, metrics);
        String plot = TerminalPlot.plot(metrics.portsOverTime());
        if (!plot.isEmpty()) {
            text.append("\nPorts in use over time, all instances\n").append(plot);
        }
        return text.toString();
    }

    private String headline(MetricsResult metrics) {
        if (metrics.attempts() == 0) {
            return "no flow was opened";
        }
        if (metrics.refused() == 0) {
            return "all " + Numbers.count(metrics.opened()) + " attempts opened; at most "
                    + metrics.peakPortsAtOneDestination() + " of " + result.portsPerInstance()
                    + " ports were taken for one destination";
        }
        return Numbers.count(metrics.refused()) + " of " + Numbers.count(metrics.attempts()) + " attempts refused ("
                + Numbers.percent(metrics.refused(), metrics.attempts()) + ")";
    }

    private static String refusals(MetricsResult metrics) {
        if (metrics.firstRefusalNanos().isEmpty()) {
            return "0";
        }
        return Numbers.count(metrics.refused()) + ", first at "
                + Numbers.instant(metrics.firstRefusalNanos().getAsLong());
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append(String.format("%-14s", name)).append(value).append('\n');
    }

    private void appendPeaks(StringBuilder text, MetricsResult metrics) {
        if (metrics.portUse().isEmpty()) {
            return;
        }
        text.append("\nPeak ports per instance, of " + Numbers.count(result.portsPerInstance()) + "\n");
        for (PortUse use : metrics.portUse().stream().limit(ROWS_MAX).toList()) {
            PortsByState held = use.atPeak();
            text.append("  " + bar(use.portsUsedMax()) + use.protocol() + " " + use.instance() + " at "
                    + Numbers.instant(use.peakTimeNanos()) + ": open " + Numbers.count(held.open()) + ", FIN hold "
                    + Numbers.count(held.finHold()) + ", RST hold " + Numbers.count(held.rstHold()) + "\n");
        }
        appendMore(text, metrics.portUse().size());
    }

    private void appendBusiest(StringBuilder text, MetricsResult metrics) {
        if (metrics.busiest().isEmpty()) {
            return;
        }
        text.append("\nBusiest destinations: most ports taken at once, of " + Numbers.count(result.portsPerInstance())
                + "\n");
        for (DestinationPeak peak : metrics.busiest()) {
            text.append("  " + bar(peak.portsUsedMax()) + peak.instance() + " -> " + peak.destination() + "\n");
        }
    }

    private void appendEpisodes(StringBuilder text, MetricsResult metrics) {
        if (metrics.episodeCount() == 0) {
            return;
        }
        text.append("\nExhaustion episodes\n");
        for (Episode episode : metrics.episodes().stream().limit(ROWS_MAX).toList()) {
            text.append("  " + Numbers.instant(episode.firstRefusalNanos()) + " for "
                    + Numbers.duration(episode.lastRefusalNanos() - episode.firstRefusalNanos()) + ": "
                    + Numbers.count(episode.refused()) + " refused, " + episode.instance() + " -> "
                    + episode.destination() + "\n");
        }
        appendMore(text, metrics.episodeCount());
    }

    private static void appendMore(StringBuilder text, long rows) {
        if (rows > ROWS_MAX) {
            text.append("  and " + Numbers.count(rows - ROWS_MAX) + " more\n");
        }
    }

    private String bar(int ports) {
        int width = (int) Math.min(20, (20L * ports + result.portsPerInstance() - 1) / result.portsPerInstance());
        return String.format("%6s ", Numbers.count(ports)) + String.format("%-20s ", "#".repeat(width));
    }
}
