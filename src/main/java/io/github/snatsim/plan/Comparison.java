package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.sim.Estimate;

/**
 * Mitigations side by side (rule M3): each from runs with the same seeds as the scenario without any, so that clients draw the
 * same random numbers. Immutable; threads may share it.
 *
 * @param replications how many runs each row is from
 * @param firstSeed the seed of the first of them; the others follow
 * @param ranked what could be run, fewest refusals first, the scenario as it stands among them
 * @param unavailable what the scenario cannot have, in the order asked for
 */
public record Comparison(
        int replications, long firstSeed, ImmutableList<Row> ranked, ImmutableList<Unavailable> unavailable) {
    /** What a mitigation does to refusals. Immutable; threads may share it. */
    public enum Effect {
        /** The scenario as it stands. */
        BASELINE("as it stands"),
        /** Fewer refusals, beyond what chance explains. */
        FEWER("fewer refused"),
        /** The interval of the difference has zero in it. */
        NO_DIFFERENCE("no difference"),
        /** More refusals, beyond what chance explains. */
        MORE("more refused");

        private final String title;

        Effect(String title) {
            this.title = title;
        }

        /** Returns the effect for people, {@code no difference}. */
        @Override
        public String toString() {
            return title;
        }
    }

    /**
     * What one choice of mitigations showed.
     *
     * @param rank 1 for the best; a row has the rank of the first one before it from which it does not differ beyond chance
     * @param mitigations what was tried together; none for the scenario as it stands
     * @param reason why it helps, or does not; sentences without a full stop
     * @param effect what it does to refusals
     * @param refused refused attempts of a run
     * @param refusedLess refused attempts of the scenario as it stands less those here, run by run; negative if there are more
     * @param refusedShare refused attempts of all
     * @param attempts attempts of a run
     * @param requests requests that clients made in a run
     * @param gaveUp requests of a run that ended without an answer, those turned away by a service included
     * @param cost what it takes
     * @param sources what a partner must allow
     */
    public record Row(
            int rank,
            ImmutableList<ScenarioMitigation> mitigations,
            String reason,
            Effect effect,
            Estimate refused,
            Estimate refusedLess,
            Estimate refusedShare,
            Estimate attempts,
            Estimate requests,
            Estimate gaveUp,
            Cost cost,
            PublicSources sources) {
        /**
         * Returns what was tried, for people.
         *
         * @return titles joined by a plus sign
         */
        public String title() {
            return Comparison.title(mitigations);
        }

        Row withRank(int place) {
            return new Row(
                    place,
                    mitigations,
                    reason,
                    effect,
                    refused,
                    refusedLess,
                    refusedShare,
                    attempts,
                    requests,
                    gaveUp,
                    cost,
                    sources);
        }
    }

    /**
     * What a choice takes more than the scenario as it stands; negative where it saves. Immutable; threads may share it.
     *
     * @param instances instances or units
     * @param publicIps public IPs
     * @param destinations destination IPs or ports
     */
    public record Cost(int instances, int publicIps, int destinations) {}

    /**
     * What the scenario cannot have.
     *
     * @param mitigations what was asked for
     * @param reason why it cannot; a sentence without a full stop
     */
    public record Unavailable(ImmutableList<ScenarioMitigation> mitigations, String reason) {
        /**
         * Returns what was asked for, for people.
         *
         * @return titles joined by a plus sign
         */
        public String title() {
            return Comparison.title(mitigations);
        }
    }

    static String title(ImmutableList<ScenarioMitigation> mitigations) {
        return mitigations.isEmpty()
                ? Effect.BASELINE.toString()
                : mitigations.stream()
                        .map(ScenarioMitigation::title)
                        .reduce((first, second) -> first + " + " + second)
                        .orElseThrow();
    }

    /**
     * Returns the scenario as it stands.
     *
     * @return its row
     */
    public Row baseline() {
        return ranked.stream()
                .filter(row -> row.effect() == Effect.BASELINE)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Returns the best choice.
     *
     * @return the first row, which may be the scenario as it stands
     */
    public Row best() {
        return ranked.get(0);
    }
}
