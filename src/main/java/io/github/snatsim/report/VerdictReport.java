package io.github.snatsim.report;

import io.github.snatsim.net.Destination;
import io.github.snatsim.plan.Caveat;
import io.github.snatsim.plan.ScenarioVerdict;
import io.github.snatsim.plan.SnatVerdict;

/**
 * Whether ports explain failures, for people and for machines (rule M4). Immutable; threads may share it.
 *
 * @param name what the user calls the scenario
 * @param result the verdict
 */
public record VerdictReport(String name, ScenarioVerdict result) {
    private static final int LABEL_WIDTH = 14;

    /**
     * Returns the verdict and its arithmetic as text of several lines.
     *
     * @return text that ends with a line end
     */
    public String text() {
        SnatVerdict.Arithmetic numbers = result.verdict().arithmetic();
        StringBuilder text = new StringBuilder(
                Numbers.printable(name) + ": " + result.verdict().sentence() + "\n\n");
        row(text, "Destination", destinations());
        row(text, "Ports", Numbers.count(numbers.ports()) + (result.simulated() ? ", in runs" : ", by arithmetic"));
        row(
                text,
                "Ports taken",
                numbers.portsTakenMax().isPresent()
                        ? "at most " + Numbers.count(numbers.portsTakenMax().getAsLong())
                        : "not bounded");
        if (Double.isFinite(numbers.erlangs())) {
            row(text, "Load", Numbers.decimal(numbers.erlangs(), 1) + " erlangs: rate x (lifetime + hold)");
        }
        row(
                text,
                "Expected",
                Numbers.share(numbers.refusedShareExpected()) + " of " + Numbers.count(numbers.attempts())
                        + " attempts refused: " + Numbers.decimal(numbers.refusedExpected(), 1));
        row(text, "Observed", Numbers.count(numbers.failed()) + " failed");
        row(
                text,
                "Explained",
                Numbers.decimal(numbers.refusedByFailed(), 3)
                        + " expected refusals for each failure; 0.001 acquits, 0.5 to 2 convicts");
        for (Caveat caveat : result.demand().caveats()) {
            row(text, "Note", caveat.sentence());
        }
        return text.toString();
    }

    private String destinations() {
        return result.demand().destinations().stream()
                        .limit(1)
                        .map(Destination::toString)
                        .findFirst()
                        .orElseThrow()
                + (result.demand().destinations().size() > 1
                        ? " and " + Numbers.count(result.demand().destinations().size() - 1) + " more"
                        : "");
    }

    private static void row(StringBuilder text, String label, String value) {
        text.append(label)
                .append(" ".repeat(LABEL_WIDTH - label.length()))
                .append(value)
                .append('\n');
    }

    /**
     * Returns the report as a JSON object.
     *
     * @return one line without a line end
     */
    public String json() {
        SnatVerdict.Arithmetic numbers = result.verdict().arithmetic();
        return MetricsJson.object(json -> {
            json.writeStringField("scenario", name);
            json.writeStringField("verdict", result.verdict().getClass().getSimpleName());
            json.writeStringField("reason", result.verdict().reason().name());
            json.writeStringField("sentence", result.verdict().sentence());
            json.writeBooleanField("simulated", result.simulated());
            json.writeNumberField("ports", numbers.ports());
            if (numbers.portsTakenMax().isPresent()) {
                json.writeNumberField("portsTakenMax", numbers.portsTakenMax().getAsLong());
            } else {
                json.writeNullField("portsTakenMax");
            }
            json.writeNumberField("refusedShareExpected", Numbers.exact(numbers.refusedShareExpected()));
            json.writeNumberField("refusedExpected", Numbers.exact(numbers.refusedExpected()));
            json.writeNumberField("failed", numbers.failed());
            json.writeNumberField("attempts", numbers.attempts());
            json.writeNumberField("refusedByFailed", Numbers.exact(numbers.refusedByFailed()));
            json.writeArrayFieldStart("caveats");
            for (Caveat caveat : result.demand().caveats()) {
                json.writeString(caveat.name());
            }
            json.writeEndArray();
        });
    }
}
