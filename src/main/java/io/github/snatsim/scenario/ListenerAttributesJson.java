package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.ListenerAttribute;
import io.github.snatsim.scenario.Node.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Listener attributes as the API has them (rule N3): an object whose {@code Attributes} are objects of {@code Key} and
 * {@code Value}, both strings. Stateless.
 */
public final class ListenerAttributesJson {
    private ListenerAttributesJson() {}

    /**
     * Reads attributes.
     *
     * @param text JSON: an object with {@code Attributes}, or the array alone
     * @param name what to call the text in errors
     * @return the attributes, in order; whether a listener can have them is not checked here
     * @throws ScenarioException if the text is anything else; the message is one line with the place
     */
    public static ImmutableList<ListenerAttribute> parse(String text, String name) {
        Node root = NodeReader.read(text, new Source(name, Optional.empty()));
        return root.is(Kind.LIST)
                ? attributes(root)
                : Keys.of(root, List.of("Attributes")).require("Attributes", ListenerAttributesJson::attributes);
    }

    private static ImmutableList<ListenerAttribute> attributes(Node node) {
        return ScenarioBinder.list(node, "attributes", item -> {
            Keys keys = Keys.of(item, List.of("Key", "Value"));
            return new ListenerAttribute(
                    keys.require("Key", ListenerAttributesJson::string),
                    keys.require("Value", ListenerAttributesJson::string));
        });
    }

    private static String string(Node node) {
        if (!node.is(Kind.SCALAR) || node.isPlain()) {
            throw node.wrong("a string in quotes");
        }
        return node.text();
    }

    /**
     * Writes attributes, as the API prints them.
     *
     * @param attributes the attributes
     * @return JSON of several lines that ends with a line end
     */
    public static String write(List<ListenerAttribute> attributes) {
        StringBuilder text = new StringBuilder("{\n    \"Attributes\": [");
        String separator = "\n";
        for (ListenerAttribute attribute : attributes) {
            text.append(separator)
                    .append("        {\n            \"Value\": ")
                    .append(YamlText.inQuotes(attribute.value()))
                    .append(",\n            \"Key\": ")
                    .append(YamlText.inQuotes(attribute.key()))
                    .append("\n        }");
            separator = ",\n";
        }
        return text.append(attributes.isEmpty() ? "" : "\n    ")
                .append("]\n}\n")
                .toString();
    }
}
