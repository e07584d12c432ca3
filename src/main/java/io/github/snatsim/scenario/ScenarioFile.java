package io.github.snatsim.scenario;

import io.github.snatsim.sim.Scenario;
import io.github.snatsim.workload.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The scenario file: everything that {@link Scenario} can say, as YAML 1.2, and so as JSON too. {@code docs/scenario.md}
 * has every key. Anchors, aliases, tags, merge keys and several documents are refused; so are files above 10 MB. Stateless.
 */
public final class ScenarioFile {
    private ScenarioFile() {}

    /**
     * Reads a scenario file.
     *
     * @param file the file, UTF-8; files that it names are sought beside it
     * @return the scenario
     * @throws ScenarioException if the file cannot be read or is no scenario; the message is one line with the place
     */
    public static Scenario read(Path file) {
        String name = file.toString();
        String text = Texts.read(file, problem -> new ScenarioException(name + problem));
        return parse(text, new Source(name, Optional.of(file.toAbsolutePath().resolveSibling(""))));
    }

    /**
     * Reads a scenario from text. It cannot name other files.
     *
     * @param text YAML or JSON
     * @param name what to call the text in errors
     * @return the scenario
     * @throws ScenarioException if the text is no scenario; the message is one line with the place
     */
    public static Scenario parse(String text, String name) {
        return parse(text, new Source(name, Optional.empty()));
    }

    private static Scenario parse(String text, Source source) {
        try {
            Node root = NodeReader.read(text, source);
            return source.readAll(() -> ScenarioBinder.scenario(root));
        } catch (NoClassDefFoundError e) {
            throw new ScenarioException(
                    source.name() + ": needs org.snakeyaml:snakeyaml-engine on the class or module path", e);
        }
    }

    /**
     * Reads a duration as the file has it.
     *
     * @param text for example {@code 240s} or {@code 1h30min}
     * @return the duration, empty if the text is none
     */
    public static Optional<Duration> parseDuration(String text) {
        return Units.parseDuration(text);
    }

    /**
     * Reads a rate as scenario files have them, such as {@code 5/s} or {@code 1/240s}.
     *
     * @param text the rate
     * @return the rate, empty if the text is none
     * @throws IllegalArgumentException if it is 0, or too large or too fine for a fraction of longs
     */
    public static Optional<Rate> parseRate(String text) {
        return Units.parseRate(text);
    }

    /**
     * Reads a share as scenario files have them, such as {@code 10%} or {@code 0.1}.
     *
     * @param text the share
     * @return the number, of any size; empty if the text is none
     */
    public static OptionalDouble parseShare(String text) {
        return Units.parseShare(text);
    }

    /**
     * Writes a scenario as a file that reads back as an equal one. Values that the reader would take anyway are left out;
     * one scenario gives the same text on every JDK.
     *
     * @param scenario the scenario
     * @return YAML, with a line break at its end
     * @throws IllegalArgumentException if the file cannot say it: a port choice that is no {@link
     *     io.github.snatsim.flow.PortOrder}, a duration above 292 years, or more than 10 MB of text or 1 MB in a name
     */
    public static String write(Scenario scenario) {
        String text = YamlText.of(ScenarioWriter.scenario(scenario));
        if (text.length() > Texts.BYTES_MAX || Texts.longRun(text) >= 0) {
            throw new IllegalArgumentException("the scenario takes " + text.length() + " bytes: expected at most "
                    + Texts.BYTES_MAX + ", and no name above " + Texts.RUN_MAX);
        }
        return text;
    }
}
