package io.github.snatsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.sim.ClientResult;
import io.github.snatsim.sim.ScenarioRun;
import io.github.snatsim.sim.SimulationResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example shows the figures that its comment derives by hand. */
class ExamplesTest {
    private static final Map<String, ToLongFunction<SimulationResult>> OF_THE_RUN = Map.ofEntries(
            Map.entry("attempts", result -> result.metrics().attempts()),
            Map.entry("opened", result -> result.metrics().opened()),
            Map.entry("refused", result -> result.metrics().refused()),
            Map.entry("late-packets", result -> result.metrics().latePackets()),
            Map.entry("ended-by-idle", result -> result.metrics().ends().getOrDefault(FlowEnd.IDLE, 0L)),
            Map.entry(
                    "first-refusal",
                    result -> result.metrics().firstRefusalNanos().orElse(-1)),
            Map.entry("exhausted", result -> result.metrics().exhaustedNanos()),
            Map.entry("peak-ports", SimulationResult::peakPortsUsed),
            Map.entry("ports-at-end", result -> result.metrics().portsInUse().total()),
            Map.entry(
                    "destinations-refused",
                    result -> result.metrics().destinations().stream()
                            .filter(use -> use.refused() > 0)
                            .count()));

    private static final Map<String, ToLongFunction<ClientResult>> OF_A_CLIENT = Map.of(
            "requests", ClientResult::requests,
            "completed", ClientResult::completed,
            "gave-up", ClientResult::gaveUp,
            "attempts", ClientResult::attempts,
            "refused", ClientResult::refused,
            "failures", ClientResult::failures,
            "retries", ClientResult::retries);

    private static final Pattern BAND = Pattern.compile("([0-9]+)\\.\\.([0-9]+)");

    static Stream<Path> examples() {
        return Examples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void showsTheFiguresOfItsComment(Path example) {
        SimulationResult result = ScenarioRun.run(ScenarioFile.read(example));
        Map<String, String> figures = Examples.figures(example);

        assertThat(figures).as("figures of %s", example).containsKeys("attempts", "refused");
        figures.forEach((name, figure) -> {
            Matcher band = BAND.matcher(figure);
            if (band.matches()) {
                assertThat(figure(name, result))
                        .as("%s of %s", name, example)
                        .isBetween(Long.valueOf(band.group(1)), Long.valueOf(band.group(2)));
            } else {
                assertThat(figure(name, result)).as("%s of %s", name, example).isEqualTo(expected(figure));
            }
        });
    }

    private static long expected(String figure) {
        return figure.matches("[0-9]+")
                ? Long.parseLong(figure)
                : Units.parseDuration(figure).orElseThrow().toNanos();
    }

    /** A figure of the run, of all clients together, or of one client if its name stands before it. */
    private static long figure(String name, SimulationResult result) {
        if (OF_THE_RUN.containsKey(name)) {
            return OF_THE_RUN.get(name).applyAsLong(result);
        }
        int dot = name.indexOf('.');
        ToLongFunction<ClientResult> figure = OF_A_CLIENT.get(name.substring(dot + 1));
        assertThat(figure).as("the figure %s is known", name).isNotNull();
        List<ClientResult> clients = result.clients().stream()
                .filter(client -> dot < 0 || client.client().equals(name.substring(0, dot)))
                .toList();
        assertThat(clients).as("clients of %s", name).isNotEmpty();
        return clients.stream().mapToLong(figure).sum();
    }

    @Test
    void thereAreTen() {
        assertThat(Examples.all()).hasSize(10);
    }

    @Test
    void beginsWithPlainSentencesAndDerivesItsFigures() {
        assertThat(Examples.all())
                .allSatisfy(example ->
                        assertThat(Examples.text(example)).startsWith("# ").contains("\n# expect:\n"));
    }
}
