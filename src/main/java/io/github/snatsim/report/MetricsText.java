package io.github.snatsim.report;

import io.github.snatsim.metrics.DestinationPeak;
import io.github.snatsim.metrics.Episode;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.metrics.PortUse;
import io.github.snatsim.metrics.PortsByState;
import io.github.snatsim.net.IpAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/** The sections of a text report that every result with metrics has. */
final class MetricsText {
    private static final int ROWS_MAX = 10;
    private static final int BAR_WIDTH = 20;

    private final StringBuilder text = new StringBuilder();
    private final int portsPerInstance;
    private final LongFunction<String> time;

    /**
     * Begins a text.
     *
     * @param portsPerInstance what bars are drawn against
     * @param time how a time is written
     */
    MetricsText(int portsPerInstance, LongFunction<String> time) {
        this.portsPerInstance = portsPerInstance;
        this.time = time;
    }

    MetricsText line(String line) {
        text.append(line).append('\n');
        return this;
    }

    MetricsText row(String name, String value) {
        return line(String.format(Locale.ROOT, "%-14s%s", name, value));
    }

    MetricsText attempts(MetricsResult metrics) {
        row("Attempts", Numbers.count(metrics.attempts()));
        row("Opened", Numbers.count(metrics.opened()));
        row("Refused", refusals(metrics));
        row("Late packets", Numbers.count(metrics.latePackets()) + " without a flow, dropped");
        if (metrics.untranslated() > 0) {
            row("Untranslated", Numbers.count(metrics.untranslated()) + " packets to destinations without SNAT");
        }
        return this;
    }

    private String refusals(MetricsResult metrics) {
        if (metrics.firstRefusalNanos().isEmpty()) {
            return "0";
        }
        return Numbers.count(metrics.refused()) + ", first at "
                + time.apply(metrics.firstRefusalNanos().getAsLong());
    }

    /** The answer in a sentence, where what is taken are places of a table. */
    String placesHeadline(MetricsResult metrics) {
        return metrics.refused() == 0
                ? "all " + Numbers.count(metrics.opened()) + " flows had a place"
                : Numbers.count(metrics.refused()) + " of " + Numbers.count(metrics.attempts()) + " flows rejected ("
                        + Numbers.percent(metrics.refused(), metrics.attempts()) + "), the table was full";
    }

    /** The answer in a sentence. */
    String headline(MetricsResult metrics) {
        if (metrics.attempts() == 0) {
            return "no flow was opened";
        }
        if (metrics.refused() == 0) {
            return "all " + Numbers.count(metrics.opened()) + " attempts opened; at most "
                    + Numbers.count(metrics.peakPortsAtOneDestination()) + " of " + Numbers.count(portsPerInstance)
                    + " ports were taken for one destination";
        }
        return Numbers.count(metrics.refused()) + " of " + Numbers.count(metrics.attempts()) + " attempts refused ("
                + Numbers.percent(metrics.refused(), metrics.attempts()) + ")";
    }

    MetricsText peaks(MetricsResult metrics) {
        if (metrics.portUse().isEmpty()) {
            return this;
        }
        line("").line("Peak ports per instance, of " + Numbers.count(portsPerInstance));
        for (PortUse use : metrics.portUse().stream().limit(ROWS_MAX).toList()) {
            PortsByState held = use.atPeak();
            line("  " + bar(use.portsUsedMax()) + use.protocol() + " " + use.instance() + via(use.frontend()) + " at "
                    + time.apply(use.peakTimeNanos()) + ": open " + Numbers.count(held.open()) + ", FIN hold "
                    + Numbers.count(held.finHold()) + ", RST hold " + Numbers.count(held.rstHold()));
        }
        return more(metrics.portUse().size());
    }

    MetricsText busiest(MetricsResult metrics) {
        if (metrics.busiest().isEmpty()) {
            return this;
        }
        line("").line("Busiest destinations: most ports taken at once, of " + Numbers.count(portsPerInstance));
        for (DestinationPeak peak : metrics.busiest()) {
            line("  " + bar(peak.portsUsedMax()) + peak.instance() + via(peak.frontend()) + " -> "
                    + peak.destination());
        }
        return this;
    }

    MetricsText episodes(MetricsResult metrics) {
        if (metrics.episodeCount() == 0) {
            return this;
        }
        line("").line("Exhaustion episodes");
        for (Episode episode : metrics.episodes().stream().limit(ROWS_MAX).toList()) {
            line("  " + time.apply(episode.firstRefusalNanos()) + " for "
                    + Numbers.duration(episode.lastRefusalNanos() - episode.firstRefusalNanos()) + ": "
                    + Numbers.count(episode.refused()) + " refused, " + episode.instance() + via(episode.frontend())
                    + " -> "
                    + episode.destination());
        }
        return more(metrics.episodeCount());
    }

    MetricsText plot(MetricsResult metrics) {
        String plot = TerminalPlot.plot(metrics.portsOverTime());
        if (!plot.isEmpty()) {
            line("").line("Ports in use over time, all instances");
            text.append(plot);
        }
        return this;
    }

    /** Says how many rows were left out. */
    MetricsText more(long rows) {
        return rows > ROWS_MAX ? line("  and " + Numbers.count(rows - ROWS_MAX) + " more") : this;
    }

    /** The frontend, where it has a name. */
    static String via(Optional<IpAddress> frontend) {
        return frontend.map(publicIp -> " via " + publicIp).orElse("");
    }

    private String bar(int ports) {
        long width = ((long) BAR_WIDTH * ports + portsPerInstance - 1) / Math.max(1, portsPerInstance);
        return String.format(
                Locale.ROOT, "%6s %-20s ", Numbers.count(ports), "#".repeat((int) Math.min(BAR_WIDTH, width)));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
