package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What one run of the command line left behind.
 *
 * @param exitCode its exit code
 * @param out all of standard output
 * @param err all of standard error
 */
record CliRun(int exitCode, String out, String err) {
    private static final Path TRACES = Path.of("src/test/resources/traces");

    /** A capture of one initiator that opens 49 flows to one destination. */
    static final String CAPTURE = trace("pcap_zeek_http-methods.pcap");

    static String trace(String name) {
        return TRACES.resolve(name).toString();
    }

    /** Runs within this JVM and leaves the default locale as it was. */
    static CliRun of(String... args) {
        Locale display = Locale.getDefault(Locale.Category.DISPLAY);
        Locale format = Locale.getDefault(Locale.Category.FORMAT);
        Locale locale = Locale.getDefault();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try {
            int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), args);
            return new CliRun(exitCode, out.toString(), err.toString());
        } finally {
            Locale.setDefault(locale);
            Locale.setDefault(Locale.Category.DISPLAY, display);
            Locale.setDefault(Locale.Category.FORMAT, format);
        }
    }

    /** Runs within this JVM with something on standard input. */
    static CliRun withInput(byte[] input, String... args) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return of(args);
        } finally {
            System.setIn(before);
        }
    }

    CliRun succeeds() {
        assertThat(err).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out).isNotEmpty().endsWith("\n").doesNotContain("\r");
        return this;
    }

    /** Exit code 2, one line that says why, and not a word of Java. */
    CliRun isRefused() {
        assertThat(err.lines()).as(err).hasSize(1);
        return isRefusedInLines();
    }

    /** As {@link #isRefused}, for a command that says everything that is wrong. */
    CliRun isRefusedInLines() {
        assertThat(exitCode).as(err).isEqualTo(2);
        assertThat(err).endsWith("\n").doesNotContain("\tat ", "Exception", "null");
        assertThat(err.lines())
                .as(err)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("snatsim: "));
        return this;
    }

    /** Exit code 2 and one line that says why; it may name an error of an API. */
    String hasError() {
        assertThat(exitCode).as(err).isEqualTo(2);
        assertThat(err.lines()).as(err).hasSize(1);
        assertThat(out).isEmpty();
        return err;
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
