package io.github.snatsim.scenario;

import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.scenario.Node.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Makes a tree of nodes from YAML text, one event at a time and without recursion, so that no depth overflows the stack.
 * What YAML can do beyond mappings, lists and values (anchors, tags, merge keys, several documents) is refused.
 */
final class NodeReader {
    private static final int DEPTH_MAX = 32;
    private static final int NODES_MAX = 500_000;

    private final Source source;

    /** The collections around the present event, the innermost first. */
    private final Deque<Node> open = new ArrayDeque<>();

    private @Nullable Node root;
    private @Nullable String key;
    private Position keyAt = Position.START;
    private int nodes;

    private NodeReader(Source source) {
        this.source = source;
    }

    static Node read(String text, Source source) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source.name())
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        NodeReader reader = new NodeReader(source);
        int run = Texts.longRun(text);
        if (run >= 0) {
            throw reader.error(
                    positionOf(text, text.codePointCount(0, run)),
                    "expected a comma or line break within " + Texts.RUN_MAX + " characters");
        }
        try {
            Iterator<Event> events = new ParserImpl(settings, new StreamReader(settings, text));
            while (events.hasNext()) {
                reader.take(events.next());
            }
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(NodeReader::position).orElse(Position.START);
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            throw reader.error(at, "is not YAML: " + context + e.getProblem(), e);
        } catch (ReaderException e) {
            throw reader.error(
                    positionOf(text, e.getPosition()),
                    String.format("is not text: it has the character U+%04X", e.getCodePoint()),
                    e);
        } catch (YamlEngineException e) {
            throw reader.error(Position.START, "is not YAML: " + e.getMessage(), e);
        }
        if (reader.root == null || reader.root.isEmpty()) {
            throw reader.error(Position.START, "is empty: expected a scenario");
        }
        return reader.root;
    }

    private void take(Event event) {
        Position at = event.getStartMark().map(NodeReader::position).orElse(Position.START);
        if (event instanceof NodeEvent node) {
            refuseExtras(node, at);
        }
        switch (event.getEventId()) {
            case DocumentStart -> {
                if (root != null) {
                    throw error(at, "has a second document: expected one scenario in a file");
                }
            }
            case MappingStart -> begin(at, Kind.MAPPING);
            case SequenceStart -> begin(at, Kind.LIST);
            case MappingEnd, SequenceEnd -> open.pop();
            case Scalar -> scalar((ScalarEvent) event, at);
            default -> {
                // the ends of the stream and of the document; comments are not asked for
            }
        }
    }

    private void refuseExtras(NodeEvent event, Position at) {
        if (event.getEventId() == Event.ID.Alias || event.getAnchor().isPresent()) {
            String name = event.getAnchor().map(Anchor::getValue).orElse("");
            throw error(
                    at, "anchors and aliases are not supported: '" + name + "', write the value where it is needed");
        }
        Optional<String> tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
        if (tag.isPresent()) {
            throw error(at, "tags are not supported: " + ScenarioException.quoted(tag.get()));
        }
    }

    private void begin(Position at, Kind kind) {
        if (isKeyNext()) {
            throw error(at, "a key must be a single word, not " + (kind == Kind.LIST ? "a list" : "a mapping"));
        }
        if (open.size() == DEPTH_MAX) {
            throw error(at, "is nested more than " + DEPTH_MAX + " deep");
        }
        Node node = Node.collection(source, open.peek(), step(), keyAt, at, kind);
        put(node, at);
        open.push(node);
        key = null;
    }

    private void scalar(ScalarEvent event, Position at) {
        if (isKeyNext()) {
            if (event.getValue().equals("<<") && event.isPlain()) {
                throw error(at, "merge keys are not supported: write the keys where they are needed");
            }
            key = event.getValue();
            keyAt = at;
            return;
        }
        put(Node.scalar(source, open.peek(), step(), keyAt, at, event.getValue(), event.isPlain()), at);
        key = null;
    }

    private boolean isKeyNext() {
        Node around = open.peek();
        return around != null && around.is(Kind.MAPPING) && key == null;
    }

    private String step() {
        Node around = open.peek();
        if (around == null) {
            return "";
        }
        return key == null ? "[" + around.children().size() + "]" : key;
    }

    private void put(Node node, Position at) {
        if (++nodes > NODES_MAX) {
            throw error(at, "has more than " + NODES_MAX + " values");
        }
        Node around = open.peek();
        if (around == null) {
            root = node;
        } else if (!around.add(node)) {
            throw node.errorAtKey("stands twice");
        }
    }

    private ScenarioException error(Position at, String problem) {
        return new ScenarioException(place(at) + problem);
    }

    private ScenarioException error(Position at, String problem, Throwable cause) {
        return new ScenarioException(place(at) + problem, cause);
    }

    private String place(Position at) {
        return source.name() + ":" + at.line() + ":" + at.column() + ": ";
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The line and column of a code point, for errors that only count. */
    static Position positionOf(String text, int codePoints) {
        int line = 1;
        int column = 1;
        int end = text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        for (int i = 0; i < end; i += Character.charCount(text.codePointAt(i))) {
            column++;
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            }
        }
        return new Position(line, column);
    }
}
