package io.github.snatsim.report;

import com.google.common.collect.ImmutableSortedMap;
import io.github.snatsim.metrics.MetricsResult;
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

    /**
     * Returns the report as text of several lines.
     *
     * @return text that ends with a line end
     */
    public String text() {
        MetricsResult metrics = result.metrics();
        MetricsText text = new MetricsText(result.portsPerInstance(), Numbers::instant);
        text.line(Numbers.printable(file) + " (" + format + "): " + text.headline(metrics))
                .line("");
        if (result.events() > 0) {
            text.row(
                    "Recorded",
                    Numbers.instant(result.startNanos()) + ", "
                            + Numbers.duration(result.endNanos() - result.startNanos()));
        }
        text.row(
                "Instances",
                Numbers.count(result.instances()) + " with " + Numbers.count(result.portsPerInstance())
                        + " SNAT ports each, per protocol");
        text.attempts(metrics);
        skipped.forEach((reason, count) -> text.row("Skipped", Numbers.count(count) + " " + reason));
        if (initiatorsForgotten > 0) {
            text.row("Forgotten", Numbers.count(initiatorsForgotten) + " initiators, to bound the memory");
        }
        return text.peaks(metrics)
                .busiest(metrics)
                .episodes(metrics)
                .plot(metrics)
                .toString();
    }

    /**
     * Returns the report as a page: one file, HTML and well-formed XML at once, that needs nothing else.
     *
     * @param origin what made it
     * @return the page
     */
    public String html(PageOrigin origin) {
        return ReplayPage.of(this, origin);
    }
}
