package io.github.snatsim.scenario;

import io.github.snatsim.scenario.Node.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of several kinds: a bare word, or a mapping with the kind as its only key.
 *
 * @param kind the word
 * @param value what stands under it, null for a bare word
 * @param node the whole
 */
record Choice(String kind, @Nullable Node value, Node node) {
    /** Checks that a node is one of some bare words, or a mapping with one of some keys. */
    static Choice of(Node node, List<String> words, List<String> keys) {
        if (node.is(Kind.MAPPING)) {
            return mapping(node, words, keys);
        }
        if (!node.is(Kind.SCALAR) || node.isEmpty()) {
            throw node.wrong(expected(words, keys));
        }
        if (words.contains(node.text())) {
            return new Choice(node.text(), null, node);
        }
        if (keys.contains(node.text())) {
            throw node.wrong("something under '" + node.text() + ":'");
        }
        throw node.error("value " + ScenarioException.quoted(node.text()) + ": " + Words.didYouMean(node.text(), words)
                + "expected " + expected(words, keys));
    }

    private static Choice mapping(Node node, List<String> words, List<String> keys) {
        if (keys.isEmpty()) {
            throw node.wrong(expected(words, keys));
        }
        Keys.of(node, keys);
        if (node.children().size() != 1) {
            throw node.error("has " + node.children().size() + " keys: expected exactly " + Words.oneOf(keys));
        }
        Node value = node.children().iterator().next();
        return new Choice(value.step(), value, node);
    }

    private static String expected(List<String> words, List<String> keys) {
        String mapping = keys.isEmpty() ? "" : "a mapping with exactly " + Words.oneOf(keys);
        return words.isEmpty() ? mapping : Words.oneOf(words) + (mapping.isEmpty() ? "" : ", or " + mapping);
    }

    /** What stands under the kind; the kind was no bare word. */
    Node content() {
        if (value == null) {
            throw node.wrong("something under '" + kind + ":'");
        }
        return value;
    }
}
