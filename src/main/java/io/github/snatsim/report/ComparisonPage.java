package io.github.snatsim.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.plan.Comparison;
import io.github.snatsim.sim.Estimate;
import java.util.Optional;

/** Mitigations side by side as a page. Stateless. */
final class ComparisonPage {
    private static final Comparison.Cost NOTHING = new Comparison.Cost(0, 0, 0);

    private ComparisonPage() {}

    static String of(ComparisonReport report, PageOrigin origin) {
        Comparison comparison = report.comparison();
        HtmlPage page = new HtmlPage(
                "Comparison of mitigations for " + report.name(),
                SimulationPage.sentence(report.headline()),
                report.runs() + ".");
        page.section("Refused attempts of a run", () -> refused(page, comparison.ranked()));
        page.section("Why, and what it takes", () -> reasons(page, comparison.ranked()));
        unavailable(page, comparison.unavailable());
        int last = comparison.replications() - 1;
        return page.end(
                origin,
                "The scenario below with seed " + comparison.firstSeed()
                        + (last == 0 ? "" : " to " + (comparison.firstSeed() + last))
                        + " gives the same bytes on every machine, with this command:");
    }

    private static void refused(HtmlPage page, ImmutableList<Comparison.Row> rows) {
        HtmlTable table = new HtmlTable(
                        "Mitigations by refused attempts of a run, fewest first: mean, and 95 % interval")
                .number("Rank")
                .name("Mitigation")
                .number("Refused")
                .number("From")
                .number("To")
                .number("Fewer than as it stands")
                .number("Share refused")
                .number("Requests given up");
        for (Comparison.Row row : rows) {
            table.row(
                    Integer.toString(row.rank()),
                    row.title(),
                    Numbers.decimal(row.refused().mean(), 1),
                    end(row.refused(), row.refused().low()),
                    end(row.refused(), row.refused().high()),
                    row.effect() == Comparison.Effect.BASELINE ? "-" : ComparisonReport.less(row),
                    ComparisonReport.share(row.refusedShare()),
                    Numbers.decimal(row.gaveUp().mean(), 1));
        }
        Comparison.Row best = rows.get(0);
        new BarChart(
                        "Refused attempts, fewest first",
                        "The best is " + best.title() + " with "
                                + Numbers.decimal(best.refused().mean(), 1)
                                + " refused attempts of a run. Intervals are of 95 %.",
                        rows.stream().map(ComparisonPage::bar).collect(toImmutableList()),
                        Optional.empty())
                .write(page.markup(), table);
    }

    private static BarChart.Bar bar(Comparison.Row row) {
        Estimate refused = row.refused();
        return new BarChart.Bar(
                row.rank() + ". " + row.title(),
                refused.mean(),
                ComparisonReport.interval(refused),
                refused.low(),
                refused.high(),
                row.effect() == Comparison.Effect.BASELINE ? 3 : 0);
    }

    private static String end(Estimate estimate, double end) {
        return estimate.n() == 1 ? "-" : Numbers.decimal(end, 1);
    }

    private static void reasons(HtmlPage page, ImmutableList<Comparison.Row> rows) {
        HtmlTable table = new HtmlTable(
                        "Why each helps or does not, the instances, public IPs and destinations that it takes, and the public addresses that a partner must allow")
                .name("Mitigation")
                .prose("Why")
                .name("Takes")
                .name("Addresses to allow");
        rows.forEach(row -> table.row(
                row.title(),
                SimulationPage.sentence(row.reason()),
                row.cost().equals(NOTHING) ? "-" : SimulationPage.sentence(ComparisonReport.cost(row.cost())),
                SimulationPage.sentence(ComparisonReport.sources(row.sources()))));
        page.table(table);
    }

    private static void unavailable(HtmlPage page, ImmutableList<Comparison.Unavailable> unavailable) {
        if (unavailable.isEmpty()) {
            return;
        }
        page.section("Not to be had here", () -> {
            HtmlTable table = new HtmlTable("What this scenario cannot have")
                    .name("Mitigation")
                    .prose("Why");
            unavailable.forEach(none -> table.row(none.title(), SimulationPage.sentence(none.reason())));
            page.table(table);
        });
    }
}
