package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ObjectArrays;
import io.github.snatsim.report.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayCommandTest {
    @TempDir
    private Path folder;

    /** Three initiators, each with one flow to a public and one to a private address. */
    private String file;

    @BeforeEach
    void record() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String source : List.of("10.0.0.1", "172.16.0.1", "192.168.0.1")) {
            lines.append("[1000.5] [NEW] tcp 6 120 SYN_SENT src=" + source + " dst=203.0.113.7 sport=1 dport=443\n");
            lines.append("[1000.5] [NEW] tcp 6 120 SYN_SENT src=" + source + " dst=10.9.9.9 sport=1 dport=443\n");
        }
        file = folder.resolve("log").toString();
        Files.writeString(Path.of(file), lines);
    }

    @Test
    void textHasTheAnswerInItsFirstLine() {
        assertThat(CliRun.of("replay", file).succeeds().out())
                .startsWith(file + " (conntrack): all 6 attempts opened; at most 1 of 128 ports were taken for one "
                        + "destination\n\nRecorded      1970-01-01T00:16:40.500Z, 0.000 s\n"
                        + "Instances     3 with 128 SNAT ports each, per protocol\n");
    }

    @Test
    void refusalsAreAFindingNotAFailure() {
        CliRun run = CliRun.of("replay", "--ports-per-instance", "32", CliRun.CAPTURE)
                .succeeds();
        assertThat(run.out()).contains("17 of 49 attempts refused (34.7 %)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 3 | 0",
                "--private 10.0.0.0/8 172.16.0.0/12 | 2 | 2",
                "--private 10.0.0.0/8,172.16.0.0/12 | 2 | 2",
                "--private=10.0.0.0/8,172.16.0.0/12 | 2 | 2",
                "--private=10.0.0.0/8 172.16.0.0/12 | 2 | 2",
                "--private 10.0.0.0/8 --private 172.16.0.0/12 | 2 | 2",
                "--private 10.0.0.1 | 1 | 4",
                "--private 10.0.0.0/8 10.0.0.0/8 | 1 | 4",
                "--private 0.0.0.0/0 | 3 | 0",
                "--private 203.0.113.0/24 | 0 | 6",
                "--private private | 3 | 0"
            })
    void privateBlocksSayWhoIsAnInstance(String options, long instances, long elsewhere) {
        List<String> words = Splitter.on(' ').omitEmptyStrings().splitToList(options);
        String[] before = words.toArray(String[]::new);
        for (String[] args : List.of(ObjectArrays.concat(before, file), ObjectArrays.concat(file, before))) {
            Map<String, Object> json = json(args);
            assertThat(json).containsEntry("file", file).containsEntry("instances", instances);
            assertThat(json)
                    .containsEntry("skipped", elsewhere == 0 ? Map.of() : Map.of("opened-elsewhere", elsewhere))
                    .containsEntry("attempts", 6 - elsewhere);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--untranslated private | 3 | 3",
                "--untranslated 10.0.0.0/8 | 3 | 3",
                "--untranslated 100.64.0.0/10 private | 3 | 3",
                "--untranslated 100.64.0.0/10,private | 3 | 3",
                "--untranslated private 203.0.113.7 | 6 | 0",
                "--untranslated 10.9.9.9 --untranslated 203.0.113.7/32 | 6 | 0",
                "--private 10.0.0.0/8 --untranslated private | 1 | 1"
            })
    void untranslatedBlocksTakeNoPorts(String options, long untranslated, long attempts) {
        String[] words = Splitter.on(' ').splitToList(options).toArray(String[]::new);
        assertThat(json(ObjectArrays.concat(words, file)))
                .containsEntry("untranslatedPackets", untranslated)
                .containsEntry("attempts", attempts);
    }

    @Test
    void afterADoubleDashEverythingIsAFile() throws IOException {
        Path numbers = folder.resolve("10.0.0.1");
        Files.copy(Path.of(file), numbers);
        assertThat(CliRun.of("replay", "--private", "10.0.0.0/8", "--", numbers.toString())
                        .succeeds()
                        .out())
                .startsWith(numbers.toString());
        assertThat(CliRun.of("replay", "--", "--json").isRefused().err()).contains("--json: does not exist");
    }

    @Test
    void poolAndPortsPerInstance() {
        assertThat(json("--pool-size", "60", file)).containsEntry("portsPerInstance", 512L);
        assertThat(json("--pool-size", "400", file)).containsEntry("portsPerInstance", 128L);
        assertThat(json("--ports-per-instance", "64512", file)).containsEntry("portsPerInstance", 64_512L);
        assertThat(json("--ports-per-instance=1", file)).containsEntry("portsPerInstance", 1L);
        assertThat(json(file)).containsEntry("portsPerInstance", 128L);
    }

    @Test
    void jsonIsOneLinePerFileInOrder() {
        String other = CliRun.trace("zeek-tsv_zat_conn.log");
        CliRun run = CliRun.of("replay", CliRun.CAPTURE, other, "--json", file).succeeds();
        assertThat(run.lines())
                .extracting(line -> JsonText.object(line).get("file"))
                .containsExactly(CliRun.CAPTURE, other, file);
    }

    @Test
    void textsOfSeveralFilesAreSetApartByAnEmptyLine() {
        String one = CliRun.of("replay", file).out();
        String other = CliRun.of("replay", CliRun.CAPTURE).out();
        assertThat(CliRun.of("replay", file, CliRun.CAPTURE).succeeds().out()).isEqualTo(one + "\n" + other);
    }

    @Test
    void filesDoNotInfluenceEachOther() {
        CliRun run = CliRun.of("replay", "--json", file, CliRun.CAPTURE, file).succeeds();
        assertThat(run.lines().get(2)).isEqualTo(run.lines().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", ".", ""})
    void aBadSecondFileLeavesTheFirstLineWhole(String bad) {
        CliRun run = CliRun.of("replay", "--json", file, bad, CliRun.CAPTURE).isRefused();
        assertThat(run.lines()).hasSize(1);
        assertThat(JsonText.object(run.out().strip())).containsEntry("file", file);
        assertThat(run.out()).endsWith("\n");
    }

    @Test
    void aFileThatFailsHalfwayPrintsNothing() throws IOException {
        Path broken = folder.resolve("broken");
        Files.writeString(broken, Files.readString(Path.of(file)) + "nonsense\n");
        CliRun run = CliRun.of("replay", "--json", broken.toString()).isRefused();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("broken:7: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conntrack", "CONNTRACK", "Conntrack"})
    void theFormatCanBeSaid(String name) {
        assertThat(json("--format", name, file)).containsEntry("format", "conntrack");
    }

    @Test
    void standardInputIsADash() throws IOException {
        CliRun run = CliRun.withInput(Files.readAllBytes(Path.of(CliRun.CAPTURE)), "replay", "--json", "-")
                .succeeds();
        assertThat(JsonText.object(run.out())).containsEntry("file", "-").containsEntry("opened", 49L);
    }

    @Test
    void gzipIsTakenOff() throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(stored)) {
            gzip.write(Files.readAllBytes(Path.of(CliRun.CAPTURE)));
        }
        Path zipped = Files.write(folder.resolve("capture.gz"), stored.toByteArray());
        String plain = CliRun.of("replay", "--json", CliRun.CAPTURE).out();
        assertThat(CliRun.of("replay", "--json", zipped.toString()).succeeds().out())
                .isEqualTo(plain.replace(CliRun.CAPTURE, zipped.toString()));
    }

    @Test
    void fileNamesMayHaveSpacesAndOtherLetters() throws IOException {
        Path odd = folder.resolve("two words ünd @mehr");
        Files.copy(Path.of(file), odd);
        assertThat(json(odd.toString())).containsEntry("file", odd.toString());
    }

    @Test
    void whatWasSkippedIsCounted() {
        assertThat(json(CliRun.trace("zeek-tsv_zat_conn.log"))).containsEntry("skipped", Map.of("icmp", 20L));
        assertThat(CliRun.of("replay", CliRun.trace("zeek-tsv_zat_conn.log")).out())
                .contains("Skipped       20 icmp\n");
    }

    @Test
    void theSameRunGivesTheSameBytes() {
        String[] args = {"replay", "--ports-per-instance", "8", CliRun.trace("zeek-json_apt29-day1-nashua_conn.log")};
        assertThat(CliRun.of(args)).isEqualTo(CliRun.of(args));
    }

    private static Map<String, Object> json(String... args) {
        CliRun run = CliRun.of(ObjectArrays.concat(new String[] {"replay", "--json"}, args, String.class))
                .succeeds();
        assertThat(run.lines()).hasSize(1);
        return JsonText.object(run.out());
    }
}
