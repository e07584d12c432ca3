package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {
    private static final String SCRIPT = "docs/examples/01-unpooled-script.yaml";

    @TempDir
    private Path folder;

    @Test
    void printsTheReportAndWhatMachinesWant() {
        assertThat(CliRun.of("simulate", SCRIPT).succeeds().out())
                .startsWith(SCRIPT + ": 1,004 of 1,260 attempts refused (79.7 %)");
        assertThat(CliRun.of("simulate", SCRIPT, "--json").succeeds().out())
                .contains(
                        "\"attempts\":1260",
                        "\"opened\":256",
                        "\"refused\":1004",
                        "\"gaveUp\":1004",
                        "\"firstRefusalSeconds\":60",
                        "\"refusedShare\":0.796825397",
                        "\"peakPortsUsed\":128",
                        "\"peakPortsAtOneDestination\":128",
                        "\"seed\":1");
    }

    @Test
    void aSeedAndReplicationsCanBeAskedFor() {
        assertThat(CliRun.of("simulate", SCRIPT, "--seed", "7", "--json")
                        .succeeds()
                        .out())
                .contains("\"seed\":7")
                .doesNotContain("replications");
        assertThat(CliRun.of("simulate", SCRIPT, "--replications", "3")
                        .succeeds()
                        .out())
                .contains("3 replications, seeds 1 to 3", "refused          1004.0000 (1004.0000 to 1004.0000, n = 3)");
    }

    @Test
    void tablesAreWrittenWholeAndNothingElseIsLeft() throws IOException {
        CliRun.of("simulate", SCRIPT, "--csv", folder.resolve("out").toString()).succeeds();

        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "ports.csv", "destinations.csv", "episodes.csv", "clients.csv", "scale-events.csv");
        }
        assertThat(Files.readString(folder.resolve("out/clients.csv"))).isEqualTo("""
                client,requests,completed,gaveUp,inProgress,attempts,refused,failures,retries
                script,1260,256,1004,0,1260,1004,0,0
                """);
    }

    @ParameterizedTest
    @CsvSource({"--replications, 0", "--replications, 10001", "--seed, x", "--csv, README.md"})
    void badOptionsAreOneLine(String option, String value) {
        assertThat(CliRun.of("simulate", SCRIPT, option, value).isRefused().err())
                .contains(option);
    }

    @Test
    void validateSaysWhatARunTakes() {
        assertThat(CliRun.of("validate", SCRIPT).succeeds().out())
                .startsWith(SCRIPT + ": valid. 1 instances with 128 ports each, 1 clients");
    }
}
