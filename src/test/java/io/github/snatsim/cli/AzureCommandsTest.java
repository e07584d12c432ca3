package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureCommandsTest {
    private static final String MIXED = "docs/examples/13-three-outbound-methods.yaml";
    private static final String REDEPLOYMENT = "docs/examples/12-redeployment.yaml";
    private static final String SERVICE = "docs/examples/14-api-management.yaml";

    @TempDir
    private Path folder;

    @Test
    void s4_methodsPrintsTheMatrix() {
        assertThat(CliRun.of("methods").succeeds().lines())
                .hasSize(11)
                .anySatisfy(
                        line -> assertThat(line).startsWith("VM ").contains("1, instance-level", "tcp, udp, icmp, esp"))
                .anySatisfy(line -> assertThat(line).startsWith("worker role").contains("1, ", "not available"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("web role").contains("2, public", "tcp, udp ", "keepalive"));
        assertThat(CliRun.of("methods", "--json").succeeds().out())
                .contains("{\"kind\":\"VM\",\"method\":1,\"name\":\"INSTANCE_LEVEL_PUBLIC_IP\",\"available\":true,"
                        + "\"protocols\":[\"tcp\",\"udp\",\"icmp\",\"esp\"],\"mitigations\":[]}");
    }

    @Test
    void explainSaysWhichMethodCarriesAnInstanceAndWhy() {
        assertThat(CliRun.of("explain", "instance", MIXED, "front-1").succeeds().out())
                .contains(
                        "Method        2, public load-balanced endpoint",
                        "behind web (S2)",
                        "203.0.113.10",
                        "1,024 ports of");
        assertThat(CliRun.of("explain", "instance", MIXED, "jobs-1").succeeds().out())
                .contains("Method        3, ", "neither", "192.0.2.", "not recommended");
        assertThat(CliRun.of("explain", "instance", MIXED, "probe-1").succeeds().out())
                .contains("Method        1, ", "198.51.100.7", "64,512 for each destination");
        assertThat(CliRun.of("explain", "instance", MIXED, "probe-1", "--json")
                        .succeeds()
                        .out())
                .contains(
                        "\"method\":1",
                        "\"rule\":\"S1\"",
                        "\"publicIp\":\"198.51.100.7\"",
                        "\"portsPerDestination\":64512");
    }

    @Test
    void p5_explainScaleSaysBeforehandWhatWouldBeCut() {
        String example = "docs/examples/11-scale-out-across-a-tier.yaml";
        assertThat(CliRun.of("explain", "scale", example, "front", "--out", "1", "--at", "4min")
                        .succeeds()
                        .lines())
                .containsExactly(
                        "203.0.113.10: 50 -> 51 instances, 1,024 -> 512 ports each, 51,200 -> 26,112 in all",
                        "14,400 flows would be cut, holds included (whichever ports are reclaimed: 14,400 to 25,600)",
                        "0 flows would end with their instances");
        assertThat(CliRun.of("explain", "scale", example, "front", "--in", "1", "--at", "9min")
                        .succeeds()
                        .lines())
                .containsExactly(
                        "203.0.113.10: 51 -> 50 instances, 512 -> 1,024 ports each, 26,112 -> 51,200 in all",
                        "0 flows would be cut, holds included (whichever ports are reclaimed: 0 to 0)",
                        "512 flows would end with their instances");
        assertThat(CliRun.of("explain", "scale", example, "back", "--out", "1").hasError())
                .contains("back");
        assertThat(CliRun.of("explain", "scale", example, "front", "--out", "0").hasError())
                .contains("0");
        assertThat(CliRun.of("explain", "scale", SERVICE, "front", "--out", "1").hasError())
                .contains("no deployment");
    }

    @Test
    void tablesNameTheFrontendAndListScaleEvents() throws IOException {
        Path tables = folder.resolve("tables");
        CliRun.of("simulate", "docs/examples/11-scale-out-across-a-tier.yaml", "--csv", tables.toString())
                .succeeds();

        assertThat(Files.readAllLines(tables.resolve("ports.csv")).get(0)).endsWith(",rstHold,frontend");
        assertThat(Files.readAllLines(tables.resolve("ports.csv")).get(1)).endsWith(",203.0.113.10");
        assertThat(Files.readAllLines(tables.resolve("episodes.csv")).get(1)).endsWith(",203.0.113.10");
        assertThat(Files.readAllLines(tables.resolve("scale-events.csv")))
                .hasSize(3)
                .anySatisfy(
                        row -> assertThat(row).contains(",203.0.113.10,50,51,1024,512,25600,14400,14400,25600,0,0,"));
    }

    @Test
    void p8_explainLooksAtAnyVirtualTime() {
        assertThat(CliRun.of("explain", "instance", REDEPLOYMENT, "site-1")
                        .succeeds()
                        .out())
                .contains("1,024 ports of", "pool of 30:");
        assertThat(CliRun.of("explain", "instance", REDEPLOYMENT, "site-1", "--at", "35min")
                        .succeeds()
                        .out())
                .contains("512 ports of", "pool of 30, reported as 60:", "in use 512 TCP, 0 UDP", "(P8)");
    }

    @ParameterizedTest
    @CsvSource({
        "docs/examples/13-three-outbound-methods.yaml, nope, 0s, there is no instance nope",
        "docs/examples/13-three-outbound-methods.yaml, front-1, 90, expected a time with a unit",
        "docs/examples/13-three-outbound-methods.yaml, front-1, 11min, at most the scenario's duration",
        "docs/examples/01-unpooled-script.yaml, x, 0s, at that time: expected 10.0.0.4"
    })
    void whatCannotBeExplainedIsOneLine(String file, String instance, String at, String problem) {
        assertThat(CliRun.of("explain", "instance", file, instance, "--at", at)
                        .isRefused()
                        .err())
                .contains(problem);
        assertThat(CliRun.of("explain").isRefused().err()).contains("expected instance");
    }

    @Test
    void s3_validateSaysThatTheSharedAddressIsNotRecommended() {
        assertThat(CliRun.of("validate", MIXED).succeeds().out())
                .contains("note: jobs-1: the public IP is assigned by the platform", "valid. 4 instances");
    }

    @Test
    void g3_mitigationsAreSwitches() {
        assertThat(CliRun.of("simulate", SERVICE).succeeds().out())
                .contains("500 BackendConnectionFailure: 1,101", "200: 1,280");
        assertThat(CliRun.of("simulate", SERVICE, "--with", "caching,more-units")
                        .succeeds()
                        .out())
                .contains("200: 2,400 (100.0 %)", "unit 1, 10.0.0.5: 1,200 calls, 600 from the cache, 600 forwarded");
        assertThat(CliRun.of("simulate", SERVICE, "--with", "caching", "--without", "caching")
                        .succeeds()
                        .out())
                .contains("200: 1,280");
        assertThat(CliRun.of("simulate", SERVICE, "--with", "firewall,private-endpoint")
                        .isRefused()
                        .err())
                .contains("one way");
        assertThat(CliRun.of("simulate", SERVICE, "--with", "magic").isRefused().err())
                .contains("'magic' is no mitigation: expected one of faster-backend");
        assertThat(CliRun.of("simulate", MIXED, "--with", "caching").isRefused().err())
                .contains("api-management");
    }

    @Test
    void s6_netstatShowsALowerBound() throws IOException {
        String text = """
                tcp 0 0 10.0.0.4:40000 203.0.113.7:443 TIME_WAIT
                tcp 0 0 10.0.0.4:40001 10.0.0.9:5432 ESTABLISHED
                tcp 0 0 10.0.0.4:40002 10.0.0.9:5432 ESTABLISHED
                """;
        Path file = Files.writeString(folder.resolve("netstat.txt"), text);

        assertThat(CliRun.of("netstat", "--ports-per-instance", "128", file.toString())
                        .succeeds()
                        .out())
                .contains(
                        "at least 1 of 128 SNAT ports",
                        "10.0.0.4 -> tcp 203.0.113.7:443: TIME_WAIT 1",
                        "to private addresses 2",
                        "lower bound");
        assertThat(CliRun.withInput(text.getBytes(StandardCharsets.UTF_8), "netstat", "-")
                        .succeeds()
                        .out())
                .startsWith("-: at least 1 of 1,024");
        assertThat(CliRun.of("netstat", "LICENSE").isRefused().err()).contains("netstat -an");
        assertThat(CliRun.of("netstat", "nowhere.txt").isRefused().err()).contains("nowhere.txt");
    }
}
