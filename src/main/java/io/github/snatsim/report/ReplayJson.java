package io.github.snatsim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.snatsim.metrics.DestinationPeak;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.metrics.PortUse;
import java.io.IOException;
import java.util.Map;

/** A replay of one recorded file, for machines: one JSON object on one line. Stateless. */
public final class ReplayJson {
    private ReplayJson() {}

    /**
     * Returns the report as a JSON object.
     *
     * @param report the report
     * @return one line without a line end; times are microseconds since the epoch
     */
    public static String line(ReplayReport report) {
        return MetricsJson.object(json -> write(report, json));
    }

    private static void write(ReplayReport report, JsonGenerator json) throws IOException {
        MetricsResult metrics = report.result().metrics();
        json.writeStringField("file", report.file());
        json.writeStringField("format", report.format());
        json.writeNumberField("events", report.result().events());
        json.writeNumberField("instances", report.result().instances());
        json.writeNumberField("portsPerInstance", report.result().portsPerInstance());
        json.writeNumberField("attempts", metrics.attempts());
        json.writeNumberField("opened", metrics.opened());
        json.writeNumberField("refused", metrics.refused());
        json.writeNumberField("latePackets", metrics.latePackets());
        json.writeNumberField("untranslatedPackets", metrics.untranslated());
        json.writeObjectFieldStart("skipped");
        for (Map.Entry<String, Long> reason : report.skipped().entrySet()) {
            json.writeNumberField(reason.getKey(), reason.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("initiatorsForgotten", report.initiatorsForgotten());
        json.writeNumberField("peakPortsAtOneDestination", metrics.peakPortsAtOneDestination());
        if (metrics.busiest().isEmpty()) {
            json.writeNullField("busiest");
        } else {
            json.writeFieldName("busiest");
            MetricsJson.peak(metrics.busiest().get(0), json);
        }
        json.writeArrayFieldStart("busiestDestinations");
        for (DestinationPeak peak : metrics.busiest()) {
            MetricsJson.peak(peak, json);
        }
        json.writeEndArray();
        if (metrics.firstRefusalNanos().isEmpty()) {
            json.writeNullField("firstRefusalMicros");
        } else {
            json.writeNumberField(
                    "firstRefusalMicros",
                    Numbers.micros(metrics.firstRefusalNanos().getAsLong()));
        }
        json.writeNumberField("episodes", metrics.episodeCount());
        json.writeArrayFieldStart("peakPorts");
        for (PortUse use : metrics.portUse()) {
            writeUse(use, json);
        }
        json.writeEndArray();
    }

    private static void writeUse(PortUse use, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("instance", use.instance().toString());
        json.writeStringField("protocol", use.protocol().toString());
        json.writeNumberField("portsUsedMax", use.portsUsedMax());
        json.writeNumberField("peakMicros", Numbers.micros(use.peakTimeNanos()));
        MetricsJson.states(use.atPeak(), json);
        json.writeEndObject();
    }
}
