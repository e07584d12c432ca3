package io.github.snatsim.plan;

import java.util.OptionalLong;

/** Whether failures are refusals for want of ports (rule M4). Immutable; threads may share it. */
public sealed interface SnatVerdict {
    /**
     * Returns what decided.
     *
     * @return the reason
     */
    Reason reason();

    /**
     * Returns the numbers behind it.
     *
     * @return the arithmetic
     */
    Arithmetic arithmetic();

    /**
     * Returns the verdict for people.
     *
     * @return a sentence without a full stop and without numbers
     */
    default String sentence() {
        return reason().sentence;
    }

    /**
     * Ports run out about as often as attempts failed.
     *
     * @param reason what decided
     * @param arithmetic the numbers behind it
     */
    record ExplainedBySnat(Reason reason, Arithmetic arithmetic) implements SnatVerdict {}

    /**
     * Ports do not run out, or far too seldom: look elsewhere.
     *
     * @param reason what decided
     * @param arithmetic the numbers behind it
     */
    record CannotBeSnat(Reason reason, Arithmetic arithmetic) implements SnatVerdict {}

    /**
     * The numbers do not decide.
     *
     * @param reason why not
     * @param arithmetic the numbers
     */
    record CannotTell(Reason reason, Arithmetic arithmetic) implements SnatVerdict {}

    /**
     * The numbers behind a verdict. Immutable; threads may share it.
     *
     * @param ports how many there are
     * @param portsTakenMax the most that the demand can take, or, after a simulation, took; empty if nothing bounds it
     * @param erlangs the offered load; infinite if it has no mean, not a number after a simulation
     * @param refusedShareExpected the share of attempts that should be refused
     * @param refusedExpected that share of the attempts that were observed
     * @param failed how many of them failed
     * @param attempts how many there were
     * @param refusedByFailed refused as expected, by failed: how much of the failures ports explain
     */
    record Arithmetic(
            int ports,
            OptionalLong portsTakenMax,
            double erlangs,
            double refusedShareExpected,
            double refusedExpected,
            long failed,
            long attempts,
            double refusedByFailed) {}

    /** What decides a verdict. Immutable; threads may share it. */
    enum Reason {
        /** For {@link ExplainedBySnat}. */
        SHARE_FITS("ports run out about as often as attempts failed: SNAT explains the failures"),
        /** For {@link CannotBeSnat}: an attempt is refused only when all ports are taken (T4). */
        PORT_ALWAYS_FREE("there was always a free port: SNAT did not refuse an attempt"),
        /** For {@link CannotBeSnat}. */
        DEMAND_FITS("the demand can never take all ports: SNAT cannot refuse an attempt"),
        /** For {@link CannotBeSnat}. */
        TOO_RARE("ports run out far more seldom than attempts failed: SNAT cannot be the reason"),
        /** For {@link CannotTell}. */
        MEASUREMENT_CONTRADICTS(
                "all ports were seen taken although the demand should not do that: it is more than was said"),
        /** For {@link CannotTell}. */
        THEORY_DOES_NOT_APPLY("arithmetic does not apply to this demand: simulate it"),
        /** For {@link CannotTell}. */
        TOO_FEW_FAILURES("there are too few failures to compare"),
        /** For {@link CannotTell}. */
        EXPLAINS_A_PART("ports run out, but too seldom to explain all failures: there is another reason beside SNAT"),
        /** For {@link CannotTell}. */
        EXPECTS_MORE("ports should run out far more often than attempts failed: the demand is less than was said");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }
}
