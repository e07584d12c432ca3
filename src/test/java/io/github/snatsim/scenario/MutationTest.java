package io.github.snatsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.common.base.Splitter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged scenarios: each is read, or refused with a one-line error that names the place, and nothing else happens. */
class MutationTest {
    private static final int MUTANTS = 300;
    private static final List<String> SNIPPETS = Splitter.on('|')
            .splitToList(
                    "{|}|[|]|:|: |- |#|\"|'|&a |*a |!x |<<: |? |---\n|%YAML 1.1\n|\t|\n|0|-1|1e9|99999999999|~|null|true"
                            + "|{a: b}|[]|{}|1/0s|0s|1d|%|>\n|,|\\u0000|\ufeff|\ud83d|\u0000|tcp 1.2.3.4:0|10.0.0.0/99|: :|? ?");

    static Stream<String> texts() {
        return Stream.concat(
                Examples.all().stream().map(Examples::text),
                Everything.scenarios().stream().map(ScenarioFile::write));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void damageIsRefusedWithOneLineOrHarmless(String text) {
        for (int i = 0; i < MUTANTS; i++) {
            long seed = 1_000L * i + text.length();
            String mutant = mutate(text, new Random(seed));
            try {
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> ScenarioFile.parse(mutant, "mutant.yaml"));
            } catch (ScenarioException e) {
                assertThat(e).as("seed %d", seed).message().matches("mutant\\.yaml:[0-9]+:[0-9]+: [^\n\r]+");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + " of:\n" + mutant, e);
            }
        }
    }

    private static String mutate(String text, Random random) {
        String mutant = text;
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(mutant.length() + 1);
            int end = Math.min(mutant.length(), at + random.nextInt(1 << random.nextInt(7)));
            String snippet = SNIPPETS.get(random.nextInt(SNIPPETS.size()));
            mutant = switch (random.nextInt(6)) {
                case 0 -> mutant.substring(0, at) + mutant.substring(end);
                case 1 -> mutant.substring(0, at) + snippet + mutant.substring(at);
                case 2 -> mutant.substring(0, at) + snippet + mutant.substring(end);
                case 3 -> mutant.substring(0, at) + mutant.substring(at, end) + mutant.substring(at);
                case 4 -> swapLines(mutant, random);
                default -> flipBit(mutant, random);
            };
            if (mutant.isEmpty()) {
                return mutant;
            }
        }
        return mutant;
    }

    private static String swapLines(String text, Random random) {
        String[] lines = text.split("\n", -1);
        int one = random.nextInt(lines.length);
        int other = random.nextInt(lines.length);
        String line = lines[one];
        lines[one] = lines[other];
        lines[other] = line;
        return String.join("\n", lines);
    }

    private static String flipBit(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
