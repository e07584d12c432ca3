package io.github.snatsim.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ConfirmationTest {
    /** Longer runs cost too much here; {@code ErlangScenariosTest} runs all rows. */
    private static final long ARRIVALS_MAX = 20_000;

    /**
     * All 12 rows of class {@code test} with 20,000 arrivals; seeds 1-5, as many arrivals on average. Rows of class
     * {@code slow} are those to which a caveat applies, or which refuse too seldom.
     */
    @ParameterizedTest(name = "{0}, {8} arrivals")
    @CsvFileSource(resources = "/expected/erlang_b_scenarios.csv", numLinesToSkip = 1)
    void m2_theoryAndSimulationAgree(
            String name,
            String kind,
            int ports,
            String rateText,
            long meanSeconds,
            long holdSeconds,
            double erlangs,
            double blocking,
            long arrivals) {
        if (arrivals > ARRIVALS_MAX || !kind.equals("test")) {
            return;
        }
        Rate rate = rate(rateText);
        Client client = Plans.poisson(rate)
                .withLifetime(Plans.exponential(meanSeconds))
                .withClose(holdSeconds == 15 ? Close.RST : Close.FIN_BY_CLIENT);
        if (meanSeconds >= 30) {
            client = client.withKeepalive(Duration.ofMinutes(1));
        }
        Duration warmUp = Duration.ofSeconds(20 * (meanSeconds + holdSeconds));
        Scenario scenario = Plans.scenario(ports, warmUp.plusNanos(rate.timeNanos(arrivals)), client)
                .withWarmUp(warmUp);

        Confirmation confirmation = CapacityPlanner.confirm(scenario, 5, 2);

        assertThat(confirmation.caveats()).isEmpty();
        // where no keepalives are sent, exp(-16) of the lifetimes are cut by the idle time
        double cut = meanSeconds >= 30 ? 0 : 1e-5;
        assertThat(confirmation.closedFormShare()).isCloseTo(blocking, within((1e-9 + cut) * blocking));
        assertThat(confirmation.verdict())
                .as("seeds 1-5: %s", confirmation)
                .isEqualTo(Confirmation.Verdict.THEORY_CONFIRMED);
    }

    private static Rate rate(String fraction) {
        List<String> parts = Splitter.on('/').splitToList(fraction);
        long per = parts.size() == 1 ? 1 : Long.parseLong(parts.get(1));
        return new Rate(Long.parseLong(parts.get(0)), per * 1_000_000_000L);
    }

    @Test
    void m2_evenArrivalsAgreeWhereverTheRunEnds() {
        for (int ports : new int[] {100, 170, 171, 200, 299}) {
            Scenario scenario = Plans.scenario(
                            ports, Duration.ofSeconds(9_001), Plans.even(new Rate(5, 4_000_000_000L)))
                    .withWarmUp(Duration.ofMinutes(20));

            Confirmation confirmation = CapacityPlanner.confirm(scenario, 2, 2);

            assertThat(confirmation.verdict())
                    .as("%d ports: %s", ports, confirmation)
                    .isEqualTo(Confirmation.Verdict.THEORY_CONFIRMED);
        }
    }

    /** 480 erlangs on 100 ports: retries only add attempts that are refused, too. */
    @Test
    void m2_whereTheoryDoesNotApplyTheSimulationDecides() {
        Client client = Plans.poisson(Rate.perSecond(1))
                .withLifetime(Plans.exponential(240))
                .withKeepalive(Duration.ofMinutes(1))
                .withRetry(Retry.fixed(5, Duration.ofSeconds(10)));
        Scenario scenario = Plans.scenario(100, Duration.ofHours(3), client).withWarmUp(Duration.ofHours(1));

        Confirmation confirmation = CapacityPlanner.confirm(scenario, 3, 2);

        assertThat(confirmation.caveats()).containsExactly(Caveat.RETRIES);
        assertThat(confirmation.agrees()).isFalse();
        assertThat(confirmation.verdict()).isEqualTo(Confirmation.Verdict.SIMULATION_DECIDES);
        assertThat(confirmation.refusedShare())
                .isEqualTo(confirmation.simulatedShare().mean());
        assertThat(confirmation.portsUsedMax()).isEqualTo(100);
    }

    /** A closed form for another number of ports than were simulated is found out. */
    @Test
    void m2_wrongTheoryIsContradicted() {
        Client client = Plans.poisson(new Rate(1, 4_000_000_000L))
                .withLifetime(Plans.exponential(240))
                .withKeepalive(Duration.ofMinutes(1));
        Scenario scenario = Plans.scenario(100, Duration.ofHours(40), client).withWarmUp(Duration.ofHours(3));

        Confirmation confirmation = Confirmation.of(
                InstanceDemand.of(
                        Plans.scenario(120, Duration.ofHours(40), client).withWarmUp(Duration.ofHours(3))),
                Replications.run(scenario, 4, 2));

        assertThat(confirmation.verdict()).isEqualTo(Confirmation.Verdict.THEORY_CONTRADICTED);
        assertThat(confirmation.insideInterval()).isFalse();
    }

    @Test
    void oneRunHasNoInterval() {
        Scenario scenario = Plans.scenario(10, Duration.ofHours(1), Plans.even(Rate.perSecond(1)));

        assertThatIllegalArgumentException().isThrownBy(() -> CapacityPlanner.confirm(scenario, 1, 1));
    }
}
