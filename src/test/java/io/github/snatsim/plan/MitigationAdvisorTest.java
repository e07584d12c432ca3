package io.github.snatsim.plan;

import static io.github.snatsim.plan.Plans.exponential;
import static io.github.snatsim.plan.Plans.poisson;
import static io.github.snatsim.plan.Plans.scenario;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.scenario.ScenarioFile;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.workload.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule M3: the ranking as a whole. */
class MitigationAdvisorTest {
    private static final int RUNS = 8;

    /** 100 erlangs on 80 ports: Erlang's formula refuses 24 % of them, 15 % of 90, 3 % of 70, next to none of 50. */
    private static final Scenario NOISY = scenario(
                    80,
                    Duration.ofMinutes(30),
                    poisson(new Rate(2, 5_000_000_000L)).withLifetime(exponential(10)))
            .withWarmUp(Duration.ofMinutes(10));

    private static final ScenarioMitigation REUSE = new ScenarioMitigation.Reuse(Optional.empty());
    private static final ScenarioMitigation HALF = new ScenarioMitigation.Caching(0.5);
    private static final ScenarioMitigation THIRD = new ScenarioMitigation.Caching(0.3);
    private static final ScenarioMitigation TENTH = new ScenarioMitigation.Caching(0.1);
    private static final ScenarioMitigation KEEPALIVE = new ScenarioMitigation.Keepalive(Duration.ofMinutes(1));
    private static final ScenarioMitigation FASTER = new ScenarioMitigation.FasterBackend(0.999);

    private static Comparison compare(Scenario scenario, int threads, ScenarioMitigation... each) {
        return MitigationAdvisor.compare(
                scenario,
                List.of(each).stream().map(ImmutableList::of).collect(ImmutableList.toImmutableList()),
                RUNS,
                threads);
    }

    private static Comparison.Row rowOf(Comparison comparison, ScenarioMitigation mitigation) {
        return comparison.ranked().stream()
                .filter(row -> row.mitigations().equals(ImmutableList.of(mitigation)))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_001, 77_777, -5})
    void m3_theRankingIsStableOverSeedsWhereDifferencesExceedTheIntervals(long seed) {
        Comparison comparison = compare(NOISY.withSeed(seed), 2, KEEPALIVE, TENTH, THIRD, HALF);

        assertThat(comparison.ranked())
                .extracting(row -> row.mitigations().isEmpty()
                        ? ""
                        : row.mitigations().get(0).title())
                .containsExactly(HALF.title(), THIRD.title(), TENTH.title(), "", KEEPALIVE.title());
        assertThat(comparison.ranked())
                .extracting(Comparison.Row::effect)
                .containsExactly(
                        Comparison.Effect.FEWER,
                        Comparison.Effect.FEWER,
                        Comparison.Effect.FEWER,
                        Comparison.Effect.BASELINE,
                        Comparison.Effect.NO_DIFFERENCE);
        assertThat(rowOf(comparison, TENTH).refusedLess().low()).isPositive();
    }

    /** A thousandth of a lifetime, which is a twenty-fifth of what a port is taken for, is lost in the noise. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1_001, 77_777, -5})
    void m3_whatChanceExplainsIsNoDifference(long seed) {
        Comparison comparison = compare(NOISY.withSeed(seed), 2, FASTER);
        Comparison.Row row = rowOf(comparison, FASTER);
        assertThat(row.effect()).isEqualTo(Comparison.Effect.NO_DIFFERENCE);
        assertThat(row.refusedLess().low()).isLessThanOrEqualTo(0);
        assertThat(row.refusedLess().high()).isGreaterThanOrEqualTo(0);
        assertThat(comparison.ranked()).extracting(Comparison.Row::rank).containsOnly(1);
    }

    @Test
    void m3_theSameSeedsMakeDifferencesNarrowerThanTheRunsThemselves() {
        Comparison.Row row = rowOf(compare(NOISY, 2, FASTER), FASTER);
        double paired = row.refusedLess().high() - row.refusedLess().low();
        double alone = row.refused().high() - row.refused().low();
        assertThat(paired).isLessThan(alone / 2);
    }

    @Test
    void c4_theNumberOfThreadsChangesNothing() {
        assertThat(compare(NOISY, 1, TENTH, REUSE)).isEqualTo(compare(NOISY, 3, TENTH, REUSE));
    }

    @Test
    void m3_theUsualOnesAreThereAndRunForEveryExampleWithSnatPorts() {
        Scenario scenario = ScenarioFile.read(Path.of("docs/examples/02-outage-and-retries.yaml"));
        Comparison comparison = MitigationAdvisor.compare(scenario, MitigationAdvisor.usual(scenario), 1, 1);
        assertThat(comparison.unavailable()).isEmpty();
        assertThat(comparison.ranked().stream().flatMap(row -> row.mitigations().stream()))
                .extracting(ScenarioMitigation::kind)
                .contains(ScenarioMitigation.Kind.values());
    }

    /** The figures stand, derived by hand, in the example. */
    @Test
    void m3_g3_aServiceIsComparedByItsOwnSwitches() {
        Scenario scenario = ScenarioFile.read(Path.of("docs/examples/14-api-management.yaml"));
        Comparison comparison = MitigationAdvisor.compare(scenario, MitigationAdvisor.usual(scenario), 1, 1);
        assertThat(comparison.baseline().refused().mean()).isEqualTo(2_144);
        assertThat(comparison.baseline().gaveUp().mean()).isEqualTo(1_101);
        assertThat(rowOf(comparison, REUSE).attempts().mean()).isEqualTo(1);
        Comparison.Row caching = rowOf(comparison, HALF);
        assertThat(caching.attempts().mean()).isEqualTo(1_200);
        assertThat(caching.refused().mean()).isZero();
        Comparison.Row limited = rowOf(comparison, new ScenarioMitigation.RateLimit(Rate.perSecond(1)));
        assertThat(limited.refused().mean()).isZero();
        assertThat(limited.gaveUp().mean()).isEqualTo(1_200);
        assertThat(rowOf(comparison, new ScenarioMitigation.FasterBackend(0.5)).effect())
                .isEqualTo(Comparison.Effect.NO_DIFFERENCE);
        assertThat(rowOf(comparison, new ScenarioMitigation.PrivateEndpoint())
                        .sources()
                        .count())
                .isZero();
        assertThat(comparison.unavailable())
                .flatExtracting(Comparison.Unavailable::mitigations)
                .extracting(ScenarioMitigation::kind)
                .containsExactly(
                        ScenarioMitigation.Kind.POOL,
                        ScenarioMitigation.Kind.KEEPALIVE,
                        ScenarioMitigation.Kind.INSTANCE_LEVEL_IP);
    }

    @Test
    void m3_aLoadBalancerHasNoPortsToCompare() {
        Scenario scenario = ScenarioFile.read(Path.of("docs/examples/15-load-balancer-late-sends.yaml"));
        assertThatThrownBy(() -> MitigationAdvisor.usual(scenario)).hasMessageContaining("no SNAT ports");
        assertThatThrownBy(() -> compare(scenario, 1, REUSE)).hasMessageContaining("no SNAT ports");
    }
}
