package io.github.snatsim.plan;

import static io.github.snatsim.plan.Plans.FIN_HOLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snatsim.plan.SnatVerdict.CannotBeSnat;
import io.github.snatsim.plan.SnatVerdict.CannotTell;
import io.github.snatsim.plan.SnatVerdict.ExplainedBySnat;
import io.github.snatsim.plan.SnatVerdict.Reason;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotSnatTest {
    /** 1,200 erlangs on 1,024 ports: 15.1194 % are refused (erlang_b_scenarios.csv). */
    private static final Demand TOO_MUCH = Demand.poisson(2.5, Plans.exponential(240), FIN_HOLD);

    /** 600 erlangs on 1,024 ports: 3e-56 are. */
    private static final Demand LITTLE = Demand.poisson(1.25, Plans.exponential(240), FIN_HOLD);

    private static final Demand EVEN = Demand.even(Rate.perSecond(1), Duration.ZERO, FIN_HOLD);

    @Test
    void m4_exhaustionIsConvicted() {
        SnatVerdict verdict = NotSnat.judge(TOO_MUCH, 1_024, Observation.of(1_500, 10_000));

        assertThat(verdict).isInstanceOf(ExplainedBySnat.class);
        assertThat(verdict.arithmetic().refusedExpected()).isCloseTo(1_511.94082911, within(1e-6));
        assertThat(verdict.arithmetic().refusedByFailed()).isCloseTo(1.00796, within(1e-5));
        assertThat(verdict.sentence()).contains("explains").doesNotEndWith(".");
    }

    @Test
    void m4_lowLoadIsAcquitted() {
        SnatVerdict verdict = NotSnat.judge(LITTLE, 1_024, Observation.of(1_500, 10_000));

        assertThat(verdict).isInstanceOf(CannotBeSnat.class);
        assertThat(verdict.reason()).isEqualTo(Reason.TOO_RARE);
        assertThat(verdict.arithmetic().refusedExpected()).isLessThan(1e-50);
        assertThat(verdict.arithmetic().erlangs()).isCloseTo(600, within(1e-9));
    }

    /** One port fewer than the exact bound and the verdict turns. */
    @Test
    void m4_borderOfEvenArrivals() {
        assertThat(NotSnat.judge(EVEN, 240, Observation.of(42, 10_000)))
                .isInstanceOf(CannotBeSnat.class)
                .extracting(SnatVerdict::reason)
                .isEqualTo(Reason.DEMAND_FITS);
        assertThat(NotSnat.judge(EVEN, 239, Observation.of(42, 10_000))).isInstanceOf(ExplainedBySnat.class);
    }

    /** 1,511.94 are expected of 10,000: half and twice that are the last that convict. */
    @ParameterizedTest
    @CsvSource({"755, EXPECTS_MORE", "756, SHARE_FITS", "3023, SHARE_FITS", "3024, EXPLAINS_A_PART"})
    void m4_borderOfConviction(long failed, Reason reason) {
        assertThat(NotSnat.judge(TOO_MUCH, 1_024, Observation.of(failed, 10_000))
                        .reason())
                .isEqualTo(reason);
    }

    /** One failure for every thousand refusals expected is the last to acquit: the load where 10,000 x B is just that. */
    @Test
    void m4_borderOfAcquittal() {
        double erlangs = ErlangB.erlangs(1_024, 1e-5);
        Demand below = Demand.poisson(erlangs * 0.9999 / 480, Plans.exponential(240), FIN_HOLD);
        Demand above = Demand.poisson(erlangs * 1.0001 / 480, Plans.exponential(240), FIN_HOLD);
        Observation observed = Observation.of(100, 10_000); // 0.1 expected: a thousandth

        assertThat(NotSnat.judge(below, 1_024, observed)).isInstanceOf(CannotBeSnat.class);
        assertThat(NotSnat.judge(above, 1_024, observed)).isInstanceOf(CannotTell.class);
    }

    @Test
    void m4_freePortAcquitsWhateverTheLoad() {
        Observation observed = new Observation(1_500, 10_000, new Observation.Peak.AtGateway(1_023));

        assertThat(NotSnat.judge(TOO_MUCH, 1_024, observed))
                .isInstanceOf(CannotBeSnat.class)
                .extracting(SnatVerdict::reason)
                .isEqualTo(Reason.PORT_ALWAYS_FREE);
    }

    /** The host forgets connections that the gateway holds: a low count there acquits nobody (S6). */
    @Test
    void s6_lowCountAtTheHostDoesNotAcquit() {
        Observation low = new Observation(1_500, 10_000, new Observation.Peak.AtLeast(300));

        assertThat(NotSnat.judge(TOO_MUCH, 1_024, low)).isInstanceOf(ExplainedBySnat.class);
    }

    @Test
    void m4_measurementBeatsArithmetic() {
        Observation full = new Observation(1_500, 10_000, new Observation.Peak.AtLeast(1_024));

        assertThat(NotSnat.judge(LITTLE, 1_024, full))
                .isInstanceOf(CannotTell.class)
                .extracting(SnatVerdict::reason)
                .isEqualTo(Reason.MEASUREMENT_CONTRADICTS);
    }

    /** All 240 ports may be seen taken: that is no refusal yet. */
    @Test
    void m4_exactFitMayTakeAllPorts() {
        Observation full = new Observation(42, 10_000, new Observation.Peak.AtGateway(240));

        assertThat(NotSnat.judge(EVEN, 240, full)).isInstanceOf(CannotBeSnat.class);
        assertThat(NotSnat.judge(Demand.even(new Rate(1, 2_000_000_000), Duration.ZERO, FIN_HOLD), 240, full)
                        .reason())
                .isEqualTo(Reason.MEASUREMENT_CONTRADICTS);
    }

    @Test
    void m4_fewFailuresConvictNobody() {
        assertThat(NotSnat.judge(TOO_MUCH, 1_024, Observation.of(9, 60)).reason())
                .isEqualTo(Reason.TOO_FEW_FAILURES);
        assertThat(NotSnat.judge(TOO_MUCH, 1_024, Observation.of(10, 66)).reason())
                .isEqualTo(Reason.SHARE_FITS);
    }

    @Test
    void m4_poolThatFitsIsAcquittedRetriesAreNot() {
        Client pooled = Plans.poisson(Rate.perSecond(50))
                .withLifetime(Plans.exponential(1))
                .withConnections(Connections.pool(128));

        assertThat(NotSnat.judge(demandOf(pooled), 128, Observation.of(42, 100)).reason())
                .isEqualTo(Reason.DEMAND_FITS);
        assertThat(NotSnat.judge(demandOf(pooled.withRetry(Retry.immediate(3))), 128, Observation.of(42, 100)))
                .isInstanceOf(CannotTell.class)
                .extracting(SnatVerdict::reason)
                .isEqualTo(Reason.THEORY_DOES_NOT_APPLY);
    }

    private static Demand demandOf(Client client) {
        return InstanceDemand.of(Plans.scenario(128, Duration.ofHours(1), client))
                .get(0)
                .demands()
                .get(0);
    }

    /** When a scenario begins to count says nothing of the system that was observed. */
    @Test
    void m4_scenarioWithoutWarmUpIsJudged() {
        Client client = Plans.poisson(new Rate(1, 2_000_000_000L))
                .withLifetime(Plans.exponential(60))
                .withKeepalive(Duration.ofMinutes(1));

        assertThat(demandOf(client).caveats()).containsExactly(Caveat.FIRST_HOLD_PERIOD);
        assertThat(NotSnat.judge(demandOf(client), 128, Observation.of(1_800, 10_000)))
                .isInstanceOf(ExplainedBySnat.class); // 150 erlangs: at least 22 of 150 find no port
    }

    @Test
    void m4_simulationConvictsAndAcquits() {
        Client client = Plans.poisson(new Rate(1, 6_000_000_000L)).withLifetime(Plans.exponential(30));
        Scenario scenario = Plans.scenario(32, Duration.ofHours(60), client).withWarmUp(Duration.ofHours(2));
        Replications runs = Replications.run(scenario, 5, 2); // 45 erlangs on 32 ports: about a third
        double share = runs.estimate(run -> run.refusedShare()).mean();
        Replications enough = Replications.run(Plans.scenario(128, Duration.ofHours(60), client), 5, 2);

        assertThat(NotSnat.judge(runs, 32, Observation.of(StrictMath.round(10_000 * share), 10_000)))
                .isInstanceOf(ExplainedBySnat.class);
        assertThat(NotSnat.judge(enough, 128, Observation.of(3_000, 10_000)))
                .isInstanceOf(CannotBeSnat.class)
                .satisfies(verdict -> assertThat(
                                verdict.arithmetic().portsTakenMax().orElseThrow())
                        .isBetween(50L, 100L));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NotSnat.judge(new Replications(runs.runs().subList(0, 1)), 32, Observation.of(1, 2)));
    }

    @Test
    void edges() {
        assertThatIllegalArgumentException().isThrownBy(() -> Observation.of(0, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> Observation.of(11, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new Observation.Peak.AtLeast(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> NotSnat.judge(EVEN, 0, Observation.of(1, 1)));
        Observation beyond = new Observation(1, 1, new Observation.Peak.AtGateway(241));
        assertThatIllegalArgumentException().isThrownBy(() -> NotSnat.judge(EVEN, 240, beyond));
    }
}
