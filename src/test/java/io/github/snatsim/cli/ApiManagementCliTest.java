package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.github.snatsim.azure.HttpOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An API Management service on the command line. */
class ApiManagementCliTest {
    /** Two ports, three calls that wait 5 s: at 0 and 10 s they find a port, at 20 s not. A fourth is too often: 429. */
    private static final String SERVICE = """
            duration: 200s
            api-management:
              units: 1
              ports-per-unit: 2
              connect-wait: 5s
              in-vnet: true
              hosting: azure
              mitigations:
                rate-limit-by-key: {calls: 3, renewal-period: 1min}
                private-endpoint: {}
                firewall: {ports-per-ip: 1}
                more-units: 2
              on: [rate-limit-by-key]
            clients:
              - {name: shop, arrivals: {recorded: [0s, 10s, 20s, 30s]}, destinations: "tcp 203.0.113.20:443"}
            """;

    @TempDir
    private Path folder;

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("service.yaml"), text).toString();
    }

    private JsonNode http(String... args) throws IOException {
        String[] all = Stream.concat(Stream.of("simulate", file(SERVICE), "--json"), Arrays.stream(args))
                .toArray(String[]::new);
        return JsonMapper.shared().readTree(CliRun.of(all).succeeds().out()).findValue("http");
    }

    private static String[] words(String text) {
        return Splitter.on(' ').splitToList(text).toArray(String[]::new);
    }

    private static List<Long> outcomes(JsonNode http) {
        return Arrays.stream(HttpOutcome.values())
                .map(outcome -> http.get("outcomes").get(outcome.name()).asLong())
                .toList();
    }

    @Test
    void g3_theReportSaysThatUnitsShareTheirPortsOnlyBehindAFirewall() throws IOException {
        String own = CliRun.of("simulate", file(SERVICE), "--with", "more-units")
                .succeeds()
                .out();
        assertThat(own).contains("Instances     2 with 2 SNAT ports each");
        String shared = CliRun.of("simulate", file(SERVICE), "--with", "more-units", "--with", "firewall")
                .succeeds()
                .out();
        assertThat(shared).contains("Instances     2 that share 1 SNAT ports");
        assertThat(http("--with", "firewall").get("portsShared").asBoolean()).isTrue();
        assertThat(http().get("portsShared").asBoolean()).isFalse();
    }

    @Test
    void g2_jsonHasAllOutcomesAndTheLog() throws IOException {
        JsonNode http = http();

        assertThat(http.get("calls").asLong()).isEqualTo(4);
        assertThat(http.get("outcomes").size()).isEqualTo(HttpOutcome.values().length);
        assertThat(outcomes(http)).containsExactly(2L, 1L, 1L, 0L, 0L); // 200, 429, 500, 5xx, time-out
        assertThat(http.get("units").get(0).get("calls").asLong()).isEqualTo(3);
        assertThat(http.get("failures").size()).isEqualTo(1);
        assertThat(http.get("failures").get(0).get("time").asString()).isEqualTo("1970-01-01T00:00:20Z");
        // both ports are taken from 10 s to the end
        assertThat(http.get("exhaustedWithoutScaleOutSeconds").asLong()).isEqualTo(190);
    }

    @ParameterizedTest
    @CsvSource({
        // options; 200, 429, 500
        "--without rate-limit-by-key, 2, 0, 2",
        "--with private-endpoint, 3, 1, 0",
        "--with firewall, 1, 1, 2",
        "--with more-units, 3, 1, 0",
        "--with=more-units --without=rate-limit-by-key, 4, 0, 0",
        "--with=more-units --with=firewall, 1, 1, 2",
        "'--with more-units,private-endpoint --without rate-limit-by-key', 4, 0, 0",
    })
    void g3_switchesOfTheCommandLine(String options, long ok, long tooMany, long failures) throws IOException {
        assertThat(outcomes(http(words(options)))).containsExactly(ok, tooMany, failures, 0L, 0L);
    }

    @Test
    void g2_csvHasTheCallsOverTimeAndTheLog() throws IOException {
        Path out = folder.resolve("out");
        CliRun.of("simulate", file(SERVICE), "--csv", out.toString()).succeeds();

        List<String> rows = Files.readAllLines(out.resolve("http.csv"));
        assertThat(rows.get(0))
                .isEqualTo("startSeconds,sliceSeconds,OK,TOO_MANY_REQUESTS,BACKEND_CONNECTION_FAILURE,"
                        + "BACKEND_ERROR,CLIENT_TIMEOUT");
        long[] sums = new long[5];
        for (String row : rows.subList(1, rows.size())) {
            List<String> cells = Splitter.on(',').splitToList(row);
            for (int i = 0; i < 5; i++) {
                sums[i] += Long.parseLong(cells.get(i + 2));
            }
        }
        assertThat(sums).containsExactly(2, 1, 1, 0, 0);
        List<String> log = Files.readAllLines(out.resolve("gateway-log.jsonl"));
        assertThat(log).hasSize(1);
        JsonNode record = JsonMapper.shared().readTree(log.get(0));
        assertThat(record.get("time").asString()).isEqualTo("1970-01-01T00:00:20Z");
        assertThat(record.get("category").asString()).isEqualTo("GatewayLogs");
        assertThat(record.get("operationName").asString()).isEqualTo("Microsoft.ApiManagement/GatewayLogs");
        assertThat(record.get("isRequestSuccess").asBoolean()).isFalse();
        JsonNode properties = record.get("properties");
        assertThat(properties.get("responseCode").asInt()).isEqualTo(500);
        assertThat(properties.get("backendUrl").asString()).isEqualTo("https://203.0.113.20:443/");
        assertThat(properties.get("apimSubscriptionId").asString()).isEqualTo("shop");
        JsonNode error = properties.get("lastError");
        assertThat(error.get("reason").asString()).isEqualTo("BackendConnectionFailure");
        assertThat(error.get("elapsed").asLong()).isEqualTo(5_000);
        assertThat(error.get("message").asString()).isNotBlank();
    }

    @Test
    void g2_theReportSaysHowCallsEnded() throws IOException {
        assertThat(CliRun.of("simulate", file(SERVICE)).succeeds().out())
                .contains("200: 2 (50.0 %)", "429: 1 (25.0 %)", "500 BackendConnectionFailure: 1 (25.0 %)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--with nonsense | is no mitigation: expected one of",
                "--without nonsense | is no mitigation: expected one of",
                "--with caching | caching is on but not described",
                "--with service-endpoint | service-endpoint is on but not described",
                "--with firewall,private-endpoint | calls go to a backend one way",
            })
    void g3_whatCannotBeSwitchedIsOneLine(String option, String reason) throws IOException {
        String[] args = Stream.concat(Stream.of("simulate", file(SERVICE)), Arrays.stream(words(option)))
                .toArray(String[]::new);

        assertThat(CliRun.of(args).isRefused().err()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ports-per-unit: 2\\n  connect-wait: 5s | connect-wait: 5s | unpublished",
                "ports-per-unit: 2 | ports-per-unit: 64513 | expected 1-64512",
                "units: 1 | units: 1001 | expected 1-1000",
                "more-units: 2 | more-units: 1001 | expected 1-1000",
                "ports-per-unit: 2 | ports-per-unit: 0 | expected a whole number from 1 on",
                "units: 1 | units: 0 | expected a whole number from 1 on",
                "in-vnet: true | in-vnet: false\\n  autoscale: {metric: snat-ports, scale-out-above: 1, units-max: 2}"
                        + " | SNAT use is no metric for autoscale (G4)",
                "on: [rate-limit-by-key] | on: [caching] | caching is on but not described",
                "on: [rate-limit-by-key] | on: [firewall, private-endpoint] | one way",
                "hosting: azure\\n | hosting: elsewhere\\n  on: [private-endpoint]\\n | stands twice",
                "more-units: 2 | more-units: 0 | expected a whole number from 1 on",
                "firewall: {ports-per-ip: 1} | firewall: {public-ips: 2} | exactly one of instances",
                "firewall: {ports-per-ip: 1} | firewall: {instances: 1} | 2-25",
            })
    void g3_wrongFilesAreOneLine(String text, String replacement, String reason) throws IOException {
        String from = text.replace("\\n", "\n");
        String to = replacement == null ? "" : replacement.replace("\\n", "\n");
        assertThat(SERVICE).contains(from);
        String err = CliRun.of("simulate", file(SERVICE.replace(from, to)))
                .isRefused()
                .err();

        assertThat(err.toLowerCase(Locale.ROOT)).contains(reason.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource({"more-backends: {count: 3}", "'more-backends: {count: 3, differ: by-port}'"})
    void g3_neighboursThatDoNotExistAreOneLine(String mitigation) throws IOException {
        String text = SERVICE.replace("more-units: 2", mitigation).replace("203.0.113.20:443", "255.255.255.254:65534");

        CliRun.of("simulate", file(text)).succeeds(); // it is off
        assertThat(CliRun.of("simulate", file(text), "--with", "more-backends")
                        .isRefused()
                        .err())
                .contains("255.255.255.254:65534");
        assertThat(CliRun.of("simulate", file(text.replace("on: [", "on: [more-backends, ")))
                        .isRefused()
                        .err())
                .contains("255.255.255.254:65534");
    }

    @Test
    void switchesAreForServicesOnly() {
        assertThat(CliRun.of("simulate", "docs/examples/01-unpooled-script.yaml", "--with", "caching")
                        .isRefused()
                        .err())
                .contains("for scenarios with api-management");
    }
}
