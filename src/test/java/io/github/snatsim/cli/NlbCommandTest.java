package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.scenario.ScenarioFile;
import io.github.snatsim.sim.NlbSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NlbCommandTest {
    private static final String SCENARIO = "docs/examples/15-load-balancer-late-sends.yaml";
    private static final String ARN =
            "arn:aws:elasticloadbalancing:us-east-1:000011112222:listener/network/NLBTest/123/123";

    /** What the article prints, but for its indentation. */
    private static final String PRINTED = """
            {
                "Attributes": [
                    {
                        "Value": "%s",
                        "Key": "tcp.idle_timeout.seconds"
                    }
                ]
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void n3_describeTakesTheArticlesCommandLineAndPrintsItsJson() {
        assertThat(CliRun.of("nlb", "describe-listener-attributes", SCENARIO, "--listener-arns", ARN)
                        .succeeds()
                        .out())
                .isEqualTo(PRINTED.formatted("350"));
    }

    @Test
    void n3_modifyTakesTheArticlesCommandLineAndSavesWhereAsked() throws IOException {
        Path saved = folder.resolve("changed.yaml");
        String before = Files.readString(Path.of(SCENARIO));
        assertThat(save(saved, "Key=tcp.idle_timeout.seconds,Value=600")
                        .succeeds()
                        .out())
                .isEqualTo(PRINTED.formatted("600"));
        assertThat(Files.readString(Path.of(SCENARIO))).isEqualTo(before);
        NlbSetup setup = (NlbSetup) ScenarioFile.read(saved).gateway();
        assertThat(setup.balancer().listeners().get(0).idle()).isEqualTo(Duration.ofMinutes(10));
        assertThat(CliRun.of("nlb", "describe-listener-attributes", saved.toString(), "--listener-arns", ARN)
                        .succeeds()
                        .out())
                .isEqualTo(PRINTED.formatted("600"));
    }

    @Test
    void n3_modifyTakesJsonToo() {
        assertThat(CliRun.of(
                                "nlb",
                                "modify-listener-attributes",
                                SCENARIO,
                                "--listener-arn",
                                ARN,
                                "--attributes",
                                "[{\"Key\": \"tcp.idle_timeout.seconds\", \"Value\": \"6000\"}]")
                        .succeeds()
                        .out())
                .isEqualTo(PRINTED.formatted("6000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Key=tcp.idle_timeout.seconds,Value=59; InvalidConfigurationRequestException: value '59'",
                "Key=tcp.idle_timeout.seconds,Value=6001; expected whole seconds from 60 to 6000",
                "Key=tcp.idle_timeout.seconds,Value=abc; value 'abc'",
                "Key=tcp.idle.seconds,Value=600; unknown attribute key 'tcp.idle.seconds'",
                "tcp.idle_timeout.seconds=600; expected Key=tcp.idle_timeout.seconds,Value=600",
                "[{\"Key\": \"tcp.idle_timeout.seconds\", \"Value\": 600}]; a string in quotes",
                "{\"Attribute\": []}; did you mean 'Attributes'?"
            })
    void n3_whatIsWrongIsOneLineAndNothingIsSaved(String attributes, String problem) {
        Path saved = folder.resolve("changed.yaml");
        assertThat(save(saved, attributes).hasError()).contains(problem);
        assertThat(saved).doesNotExist();
    }

    private static CliRun save(Path where, String attributes) {
        return CliRun.of(
                "nlb",
                "modify-listener-attributes",
                SCENARIO,
                "--listener-arn",
                ARN,
                "--save",
                where.toString(),
                "--attributes",
                attributes);
    }

    @Test
    void savingReplacesFilesOnly() throws IOException {
        Path file = Files.writeString(folder.resolve("file.yaml"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
        save(link, "Key=tcp.idle_timeout.seconds,Value=600").succeeds();
        assertThat(link).isSymbolicLink();
        assertThat(file).content().contains("10min");

        for (Path wrong : List.of(folder, folder.resolve("missing/new.yaml"), Path.of(""))) {
            assertThat(save(wrong, "Key=tcp.idle_timeout.seconds,Value=600").hasError())
                    .contains("expected a file, or a new name in a folder that exists");
        }
        assertThat(folder.resolve("missing")).doesNotExist();
    }

    @Test
    void validateNamesTheFlowTable() {
        assertThat(CliRun.of("validate", SCENARIO).succeeds().out())
                .contains("10 instances before a flow table of 5000 places");
    }

    @Test
    void unknownListenersAndScenariosWithoutOneAreRefused() {
        assertThat(CliRun.of("nlb", "describe-listener-attributes", SCENARIO, "--listener-arns", "x")
                        .hasError())
                .contains("ListenerNotFoundException: no listener 'x'");
        assertThat(CliRun.of(
                                "nlb",
                                "describe-listener-attributes",
                                "docs/examples/01-unpooled-script.yaml",
                                "--listener-arns",
                                "x")
                        .isRefused()
                        .err())
                .contains("has no network-load-balancer");
        assertThat(CliRun.of("nlb").isRefused().err()).contains("expected describe-listener-attributes");
    }

    @Test
    void n5_adviseAndSimulatePrintWhatToDo() throws IOException {
        assertThat(CliRun.of("nlb", "advise", SCENARIO).succeeds().out())
                .contains("let clients send a keepalive every 116 s", "keepalive 116 s", "Flows, by Little");
        String full = "docs/examples/17-load-balancer-long-timeout.yaml";
        assertThat(CliRun.of("simulate", full).succeeds().out())
                .contains("12,000 of 37,000 flows rejected", "RejectedFlowCount", "alarm at 7 min 0 s: OK -> ALARM");
        assertThat(CliRun.of("simulate", full, "--json", "--csv", folder.toString())
                        .succeeds()
                        .out())
                .contains("\"RejectedFlowCount_TCP\":600", "\"alarm\":[{\"seconds\":60,");
        assertThat(Files.readAllLines(folder.resolve("nlb.csv")))
                .hasSize(61)
                .startsWith("startSeconds,endSeconds,NewFlowCount,NewFlowCount_TCP,ActiveFlowCount,ActiveFlowCount_TCP,"
                        + "RejectedFlowCount,RejectedFlowCount_TCP")
                .contains("420,480,0,0,5000,5000,600,600");
    }
}
