package io.github.snatsim.scenario;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Lays out a tree as YAML: a collection stands on one line where it fits, else each of its values on lines of its own. */
final class YamlText {
    private static final int COLUMNS = 100;

    /** YAML reads a longer key only after a question mark. */
    private static final int KEY_LENGTH_MAX = 1_000;

    private static final Pattern BARE = Pattern.compile("(?!(?i:null|true|false)$)[A-Za-z][A-Za-z0-9_.-]*");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    /** Returns the text of a whole file. */
    static String of(Block root) {
        YamlText text = new YamlText();
        text.entries(root, 0);
        return text.out.toString();
    }

    /** Returns any text as a YAML scalar, in quotes where it needs them. */
    static String quote(String text) {
        return BARE.matcher(text).matches() ? text : inQuotes(text);
    }

    /** Returns any text as a scalar in quotes, the same in YAML and JSON. */
    static String inQuotes(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\u%04x", (int) c));
            }
        }
        return quoted.append('"').toString();
    }

    private void entries(Block block, int indent) {
        boolean first = true;
        for (Map.Entry<String, Object> entry : block.entries().entrySet()) {
            if (!first) {
                out.append(" ".repeat(indent));
            }
            first = false;
            String key = quote(entry.getKey());
            if (key.length() > KEY_LENGTH_MAX) {
                out.append("? ")
                        .append(key)
                        .append('\n')
                        .append(" ".repeat(indent))
                        .append(":");
            } else {
                out.append(key).append(':');
            }
            value(entry.getValue(), indent + 2, indent + Math.min(key.length(), KEY_LENGTH_MAX) + 2);
        }
    }

    /** Writes what follows a colon, line break included. */
    private void value(Object value, int indent, int column) {
        String line = line(value);
        if (value instanceof String || column + line.length() <= COLUMNS) {
            out.append(' ').append(line).append('\n');
        } else if (value instanceof Block block) {
            out.append('\n').append(" ".repeat(indent));
            entries(block, indent);
        } else {
            out.append('\n');
            for (Object item : (List<?>) value) {
                item(item, indent);
            }
        }
    }

    private void item(Object item, int indent) {
        out.append(" ".repeat(indent)).append("- ");
        String line = line(item);
        if (item instanceof Block block && indent + line.length() > COLUMNS) {
            entries(block, indent + 2);
        } else {
            out.append(line).append('\n');
        }
    }

    private static String line(Object value) {
        if (value instanceof Block block) {
            return block.entries().entrySet().stream()
                    .map(entry -> quote(entry.getKey()) + ": " + line(entry.getValue()))
                    .collect(joining(", ", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(YamlText::line).collect(joining(", ", "[", "]"));
        }
        return (String) value;
    }
}
