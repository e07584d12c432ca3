package io.github.snatsim.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.snatsim.time.Nanos;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads Zeek's JSON, one object per line. A field is called {@code id.orig_h}, or {@code id_orig_h} as some shippers
 * write it, or {@code orig_h} inside an object {@code id}. Times are seconds since the epoch or ISO 8601 text.
 */
final class ZeekJsonReader implements RecordReader {
    private static final String NESTED = "id";

    private final JsonFactory json = new JsonFactory();
    private final LineReader lines;
    private final ZeekRow row;

    ZeekJsonReader(LineReader lines, SkipCounts skips) {
        this.lines = lines;
        row = new ZeekRow(lines, skips);
    }

    @Override
    public boolean readInto(ReorderBuffer buffer) throws IOException {
        while (lines.next()) {
            row.clear();
            readLine();
            if (row.addTo(buffer)) {
                return true;
            }
        }
        return false;
    }

    private void readLine() throws IOException {
        try (JsonParser parser = json.createParser(lines.text())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw lines.at("the line is not a JSON object: expected one such as {\"ts\":1588205199.82437,...}");
            }
            readObject(parser, "");
            if (parser.nextToken() != null) {
                throw lines.at("something follows the JSON object: expected one object per line");
            }
        } catch (JsonProcessingException e) {
            throw lines.at("not one JSON object per line: " + withoutLocation(e.getOriginalMessage()));
        }
    }

    /** Cuts off where in the line, which the parser says in its own way. */
    private static String withoutLocation(String message) {
        int end = message.indexOf(" (start marker");
        return end < 0 ? message : message.substring(0, end);
    }

    private void readObject(JsonParser parser, String prefix) throws IOException {
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT && prefix.isEmpty() && key.equals(NESTED)) {
                readObject(parser, NESTED + ".");
                continue;
            }
            ZeekRow.Field field = fieldOf(prefix + key);
            if (field == null) {
                parser.skipChildren();
            } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
                String text = parser.getText();
                row.set(field, field == ZeekRow.Field.TS ? seconds(text) : text);
            } else if (token != JsonToken.VALUE_NULL) {
                throw lines.wrong(key, parser.getText(), "a number or text");
            }
        }
    }

    private static ZeekRow.@Nullable Field fieldOf(String key) {
        return ZeekRow.Field.BY_NAME.get(
                key.startsWith("id_") ? NESTED + "." + key.substring(NESTED.length() + 1) : key);
    }

    /** Returns a time as seconds since the epoch, turning ISO 8601 into them and leaving all else as it is. */
    private static String seconds(String time) {
        if (time.indexOf('T') < 0) {
            return time;
        }
        try {
            Instant instant = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(time, Instant::from);
            return BigDecimal.valueOf(Nanos.sinceEpoch(instant), 9).toPlainString();
        } catch (DateTimeException | ArithmeticException e) {
            return time;
        }
    }
}
