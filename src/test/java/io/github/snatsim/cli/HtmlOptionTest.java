package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --html FILE}. */
class HtmlOptionTest {
    private static final String OUTAGE = "docs/examples/02-outage-and-retries.yaml";
    private static final String BALANCER = "docs/examples/15-load-balancer-late-sends.yaml";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simulate " + OUTAGE,
                "simulate --json --seed 3 " + OUTAGE,
                "replay --ports-per-instance 32 src/test/resources/traces/pcap_zeek_http-methods.pcap",
                "nlb advise " + BALANCER,
                "plan --replications 2 " + OUTAGE,
                "compare --try pool=2 --replications 2 " + OUTAGE
            })
    void writesThePageAndPrintsWhatIsPrintedWithoutIt(String commandLine) throws IOException {
        Path page = folder.resolve("page.html");
        String[] plain = commandLine.split(" ", -1);
        String[] withPage = (commandLine + " --html " + page).split(" ", -1);

        CliRun run = CliRun.of(withPage).succeeds();
        assertThat(run.out()).isEqualTo(CliRun.of(plain).succeeds().out());
        String first = Files.readString(page);
        assertThat(first)
                .startsWith("<!DOCTYPE html>\n")
                .endsWith("</html>\n")
                .contains("java -jar snatsim-cli.jar " + commandLine + " --html " + page);
        assertThat(folder.toFile().list()).containsExactly("page.html");
        CliRun.of(withPage).succeeds();
        assertThat(page).as("written again").hasContent(first);
    }

    @Test
    void theInputIsThereWordForWord() throws IOException {
        Path page = folder.resolve("page.html");
        CliRun.of("simulate", OUTAGE, "--html", page.toString()).succeeds();
        String first = Files.readAllLines(Path.of(OUTAGE)).get(0);
        assertThat(page).content().contains("<code>" + first).contains("seed 1 ");
    }

    @Test
    void aNameWithSpacesAndQuotesIsQuotedForTheShell() throws IOException {
        Path scenario = Files.copy(Path.of(OUTAGE), folder.resolve("it's my file.yaml"));
        Path page = folder.resolve("page.html");
        CliRun.of("simulate", scenario.toString(), "--html", page.toString()).succeeds();
        assertThat(page).content().contains("simulate &#39;" + folder + "/it&#39;\\&#39;&#39;s my file.yaml&#39; ");
    }

    @Test
    void aDirectoryIsRefusedBeforeTheRun() {
        CliRun run = CliRun.of("simulate", OUTAGE, "--html", folder.toString()).isRefused();
        assertThat(run.err()).isEqualTo("snatsim: --html " + folder + ": is a directory, expected a file\n");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aFileInPlaceOfADirectoryIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "kept");
        CliRun run = CliRun.of(
                        "simulate", OUTAGE, "--html", file.resolve("page.html").toString())
                .isRefused();
        assertThat(run.err()).startsWith("snatsim: --html " + file);
        assertThat(file).hasContent("kept");
    }

    @Test
    void wrongInputLeavesNoPage() {
        Path page = folder.resolve("page.html");
        CliRun.of("simulate", "no-such-file.yaml", "--html", page.toString()).isRefused();
        assertThat(page).doesNotExist();
    }

    @Test
    void aReplayOfSeveralFilesHasNoPage() {
        CliRun run = CliRun.of(
                        "replay",
                        CliRun.CAPTURE,
                        CliRun.CAPTURE,
                        "--html",
                        folder.resolve("page.html").toString())
                .isRefused();
        assertThat(run.err()).contains("--html: a page shows one FILE, 2 given");
    }
}
