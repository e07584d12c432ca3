package io.github.snatsim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.snatsim.sim.InstancePorts;
import java.io.IOException;

/** What an instance of a plain scenario has to open flows with, for machines: one JSON object on one line. Stateless. */
public final class InstanceJson {
    private InstanceJson() {}

    /**
     * Returns the explanation of one instance.
     *
     * @param ports what it has
     * @return one line without a line end
     */
    public static String line(InstancePorts ports) {
        return MetricsJson.object(json -> {
            json.writeStringField("address", ports.instance().toString());
            json.writeNumberField("poolSize", ports.poolSize());
            if (ports.tier().isPresent()) {
                write(ports.tier().get(), json);
            }
            json.writeNumberField("portsPerDestination", ports.needsPorts() ? ports.portsOwned() : 0);
            json.writeNumberField("portsOwned", ports.portsOwned());
            json.writeStringField("ports", ports.portRanges());
            json.writeNumberField("portsUsedTcp", ports.portsUsedTcp());
            json.writeNumberField("portsUsedUdp", ports.portsUsedUdp());
            json.writeNumberField("portsRedeploying", ports.portsRedeploying());
            rate("perSecondByFin", ports, ports.finHoldNanos(), json);
            rate("perSecondByRst", ports, ports.rstHoldNanos(), json);
            json.writeBooleanField("needsPorts", ports.needsPorts());
        });
    }

    private static void write(InstancePorts.Tier tier, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("tier");
        json.writeNumberField("poolSizeMin", tier.poolSizeMin());
        json.writeNumberField("poolSizeMax", tier.poolSizeMax());
        json.writeNumberField("portsPerInstance", tier.portsPerInstance());
        json.writeEndObject();
    }

    /** Leaves the field out where there is no hold to limit the rate. */
    private static void rate(String field, InstancePorts ports, long holdNanos, JsonGenerator json) throws IOException {
        if (holdNanos > 0) {
            json.writeNumberField(field, Numbers.exact(ports.perSecond(holdNanos)));
        }
    }
}
