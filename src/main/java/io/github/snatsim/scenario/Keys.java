package io.github.snatsim.scenario;

import io.github.snatsim.port.ViolationException;
import io.github.snatsim.scenario.Node.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A mapping whose keys are known: read key by key, and made into a record whose own checks speak through it. */
final class Keys {
    private final Node node;

    /** The keys whose values turned out wrong, with the first error of each. */
    private final Map<String, ScenarioException> wrong = new LinkedHashMap<>();

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

    /** Reads what must be there. */
    <T> T require(String key, Function<Node, T> read) {
        Node child = node.child(key);
        if (child == null) {
            throw node.error("the key '" + key + "' is missing");
        }
        return attempt(key, child, read).orElseThrow(this::failure);
    }

    /** Reads what may be there; if it is wrong, that is reported and it counts as absent, so that reading can go on. */
    <T> Optional<T> find(String key, Function<Node, T> read) {
        Node child = node.child(key);
        return child == null ? Optional.empty() : attempt(key, child, read);
    }

    /** As the other {@code find}, with a value for what is absent. */
    <T> T find(String key, Function<Node, T> read, T absent) {
        return find(key, read).orElse(absent);
    }

    private <T> Optional<T> attempt(String key, Node child, Function<Node, T> read) {
        int before = child.source().problems().size();
        Optional<T> value = node.source().attempt(() -> read.apply(child));
        if (child.source().problems().size() == before) {
            return value;
        }
        wrong.putIfAbsent(key, child.source().problems().get(before));
        return Optional.empty();
    }

    private ScenarioException failure() {
        return wrong.values().iterator().next();
    }

    /**
     * Makes a value from everything that was read; if its own check refuses, the errors stand at a key, or at the mapping
     * without it. If anything read was wrong it is not made: its check would speak of values that nobody wrote.
     */
    <T> T build(String blamed, Supplier<T> make) {
        return buildFrom(wrong.keySet(), blamed, make);
    }

    /** Makes a value for which just some of the keys count. */
    <T> T buildFrom(Collection<String> needed, String blamed, Supplier<T> make) {
        refuse(needed);
        T made = build(at(blamed), make);
        refuse(needed); // making it may have read more
        return made;
    }

    private void refuse(Collection<String> needed) {
        for (Map.Entry<String, ScenarioException> entry : wrong.entrySet()) {
            if (needed.contains(entry.getKey())) {
                throw entry.getValue();
            }
        }
    }

    /** Makes a value only to hear what its check says: that is reported, and reading goes on. */
    <T> Optional<T> check(String blamed, Supplier<T> make) {
        int before = node.source().problems().size();
        Optional<T> made = node.source().attempt(() -> build(at(blamed), make));
        if (made.isEmpty()) {
            wrong.putIfAbsent(blamed, node.source().problems().get(before));
        }
        return made;
    }

    private Node at(String blamed) {
        @Nullable Node child = node.child(blamed);
        return child == null ? node : child;
    }

    /** Makes a value; if its own check refuses, the errors stand at a node. */
    static <T> T build(Node blamed, Supplier<T> make) {
        try {
            return make.get();
        } catch (ViolationException e) {
            throw blamed.source()
                    .reported(e.violations().stream()
                            .map(violation -> blamed.error(violation.message(), e))
                            .toList());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw blamed.error(String.valueOf(e.getMessage()), e);
        }
    }

    /** An error at the mapping. */
    ScenarioException error(String problem) {
        return node.error(problem);
    }
}
