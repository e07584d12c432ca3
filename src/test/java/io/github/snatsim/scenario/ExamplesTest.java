package io.github.snatsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.aws.AlarmState;
import io.github.snatsim.aws.NlbMetric;
import io.github.snatsim.azure.ApiMitigation.Kind;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.ClientResult;
import io.github.snatsim.sim.NlbResult;
import io.github.snatsim.sim.ScaleEvent;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScenarioRun;
import io.github.snatsim.sim.SimulationResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
                            .count()),
            Map.entry("flows-cut", result -> sum(result, ScaleEvent::flowsCut)),
            Map.entry("flows-cut-least", result -> sum(result, ScaleEvent::flowsCutMin)),
            Map.entry("flows-cut-most", result -> sum(result, ScaleEvent::flowsCutMax)),
            Map.entry("flows-removed", result -> sum(result, ScaleEvent::flowsRemoved)),
            Map.entry(
                    "arrived",
                    result -> result.probes().stream()
                            .filter(probe -> probe.publicIp().isPresent())
                            .count()),
            Map.entry("resets", result -> nlb(result).metrics().resetsToClients()),
            Map.entry(
                    "active-flows-max",
                    result -> nlb(result).metrics().periods().stream()
                            .mapToLong(NlbMetric.ACTIVE_FLOW_COUNT::valueIn)
                            .max()
                            .orElse(0)),
            Map.entry(
                    "alarm",
                    result -> nlb(result).alarmChanges().stream()
                            .filter(change -> change.after() == AlarmState.ALARM)
                            .findFirst()
                            .orElseThrow()
                            .timeNanos()),
            Map.entry("http-200", result -> http(result, HttpOutcome.OK)),
            Map.entry("http-429", result -> http(result, HttpOutcome.TOO_MANY_REQUESTS)),
            Map.entry("http-500", result -> http(result, HttpOutcome.BACKEND_CONNECTION_FAILURE)));

    private static final Map<String, ToLongFunction<ClientResult>> OF_A_CLIENT = Map.of(
            "requests", ClientResult::requests,
            "completed", ClientResult::completed,
            "gave-up", ClientResult::gaveUp,
            "attempts", ClientResult::attempts,
            "refused", ClientResult::refused,
            "failures", ClientResult::failures,
            "in-progress", ClientResult::inProgress,
            "retries", ClientResult::retries);

    private static final Pattern BAND = Pattern.compile("([0-9]+)\\.\\.([0-9]+)");

    private static long sum(SimulationResult result, ToLongFunction<ScaleEvent> figure) {
        return result.scaleEvents().stream().mapToLong(figure).sum();
    }

    private static NlbResult nlb(SimulationResult result) {
        return result.nlb().orElseThrow();
    }

    private static long http(SimulationResult result, HttpOutcome outcome) {
        return result.http().orElseThrow().count(outcome);
    }

    static Stream<Path> examples() {
        return Examples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void showsTheFiguresOfItsComment(Path example) {
        Map<String, String> figures = Examples.figures(example);
        assertThat(figures).as("figures of %s", example).containsKeys("attempts", "refused");

        showsFigures(example, figures, ScenarioRun.run(ScenarioFile.read(example)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void showsTheFiguresOfEachMitigation(Path example) {
        Scenario scenario = ScenarioFile.read(example);
        if (scenario.gateway() instanceof ApiManagementSetup setup) {
            Map<String, Map<String, String>> figures = Examples.figuresWithSwitches(example);
            assertThat(figures)
                    .hasSameSizeAs(setup.service().mitigations())
                    .allSatisfy((name, ofMitigation) -> assertThat(ofMitigation).isNotEmpty());
            figures.forEach((name, ofMitigation) -> {
                Kind kind = Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
                Scenario with = scenario.withGateway(setup.withOn(Set.of(kind)));
                showsFigures(example, ofMitigation, ScenarioRun.run(with));
            });
        } else {
            assertThat(Examples.figuresWithSwitches(example)).isEmpty();
        }
    }

    private static void showsFigures(Path example, Map<String, String> figures, SimulationResult result) {
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
    void thereAreEighteen() {
        assertThat(Examples.all()).hasSize(18);
    }

    @Test
    void beginsWithPlainSentencesAndDerivesItsFigures() {
        assertThat(Examples.all())
                .allSatisfy(example ->
                        assertThat(Examples.text(example)).startsWith("# ").contains("\n# expect:\n"));
    }
}
