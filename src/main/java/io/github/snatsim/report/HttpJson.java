package io.github.snatsim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.GatewayLogRecord;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.sim.HttpResult;
import java.io.IOException;

/** What an API Management service did, for machines: its part of the result, and its log. Stateless. */
final class HttpJson {
    private static final int ROWS_MAX = 100;

    private HttpJson() {}

    static void write(HttpResult http, boolean portsShared, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("http");
        json.writeNumberField("calls", http.calls());
        json.writeObjectFieldStart("outcomes");
        for (HttpOutcome outcome : HttpOutcome.values()) {
            json.writeNumberField(outcome.name(), http.count(outcome));
        }
        json.writeEndObject();
        json.writeNumberField("unitsAtEnd", http.unitsAtEnd());
        json.writeBooleanField("portsShared", portsShared);
        json.writeNumberField("exhaustedWithoutScaleOutSeconds", Numbers.seconds(http.exhaustedWithoutScaleOutNanos()));
        json.writeArrayFieldStart("units");
        for (HttpResult.Unit unit : http.units().stream().limit(ROWS_MAX).toList()) {
            json.writeStartObject();
            json.writeStringField("address", unit.address().toString());
            json.writeNumberField("calls", unit.calls());
            json.writeNumberField("fromCache", unit.fromCache());
            json.writeNumberField("forwarded", unit.forwarded());
            json.writeNumberField("failures", unit.failures());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("unitChanges");
        for (HttpResult.UnitChange change : http.unitChanges()) {
            json.writeStartObject();
            json.writeNumberField("seconds", Numbers.seconds(change.timeNanos()));
            json.writeNumberField("units", change.units());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("failuresLogged", http.failuresLogged());
        json.writeArrayFieldStart("failures");
        for (GatewayLogRecord failure : http.failures().stream().limit(ROWS_MAX).toList()) {
            json.writeStartObject();
            record(failure, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (String finding : http.findings()) {
            json.writeString(finding);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The log: one record on each line. */
    static String log(ImmutableList<GatewayLogRecord> failures) {
        StringBuilder text = new StringBuilder();
        failures.forEach(failure ->
                text.append(MetricsJson.object(json -> record(failure, json))).append('\n'));
        return text.toString();
    }

    /** Virtual time 0 is the epoch, so that the record's time is one. */
    private static void record(GatewayLogRecord failure, JsonGenerator json) throws IOException {
        json.writeStringField("time", Numbers.instant(failure.timeNanos()));
        json.writeStringField("category", GatewayLogRecord.CATEGORY);
        json.writeStringField("operationName", GatewayLogRecord.OPERATION);
        json.writeBooleanField("isRequestSuccess", false);
        json.writeObjectFieldStart("properties");
        json.writeNumberField("responseCode", failure.responseCode());
        json.writeStringField("cache", "miss");
        json.writeStringField("backendUrl", "https://" + failure.backend().endpoint() + "/");
        json.writeStringField("apimSubscriptionId", failure.client());
        json.writeObjectFieldStart("lastError");
        json.writeNumberField("elapsed", failure.elapsedNanos() / 1_000_000);
        json.writeStringField("source", "forward-request");
        json.writeStringField("section", "backend");
        json.writeStringField("reason", GatewayLogRecord.REASON);
        json.writeStringField("message", failure.message());
        json.writeEndObject();
        json.writeEndObject();
    }
}
