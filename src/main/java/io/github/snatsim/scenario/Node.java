package io.github.snatsim.scenario;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One value of a scenario file, with its place in the text and in the tree. */
final class Node {
    /** What a value can be. */
    enum Kind {
        MAPPING("a mapping"),
        LIST("a list"),
        SCALAR("a single value");

        private final String article;

        Kind(String article) {
            this.article = article;
        }
    }

    /** A place in the text, counted from 1. */
    record Position(int line, int column) {
        static final Position START = new Position(1, 1);
    }

    private final Source source;
    private final @Nullable Node parent;

    /** The key in the parent's mapping or {@code [index]} in its list; empty for the root. */
    private final String step;

    private final Position keyAt;
    private final Position at;
    private final Kind kind;
    private final String text;
    private final boolean plain;

    /** By step, in the order of the file; unused by scalars. */
    private final Map<String, Node> children;

    private Node(
            Source source,
            @Nullable Node parent,
            String step,
            Position keyAt,
            Position at,
            Kind kind,
            String text,
            boolean plain) {
        this.source = source;
        this.parent = parent;
        this.step = step;
        this.keyAt = keyAt;
        this.at = at;
        this.kind = kind;
        this.text = text;
        this.plain = plain;
        this.children = kind == Kind.SCALAR ? Map.of() : new LinkedHashMap<>();
    }

    static Node collection(Source source, @Nullable Node parent, String step, Position keyAt, Position at, Kind kind) {
        return new Node(source, parent, step, keyAt, at, kind, "", false);
    }

    static Node scalar(
            Source source,
            @Nullable Node parent,
            String step,
            Position keyAt,
            Position at,
            String text,
            boolean plain) {
        return new Node(source, parent, step, keyAt, at, Kind.SCALAR, text, plain);
    }

    /** Puts a node under its step; returns false if there is one already. */
    boolean add(Node child) {
        return children.putIfAbsent(child.step, child) == null;
    }

    Source source() {
        return source;
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** The key under which this stands, or {@code [index]}. */
    String step() {
        return step;
    }

    /** A scalar's text. */
    String text() {
        return text;
    }

    /** Whether a scalar stands without quotes. */
    boolean isPlain() {
        return plain;
    }

    /** Whether this is what YAML calls null: a key without a value. */
    boolean isEmpty() {
        return kind == Kind.SCALAR && plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }

    /** A mapping's values or a list's items. */
    Collection<Node> children() {
        return children.values();
    }

    /** A mapping's value, null if the key is absent. */
    @Nullable
    Node child(String key) {
        return children.get(key);
    }

    /** Checks that this is of a kind, as an error names it. */
    Node expect(Kind wanted, String expected) {
        if (kind != wanted) {
            throw wrong(expected);
        }
        return this;
    }

    /** An error about this value: it is not what was expected. */
    ScenarioException wrong(String expected) {
        if (isEmpty()) {
            return error("has no value: expected " + expected);
        }
        return error((kind == Kind.SCALAR ? "value " + ScenarioException.quoted(text) : "is " + kind.article)
                + ": expected " + expected);
    }

    /** An error at this value. */
    ScenarioException error(String problem) {
        return new ScenarioException(place(at) + subject() + problem);
    }

    /** An error at this value, for what a record's own check or a file said. */
    ScenarioException error(String problem, Throwable cause) {
        return new ScenarioException(place(at) + subject() + problem, cause);
    }

    /** An error at this value's key. */
    ScenarioException errorAtKey(String problem) {
        return new ScenarioException(place(keyAt) + subject() + problem);
    }

    /** An error in a file that this value names. */
    ScenarioException errorIn(String file, int line, String problem) {
        return new ScenarioException(file + ":" + line + ":1: " + subject() + problem);
    }

    private String place(Position position) {
        return source.name() + ":" + position.line() + ":" + position.column() + ": ";
    }

    private String subject() {
        String path = path();
        return path.isEmpty() ? "" : "key " + ScenarioException.quoted(path) + ": ";
    }

    private String path() {
        String path = "";
        for (Node node = this; node.parent != null; node = node.parent) {
            boolean dot = !path.isEmpty() && !path.startsWith("[");
            path = node.step + (dot ? "." : "") + path;
        }
        return path;
    }
}
