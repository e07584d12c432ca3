package io.github.snatsim.report;

import io.github.snatsim.plan.NlbAdvice;
import java.util.Locale;

/** Advice on a load balancer's idle time-out, for people. Stateless. */
public final class NlbAdviceText {
    private NlbAdviceText() {}

    /**
     * Returns the advice as text.
     *
     * @param advice the advice
     * @return text of several lines that ends with a line end
     */
    public static String of(NlbAdvice advice) {
        StringBuilder text = new StringBuilder(Numbers.printable(String.join(", ", advice.listenerArns())) + ": "
                + Numbers.printable(advice.decision()) + "\n\n");
        text.append(String.format(
                Locale.ROOT,
                "%-24s %14s %14s %14s %14s %16s %14s%n",
                "Option",
                "RSTs",
                "Rejected",
                "Connections",
                "Round trips",
                "Bytes",
                "Most flows"));
        advice.options()
                .forEach(option -> text.append(String.format(
                        Locale.ROOT,
                        "%-24s %,14d %,14d %,14d %,14d %,16d %,14d%n",
                        name(option) + (option.possible() ? "" : " (no help)"),
                        option.resetsToClients(),
                        option.rejectedFlows(),
                        option.connections(),
                        option.roundTrips(),
                        option.bytes(),
                        option.activeFlowsMax())));
        advice.rejections()
                .ifPresent(rejections ->
                        text.append('\n').append(sentence(rejections)).append('\n'));
        text.append(String.format(
                Locale.ROOT,
                "%n%-12s %16s %16s %12s %12s%n",
                "Time-out",
                "Flows, by Little",
                "Flows, simulated",
                "Most flows",
                "Rejected"));
        advice.occupancy()
                .forEach(occupancy -> text.append(String.format(
                        Locale.ROOT,
                        "%-12s %16s %16s %,12d %,12d%n",
                        occupancy.timeout().toSeconds() + " s",
                        Numbers.decimal(occupancy.predictedFlows(), 1),
                        Numbers.decimal(occupancy.simulatedFlows(), 1),
                        occupancy.simulatedFlowsMax(),
                        occupancy.rejectedFlows())));
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /**
     * Returns the advice as a page: one file, HTML and well-formed XML at once, that needs nothing else.
     *
     * @param advice the advice
     * @param name what the user calls the scenario
     * @param origin what made it
     * @return the page
     */
    public static String html(NlbAdvice advice, String name, PageOrigin origin) {
        return NlbPage.advice(advice, name, origin);
    }

    /** How to have no flow rejected, without a full stop. */
    static String sentence(NlbAdvice.Rejections rejections) {
        return Numbers.count(rejections.rejectedFlows()) + " flows were rejected: by Little's law "
                + rejections
                        .computed()
                        .map(value -> "a time-out of " + value.toSeconds() + " s would avoid it")
                        .orElse("no time-out would avoid it")
                + "; in runs "
                + rejections
                        .confirmed()
                        .map(value -> "the longest that rejects none is " + value.toSeconds() + " s")
                        .orElse("each that is allowed rejects some");
    }

    static String name(NlbAdvice.Option option) {
        return switch (option.kind()) {
            case AS_IS -> "as it is, " + option.value().toSeconds() + " s";
            case KEEPALIVE -> "keepalive " + option.value().toSeconds() + " s";
            case TIMEOUT -> "time-out " + option.value().toSeconds() + " s";
        };
    }
}
