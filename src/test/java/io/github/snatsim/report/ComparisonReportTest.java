package io.github.snatsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.plan.Comparison;
import io.github.snatsim.plan.PublicSources;
import io.github.snatsim.plan.ScenarioMitigation;
import io.github.snatsim.sim.Estimate;
import org.junit.jupiter.api.Test;

/** What the comparison says in a sentence. */
class ComparisonReportTest {
    private static Comparison.Row row(
            int rank, ImmutableList<ScenarioMitigation> mitigations, Comparison.Effect effect, double refused) {
        Estimate none = Estimate.of(ImmutableList.of(0.0, 0.0));
        return new Comparison.Row(
                rank,
                mitigations,
                "",
                effect,
                Estimate.of(ImmutableList.of(refused, refused)),
                none,
                none,
                none,
                none,
                none,
                new Comparison.Cost(0, 0, 0),
                new PublicSources(1, ImmutableList.of(), ""));
    }

    /** The lowest mean may be chance while a higher one is none. */
    @Test
    void m3_theHeadlineNamesTheBestThatDiffersBeyondChance() {
        Comparison comparison = new Comparison(
                2,
                1,
                ImmutableList.of(
                        row(
                                1,
                                ImmutableList.of(new ScenarioMitigation.RstClose()),
                                Comparison.Effect.NO_DIFFERENCE,
                                80),
                        row(1, ImmutableList.of(new ScenarioMitigation.Pool(3)), Comparison.Effect.FEWER, 90),
                        row(1, ImmutableList.of(), Comparison.Effect.BASELINE, 100)),
                ImmutableList.of());
        assertThat(new ComparisonReport("s", comparison).headline())
                .isEqualTo("with connection pool of 3 90 attempts of a run are refused instead of 100");
    }
}
