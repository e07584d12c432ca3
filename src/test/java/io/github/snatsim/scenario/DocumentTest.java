package io.github.snatsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/scenario.md} shows is true. */
class DocumentTest {
    @Test
    void theCompleteExamplesAreScenarios() throws IOException {
        assertThat(blocks("yaml"))
                .hasSize(4)
                .allSatisfy(text -> assertThat(
                                ScenarioFile.parse(ScenarioFile.write(ScenarioFile.parse(text, "doc")), "written"))
                        .isEqualTo(ScenarioFile.parse(text, "doc")));
    }

    @Test
    void theErrorsAreThoseOfTheReader() throws IOException {
        List<String> broken = blocks("yaml broken");
        List<String> messages = blocks("text");
        assertThat(broken).hasSameSizeAs(messages).isNotEmpty();
        for (int i = 0; i < broken.size(); i++) {
            String text = broken.get(i);
            assertThatThrownBy(() -> ScenarioFile.parse(text, "bad.yaml"))
                    .hasMessage(messages.get(i).strip());
        }
    }

    private static List<String> blocks(String kind) throws IOException {
        return Pattern.compile("^```" + kind + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(document())
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("docs/scenario.md"));
    }
}
