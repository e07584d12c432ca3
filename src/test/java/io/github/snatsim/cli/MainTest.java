package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpListsTheCommands(String option) {
        assertThat(CliRun.of(option).succeeds().out())
                .startsWith("Usage: snatsim [-hV] COMMAND\n")
                .contains("\n  replay ", "\n  tiers ");
    }

    @ParameterizedTest
    @CsvSource({
        "replay, --ports-per-instance", "replay, --pool-size", "replay, --format", "replay, --private",
        "replay, --untranslated", "replay, --reorder-window", "replay, --json", "replay, FILE",
        "tiers, --table", "tiers, resource-manager"
    })
    void helpOfACommandNamesItsOptions(String command, String option) {
        assertThat(CliRun.of(command, "--help").succeeds().out())
                .startsWith("Usage: snatsim " + command + " ")
                .contains(option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "replay", "tiers"})
    void helpFitsATerminal(String command) {
        CliRun run = command.isEmpty() ? CliRun.of("--help") : CliRun.of(command, "--help");
        assertThat(run.lines()).allMatch(line -> line.length() <= 80).noneMatch(line -> line.contains("\u001b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"--version", "-V", "replay --version", "tiers --version", "tiers -V"})
    void versionIsOneLine(String args) {
        assertThat(CliRun.of(Splitter.on(' ').splitToList(args).toArray(String[]::new))
                        .succeeds()
                        .out())
                .matches("snatsim \\S.*\n");
    }

    @Test
    void helpNeedsNothingElse() {
        CliRun.of("replay", "--help").succeeds();
        CliRun.of("replay", "--version").succeeds();
        CliRun.of("replay", CliRun.CAPTURE, "--help").succeeds();
    }

    /** What is nobody's fault but the program's ends with exit code 1 and one line. */
    @Test
    void aFailureIsOneLineToo() {
        StringWriter err = new StringWriter();
        Writer broken = new Writer() {
            @Override
            public void write(char[] text, int offset, int length) {
                throw new IllegalStateException("the printer\n  is on fire");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        int code = Main.run(new PrintWriter(broken), new PrintWriter(err), "tiers");
        assertThat(code).isEqualTo(Main.FAILURE);
        assertThat(err).hasToString("snatsim: failed: the printer; is on fire\n");
    }
}
