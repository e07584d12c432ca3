package io.github.snatsim.trace;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Zeek's separated values. Header lines may come again, as they do when rotated logs are concatenated, and the
 * columns in any order.
 */
final class ZeekTsvReader implements RecordReader {
    private static final ZeekRow.Field[] FIELDS = ZeekRow.Field.values();
    private static final int IGNORED = -1;
    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");

    private final LineReader lines;
    private final ZeekRow row;
    private String separator = "\t";
    private String unset = "-";
    private String empty = "(empty)";
    /** What each column is: the field's ordinal, or {@link #IGNORED}. */
    private int[] columns = {};

    ZeekTsvReader(LineReader lines, SkipCounts skips) {
        this.lines = lines;
        row = new ZeekRow(lines, skips);
    }

    @Override
    public boolean readInto(ReorderBuffer buffer) throws IOException {
        while (lines.next()) {
            if (lines.text().startsWith("#")) {
                readHeader(lines.text());
            } else {
                readColumns(lines.text());
                if (row.addTo(buffer)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void readHeader(String header) {
        if (header.startsWith("#separator ")) {
            separator = unescaped(header.substring("#separator ".length()));
            return;
        }
        List<String> parts = Splitter.on(separator).splitToList(header);
        String value = parts.size() > 1 ? parts.get(1) : "";
        switch (parts.get(0)) {
            case "#unset_field" -> unset = value;
            case "#empty_field" -> empty = value;
            case "#fields" -> columns = columnsOf(parts.subList(1, parts.size()));
            default -> {
                // #path, #open, #types, #close and others do not change what the columns mean
            }
        }
    }

    /** Returns the separator, each escape such as {@code \x09} in it replaced by its character. */
    private String unescaped(String text) {
        if (text.isEmpty()) {
            throw lines.wrong("#separator", "", "a character or its code, such as \\x09");
        }
        return ESCAPE.matcher(text)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
    }

    private int[] columnsOf(List<String> names) {
        int[] fields = new int[names.size()];
        Arrays.fill(fields, IGNORED);
        for (ZeekRow.Field field : ZeekRow.Field.values()) {
            int column = names.indexOf(field.columnName);
            if (column >= 0) {
                fields[column] = field.ordinal();
            } else if (field.isRequired()) {
                throw lines.at("#fields does not name " + field.columnName + ", so this is not a conn.log");
            }
        }
        return fields;
    }

    private void readColumns(String text) {
        if (columns.length == 0) {
            throw lines.at("there is no #fields line before this row: expected one that names its columns");
        }
        row.clear();
        int column = 0;
        int start = 0;
        while (start >= 0) {
            int end = text.indexOf(separator, start);
            if (column < columns.length && columns[column] != IGNORED) {
                String value = text.substring(start, end < 0 ? text.length() : end);
                if (!value.equals(unset) && !value.equals(empty)) {
                    row.set(FIELDS[columns[column]], value);
                }
            }
            column++;
            start = end < 0 ? -1 : end + separator.length();
        }
        if (column != columns.length) {
            throw lines.at("the row has " + column + " columns: expected the " + columns.length + " of #fields");
        }
    }
}
