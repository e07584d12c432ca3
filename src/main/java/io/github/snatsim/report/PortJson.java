package io.github.snatsim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.snatsim.sim.PortExplanation;
import io.github.snatsim.sim.PortExplanation.Holder;
import io.github.snatsim.sim.PortExplanation.Instance;
import io.github.snatsim.sim.PortExplanation.OnFrontend;
import io.github.snatsim.sim.PortExplanation.Why;
import java.io.IOException;

/** Why a SNAT port is still held, for machines: one JSON object on one line. Stateless. */
public final class PortJson {
    private PortJson() {}

    /**
     * Returns the explanation of one port.
     *
     * @param explanation whose it is and what holds it
     * @return one line without a line end
     */
    public static String line(PortExplanation explanation) {
        return MetricsJson.object(json -> {
            json.writeNumberField("port", explanation.port());
            json.writeNumberField("seconds", Numbers.seconds(explanation.nowNanos()));
            json.writeArrayFieldStart("frontends");
            for (OnFrontend frontend : explanation.frontends()) {
                write(frontend, json);
            }
            json.writeEndArray();
        });
    }

    private static void write(OnFrontend frontend, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", frontend.kind().name());
        if (frontend.publicIp().isPresent()) {
            json.writeStringField("publicIp", frontend.publicIp().get().toString());
        }
        if (frontend.name().isPresent()) {
            json.writeStringField("name", frontend.name().get());
        }
        json.writeNumberField("poolSize", frontend.poolSize());
        json.writeNumberField("reportedSize", frontend.reportedSize());
        json.writeBooleanField("inRange", frontend.inRange());
        if (frontend.owner().isPresent()) {
            json.writeObjectFieldStart("owner");
            write(frontend.owner().get(), json);
            json.writeEndObject();
        }
        json.writeNumberField("portsOwned", frontend.portsOwned());
        json.writeStringField("ports", frontend.portRanges());
        json.writeStringField("udpSharing", frontend.udpSharing().name());
        json.writeArrayFieldStart("flows");
        for (Holder holder : frontend.holders()) {
            write(holder, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Holder holder, JsonGenerator json) throws IOException {
        json.writeStartObject();
        write(holder.instance(), json);
        json.writeStringField("protocol", holder.flow().protocol().toString());
        json.writeStringField("source", holder.flow().source().toString());
        json.writeStringField("destination", holder.flow().destination().toString());
        json.writeStringField("state", holder.why().name());
        if (holder.why() != Why.NOT_TRANSLATED) {
            json.writeNumberField("since", Numbers.seconds(holder.sinceNanos()));
            json.writeNumberField("until", Numbers.seconds(holder.untilNanos()));
        }
        if (holder.client().isPresent()) {
            json.writeStringField("client", holder.client().get());
            json.writeNumberField("keepalive", Numbers.seconds(holder.keepaliveNanos()));
            json.writeBooleanField("keptAlive", holder.isKeptAlive());
        }
        json.writeEndObject();
    }

    private static void write(Instance instance, JsonGenerator json) throws IOException {
        if (instance.name().isPresent()) {
            json.writeStringField("instance", instance.name().get());
        }
        json.writeStringField("address", instance.address().toString());
    }
}
