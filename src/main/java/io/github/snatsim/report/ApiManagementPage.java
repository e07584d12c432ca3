package io.github.snatsim.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.sim.HttpResult;
import java.util.Arrays;

/** What an API Management service did, as parts of a page. Stateless. */
final class ApiManagementPage {
    private ApiManagementPage() {}

    static void calls(HtmlPage page, HttpResult http, TimeAxis axis) {
        page.section("Calls to the service", () -> {
            Course course = new Course(
                            http.overTime(),
                            Arrays.stream(HttpOutcome.values())
                                    .map(outcome -> new Course.Layer(outcome.toString(), style(outcome)))
                                    .collect(toImmutableList()),
                            Course.Merge.SUM)
                    .withoutAbsentKinds();
            page.chart(new TimeChart(
                    "Calls by how they ended for the client",
                    Numbers.count(http.calls()) + " calls ended, "
                            + Numbers.count(http.count(HttpOutcome.BACKEND_CONNECTION_FAILURE))
                            + " of them failed for want of a port.",
                    "calls",
                    axis,
                    course));
            HtmlTable table = new HtmlTable("Calls by how they ended")
                    .text("Outcome")
                    .number("Calls")
                    .number("Share");
            for (HttpOutcome outcome : HttpOutcome.values()) {
                if (http.count(outcome) > 0) {
                    table.row(
                            outcome.toString(),
                            Numbers.count(http.count(outcome)),
                            Numbers.percent(http.count(outcome), http.calls()));
                }
            }
            page.table(table);
            page.note("Without a free port and without a scale-out: "
                    + Numbers.duration(http.exhaustedWithoutScaleOutNanos()) + ".");
            http.findings().forEach(finding -> page.paragraph(SimulationPage.sentence(finding) + "."));
        });
    }

    private static int style(HttpOutcome outcome) {
        return switch (outcome) {
            case OK -> 0;
            case TOO_MANY_REQUESTS -> 2;
            case BACKEND_CONNECTION_FAILURE -> 3;
            case BACKEND_ERROR -> 4;
            case CLIENT_TIMEOUT -> 5;
        };
    }

    static void units(HtmlPage page, HttpResult http) {
        page.section("Units", () -> {
            HtmlTable units = new HtmlTable("Every unit that there ever was; " + Numbers.count(http.unitsAtEnd())
                            + " take turns at the end")
                    .text("Unit")
                    .number("Calls")
                    .number("From the cache")
                    .number("Forwarded")
                    .number("Without a port");
            for (HttpResult.Unit unit : http.units()) {
                units.row(
                        unit.address().toString(),
                        Numbers.count(unit.calls()),
                        Numbers.count(unit.fromCache()),
                        Numbers.count(unit.forwarded()),
                        Numbers.count(unit.failures()));
            }
            page.table(units);
            unitChanges(page, http.unitChanges());
        });
    }

    private static void unitChanges(HtmlPage page, ImmutableList<HttpResult.UnitChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        HtmlTable table = new HtmlTable("Changes of their number").text("At").number("Units from then on");
        changes.forEach(change -> table.row(Numbers.duration(change.timeNanos()), Numbers.count(change.units())));
        page.table(table);
    }
}
