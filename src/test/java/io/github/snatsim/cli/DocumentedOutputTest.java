package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page quotes below a command is what the command prints: a block of text is a part of its output, or all of it. */
class DocumentedOutputTest {
    private static final String RUN = "java -jar target/snatsim-cli.jar ";
    private static final Pattern COMMAND =
            Pattern.compile("^```sh\n" + Pattern.quote(RUN) + "(.*)\n```$", Pattern.MULTILINE);
    private static final Pattern QUOTE = Pattern.compile("^```text\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    /**
     * A command and what the page quotes from its output.
     *
     * @param page the page
     * @param command the words behind the name of the program
     * @param quotes the blocks up to the next command
     */
    private record Quoted(Path page, String command, String quotes) {}

    static Stream<Quoted> commands() throws IOException {
        Path page = Path.of("docs/planning.md");
        String text = Files.readString(page);
        Stream.Builder<Quoted> found = Stream.builder();
        int[] starts = COMMAND.matcher(text)
                .results()
                .mapToInt(result -> result.start())
                .toArray();
        for (int i = 0; i < starts.length; i++) {
            String section = text.substring(starts[i], i + 1 < starts.length ? starts[i + 1] : text.length());
            String command = section.substring(section.indexOf(RUN) + RUN.length(), section.indexOf("\n```"));
            found.add(new Quoted(page, command, section));
        }
        return found.build();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theQuotedLinesAreWhatTheCommandPrints(Quoted quoted) {
        String[] words = Splitter.on(' ').splitToList(quoted.command()).toArray(String[]::new);
        String out = CliRun.of(words).succeeds().out();

        assertThat(QUOTE.matcher(quoted.quotes()).results())
                .as("%s: %s", quoted.page(), quoted.command())
                .isNotEmpty()
                .allSatisfy(quote -> assertThat(out).contains(quote.group(1)));
    }

    @Test
    void commandsAreFound() throws IOException {
        assertThat(commands()).hasSizeGreaterThanOrEqualTo(2);
    }
}
