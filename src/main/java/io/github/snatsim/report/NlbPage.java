package io.github.snatsim.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.MetricPeriod;
import io.github.snatsim.aws.NlbMetric;
import io.github.snatsim.metrics.CountsOverTime;
import io.github.snatsim.plan.NlbAdvice;
import io.github.snatsim.report.TimeChart.Limit;
import io.github.snatsim.sim.NlbResult;
import java.util.Optional;

/** What a Network Load Balancer did, as a part of a page, and advice on it as a page. Stateless. */
final class NlbPage {
    private NlbPage() {}

    static void balancer(HtmlPage page, NlbResult nlb, long endNanos, int places) {
        page.section("Flows over time", () -> {
            TimeAxis axis = new TimeAxis(0, endNanos, false);
            Course active = course(nlb, NlbMetric.ACTIVE_FLOW_COUNT, "flows", 0, Course.Merge.HIGHEST);
            page.chart(new TimeChart(
                    "Active flows, the most in each period",
                    "At most " + Numbers.count(active.max()) + " of " + Numbers.count(places) + " places were taken.",
                    "flows",
                    axis,
                    active,
                    ImmutableList.of(new Limit(0, places)),
                    ImmutableList.of(),
                    ImmutableList.of()));
            if (nlb.metrics().total(NlbMetric.REJECTED_FLOW_COUNT) > 0) {
                page.chart(new TimeChart(
                        "Rejected flows",
                        Numbers.count(nlb.metrics().total(NlbMetric.REJECTED_FLOW_COUNT)) + " flows met a full table.",
                        "rejected",
                        axis,
                        course(nlb, NlbMetric.REJECTED_FLOW_COUNT, "rejected flows", 3, Course.Merge.SUM)));
            }
        });
        page.section("Load balancer", () -> metrics(page, nlb));
    }

    private static Course course(NlbResult nlb, NlbMetric metric, String name, int style, Course.Merge merge) {
        return new Course(
                new CountsOverTime(
                        0,
                        nlb.metrics().period().toNanos(),
                        nlb.metrics().periods().stream()
                                .map(period -> ImmutableList.of(metric.valueIn(period)))
                                .collect(toImmutableList())),
                ImmutableList.of(new Course.Layer(name, style)),
                merge);
    }

    private static void metrics(HtmlPage page, NlbResult nlb) {
        HtmlTable table = new HtmlTable(
                        "Metrics by " + Numbers.duration(nlb.metrics().period().toNanos()))
                .text("Metric")
                .number("Total")
                .number("Most in one period");
        for (NlbMetric metric : NlbMetric.values()) {
            boolean isLevel = metric == NlbMetric.ACTIVE_FLOW_COUNT || metric == NlbMetric.ACTIVE_FLOW_COUNT_TCP;
            table.row(
                    metric.metricName(),
                    isLevel ? "-" : Numbers.count(nlb.metrics().total(metric)),
                    Numbers.count(nlb.metrics().periods().stream()
                            .mapToLong((MetricPeriod period) -> metric.valueIn(period))
                            .max()
                            .orElse(0)));
        }
        page.table(table);
        page.table(new HtmlTable("Packets and connections")
                .text("What")
                .number("Count")
                .row("RSTs to clients", Numbers.count(nlb.metrics().resetsToClients()))
                .row("RSTs to targets", Numbers.count(nlb.metrics().resetsToTargets()))
                .row("Most handshakes at once", Numbers.count(nlb.metrics().halfOpenFlowsMax()))
                .row("Connections opened", Numbers.count(nlb.connections()))
                .row("Round trips to open them", Numbers.count(nlb.roundTrips()))
                .row("Bytes to open them", Numbers.count(nlb.bytes())));
        if (!nlb.alarmChanges().isEmpty()) {
            HtmlTable alarm =
                    new HtmlTable("The alarm").text("At").text("Before").text("After");
            nlb.alarmChanges()
                    .forEach(change -> alarm.row(
                            Numbers.duration(change.timeNanos()),
                            change.before().toString(),
                            change.after().toString()));
            page.table(alarm);
        }
        nlb.findings().forEach(finding -> page.paragraph(SimulationPage.sentence(finding) + "."));
    }

    static String advice(NlbAdvice advice, String name, PageOrigin origin) {
        HtmlPage page = new HtmlPage(
                "Advice on the idle time-out of " + name,
                SimulationPage.sentence(advice.decision()),
                "Listeners: " + String.join(", ", advice.listenerArns()));
        page.section("What was tried", () -> options(page, advice.options()));
        advice.rejections().ifPresent(rejections -> page.section("Rejected flows", () -> rejections(page, rejections)));
        page.section("How full the table is", () -> occupancy(page, advice.occupancy()));
        return page.end(
                origin,
                "Some forty runs of the scenario below with its seed. They give the same bytes on every machine, with this command:");
    }

    private static void options(HtmlPage page, ImmutableList<NlbAdvice.Option> options) {
        HtmlTable table = new HtmlTable("What each option meant in a run")
                .prose("Option")
                .text("Helps")
                .number("RSTs to clients")
                .number("Rejected")
                .number("Connections")
                .number("Round trips")
                .number("Bytes")
                .number("Most flows");
        options.forEach(option -> table.row(
                NlbAdviceText.name(option),
                option.kind() == NlbAdvice.Kind.AS_IS ? "-" : option.possible() ? "yes" : "no",
                Numbers.count(option.resetsToClients()),
                Numbers.count(option.rejectedFlows()),
                Numbers.count(option.connections()),
                Numbers.count(option.roundTrips()),
                Numbers.count(option.bytes()),
                Numbers.count(option.activeFlowsMax())));
        new BarChart(
                        "RSTs that clients met",
                        "One bar for each option, the scenario as it stands first.",
                        options.stream()
                                .map(option -> BarChart.Bar.of(
                                        NlbAdviceText.name(option) + (option.possible() ? "" : " (no help)"),
                                        option.resetsToClients(),
                                        3))
                                .collect(toImmutableList()),
                        Optional.empty())
                .write(page.markup(), table);
    }

    private static void rejections(HtmlPage page, NlbAdvice.Rejections rejections) {
        page.paragraph(SimulationPage.sentence(NlbAdviceText.sentence(rejections)) + ".");
    }

    private static void occupancy(HtmlPage page, ImmutableList<NlbAdvice.Occupancy> occupancies) {
        HtmlTable table = new HtmlTable("Flows at several time-outs, by Little's law and in a run")
                .number("Time-out")
                .number("By Little, on average")
                .number("Simulated, on average")
                .number("Simulated, at most")
                .number("Rejected");
        occupancies.forEach(occupancy -> table.row(
                occupancy.timeout().toSeconds() + " s",
                Numbers.decimal(occupancy.predictedFlows(), 1),
                Numbers.decimal(occupancy.simulatedFlows(), 1),
                Numbers.count(occupancy.simulatedFlowsMax()),
                Numbers.count(occupancy.rejectedFlows())));
        new BarChart(
                        "Flows at one time, on average in a run",
                        "One bar for each time-out, the shortest first.",
                        occupancies.stream()
                                .map(occupancy -> new BarChart.Bar(
                                        "time-out " + occupancy.timeout().toSeconds() + " s",
                                        occupancy.simulatedFlows(),
                                        Numbers.decimal(occupancy.simulatedFlows(), 1),
                                        occupancy.simulatedFlows(),
                                        occupancy.simulatedFlows(),
                                        0))
                                .collect(toImmutableList()),
                        Optional.empty())
                .write(page.markup(), table);
    }
}
