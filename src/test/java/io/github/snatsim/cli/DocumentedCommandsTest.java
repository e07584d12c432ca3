package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/scenario.md shows of commands, each in a text block that names its command, is what they print. */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("^```text (\\S.*)\n([^`]*)^```$", Pattern.MULTILINE);

    @Test
    void theOutputShownIsWhatTheCommandPrints() throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/scenario.md")));
        int shown = 0;
        for (; block.find(); shown++) {
            CliRun run = CliRun.of(Splitter.on(' ').splitToList(block.group(1)).toArray(String[]::new));
            assertThat(run.out() + run.err()).isEqualTo(block.group(2));
        }
        assertThat(shown).isPositive();
    }
}
