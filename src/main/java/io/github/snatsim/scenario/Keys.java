package io.github.snatsim.scenario;

import io.github.snatsim.scenario.Node.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A mapping whose keys are known: read key by key, and made into a record whose own checks speak through it. */
final class Keys {
    private final Node node;

    private Keys(Node node) {
        this.node = node;
    }

    /** Checks that a node is a mapping of known keys only. */
    static Keys of(Node node, List<String> known) {
        node.expect(Kind.MAPPING, "a mapping with " + String.join(", ", known));
        for (Node child : node.children()) {
            if (!known.contains(child.step())) {
                throw child.errorAtKey("unknown, " + Words.didYouMean(child.step(), known) + Words.expected(known));
            }
        }
        return new Keys(node);
    }

    boolean has(String key) {
        return node.child(key) != null;
    }

    <T> T require(String key, Function<Node, T> read) {
        Node child = node.child(key);
        if (child == null) {
            throw node.error("the key '" + key + "' is missing");
        }
        return read.apply(child);
    }

    <T> Optional<T> find(String key, Function<Node, T> read) {
        Node child = node.child(key);
        return child == null ? Optional.empty() : Optional.of(read.apply(child));
    }

    <T> T find(String key, Function<Node, T> read, T absent) {
        Node child = node.child(key);
        return child == null ? absent : read.apply(child);
    }

    /** Makes a value; if its own check refuses, the error stands at a key, or at the mapping without it. */
    <T> T build(String blamed, Supplier<T> make) {
        @Nullable Node child = node.child(blamed);
        return build(child == null ? node : child, make);
    }

    /** Makes a value; if its own check refuses, the error stands at a node. */
    static <T> T build(Node blamed, Supplier<T> make) {
        try {
            return make.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw blamed.error(String.valueOf(e.getMessage()), e);
        }
    }

    /** An error at the mapping. */
    ScenarioException error(String problem) {
        return node.error(problem);
    }
}
