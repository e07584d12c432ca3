package io.github.snatsim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.azure.MethodMatrix;
import io.github.snatsim.azure.Mitigation;
import io.github.snatsim.azure.Outbound;
import java.io.IOException;
import java.util.List;

/** How instances of a deployment reach the internet, for machines: one JSON object on one line. Stateless. */
public final class OutboundJson {
    private OutboundJson() {}

    /**
     * Returns the matrix of instances and outbound methods (rule S4).
     *
     * @return one line without a line end
     */
    public static String matrix() {
        return MetricsJson.object(json -> {
            json.writeArrayFieldStart("methods");
            for (MethodMatrix.Row row : MethodMatrix.rows()) {
                json.writeStartObject();
                json.writeStringField("kind", row.kind().name());
                json.writeNumberField("method", row.method().number());
                json.writeStringField("name", row.method().name());
                json.writeBooleanField("available", row.available());
                strings(
                        "protocols",
                        row.protocols().stream().map(IpProtocol::toString).toList(),
                        json);
                strings(
                        "mitigations",
                        row.mitigations().stream().map(Mitigation::name).toList(),
                        json);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Returns the explanation of one instance.
     *
     * @param outbound how it reaches the internet
     * @return one line without a line end
     */
    public static String line(Outbound outbound) {
        return MetricsJson.object(json -> {
            json.writeStringField("instance", outbound.instance().name());
            json.writeStringField("role", outbound.instance().role());
            json.writeStringField("kind", outbound.instance().kind().name());
            json.writeStringField("address", outbound.instance().address().toString());
            json.writeNumberField("method", outbound.method().number());
            json.writeStringField("name", outbound.method().name());
            json.writeStringField("rule", outbound.method().rule());
            json.writeStringField("reason", outbound.reason());
            if (outbound.publicIp().isPresent()) {
                json.writeStringField("publicIp", outbound.publicIp().get().toString());
            }
            strings(
                    "protocols",
                    outbound.method().protocols().stream()
                            .map(IpProtocol::toString)
                            .toList(),
                    json);
            json.writeNumberField("portsPerDestination", outbound.portsPerDestination());
            json.writeArrayFieldStart("blocks");
            for (Outbound.Block block : outbound.blocks()) {
                write(block, json);
            }
            json.writeEndArray();
            strings("findings", outbound.findings(), json);
        });
    }

    private static void write(Outbound.Block block, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("publicIp", block.publicIp().toString());
        if (block.name().isPresent()) {
            json.writeStringField("endpoint", block.name().get());
        }
        json.writeBooleanField("carries", block.carries());
        json.writeNumberField("poolSize", block.poolSize());
        json.writeNumberField("reportedSize", block.reportedSize());
        json.writeNumberField("portsOwned", block.portsOwned());
        json.writeStringField("ports", block.portRanges());
        json.writeNumberField("portsUsedTcp", block.portsUsedTcp());
        json.writeNumberField("portsUsedUdp", block.portsUsedUdp());
        json.writeEndObject();
    }

    private static void strings(String field, List<String> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
