package io.github.snatsim.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real thing in a JVM of its own, with the logging configuration of the executable jar. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForkedRunTest {
    private static final String[] REPLAY = {"replay", "--ports-per-instance", "32", CliRun.CAPTURE};

    @TempDir
    private Path folder;

    @Test
    void findingsEndWithZeroAndTheSameBytesAsWithinTheJvm() throws IOException, InterruptedException {
        CliRun run = finish(java(List.of(), REPLAY).start());
        assertThat(run.succeeds()).isEqualTo(CliRun.of(REPLAY));
    }

    @Test
    void turkishInKathmanduWithAnotherCharsetChangesNothing() throws IOException, InterruptedException {
        List<String> options = List.of(
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Asia/Kathmandu",
                "-Dfile.encoding=ISO-8859-1",
                "-Dline.separator=\r\n");
        assertThat(finish(java(options, REPLAY).start()).out())
                .isEqualTo(CliRun.of(REPLAY).out());
        assertThat(finish(java(options, "tiers", "60").start()).succeeds()).isEqualTo(CliRun.of("tiers", "60"));
    }

    @Test
    void wrongInputEndsWithTwo() throws IOException, InterruptedException {
        CliRun run = finish(java(List.of(), "replay", "missing.pcap").start()).isRefused();
        assertThat(run).isEqualTo(CliRun.of("replay", "missing.pcap"));
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aDirectoryWithAnAtIsNotRead() throws IOException, InterruptedException {
        finish(java(List.of(), "replay", "@" + folder).start()).isRefused();
    }

    @Test
    void standardInputIsRead() throws IOException, InterruptedException {
        ProcessBuilder builder = java(List.of(), "replay", "--json", "-");
        builder.redirectInput(Path.of(CliRun.CAPTURE).toFile());
        assertThat(finish(builder.start()).succeeds().out())
                .startsWith("{\"file\":\"-\",\"format\":\"pcap\",\"events\":655,");
    }

    /** As in {@code snatsim replay ... | head -1}: nobody reads on. */
    @Test
    void aClosedPipeEndsWithOneAndWithoutAWordOfJava() throws IOException, InterruptedException {
        List<String> args = new ArrayList<>(List.of("replay"));
        args.addAll(Collections.nCopies(200, CliRun.CAPTURE));
        Process process = java(List.of(), args.toArray(String[]::new)).start();
        process.getInputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(err).doesNotContain("\tat ", "Exception");
        assertThat(err.lines().count()).isLessThanOrEqualTo(1);
    }

    @Test
    void logsGoToStandardErrorAndOnlyWhenAskedFor() throws IOException, InterruptedException {
        ProcessBuilder builder = java(List.of(), REPLAY);
        builder.environment().put("SNATSIM_LOG_LEVEL", "INFO");
        CliRun run = finish(builder.start());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(CliRun.of(REPLAY).out());
        assertThat(run.err())
                .isEqualTo("WARN  Episodes: Exhaustion begins at 2012-12-01T02:28:40.032150Z: 128.2.6.136 to "
                        + "tcp 173.194.75.103:80, refused: all ports of the instance are taken for this destination\n");
    }

    private static ProcessBuilder java(List<String> options, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xshare:auto");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dlogback.configurationFile=src/main/cli/logback.xml");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("SNATSIM_LOG_LEVEL");
        return builder;
    }

    /** Waits for the end, reading both outputs at once, so that neither side waits for the other. */
    private CliRun finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        Path err = folder.resolve("err-" + process.pid());
        Thread copier = new Thread(() -> {
            try {
                Files.copy(process.getErrorStream(), err);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        copier.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        copier.join();
        return new CliRun(process.waitFor(), out, Files.readString(err));
    }
}
