package io.github.snatsim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.plan.Comparison;
import io.github.snatsim.plan.ScenarioMitigation;
import io.github.snatsim.sim.Estimate;
import java.io.IOException;

/** Mitigations side by side, for machines. Stateless. */
public final class ComparisonJson {
    private ComparisonJson() {}

    /**
     * Returns the report as a JSON object.
     *
     * @param report the report
     * @return one line without a line end
     */
    public static String line(ComparisonReport report) {
        return MetricsJson.object(json -> write(report, json));
    }

    private static void write(ComparisonReport report, JsonGenerator json) throws IOException {
        Comparison comparison = report.comparison();
        json.writeStringField("scenario", report.name());
        json.writeNumberField("replications", comparison.replications());
        json.writeNumberField("firstSeed", comparison.firstSeed());
        json.writeArrayFieldStart("ranked");
        for (Comparison.Row row : comparison.ranked()) {
            json.writeStartObject();
            json.writeNumberField("rank", row.rank());
            json.writeStringField("title", row.title());
            kinds(row.mitigations(), json);
            json.writeStringField("effect", row.effect().name());
            json.writeStringField("reason", row.reason());
            estimate("refused", row.refused(), json);
            estimate("refusedLess", row.refusedLess(), json);
            estimate("refusedShare", row.refusedShare(), json);
            estimate("attempts", row.attempts(), json);
            estimate("requests", row.requests(), json);
            estimate("gaveUp", row.gaveUp(), json);
            json.writeObjectFieldStart("cost");
            json.writeNumberField("instances", row.cost().instances());
            json.writeNumberField("publicIps", row.cost().publicIps());
            json.writeNumberField("destinations", row.cost().destinations());
            json.writeEndObject();
            json.writeObjectFieldStart("publicSources");
            json.writeNumberField("count", row.sources().count());
            json.writeStringField("what", row.sources().what());
            json.writeArrayFieldStart("known");
            for (IpAddress address : row.sources().known()) {
                json.writeString(address.toString());
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("unavailable");
        for (Comparison.Unavailable none : comparison.unavailable()) {
            json.writeStartObject();
            json.writeStringField("title", none.title());
            kinds(none.mitigations(), json);
            json.writeStringField("reason", none.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void kinds(Iterable<ScenarioMitigation> mitigations, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("mitigations");
        for (ScenarioMitigation mitigation : mitigations) {
            json.writeString(mitigation.kind().toString());
        }
        json.writeEndArray();
    }

    /** One run has no interval. */
    private static void estimate(String name, Estimate estimate, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("mean", Numbers.exact(estimate.mean()));
        if (estimate.n() > 1) {
            json.writeNumberField("low", Numbers.exact(estimate.low()));
            json.writeNumberField("high", Numbers.exact(estimate.high()));
        }
        json.writeEndObject();
    }
}
