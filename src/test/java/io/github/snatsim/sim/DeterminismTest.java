package io.github.snatsim.sim;

import static io.github.snatsim.sim.Scenarios.DATABASE;
import static io.github.snatsim.sim.Scenarios.TO_DATABASE;
import static io.github.snatsim.sim.Scenarios.ms;
import static io.github.snatsim.sim.Scenarios.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import io.github.snatsim.net.Destination;
import io.github.snatsim.plan.CapacityPlanner;
import io.github.snatsim.report.PlanJson;
import io.github.snatsim.report.PlanReport;
import io.github.snatsim.report.SimulationCsv;
import io.github.snatsim.report.SimulationJson;
import io.github.snatsim.report.SimulationReport;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Outage;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import io.github.snatsim.workload.SourcePorts;
import io.github.snatsim.workload.Workload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule C4: the same bytes on every JDK, in every locale and time zone, on any number of threads. */
class DeterminismTest {
    /** The bytes of every report of {@link #everything}; the same on JDK 17 and 25. */
    private static final String GOLDEN = "2d70b397e803d3651929e64d724b3123b098afb0e64eb6d68b7310c1308fb9d0";

    /** The bytes of its plan; the same on JDK 17 and 25. */
    private static final String GOLDEN_PLAN = "fb179082db25ab743fe0d9f8d28479e9fa8a8377f2b5d3399e89e2f246356dce";

    /** Every source of randomness that there is. */
    private static Scenario everything() {
        Client poisson = Client.of(
                        "poisson",
                        new Arrivals.Poisson(Rate.perSecond(3)),
                        new Destinations.Zipf(Destinations.range(DATABASE, 20), 1.1))
                .withLifetime(new Distribution.LogNormal(ms(300), 1.5))
                .withRetry(Retry.exponential(5, ms(200), seconds(20), 0.5));
        Client daily = Client.of(
                        "daily",
                        new Arrivals.Daily(
                                ImmutableList.copyOf(Collections.nCopies(24, Optional.of(Rate.perSecond(1))))),
                        Destinations.one(Destination.parse("udp 203.0.113.53:53")))
                .withLifetime(new Distribution.Pareto(ms(1), 1.5));
        Client pool = Client.of(
                        "pool", new Arrivals.ClosedLoop(7, new Distribution.Exponential(seconds(1))), TO_DATABASE)
                .withLifetime(new Distribution.Empirical(ImmutableList.of(ms(10), ms(200), ms(3_000))))
                .withConnections(Connections.pool(5).withIdleLimit(seconds(2)))
                .withKeepalive(seconds(30));
        Workload workload = new Workload(
                ImmutableList.of(poisson, daily, pool),
                ImmutableList.of(
                        new Outage(Optional.of(DATABASE), seconds(500), seconds(700), 0.3, Outage.Failure.RST)),
                SourcePorts.linux());
        return Scenario.of(SnatSetup.portsPerInstance(128), 3, workload, Duration.ofMinutes(30))
                .withActions(new ScheduledAction.Resize(seconds(900), 4));
    }

    private static String reports(int threads) {
        Replications runs = Replications.run(everything(), 2, threads);
        SimulationReport report = new SimulationReport("everything", 128, 3, runs);
        return report.text()
                + SimulationJson.line(report)
                + SimulationCsv.files(runs.runs().get(0));
    }

    private static String plan(int threads) {
        PlanReport report = new PlanReport("everything", CapacityPlanner.plan(everything(), 0.001, 4, 2, threads));
        return report.text() + PlanJson.line(report);
    }

    private static String hash(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }

    @Test
    void c4_theBytesAreTheGoldenOnes() {
        assertThat(hash(reports(1))).isEqualTo(GOLDEN);
        assertThat(hash(plan(1))).isEqualTo(GOLDEN_PLAN);
    }

    @ParameterizedTest
    @CsvSource({"tr-TR, Asia/Kathmandu, 1", "ar-EG, America/St_Johns, 2", "de-DE, UTC, 2"})
    void c4_noLocaleTimeZoneOrThreadCountChangesThem(String locale, String zone, int threads) {
        Locale localeBefore = Locale.getDefault();
        TimeZone zoneBefore = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            TimeZone.setDefault(TimeZone.getTimeZone(zone));
            assertThat(hash(reports(threads))).isEqualTo(GOLDEN);
            assertThat(hash(plan(threads))).isEqualTo(GOLDEN_PLAN);
        } finally {
            Locale.setDefault(localeBefore);
            TimeZone.setDefault(zoneBefore);
        }
    }
}
