package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.sim.ReplayResult;

/** A replay as a page. Stateless. */
final class ReplayPage {
    private ReplayPage() {}

    static String of(ReplayReport report, PageOrigin origin) {
        ReplayResult result = report.result();
        MetricsResult metrics = result.metrics();
        MetricsText words = new MetricsText(result.portsPerInstance(), Numbers::instant);
        HtmlPage page = new HtmlPage(
                "Replay of " + report.file() + " (" + report.format() + ")",
                SimulationPage.sentence(words.headline(metrics)),
                lead(metrics));
        page.facts(facts -> {
            facts.add("Instances", Numbers.count(result.instances()));
            facts.add("SNAT ports each, by protocol", Numbers.count(result.portsPerInstance()));
            facts.add("Attempts", Numbers.count(metrics.attempts()));
            facts.add("Opened", Numbers.count(metrics.opened()));
            facts.add(
                    "Refused",
                    Numbers.count(metrics.refused()) + " (" + Numbers.percent(metrics.refused(), metrics.attempts())
                            + ")");
            facts.add("Late packets, dropped", Numbers.count(metrics.latePackets()));
            if (metrics.untranslated() > 0) {
                facts.add("Packets without SNAT", Numbers.count(metrics.untranslated()));
            }
            if (result.events() > 0) {
                facts.add("Recorded from (UTC)", TimeAxis.second(result.startNanos()));
                facts.add("Lasted", Numbers.duration(result.endNanos() - result.startNanos()));
            }
            report.skipped().forEach((reason, count) -> facts.add("Skipped, " + reason, Numbers.count(count)));
            if (report.initiatorsForgotten() > 0) {
                facts.add("Initiators forgotten", Numbers.count(report.initiatorsForgotten()));
            }
        });
        TimeAxis axis = new TimeAxis(result.startNanos(), result.endNanos(), true);
        new MetricsPage(page, metrics, axis, result.portsPerInstance())
                .ports(ImmutableList.of(), ImmutableList.of())
                .refusals(ImmutableList.of())
                .episodes()
                .busiest()
                .instances();
        return page.end(
                origin, "A replay draws nothing by chance: the recording and this command give the same bytes.");
    }

    private static String lead(MetricsResult metrics) {
        if (metrics.firstRefusalNanos().isEmpty()) {
            return "";
        }
        return "The first refusal came at "
                + Numbers.instant(metrics.firstRefusalNanos().getAsLong()) + ". For "
                + Numbers.duration(metrics.exhaustedNanos())
                + " some instance had no free port for some destination.";
    }
}
