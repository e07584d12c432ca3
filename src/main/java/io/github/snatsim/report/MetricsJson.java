package io.github.snatsim.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.github.snatsim.metrics.DestinationPeak;
import io.github.snatsim.metrics.PortsByState;
import io.github.snatsim.net.IpAddress;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What the JSON reports share. Stateless. */
final class MetricsJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** Writes a JSON object's content. */
    @FunctionalInterface
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private MetricsJson() {}

    /** Returns one object on one line, without a line end. */
    static String object(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter never fails
        }
        return text.toString();
    }

    static void peak(DestinationPeak peak, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("instance", peak.instance().toString());
        frontend(peak.frontend(), json);
        json.writeStringField("protocol", peak.destination().protocol().toString());
        json.writeStringField("destination", peak.destination().endpoint().toString());
        json.writeNumberField("portsUsedMax", peak.portsUsedMax());
        json.writeEndObject();
    }

    /** Writes the frontend where it has a name. */
    static void frontend(Optional<IpAddress> frontend, JsonGenerator json) throws IOException {
        if (frontend.isPresent()) {
            json.writeStringField("frontend", frontend.get().toString());
        }
    }

    static void states(PortsByState ports, JsonGenerator json) throws IOException {
        json.writeNumberField("open", ports.open());
        json.writeNumberField("finHold", ports.finHold());
        json.writeNumberField("rstHold", ports.rstHold());
    }
}
