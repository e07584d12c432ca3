package io.github.snatsim.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.metrics.DestinationPeak;
import io.github.snatsim.metrics.DestinationUse;
import io.github.snatsim.metrics.Episode;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.metrics.PortUse;
import io.github.snatsim.report.TimeChart.Limit;
import io.github.snatsim.report.TimeChart.Mark;
import io.github.snatsim.report.TimeChart.Shade;
import java.util.Optional;

/** The parts of a page that every result with metrics has. Not for use by several threads at once. */
final class MetricsPage {
    private final HtmlPage page;
    private final MetricsResult metrics;
    private final TimeAxis axis;
    private final int portsPerInstance;

    /**
     * Begins them.
     *
     * @param page where they go
     * @param metrics what they show
     * @param axis the time of every chart
     * @param portsPerInstance how many ports each instance owns at the beginning
     */
    MetricsPage(HtmlPage page, MetricsResult metrics, TimeAxis axis, int portsPerInstance) {
        this.page = page;
        this.metrics = metrics;
        this.axis = axis;
        this.portsPerInstance = portsPerInstance;
    }

    /** The ports of the busiest instance with their limit, then those of all instances together. */
    MetricsPage ports(ImmutableList<Limit> limitsKnown, ImmutableList<Mark> marks) {
        if (metrics.portUse().isEmpty()) {
            return this;
        }
        page.section("Ports in use over time", () -> {
            PortUse busiest = metrics.portUse().get(0);
            boolean isOnly = metrics.portUse().size() == 1;
            ImmutableList<Limit> limits = limits(busiest, limitsKnown);
            String of = busiest.instance() + MetricsText.via(busiest.frontend()) + ", " + busiest.protocol();
            page.chart(new TimeChart(
                    isOnly
                            ? of
                            : "The busiest of "
                                    + Numbers.count(metrics.portUse().size()) + ": " + of,
                    "Ports in use by what they wait for. At most " + Numbers.count(busiest.portsUsedMax()) + " at "
                            + axis.time(busiest.peakTimeNanos()) + ": "
                            + Numbers.count(busiest.atPeak().open())
                            + " open, " + Numbers.count(busiest.atPeak().finHold()) + " in FIN hold, "
                            + Numbers.count(busiest.atPeak().rstHold()) + " in RST hold."
                            + (limits.isEmpty()
                                    ? ""
                                    : " The limit is "
                                            + Numbers.count(limits.get(0).value()) + " at the beginning."),
                    "ports",
                    axis,
                    Course.ofPorts(busiest.overTime()),
                    limits,
                    marks,
                    shades(busiest)));
            if (!isOnly) {
                Course all = Course.ofPorts(metrics.portsOverTime());
                page.chart(new TimeChart(
                        "All instances and protocols together",
                        "Distinct ports in use by what they wait for, at most " + Numbers.count(all.max()) + ".",
                        "ports",
                        axis,
                        all,
                        ImmutableList.of(),
                        marks,
                        ImmutableList.of()));
            }
        });
        return this;
    }

    /**
     * Without a word about it, the limit is only certain where it was reached, or where all ports belong to one frontend and
     * nobody exceeds it.
     */
    private ImmutableList<Limit> limits(PortUse busiest, ImmutableList<Limit> known) {
        if (!known.isEmpty()) {
            return known;
        }
        boolean isOneFrontend =
                metrics.portUse().stream().map(PortUse::frontend).distinct().count() == 1;
        boolean isCertain = busiest.portsUsedMax() == portsPerInstance
                || (isOneFrontend && busiest.portsUsedMax() < portsPerInstance);
        return isCertain ? ImmutableList.of(new Limit(axis.startNanos(), portsPerInstance)) : ImmutableList.of();
    }

    private ImmutableList<Shade> shades(PortUse use) {
        return metrics.episodes().stream()
                .filter(episode -> episode.instance().equals(use.instance())
                        && episode.frontend().equals(use.frontend())
                        && episode.destination().protocol() == use.protocol())
                .map(episode -> new Shade(episode.firstRefusalNanos(), episode.lastRefusalNanos()))
                .limit(100)
                .collect(toImmutableList());
    }

    /** When attempts were refused, and why. */
    MetricsPage refusals(ImmutableList<Mark> marks) {
        if (metrics.refused() == 0) {
            return this;
        }
        page.section("Refusals", () -> {
            Course course = new Course(
                    metrics.refusalsOverTime(),
                    ImmutableList.of(new Course.Layer("refused attempts", 3)),
                    Course.Merge.SUM);
            page.chart(new TimeChart(
                    "Refused attempts over time, all instances",
                    Numbers.count(metrics.refused()) + " attempts were refused, the first at "
                            + axis.time(metrics.firstRefusalNanos().orElse(axis.startNanos())) + ".",
                    "refused",
                    axis,
                    course,
                    ImmutableList.of(),
                    marks,
                    ImmutableList.of()));
            HtmlTable reasons =
                    new HtmlTable("Refused attempts by reason").prose("Reason").number("Attempts");
            metrics.refusedBySentence()
                    .forEach((reason, count) -> reasons.row(SimulationPage.sentence(reason), Numbers.count(count)));
            page.table(reasons);
        });
        return this;
    }

    MetricsPage episodes() {
        if (metrics.episodeCount() == 0) {
            return this;
        }
        page.section("Exhaustion episodes", () -> {
            HtmlTable table = new HtmlTable(
                            "Refusals of one instance at one destination without a long pause between them")
                    .text("First refusal")
                    .number("Lasted")
                    .number("Refused")
                    .text("Instance")
                    .text("Destination");
            for (Episode episode : metrics.episodes()) {
                table.row(
                        axis.time(episode.firstRefusalNanos()),
                        Numbers.duration(episode.lastRefusalNanos() - episode.firstRefusalNanos()),
                        Numbers.count(episode.refused()),
                        episode.instance() + MetricsText.via(episode.frontend()),
                        episode.destination().toString());
            }
            table.write(page.markup(), metrics.episodeCount());
        });
        return this;
    }

    MetricsPage busiest() {
        if (metrics.busiest().isEmpty()) {
            return this;
        }
        page.section("Busiest destinations", () -> {
            HtmlTable table = new HtmlTable(
                            "The most ports that one instance had taken for one destination at one time")
                    .text("Destination")
                    .text("Instance")
                    .number("Ports at once")
                    .number("Opened")
                    .number("Refused")
                    .number("Without a free port");
            ImmutableList.Builder<BarChart.Bar> bars = ImmutableList.builder();
            for (DestinationPeak peak : metrics.busiest()) {
                String instance = peak.instance() + MetricsText.via(peak.frontend());
                bars.add(BarChart.Bar.of(instance + " -> " + peak.destination(), peak.portsUsedMax(), 0));
                Optional<DestinationUse> use = useOf(peak);
                table.row(
                        peak.destination().toString(),
                        instance,
                        Numbers.count(peak.portsUsedMax()),
                        use.map(known -> Numbers.count(known.opened())).orElse("not counted"),
                        use.map(known -> Numbers.count(known.refused())).orElse("not counted"),
                        use.map(known -> Numbers.duration(known.exhaustedNanos()))
                                .orElse("not counted"));
            }
            boolean hasLimit = portsPerInstance > 0 && portsPerInstance <= 5L * metrics.peakPortsAtOneDestination();
            new BarChart(
                            "Most ports taken at once for one destination",
                            "The busiest is " + metrics.busiest().get(0).destination() + " with "
                                    + Numbers.count(metrics.busiest().get(0).portsUsedMax()) + " ports, of "
                                    + Numbers.count(portsPerInstance) + " at the beginning.",
                            bars.build(),
                            hasLimit ? Optional.of((long) portsPerInstance) : Optional.empty())
                    .write(page.markup(), table);
        });
        return this;
    }

    private Optional<DestinationUse> useOf(DestinationPeak peak) {
        return metrics.destinations().stream()
                .filter(use -> use.instance().equals(peak.instance())
                        && use.frontend().equals(peak.frontend())
                        && use.destination().equals(peak.destination()))
                .findFirst();
    }

    MetricsPage instances() {
        if (metrics.portUse().isEmpty()) {
            return this;
        }
        page.section("Instances", () -> {
            HtmlTable table = new HtmlTable(
                            "Ports in use of each instance: by time (not exceeded for 50, 95 and 99 % of it), "
                                    + "the most, and what was left at the end")
                    .text("Instance")
                    .text("Protocol")
                    .number("50 %")
                    .number("95 %")
                    .number("99 %")
                    .number("Most")
                    .text("Reached at")
                    .number("Open at the end")
                    .number("FIN hold")
                    .number("RST hold");
            for (PortUse use : metrics.portUse()) {
                table.row(
                        use.instance() + MetricsText.via(use.frontend()),
                        use.protocol().toString(),
                        Numbers.count(use.percentiles().p50()),
                        Numbers.count(use.percentiles().p95()),
                        Numbers.count(use.percentiles().p99()),
                        Numbers.count(use.portsUsedMax()),
                        axis.time(use.peakTimeNanos()),
                        Numbers.count(use.atEnd().open()),
                        Numbers.count(use.atEnd().finHold()),
                        Numbers.count(use.atEnd().rstHold()));
            }
            page.table(table);
        });
        return this;
    }
}
