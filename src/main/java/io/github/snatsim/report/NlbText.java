package io.github.snatsim.report;

import io.github.snatsim.aws.MetricPeriod;
import io.github.snatsim.aws.NlbMetric;
import io.github.snatsim.sim.NlbResult;
import java.util.Locale;

/** What a Network Load Balancer did, for people. Stateless. */
final class NlbText {
    private static final int ROWS_MAX = 10;

    private NlbText() {}

    static void write(MetricsText text, NlbResult nlb) {
        text.line("")
                .line("Metrics by " + Numbers.duration(nlb.metrics().period().toNanos())
                        + ": total, and the most in one period");
        for (NlbMetric metric : NlbMetric.values()) {
            boolean isLevel = metric == NlbMetric.ACTIVE_FLOW_COUNT || metric == NlbMetric.ACTIVE_FLOW_COUNT_TCP;
            text.line(String.format(
                    Locale.ROOT,
                    "  %-22s %12s %12s",
                    metric.metricName(),
                    isLevel ? "" : Numbers.count(nlb.metrics().total(metric)),
                    Numbers.count(most(nlb, metric))));
        }
        text.line("  RSTs to clients " + Numbers.count(nlb.metrics().resetsToClients()) + ", to targets "
                + Numbers.count(nlb.metrics().resetsToTargets()) + "; at most "
                + Numbers.count(nlb.metrics().halfOpenFlowsMax()) + " handshakes at once");
        text.line("  " + Numbers.count(nlb.connections()) + " connections took " + Numbers.count(nlb.roundTrips())
                + " round trips and " + Numbers.count(nlb.bytes()) + " bytes to open");
        nlb.alarmChanges().stream()
                .limit(ROWS_MAX)
                .forEach(change -> text.line("  alarm at " + Numbers.duration(change.timeNanos()) + ": "
                        + change.before() + " -> " + change.after()));
        text.more(nlb.alarmChanges().size());
        nlb.findings().forEach(finding -> text.line("  note: " + Numbers.printable(finding)));
    }

    private static long most(NlbResult nlb, NlbMetric metric) {
        return nlb.metrics().periods().stream()
                .mapToLong((MetricPeriod period) -> metric.valueIn(period))
                .max()
                .orElse(0);
    }
}
