package io.github.snatsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong, where, and what would be right: one line each. */
class ErrorsTest {
    /** A scenario in which each test breaks one line. */
    private static final String GOOD = """
            duration: 1h
            instances: 2
            gateway:
              ports-per-instance: 128
            clients:
              - name: web
                arrivals: {even: 5/s}
                destinations: tcp 203.0.113.7:443
            """;

    @TempDir
    Path folder;

    static Stream<Arguments> broken() {
        return Stream.of(
                broken(
                        "duration: 1h",
                        "duration: 240",
                        "1:11: key 'duration': value '240': expected a duration with a unit such as 240s, 10ms, 4min, 1h, 1d"),
                broken("duration: 1h", "duration: 0s", "1:11: key 'duration': value '0s': expected a duration"),
                broken("duration: 1h", "duration:", "1:10: key 'duration': has no value: expected a duration"),
                broken("duration: 1h", "duration: [1h]", "1:11: key 'duration': is a list: expected a duration"),
                broken(
                        "duration: 1h",
                        "duration: 1h\nwarm-up: 2h",
                        "2:10: key 'warm-up': a warm-up of PT2H in a run of PT1H: expected shorter"),
                broken("duration: 1h\n", "", "1:1: the key 'duration' is missing"),
                broken("duration: 1h", "duration: 1h\nduration: 2h", "2:1: key 'duration': stands twice"),
                broken(
                        "duration: 1h",
                        "durration: 1h",
                        "1:1: key 'durration': unknown, did you mean 'duration'? expected one of seed, duration, warm-up,"),
                broken("instances: 2", "instances: 2.5", "2:12: key 'instances': value '2.5': expected a whole number"),
                broken("instances: 2", "instances: 70000", "2:12: key 'instances': 70000 instances: expected 1-65532"),
                broken(
                        "instances: 2",
                        "instances: [10.0.0.1, 10.0.0.999]",
                        "2:23: key 'instances[1]': value '10.0.0.999' is not an IPv4 address"),
                broken(
                        "instances: 2",
                        "instances: [10.0.0.1, 10.0.0.1]",
                        "2:12: key 'instances': an instance is named twice"),
                broken(
                        "ports-per-instance: 128",
                        "prts: 128",
                        "4:3: key 'gateway.prts': unknown, expected one of ports-per-instance, firewall, pool, idle,"),
                broken(
                        "ports-per-instance: 128",
                        "port-per-instance: 128",
                        "4:3: key 'gateway.port-per-instance': unknown, did you mean 'ports-per-instance'? expected"),
                broken(
                        "ports-per-instance: 128",
                        "ports-per-instance: '128'",
                        "4:23: key 'gateway.ports-per-instance': value '128': expected a whole number from 1 on"),
                broken(
                        "ports-per-instance: 128",
                        "ports-per-instance: 70000",
                        "4:23: key 'gateway.ports-per-instance': 70000 ports per instance: expected 1-64512"),
                broken(
                        "ports-per-instance: 128",
                        "idle: 240s",
                        "4:3: key 'gateway': expected ports-per-instance (a frontend for each instance), pool (one for all) or firewall"),
                broken(
                        "ports-per-instance: 128",
                        "pool: clasic",
                        "4:9: key 'gateway.pool': value 'clasic': did you mean 'classic'? expected one of classic, resource"),
                broken(
                        "ports-per-instance: 128",
                        "pool: {tiers: [{pool-size: 2-50, ports: 1024}]}",
                        "4:17: key 'gateway.pool.tiers': Tier[poolSizeMin=2, poolSizeMax=50, portsPerInstance=1024] does not follow"),
                broken(
                        "ports-per-instance: 128",
                        "pool: {range: 1030-2000}",
                        "4:17: key 'gateway.pool.range': port range 1030-2000: expected a first port that is a multiple of 8 (P4); nearest valid: 1032-2000"),
                broken(
                        "ports-per-instance: 128",
                        "ports-per-instance: 128\n  fin-trigger: both",
                        "5:16: key 'gateway.fin-trigger': value 'both': expected one of both-sides, either-side"),
                broken(
                        "ports-per-instance: 128",
                        "ports-per-instance: 128\n  port-order: {randm: 7}",
                        "5:16: key 'gateway.port-order.randm': unknown, did you mean 'random'?"),
                broken(
                        "even: 5/s",
                        "evn: 5/s",
                        "7:16: key 'clients[0].arrivals.evn': unknown, did you mean 'even'? expected one of even, poisson,"),
                broken(
                        "even: 5/s",
                        "even: 5",
                        "7:22: key 'clients[0].arrivals.even': value '5': expected a rate such as 5/s, 0.5/s"),
                broken(
                        "even: 5/s",
                        "even: 5/s, poisson: 5/s",
                        "7:15: key 'clients[0].arrivals': has 2 keys: expected exactly one of even, poisson,"),
                broken(
                        "{even: 5/s}",
                        "even",
                        "7:15: key 'clients[0].arrivals': value 'even': expected something under 'even:'"),
                broken(
                        "{even: 5/s}",
                        "{bursts: {size: 0, every: 1h}}",
                        "7:31: key 'clients[0].arrivals.bursts.size': value '0': expected a whole number from 1 on"),
                broken(
                        "{even: 5/s}",
                        "{daily: [1/s, 2/s]}",
                        "7:23: key 'clients[0].arrivals.daily': a daily curve of 2 rates: expected 24"),
                broken(
                        "{even: 5/s}",
                        "{recorded: [2s, 1s]}",
                        "7:26: key 'clients[0].arrivals.recorded': a recorded arrival at PT1S after one at PT2S"),
                broken(
                        "{even: 5/s}",
                        "{recorded: {file: times.txt}}",
                        "7:33: key 'clients[0].arrivals.recorded.file': names a file, which only a scenario read from a file"),
                broken(
                        "tcp 203.0.113.7:443",
                        "203.0.113.7:443",
                        "8:19: key 'clients[0].destinations': value '203.0.113.7:443' is not a destination"),
                broken(
                        "tcp 203.0.113.7:443",
                        "[\"tcp 203.0.113.7:443\", \"udp 203.0.113.7:443\"]",
                        "8:19: key 'clients[0].destinations': one client has destinations of both protocols"),
                broken(
                        "tcp 203.0.113.7:443",
                        "{range: {first: \"tcp 203.0.113.7:443\", count: 999999999}}",
                        "8:27: key 'clients[0].destinations.range': unfolds into too much"),
                broken(
                        "tcp 203.0.113.7:443",
                        "{zipf: {exponent: 11, destinations: \"tcp 203.0.113.7:443\"}}",
                        "8:37: key 'clients[0].destinations.zipf.exponent': the Zipf exponent 11.0: expected 0.0 to 10.0"),
                client(
                        "lifetime: {pareto: {min: 1s, shape: 0}}",
                        "9:41: key 'clients[0].lifetime.pareto.shape': shape 0.0: expected 0.1 to 100.0"),
                client("stop: 1s\n    start: 2s", "9:11: key 'clients[0].stop': a stop at PT1S for a start at PT2S"),
                client(
                        "retry: {immediate: {retries: 1}}\n    refusal-notice: 0s\n    close: rst\n    connections: pool",
                        "12:18: key 'clients[0].connections': value 'pool': expected something under 'pool:'"),
                client(
                        "retry: {fixed: {delay: 0s}}\n    refusal-notice: 0s",
                        "6:5: key 'clients[0]': client web retries without delay and learns of refusals without delay"),
                client(
                        "retry: {exponential: {delay: 2s, cap: 1s}}",
                        "9:43: key 'clients[0].retry.exponential.cap': the longest retry delay PT1S is below the first"),
                client("name: again", "9:5: key 'clients[0].name': stands twice"),
                root(
                        "outages: [{from: 2s, until: 1s, failure: rst}]",
                        "9:29: key 'outages[0].until': an outage until PT1S that begins at PT2S"),
                root(
                        "outages: [{from: 1s, until: 2s, share: 0%, failure: rst}]",
                        "9:40: key 'outages[0].share': an outage's share of 0.0: expected above 0, up to 1"),
                root(
                        "actions: [{at: 1s, stop: web}, {at: 1s, stop: wbe}]",
                        "9:47: key 'actions[1].stop': value 'wbe' is no client: did you mean 'web'? expected one of web"),
                root(
                        "actions: [{at: 1s, stop: web, instances: 3}]",
                        "9:11: key 'actions[0]': expected exactly one of instances, stop, client, scale-out"),
                root("actions: [{at: 2h, instances: 3}]", "9:11: key 'actions[0]': an action at PT2H in a run of PT1H"),
                root("---\nduration: 1h", "9:1: has a second document: expected one scenario in a file"),
                root("seed: &a 1", "9:7: anchors and aliases are not supported: 'a'"),
                root("seed: !!int 1", "9:7: tags are not supported: 'tag:yaml.org,2002:int'"),
                root("<<: {seed: 1}", "9:1: merge keys are not supported"),
                root("[a]: 1", "9:1: a key must be a single word, not a list"),
                root("seed: [", "10:1: is not YAML: while parsing a flow node: "),
                root(
                        "seed: 9223372036854775808",
                        "9:7: key 'seed': value '9223372036854775808': expected a whole number"),
                root("seed: \u0007", "9:7: is not text: it has the character U+0007"));
    }

    private static Arguments broken(String right, String wrong, String message) {
        return Arguments.of(GOOD.replace(right, wrong), message);
    }

    private static Arguments client(String lines, String message) {
        return Arguments.of(GOOD + "    " + lines + "\n", message);
    }

    private static Arguments root(String lines, String message) {
        return Arguments.of(GOOD + lines + "\n", message);
    }

    @Test
    void theUnbrokenScenarioIsFine() {
        assertThat(ScenarioFile.parse(GOOD, "good.yaml").workload().clients()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void saysWhatIsWrongAndWhere(String text, String message) {
        String said = refusal(text);

        assertThat(said).startsWith("bad.yaml:" + message).doesNotContain("\n");
    }

    private static String refusal(String text) {
        ScenarioException refused =
                catchThrowableOfType(ScenarioException.class, () -> ScenarioFile.parse(text, "bad.yaml"));
        assertThat(refused).as("refused: %s", text).isNotNull();
        return refused.getMessage();
    }

    @Test
    void valuesAreShownOnOneLineAndCutShort() {
        assertThat(refusal("duration: \"a\\nb" + "x".repeat(500) + "\""))
                .startsWith("bad.yaml:1:11: key 'duration': value 'a\\u000ab")
                .hasSizeLessThan(300);
    }

    @Test
    void emptyTextIsRefused() {
        for (String text : new String[] {"", "# only a comment\n", "---\n", "null", "\ufeff"}) {
            assertThat(refusal(text)).isEqualTo("bad.yaml:1:1: is empty: expected a scenario");
        }
        assertThat(refusal("just words")).startsWith("bad.yaml:1:1: value 'just words': expected a mapping with seed,");
    }

    @Test
    void jsonIsRead() {
        String json = """
                {"duration": "1h", "gateway": {"ports-per-instance": 128},
                 "clients": [{"name": "web", "arrivals": {"even": "5/s"}, "destinations": "tcp 203.0.113.7:443"}],
                 "instances": 2}
                """;

        assertThat(ScenarioFile.parse(json, "good.json")).isEqualTo(ScenarioFile.parse(GOOD, "good.yaml"));
    }

    @Test
    void depthAndAliasBombsEndAtOnce() {
        assertThat(refusal("[".repeat(900_000))).contains("is nested more than 32 deep");
        assertThat(refusal("- ".repeat(400_000))).contains("is nested more than 32 deep");
        assertThat(refusal("{a: ".repeat(200_000))).contains("is nested more than 32 deep");
        assertThat(refusal("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]")).contains("anchors and aliases are not supported");
        assertThat(refusal("a: 1\nb: " + "1".repeat(9_000_000)))
                .isEqualTo("bad.yaml:2:1: expected a comma or line break within 1000000 characters");
        assertThat(refusal("- 1\n".repeat(600_000))).contains("has more than 500000 values");
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        Path missing = folder.resolve("missing.yaml");
        assertRefused(missing, missing + ": does not exist");
        assertRefused(folder, folder + ": is a directory: expected a file");
        assertRefused(
                file("empty.yaml", new byte[0]), folder.resolve("empty.yaml") + ":1:1: is empty: expected a scenario");
        assertRefused(
                file("binary.yaml", new byte[] {'a', ':', '\n', (byte) 0xff, 0}),
                folder.resolve("binary.yaml") + ":2:1: is not UTF-8 text: byte 0xff");
        assertRefused(
                file("zeros.yaml", new byte[100]),
                folder.resolve("zeros.yaml") + ":1:1: is not text: it has the character U+0000");
        assertRefused(file("huge.yaml", new byte[10_000_001]), folder.resolve("huge.yaml") + ": is larger than 10 MB");
    }

    @Test
    void namedFilesAreSoughtBesideTheScenario() throws IOException {
        file("times.txt", "0s\n1.5s # the second\n\n2s\n".getBytes(StandardCharsets.UTF_8));
        Path scenario = file(
                "s.yaml",
                GOOD.replace("{even: 5/s}", "{recorded: {file: times.txt}}").getBytes(StandardCharsets.UTF_8));
        String inline = GOOD.replace("{even: 5/s}", "{recorded: [0s, 1.5s, 2s]}");
        assertThat(ScenarioFile.read(scenario)).isEqualTo(ScenarioFile.parse(inline, "inline.yaml"));

        file("times.txt", "0s\n7\n".getBytes(StandardCharsets.UTF_8));
        assertRefused(
                scenario,
                folder.resolve("times.txt")
                        + ":2:1: key 'clients[0].arrivals.recorded.file': value '7': expected one duration in a line");
        Files.delete(folder.resolve("times.txt"));
        assertRefused(
                scenario,
                scenario + ":7:33: key 'clients[0].arrivals.recorded.file': " + folder.resolve("times.txt")
                        + ": does not exist");
    }

    @Test
    void aRecordingGivesTheTimesOfItsOpenings() throws IOException {
        Path trace =
                Path.of("src/test/resources/traces/pcap_zeek_http-methods.pcap").toAbsolutePath();
        Path scenario = file(
                "s.yaml",
                GOOD.replace("{even: 5/s}", "{recorded: {trace: '" + trace + "'}}")
                        .getBytes(StandardCharsets.UTF_8));

        String written = ScenarioFile.write(ScenarioFile.read(scenario));

        assertThat(ScenarioFile.parse(written, "written.yaml")).isEqualTo(ScenarioFile.read(scenario));
        assertThat(written).contains("recorded:\n").contains("- 0s\n");
        assertThat(written.lines().filter(line -> line.matches(" +- [0-9]+[mun]?s")))
                .hasSize(49); // README's attempts
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> ScenarioFile.read(file))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith(message);
    }
}
