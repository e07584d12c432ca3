package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule M3 on the command line. */
class CompareCommandTest {
    @TempDir
    private Path folder;

    private Path file;

    /** 240 connections within one hold, 64 ports: 176 refused. */
    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("s.yaml");
        Files.writeString(file, """
                duration: 239999ms
                gateway: {ports-per-instance: 64}
                clients:
                  - {name: c, arrivals: {even: 1/s}, destinations: "tcp 203.0.113.7:443"}
                """);
    }

    private CliRun compare(String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "compare";
        args[1] = file.toString();
        System.arraycopy(options, 0, args, 2, options.length);
        return CliRun.of(args);
    }

    @Test
    void m3_theAnswerComesFirst() {
        String out = compare("--try", "rst-close", "--try", "caching=50%", "--replications", "2")
                .succeeds()
                .out();
        assertThat(out.lines().findFirst().orElseThrow())
                .isEqualTo(file + ": with close with an RST 0 attempts of a run are refused instead of 176");
        assertThat(out)
                .contains("2 runs of each with the seeds 1 to 2")
                .containsPattern("(?m)^ +1 +close with an RST +0 +176 +0\\.00 % +0$")
                .containsPattern("(?m)^ +2 +caching of 50 % +56 +120 +46\\.67 % +56$")
                .containsPattern("(?m)^ +3 +as it stands +176 +73\\.33 % +175$")
                .contains("allow 1 (a frontend for each instance)");
    }

    @Test
    void m3_severalCanBeTriedTogether() {
        assertThat(compare("--try", "instances=2+caching=50%,pool=4", "--replications", "1")
                        .succeeds()
                        .out())
                .contains("2 instances + caching of 50 %")
                .contains("connection pool of 4")
                .contains("One run of each with seed 1");
    }

    @Test
    void m3_whatCannotBeHadIsListedApart() throws IOException {
        Files.writeString(
                file, Files.readString(file).replace("{even: 1/s}", "{closed-loop: {workers: 2, think: 1s}}"));
        assertThat(compare("--try", "caching=50%", "--replications", "1")
                        .succeeds()
                        .out())
                .contains("\nNot to be had here\n  caching of 50 %: the workers of c ask again");
    }

    @Test
    void m3_jsonHasTheSameNumbers() {
        assertThat(compare("--try", "rst-close", "--replications", "2", "--json")
                        .succeeds()
                        .out())
                .contains("\"title\":\"close with an RST\",\"mitigations\":[\"rst-close\"],\"effect\":\"FEWER\"")
                .contains("\"refusedLess\":{\"mean\":176,\"low\":176,\"high\":176}")
                .contains("\"title\":\"as it stands\",\"mitigations\":[],\"effect\":\"BASELINE\"");
    }

    @Test
    void m3_withoutChoicesTheUsualOnesAreTried() {
        assertThat(compare("--replications", "1").succeeds().out())
                .contains("connection reuse")
                .contains("private endpoints")
                .contains("keepalive every 60 s");
    }

    @Test
    void m3_nothingRefusedIsSaid() throws IOException {
        Files.writeString(file, Files.readString(file).replace("instance: 64", "instance: 640"));
        assertThat(compare("--try", "rst-close", "--replications", "1")
                        .succeeds()
                        .out())
                .contains("s.yaml: nothing is refused as it stands\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                caches          | 'caches' is no mitigation: expected one of reuse, pool, backoff
                pool            | 'pool': expected pool= and a whole number
                pool=x          | pool=x: expected a whole number
                pool=0          | pool=0: a pool of 0: expected at least 1
                caching=150%    | caching=150%: a hit ratio of 1.5: expected above 0, below 1
                caching=some    | caching=some: expected a share such as 50% or 0.5
                keepalive=60    | keepalive=60: expected a duration with a unit
                rst-close=1     | rst-close=1: expected no value
                backoff=1s      | backoff=1s: expected the first and the longest delay such as 1s..60s
                backoff=2s..1s  | backoff=2s..1s: a backoff from 2 s to 1 s
                rate-limit=5    | rate-limit=5: expected a rate such as 5/s
                firewall=999    | firewall=999: a firewall with 999 public IPs: expected 1-250
                rst-close+      | '' is no mitigation
                """)
    void wrongWordsAreNamedWithWhatWouldBeRight(String word, String message) {
        assertThat(compare("--try", word).isRefused().err()).startsWith("snatsim: " + message);
    }

    @Test
    void aLoadBalancerIsRefusedInALine() {
        CliRun run = CliRun.of("compare", "docs/examples/15-load-balancer-late-sends.yaml");
        assertThat(run.isRefused().err()).contains("no SNAT ports");
    }

    @Test
    void replicationsOutOfRangeAreRefused() {
        assertThat(compare("--replications", "0").isRefused().err()).contains("--replications 0: expected 1-10000");
    }

    @Test
    void m3_namesCannotMoveTheCursor() throws IOException {
        Files.writeString(file, """
                duration: 1s
                gateway: {ports-per-instance: 64}
                clients:
                  - name: "a\\u001b[31m"
                    arrivals: {closed-loop: {workers: 1, think: 1s}}
                    destinations: "tcp 203.0.113.7:443"
                """);
        assertThat(compare("--try", "caching=50%", "--replications", "1")
                        .succeeds()
                        .out())
                .contains("the workers of a?[31m ask again")
                .doesNotContain("\u001b");
    }
}
