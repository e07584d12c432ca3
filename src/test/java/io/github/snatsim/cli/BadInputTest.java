package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with the input: exit code 2, one line on standard error, nothing on standard output. */
class BadInputTest {
    @TempDir
    private Path folder;

    /** CAPTURE stands for a good file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | no command given (see 'snatsim --help')",
                "bogus | 'bogus'",
                "--bogus | Unknown option: '--bogus'",
                "Replay CAPTURE | 'Replay'",
                "replay | Missing required parameter: 'FILE' (see 'snatsim replay --help')",
                "replay --json | Missing required parameter: 'FILE'",
                "replay --bogus CAPTURE | Unknown option: '--bogus'",
                "replay --pool-siz 5 CAPTURE | Unknown option",
                "replay --pool-size 0 CAPTURE | --pool-size: a pool of 0 instances: expected 1-400",
                "replay --pool-size -1 CAPTURE | --pool-size: a pool of -1 instances: expected 1-400",
                "replay --pool-size 401 CAPTURE | --pool-size: a pool of 401 instances: expected 1-400",
                "replay --pool-size abc CAPTURE | Invalid value for option '--pool-size': 'abc'",
                "replay --pool-size 1e2 CAPTURE | Invalid value for option '--pool-size': '1e2'",
                "replay --pool-size 0x10 CAPTURE | Invalid value for option '--pool-size': '0x10'",
                "replay --pool-size 2147483648 CAPTURE | Invalid value for option '--pool-size': '2147483648'",
                "replay --pool-size= CAPTURE | Invalid value for option '--pool-size': ''",
                "replay --pool-size | Missing required parameter for option '--pool-size' (N)",
                "replay --pool-size --json CAPTURE | Expected parameter for option '--pool-size' but found '--json'",
                "replay --ports-per-instance 0 CAPTURE | --ports-per-instance: 0 ports per instance: expected 1-64512",
                "replay --ports-per-instance -1 CAPTURE | --ports-per-instance: -1 ports per instance: expected 1-64512",
                "replay --ports-per-instance 64513 CAPTURE | --ports-per-instance: 64513 ports per instance: expected",
                "replay --ports-per-instance 65536 CAPTURE | --ports-per-instance: 65536 ports per instance: expected",
                "replay --ports-per-instance abc CAPTURE | Invalid value for option '--ports-per-instance': 'abc'",
                "replay --pool-size 5 --ports-per-instance 6 CAPTURE | mutually exclusive",
                "replay --pool-size 5 --pool-size 6 CAPTURE | expected only one match",
                "replay --json --json CAPTURE | option '--json' should be specified only once",
                "replay --format pcap --format pcap CAPTURE | option '--format' (F) should be specified only once",
                "replay --format foo CAPTURE | 'foo' is not a trace format: expected one of zeek-tsv, zeek-json, pcap",
                "replay --format CAPTURE | is not a trace format",
                "replay --format pcapng CAPTURE | not a pcapng file: begins with",
                "replay --format conntrack CAPTURE | not a conntrack file: begins with",
                "replay --reorder-window -1 CAPTURE | --reorder-window -1: expected 0 or more seconds",
                "replay --reorder-window 9999999999 CAPTURE | Invalid value for option '--reorder-window'",
                "replay --private 10.0.0.1/8 CAPTURE | --private: 10.0.0.1/8 has bits set behind its prefix: did you mean 10.0.0.0/8?",
                "replay --private localhost CAPTURE | --private: 'localhost' is not an IPv4 address",
                "replay --private 10.0.0.0/33 CAPTURE | --private: prefix length 33 is outside 0-32",
                "replay --private 10.0.0.0/ CAPTURE | --private: '10.0.0.0/' is not a CIDR block",
                "replay --private ::1 CAPTURE | --private: '::1' is not an IPv4 address",
                "replay --private 10.0.0.0/8, CAPTURE | --private: '' is not an IPv4 address",
                "replay --private , CAPTURE | --private: '' is not an IPv4 address",
                "replay --private 10.0.0.0/8 300.1.1.1 CAPTURE | --private: '300.1.1.1' is not an IPv4 address",
                "replay --private CAPTURE | --private: '",
                "replay --private --json CAPTURE | --private: '--json' is not an IPv4 address",
                "replay CAPTURE --private | --private: no CIDR block follows",
                "replay CAPTURE --untranslated | --untranslated: no CIDR block follows",
                "replay CAPTURE --untranslated public | --untranslated: 'public' is not an IPv4 address",
                "replay --private 10.0.0.0/8 | Missing required parameter: 'FILE'",
                "replay . | .: is a directory: expected a file",
                "replay missing.pcap | missing.pcap: does not exist",
                "replay @missing | @missing: does not exist",
                "replay CAPTURE/inside | cannot be read",
                "replay -x.pcap | Missing required parameter: 'FILE'",
                "tiers -1 | a pool of -1 instances: expected 1-400 (P2); nearest valid: 1 (see 'snatsim tiers --help')",
                "tiers -- -1 | a pool of -1 instances: expected 1-400 (P2); nearest valid: 1 (see 'snatsim tiers --help')",
                "tiers 401 | a pool of 401 instances: expected 1-400; the Resource Manager table goes up to 1,000 (P2); nearest valid: 400; or --table resource-manager",
                "tiers abc | 'abc' is not an int",
                "tiers 50.5 | '50.5' is not an int",
                "tiers 9999999999 | '9999999999' is not an int",
                "tiers 2147483647 | a pool of 2147483647 instances: expected 1-400",
                "tiers 5 6 | Unmatched argument",
                "tiers --table x | Invalid value for option '--table'",
                "tiers --table | Missing required parameter for option '--table' (TABLE)",
                "tiers 1001 --table resource-manager | a pool of 1001 instances: expected 1-1000 (P2); nearest valid: 1000 (see",
                "tiers --json | Unknown option: '--json'"
            })
    void wrongUsage(String args, String expected) {
        String[] words = args.isEmpty()
                ? new String[0]
                : Splitter.on(' ')
                        .splitToList(args.replace("CAPTURE", CliRun.CAPTURE))
                        .toArray(String[]::new);
        CliRun run = CliRun.of(words).isRefused();
        assertThat(run.err()).contains(expected);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\0", "a\nb", "a\r\nb\tc", "日本語", "\u001b[31mred"})
    void strangeArguments(String argument) {
        for (String[] args : List.of(
                new String[] {argument},
                new String[] {"replay", argument},
                new String[] {"replay", "--pool-size", argument, CliRun.CAPTURE},
                new String[] {"replay", "--format", argument, CliRun.CAPTURE},
                new String[] {"replay", "--private", argument, CliRun.CAPTURE},
                new String[] {"tiers", argument},
                new String[] {"tiers", "--table", argument})) {
            CliRun run = CliRun.of(args).isRefused();
            assertThat(run.out()).as(Arrays.toString(args)).isEmpty();
        }
    }

    @Test
    void aLongArgument() {
        CliRun.of("replay", "x".repeat(100_000)).isRefused();
        CliRun.of("replay", "--private", "1".repeat(100_000), CliRun.CAPTURE).isRefused();
    }

    @Test
    void argumentsThatBeginWithAtAreFileNames() throws IOException {
        Path file = folder.resolve("list");
        Files.writeString(file, "--help\n");
        assertThat(CliRun.of("replay", "@" + file).isRefused().err()).contains("@" + file + ": does not exist");
        assertThat(CliRun.of("replay", "@" + folder).isRefused().err()).contains("@" + folder + ": does not exist");
    }

    @Test
    void emptyFile() throws IOException {
        assertThat(replayOf("").err())
                .contains("is empty: expected one of zeek-tsv, zeek-json, pcap, pcapng, conntrack");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "hello\n",
                "<html>\n",
                "[]",
                "\"",
                "#",
                "#comment\n",
                "[NEW]",
                "{",
                "{}",
                "{\"a\":",
                "{}{}",
                "#fields\n",
                "#fields\tts\n1\n"
            })
    void textOfNoFormat(String content) throws IOException {
        replayOf(content);
    }

    @Test
    void binaryFile() throws IOException {
        for (long seed = 1; seed <= 200; seed++) {
            byte[] bytes = new byte[(int) seed * 7];
            new Random(seed).nextBytes(bytes);
            replayOf(bytes);
        }
    }

    @Test
    void captureCutOffAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of(CliRun.CAPTURE));
        int refused = 0;
        for (int length = 1; length < 1_000; length += 7) {
            Path file = folder.resolve("cut.pcap");
            Files.write(file, Arrays.copyOf(whole, length));
            CliRun run = CliRun.of("replay", file.toString());
            if (run.exitCode() != 0) {
                assertThat(run.isRefused().err()).contains("cut.pcap: ");
                assertThat(run.out()).isEmpty();
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void gzipCutOff() throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(stored)) {
            gzip.write(Files.readAllBytes(Path.of(CliRun.CAPTURE)));
        }
        for (int length : new int[] {30, 500, 2_000}) {
            replayOf(Arrays.copyOf(stored.toByteArray(), length));
        }
    }

    @Test
    void timeBackwardsBeyondTheWindow() throws IOException {
        String first = "[1000.5] [NEW] tcp 6 120 SYN_SENT src=10.0.0.1 dst=203.0.113.7 sport=1 dport=443\n";
        String earlier = "[998.0] [NEW] tcp 6 120 SYN_SENT src=10.0.0.1 dst=203.0.113.7 sport=2 dport=443\n";
        assertThat(replayOf(first + earlier).err())
                .contains(":2: its time lies 2.5 s before that of an earlier line; at most 1 s can be put in order");
        Path file = write((first + earlier).getBytes(StandardCharsets.UTF_8));
        CliRun.of("replay", "--reorder-window", "3", file.toString()).succeeds();
    }

    @Test
    void moreInitiatorsThanThePoolHolds() {
        String trace = CliRun.trace("pcap_suricata-verify_http-ftp-burst.pcap");
        assertThat(CliRun.of("replay", "--pool-size", "1", trace).isRefused().err())
                .contains(
                        "burst.pcap: more than 1 addresses initiate flows, 192.168.0.1 is number 2: a pool of 1 cannot "
                                + "hold them; raise --pool-size or name the instances with --private");
    }

    @Test
    void standardInputThatIsEmptyOrGarbage() {
        assertThat(CliRun.withInput(new byte[0], "replay", "-").isRefused().err())
                .isEqualTo("snatsim: standard input: is empty: expected one of zeek-tsv, zeek-json, pcap, pcapng, "
                        + "conntrack\n");
        CliRun.withInput(new byte[] {1, 2, 3, 4, 5}, "replay", "-").isRefused();
    }

    private CliRun replayOf(String content) throws IOException {
        return replayOf(content.getBytes(StandardCharsets.UTF_8));
    }

    private CliRun replayOf(byte[] content) throws IOException {
        CliRun run = CliRun.of("replay", write(content).toString()).isRefused();
        assertThat(run.out()).isEmpty();
        return run;
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("input"), content);
    }
}
