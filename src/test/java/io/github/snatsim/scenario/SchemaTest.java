package io.github.snatsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.base.Splitter;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The schema says what the reader does: the same keys, and nothing that the reader takes is refused. */
class SchemaTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode SCHEMA_TREE = JSON.readTree(text(Path.of("docs/scenario.schema.json")));
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA_TREE);

    private static final Pattern KNOWN_KEYS = Pattern.compile("'[^']*zz': unknown, expected one of (.*)");

    /** What scalars are replaced with, as JSON. */
    private static final List<String> WRONG = Splitter.on(' ')
            .splitToList(
                    "\"\" \"x\" \"240\" \"0s\" \"1s\" \"1.5\" \"10%\" \"1/s\" \"-1s\" 0 -1 1 1.5 3000000000 true null [] {} [1]");

    /** What JSON Schema cannot say: how values of one scenario fit together, and what a text means in detail. */
    private static final Pattern ONLY_THE_READER = Pattern.compile(
            "is no client|the longest retry delay|a warm-up of|an outage( until|'s share)|a stop at"
                    + "|a SYN retransmission|a multiple of 8|names a file, which|ports each need"
                    + "|there is no |stands twice|cannot have an instance-level|is in private address space|a scale-in of"
                    + "|a redeployment goes on|is (not )?behind|has no instance-level IP|expected no gateway"
                    + "|expected instances as a list here|is no role|unknown role|a pool of [0-9]+ instances|an action at"
                    + "|runs the unknown client|is on but not described|needs a backend in|needs the service to be"
                    + "|calls go to a backend one way|autoscale thresholds|at most [0-9]+ units|CPU time of"
                    + "|where no listener is|idle time .* of TCP listener|no listener '|of tcp\\.idle_timeout\\.seconds|unknown attribute key"
                    + "|no attributes|more-units: [0-9]+ with|a metrics period of|a handshake of|an alarm period of|alarm at [0-9]+ datapoints|duplicate|two listeners|twice");

    static Stream<String> documents() {
        return Stream.concat(
                        Stream.concat(
                                Examples.all().stream().map(Examples::text),
                                Everything.scenarios().stream().map(ScenarioFile::write)),
                        Stream.of(
                                withFile("arrivals: {recorded: {file: a.txt}}"),
                                withFile("arrivals: {recorded: {trace: a.pcap}}"),
                                withFile("lifetime: {empirical: {file: b.txt}}\n    arrivals: {even: 1/s}")))
                // in JSON, YAML reads no key above 1,024 characters
                .map(text -> text.replace("x".repeat(3_000), "xxx"));
    }

    /** The last client names a file, which text cannot; everything before it is read. */
    private static String withFile(String lines) {
        return """
                duration: 1h
                gateway: {ports-per-instance: 128, idle: {tcp: 4min}, port-order: {share-lowest: 1}}
                clients:
                  - name: fixed
                    arrivals: {even: 1/s}
                    destinations: tcp 203.0.113.7:443
                    lifetime: {fixed: 1s}
                    connections: {reuse: {order: fifo}}
                    retry: {immediate: {retries: 1}}
                  - name: files
                    destinations: tcp 203.0.113.7:443
                    FILE
                """.replace("FILE", lines);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyScenarioIsValid(String text) {
        assertThat(SCHEMA.validate(text, InputFormat.YAML)).isEmpty();
    }

    @Test
    void theSchemaHasTheKeysOfTheReaderAndTheReverse() {
        IdentityHashMap<JsonNode, Boolean> met = new IdentityHashMap<>();
        documents().forEach(text -> {
            JsonNode root = tree(text);
            walk(root, List.of(SCHEMA_TREE), (node, schemas) -> {
                Set<String> ofSchema = new TreeSet<>();
                schemas.forEach(schema -> {
                    met.put(schema, true);
                    ofSchema.addAll(schema.path("properties").propertyNames());
                });
                ((ObjectNode) node).put("zz", 1);
                Matcher known = KNOWN_KEYS.matcher(refusal(root).orElse("taken"));
                ((ObjectNode) node).remove("zz");
                assertThat(known.find()).as("the reader refuses zz in %s", node).isTrue();
                assertThat(new TreeSet<>(Splitter.on(", ").splitToList(known.group(1))))
                        .as("keys of %s", node)
                        .isEqualTo(ofSchema);
            });
        });
        assertThat(objects(SCHEMA_TREE))
                .allSatisfy(schema ->
                        assertThat(met).as("met in a document: %s", schema).containsKey(schema));
    }

    @Test
    void theDocumentExplainsEveryKeyAndWord() {
        Stream<String> keys =
                objects(SCHEMA_TREE).stream().flatMap(schema -> schema.get("properties").propertyNames().stream());
        Stream<String> words = SCHEMA_TREE.findValues("enum").stream()
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::asString);
        String document = text(Path.of("docs/scenario.md"));
        assertThat(Stream.concat(keys, words))
                .hasSizeGreaterThan(100)
                .allSatisfy(word -> assertThat(Pattern.compile("(?<![a-z-])" + word + "(?![a-z-])")
                                .matcher(document)
                                .find())
                        .as(word)
                        .isTrue());
    }

    /** Wherever a key is missing or a value is another, the schema refuses only what the reader refuses, and nearly all. */
    @ParameterizedTest
    @MethodSource("documents")
    void refusesWhatTheReaderRefuses(String text) {
        JsonNode root = tree(text);
        List<String> differences = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        edit(root, "", seen, () -> compare(root, differences));
        assertThat(differences).isEmpty();
    }

    private static void compare(JsonNode root, List<String> differences) {
        Optional<String> refusal = refusal(root);
        boolean valid = SCHEMA.validate(root).isEmpty();
        if (refusal.isEmpty() && !valid) {
            differences.add("only the schema refuses " + root + ": " + SCHEMA.validate(root));
        } else if (refusal.isPresent()
                && valid
                && !ONLY_THE_READER.matcher(refusal.get()).find()) {
            differences.add("only the reader refuses: " + refusal.get());
        }
    }

    /** Removes each key and replaces each value once for each place in the format, and looks after each change. */
    private static void edit(JsonNode node, String place, Set<Object> seen, Runnable look) {
        if (node instanceof ObjectNode object) {
            for (String key : List.copyOf(object.propertyNames())) {
                JsonNode value = object.get(key);
                String at = place + "/" + key;
                if (seen.add(at)) {
                    object.remove(key);
                    look.run();
                    for (String wrong : WRONG) {
                        object.set(key, JSON.readTree(wrong));
                        look.run();
                    }
                    object.set(key, value);
                }
                edit(value, at, seen, look);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode value = array.get(i);
                String at = place + "/[]";
                if (seen.add(at)) {
                    for (String wrong : WRONG) {
                        array.set(i, JSON.readTree(wrong));
                        look.run();
                    }
                    array.set(i, value);
                }
                edit(value, at, seen, look);
            }
        }
    }

    /** Visits every mapping of fixed keys with the schemas that describe it. */
    private static void walk(JsonNode node, List<JsonNode> schemas, BiConsumer<JsonNode, List<JsonNode>> visit) {
        List<JsonNode> all = schemas.stream().flatMap(SchemaTest::alternatives).toList();
        if (node.isObject()) {
            List<JsonNode> objects =
                    all.stream().filter(schema -> schema.has("properties")).toList();
            if (!objects.isEmpty()) {
                visit.accept(node, objects);
            }
            for (String key : List.copyOf(node.propertyNames())) {
                List<JsonNode> under = objects.stream()
                        .map(schema -> schema.path("properties").path(key))
                        .filter(schema -> !schema.isMissingNode())
                        .toList();
                walk(node.get(key), under, visit);
            }
        } else if (node.isArray()) {
            List<JsonNode> items = all.stream()
                    .map(schema -> schema.path("items"))
                    .filter(schema -> !schema.isMissingNode())
                    .toList();
            node.forEach(item -> walk(item, items, visit));
        }
    }

    /** A schema, or what its reference and its alternatives lead to. */
    private static Stream<JsonNode> alternatives(JsonNode schema) {
        if (schema.has("$ref")) {
            return alternatives(SCHEMA_TREE.at(schema.get("$ref").asString().substring(1)));
        }
        return schema.has("properties")
                ? Stream.of(schema)
                : Stream.concat(
                        Stream.of(schema), schema.path("anyOf").valueStream().flatMap(SchemaTest::alternatives));
    }

    /** Every schema of a mapping with fixed keys. */
    private static List<JsonNode> objects(JsonNode schema) {
        List<JsonNode> found = new ArrayList<>();
        if (schema.has("additionalProperties")
                && schema.get("additionalProperties").isBoolean()) {
            found.add(schema);
        }
        schema.forEach(part -> found.addAll(objects(part)));
        return found;
    }

    private static Optional<String> refusal(JsonNode root) {
        return Optional.ofNullable(catchThrowableOfType(
                        ScenarioException.class, () -> ScenarioFile.parse(root.toString(), "tree.json")))
                .map(Throwable::getMessage);
    }

    private static JsonNode tree(String text) {
        return new YAMLMapper().readTree(text);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
