package io.github.snatsim.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScenarioRun;
import io.github.snatsim.sim.ScheduledAction;
import io.github.snatsim.sim.SimulationResult;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class EvenArrivalsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOLD = 240 * SECOND;

    /** First refusals and long-run shares that were counted by another program. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/expected/transient_exhaustion.csv", numLinesToSkip = 1)
    void m2_exhaustionComesWhenItWasCounted(
            String scenario,
            int ports,
            BigDecimal gapMillis,
            long busyMillis,
            Long firstRefusalMillis,
            Long firstRefusedIndex,
            long offered,
            long accepted,
            long refused,
            int peak) {
        Rate rate = Rate.of(BigDecimal.ONE, gapMillis.movePointRight(6).longValueExact());
        long busy = busyMillis * 1_000_000;

        OptionalLong first = EvenArrivals.firstRefusalNanos(rate, busy, ports);

        assertThat(first)
                .isEqualTo(
                        firstRefusalMillis == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(firstRefusalMillis * 1_000_000));
        assertThat((long) peak).isEqualTo(Math.min(ports, Math.min(offered, EvenArrivals.portsNeeded(rate, busy))));
        // the last cycle may be cut anywhere
        double cycle = EvenArrivals.portsNeeded(rate, busy);
        assertThat(EvenArrivals.refusedShare(rate, busy, ports))
                .isCloseTo((double) refused / offered, within(cycle / offered));
    }

    /** The corollary of R7 in the model, and the check values for RST. */
    @ParameterizedTest
    @CsvSource({
        "1024, 240, 4.27",
        "512, 240, 2.13",
        "256, 240, 1.07",
        "128, 240, 0.53",
        "64, 240, 0.27",
        "32, 240, 0.13",
        "1024, 15, 68.3",
        "128, 15, 8.5"
    })
    void r7_portsSustainARate(int ports, long holdSeconds, double perSecond) {
        Rate most = EvenArrivals.rateMax(ports, holdSeconds * SECOND).orElseThrow();

        assertThat(most.perSecond()).isCloseTo(perSecond, within(perSecond < 8 ? 0.005 : 0.05));
        assertThat(EvenArrivals.portsNeeded(most, holdSeconds * SECOND)).isEqualTo(ports);
    }

    @Test
    void m2_limitsAreSharp() {
        long seed = 20_240_115;
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            Rate rate = new Rate(1 + random.nextInt(5_000), 1 + random.nextInt(1_000_000_000));
            int ports = 1 + random.nextInt(1_024);
            long busyMax = EvenArrivals.busyNanosMax(rate, ports);
            assertThat(EvenArrivals.portsNeeded(rate, busyMax))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(ports);
            assertThat(EvenArrivals.portsNeeded(rate, busyMax + 1))
                    .as("seed %d", seed)
                    .isGreaterThan(ports);
            long busy = 1L + random.nextInt(1_000_000_000);
            Rate most = EvenArrivals.rateMax(ports, busy).orElseThrow();
            Rate more = new Rate(most.count() * 1_000_000 + 1, most.perNanos() * 1_000_000);
            assertThat(EvenArrivals.portsNeeded(most, busy)).isEqualTo(ports);
            assertThat(EvenArrivals.portsNeeded(more, busy)).isEqualTo(ports + 1);
        }
    }

    @Test
    void edges() {
        Rate rate = Rate.perSecond(3);

        assertThat(EvenArrivals.portsNeeded(rate, 0)).isEqualTo(1);
        assertThat(EvenArrivals.rateMax(4, 0)).isEmpty();
        assertThat(EvenArrivals.refusedShare(rate, HOLD, 0)).isEqualTo(1);
        assertThat(EvenArrivals.firstRefusalNanos(rate, HOLD, 0)).hasValue(0);
        assertThat(EvenArrivals.busyNanosMax(new Rate(1, Long.MAX_VALUE), 2)).isEqualTo(Long.MAX_VALUE);
        assertThatIllegalArgumentException().isThrownBy(() -> EvenArrivals.portsNeeded(rate, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> EvenArrivals.rateMax(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> EvenArrivals.refusedShare(rate, 1, -1));
    }

    /** Random rates, lifetimes and holds by the simulator: with the ports needed none is refused, with one fewer the one foretold. */
    @Test
    void m2_boundIsExactInTheSimulator() {
        long seed = 20_250_228;
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            Rate rate = new Rate(1 + random.nextInt(900), 1 + random.nextInt(999_999_999) + (i % 3) * SECOND * 10);
            long lifetime = random.nextInt(20) * SECOND + random.nextInt(1_000_000_000);
            long busy = lifetime + HOLD;
            long needed = EvenArrivals.portsNeeded(rate, busy);
            if (needed > 2_000 || needed < 2) {
                continue;
            }
            String what = "seed %d: %s, %d ns".formatted(seed, rate, busy);
            Duration twice = Duration.ofNanos(2 * busy + 2 * rate.timeNanos(1));
            assertThat(simulate(rate, lifetime, (int) needed, twice).metrics().refused())
                    .as(what)
                    .isZero();
            SimulationResult tooFew = simulate(rate, lifetime, (int) needed - 1, twice);
            assertThat(tooFew.metrics().firstRefusalNanos())
                    .as(what)
                    .isEqualTo(EvenArrivals.firstRefusalNanos(rate, busy, needed - 1));
        }
    }

    private static SimulationResult simulate(Rate rate, long lifetimeNanos, int ports, Duration duration) {
        return ScenarioRun.run(Plans.scenario(ports, duration, client(rate, lifetimeNanos)));
    }

    private static Client client(Rate rate, long lifetimeNanos) {
        return Client.of("c", new Arrivals.Even(rate), Plans.TO_DATABASE)
                .withLifetime(Distribution.fixed(Duration.ofNanos(lifetimeNanos)));
    }

    /** The rate changes in the place of an arrival, after the ports have settled. */
    @Test
    void m2_exhaustionAfterAChangeOfRateIsExactInTheSimulator() {
        long seed = 20_250_301;
        Random random = new Random(seed);
        int refusals = 0;
        for (int i = 0; i < 80; i++) {
            Rate before = new Rate(1 + random.nextInt(40), (1 + random.nextInt(30)) * SECOND);
            Rate after = new Rate(1 + random.nextInt(60), (1 + random.nextInt(30)) * SECOND);
            long busy = HOLD;
            long needed = EvenArrivals.portsNeeded(before, busy);
            int ports = (int) (needed + random.nextInt(200));
            if (ports > 5_000) {
                continue;
            }
            long cycles = 2 + busy / before.perNanos(); // old arrivals lie at whole periods, too
            Duration change = Duration.ofNanos(cycles * before.perNanos());
            Scenario scenario = Plans.scenario(ports, change.plus(Duration.ofSeconds(500)), client(before, 0))
                    .withActions(new ScheduledAction.ChangeArrivals(change, "c", new Arrivals.Even(after)));

            OptionalLong first = ScenarioRun.run(scenario).metrics().firstRefusalNanos();

            OptionalLong foretold = EvenArrivals.firstRefusalNanos(before, after, busy, ports);
            refusals += foretold.isPresent() ? 1 : 0;
            assertThat(first)
                    .as("seed %d: %s, then %s, %d ports", seed, before, after, ports)
                    .isEqualTo(
                            foretold.isPresent()
                                    ? OptionalLong.of(change.toNanos() + foretold.getAsLong())
                                    : OptionalLong.empty());
        }
        assertThat(refusals).as("seed %d: cases with refusals", seed).isBetween(10, 70);
    }

    @Test
    void m2_changeOfPortsAloneIsAtOnceOrNever() {
        Rate rate = Rate.perSecond(1);

        assertThat(EvenArrivals.firstRefusalNanos(rate, rate, HOLD, 240)).isEmpty();
        assertThat(EvenArrivals.firstRefusalNanos(rate, rate, HOLD, 239)).hasValue(0);
        assertThat(EvenArrivals.firstRefusalNanos(rate, Rate.perSecond(2), HOLD, 256))
                .hasValue(16_500_000_000L); // 16 free, 1 more each s
    }

    /**
     * Plain lists and no formula: each arrival looks at when the ports that were taken before it are free again. 200 random
     * small cases: the planner's ports refuse nothing, one fewer does.
     */
    @Test
    void m2_minimumIsThatOfPlainCounting() {
        long seed = 20_260_101;
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            long count = 1L + random.nextInt(30);
            long per = 1L + random.nextInt(500);
            long busy = 1L + random.nextInt(1_500);
            String what = "seed %d: %d in %d ns, busy %d ns".formatted(seed, count, per, busy);
            Demand demand =
                    Demand.even(new Rate(count, per), Duration.ofNanos(busy / 3), Duration.ofNanos(busy - busy / 3));

            int planned = CapacityPlanner.portsNeeded(demand, 0).orElseThrow();

            long end = 3 * busy + 3 * per;
            assertThat(refusedByCounting(count, per, busy, planned, end))
                    .as(what)
                    .isZero();
            if (planned > 1) { // with none every attempt is refused
                assertThat(refusedByCounting(count, per, busy, planned - 1, end))
                        .as(what)
                        .isPositive();
            }
        }
    }

    private static int refusedByCounting(long count, long per, long busy, int ports, long end) {
        List<Long> freeAgain = new ArrayList<>();
        int refused = 0;
        for (long k = 0; k * per / count < end; k++) {
            long now = k * per / count;
            freeAgain.removeIf(time -> time <= now);
            if (freeAgain.size() < ports) {
                freeAgain.add(now + busy);
            } else {
                refused++;
            }
        }
        return refused;
    }

    @Test
    void rateOfOneInstanceOfManyStaysExact() {
        Arriving third = new Arriving.Even(Rate.perSecond(1)).sharedBy(3);

        assertThat(third).isEqualTo(new Arriving.Even(new Rate(1, 3 * SECOND)));
        assertThat(third.times(6)).isEqualTo(new Arriving.Even(Rate.perSecond(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Arriving.Even(new Rate(1, Long.MAX_VALUE)).sharedBy(2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Arriving.Even(new Rate(Long.MAX_VALUE, 1)).times(2));
        assertThatIllegalArgumentException().isThrownBy(() -> third.times(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Arriving.Poisson(0));
        assertThat(ImmutableList.of(new Arriving.Poisson(6).sharedBy(3), new Arriving.Other(1).times(2)))
                .extracting(Arriving::perSecond)
                .containsExactly(2.0, 2.0);
    }
}
