package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snatsim.report.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {
    /**
     * Four calls a second take their ports for 1 + 240 s: 964 ports, of which 30 instances have 1,024 each, 512 while the pool is
     * reported as 60. 1,024 ports carry 1,024 / 241 = 4.249 calls a second, 1.062 times the load; 512 carry half of that. The
     * longest hold is 1,024 / 4 - 1 = 255 s. At 8 calls a second the 60 free ports go at 4 a second: 964 + k - k / 2 = 1,024 is
     * reached at k = 120, and call 121 finds none: 121 / 8 = 15.125 s.
     *
     * <p>All together: 120 calls a second, 28,920 ports: 29 instances with 1,024, 57 with 512, 113 with 256, 226 with 128. At twice
     * the size the pools of 25, 50, 100, 200 and 400 have 25,600 ports.
     */
    private static final String EVEN = """
            duration: 1446s
            warm-up: 1205s
            instances: 30
            gateway: {pool: classic}
            clients:
              - name: orders
                arrivals: {even: 4/s}
                destinations: tcp 203.0.113.20:443
                lifetime: 1s
            """;

    /** The same for one instance: quickly simulated. */
    private static final String ONE = EVEN.replace("instances: 30", "instances: 1");

    @TempDir
    private Path folder;

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("scenario.yaml"), text).toString();
    }

    @Test
    void m2_textAnswersFirst() throws IOException {
        String file = file(EVEN);

        CliRun run =
                CliRun.of("plan", file, "--target", "0", "--replications", "2").succeeds();

        assertThat(run.lines().get(0))
                .isEqualTo(
                        file
                                + ": orders needs 964 ports per instance for none refused and has 1,024: it breaks at 1.06 times the load");
        assertThat(run.lines())
                .contains(
                        "Instances     30 with 1,024 SNAT ports each, 512 while redeploying",
                        "Verdict       they agree; theory applies and the simulation agrees: trust the closed form",
                        "    asked         orders: 4.000/s, 1.000 s open and 240.0 s after FINs: 964.0 erlangs",
                        "    needed        964 ports, 1,024 owned, 60 to spare; while redeploying 512 owned, 452 too few",
                        "    refused       0 %; while redeploying 46.9 %", // 452 / 964
                        "    sustained     4.249/s, 1.06 times the load; while redeploying 2.124/s, 0.531 times the load",
                        "    longest hold  255.0 s; while redeploying 127.0 s",
                        "    from empty    never refused",
                        "    at 2x load    with 1,024 ports first refused after 15.1 s",
                        "  normal         29-50               1,024          29,696-51,200            1",
                        "                 57-100                512          29,184-51,200            1",
                        "                 113-200               256          28,928-51,200            1",
                        "                 226-400               128          28,928-51,200            1",
                        "  redeploying    none",
                        "  one instance more is not enough at 50, 100, 200: the next tier has fewer ports (P9)",
                        // 8/s need 1,928 ports, and of 1,928 calls 904 are refused
                        "  2x             46.9 %             46.9 %             73.4 %            -904   46.9 % (46.9 % to 46.9 %)",
                        "  by the closed form it breaks at 1.06 times the load; while redeploying it breaks at 0.531 times the load",
                        "  of the simulated loads 2x is the first that breaks it")
                .doesNotContain("Alerts: mean port use at which 0 % of Poisson arrivals are refused");
    }

    @Test
    void m2_jsonHasTheSameFigures() throws IOException {
        Map<String, Object> plan =
                JsonText.object(CliRun.of("plan", file(EVEN), "--target", "0", "--replications", "2", "--json")
                        .succeeds()
                        .out());

        Map<?, ?> instance = (Map<?, ?>) list(plan, "instances").get(0);
        Map<?, ?> destination = (Map<?, ?>) list(instance, "destinations").get(0);
        Map<?, ?> normal = (Map<?, ?>) destination.get("normal");
        assertThat(instance.get("portsNeeded")).isEqualTo(964L);
        assertThat(destination.get("erlangs")).isEqualTo(964L);
        assertThat(normal.get("headroomPorts")).isEqualTo(60L);
        assertThat((double) normal.get("perSecondMax")).isCloseTo(1_024 / 241.0, within(1e-9));
        assertThat(normal.get("holdSecondsMax")).isEqualTo(255L);
        assertThat(normal.get("firstRefusalSeconds")).isNull();
        Map<?, ?> doubled = (Map<?, ?>) list(destination, "exhaustionAfter").get(0);
        assertThat(doubled.get("earliestSeconds")).isEqualTo(15.125);
        Map<?, ?> redeployment =
                (Map<?, ?>) list(destination, "exhaustionAfter").get(2);
        assertThat(redeployment.get("change")).isEqualTo("REDEPLOYMENT");
        assertThat(redeployment.get("latestSeconds")).isEqualTo(128L); // call 512
        assertThat(list((Map<?, ?>) instance.get("pools"), "normal"))
                .map(range -> ((Map<?, ?>) range).get("smallest"))
                .isEqualTo(List.of(29L, 57L, 113L, 226L));
        assertThat(list((Map<?, ?>) instance.get("pools"), "redeploying")).isEmpty();
        assertThat(((Map<?, ?>) plan.get("confirmation")).get("verdict")).isEqualTo("THEORY_CONFIRMED");
        assertThat(((Map<?, ?>) plan.get("confirmation")).get("portsUsedMax")).isEqualTo(964L);
        assertThat(plan.get("simulatedMultipleThatBreaks")).isEqualTo(2L);
        Map<?, ?> twice = (Map<?, ?>) list(plan, "loadSteps").get(1);
        Map<?, ?> simulated = (Map<?, ?>) twice.get("simulatedShare");
        assertThat((double) twice.get("refusedShare")).isCloseTo(904 / 1_928.0, within(1e-9));
        assertThat((double) simulated.get("mean")).isCloseTo(904 / 1_928.0, within(1e-9));
    }

    private static List<?> list(Map<?, ?> object, String name) {
        return (List<?>) object.get(name);
    }

    /** 18 calls in 964 may be refused, 2 %: 945 ports refuse 19, 1.97 %. */
    @ParameterizedTest
    @CsvSource({"2%, 945", "0.02, 945", "2e-2, 945", "0.1%, 964", "0, 964", "50%, 482"})
    void m2_targetsAreSharesOrPerCent(String target, int ports) throws IOException {
        assertThat(CliRun.of("plan", file(ONE), "--target", target, "--replications", "2")
                        .succeeds()
                        .out())
                .contains("needs " + ports + " ports");
    }

    /** Half a call a second, each 480 s: 240 erlangs, of which 256 ports refuse 1.73 % in the long run. */
    @Test
    void m2_alertsAndIntervalsOfPoissonArrivals() throws IOException {
        String out = CliRun.of("plan", file("""
                        duration: 3h
                        warm-up: 1h
                        instances: 2
                        gateway: {ports-per-instance: 256}
                        clients:
                          - name: calls
                            arrivals: {poisson: 0.5/s}
                            destinations: tcp 203.0.113.20:443
                            lifetime: {exponential: {mean: 240s}}
                            keepalive: 60s
                        """), "--target", "1%").succeeds().out();

        assertThat(out)
                .contains("Closed form   1.73 % refused") // erlang_b_scenarios.csv, 240 erlangs on 256 ports
                .contains("95 % of 10 runs", "trust the closed form", "1 % of Poisson arrivals are refused")
                .doesNotContain("from empty");
    }

    @Test
    void m2_whereTheoryNeedNotHoldTheSimulationIsTrusted() {
        assertThat(CliRun.of("plan", "docs/examples/01-unpooled-script.yaml", "--replications", "2")
                        .succeeds()
                        .out())
                // 126 calls a minute for 241 s: five runs of the script at once
                .contains("by arithmetic script needs 630 ports")
                .contains("trust the simulation of the present load, which refuses 79.7 %") // 1,004 of 1,260
                .contains("  - requests come in bursts: many ports are taken at one instant\n")
                .contains("Pool sizes: not planned, bursts", "of the simulated loads 1x is the first that breaks it");
    }

    @Test
    void n1_loadBalancersAreSentToTheirOwnCommand() {
        assertThat(CliRun.of("plan", "docs/examples/15-load-balancer-late-sends.yaml")
                        .isRefused()
                        .err())
                .contains("a load balancer has no SNAT ports to plan", "snatsim nlb advise");
    }

    @Test
    void t8_nothingToPlan() throws IOException {
        assertThat(CliRun.of("plan", file(ONE.replace("203.0.113.20", "10.1.2.3")), "--replications", "2")
                        .succeeds()
                        .out())
                .contains("nothing asks for SNAT ports", "Pool sizes: not planned, nothing asks for ports");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--target 100% | --target",
                "--target 1 | 1: expected a share such as 0.1% or 0.001: 0, or from 1e-50 to below 1 (100%)",
                "--target 1e-51 | 1e-51: expected a share",
                "--target -1% | '-1%': expected a share",
                "--target 0,1% | '0,1%': expected a share",
                "--target NaN | 'NaN': expected a share",
                "--target 5e999% | 5e999%: expected a share",
                "--target % | '%': expected a share",
                "--replications 1 | --replications 1: expected 2-10000",
                "--replications 10001 | --replications 10001: expected 2-10000",
                "--replications x | 'x' is not an int",
                "--with caching | --with and --without are for scenarios with api-management",
                "--csv x | Unknown option"
            })
    void badOptions(String options, String expected) throws IOException {
        String[] words = ("plan FILE " + options).split(" ", -1);
        words[1] = file(ONE);

        CliRun run = CliRun.of(words).isRefused();

        assertThat(run.err()).contains(expected);
        assertThat(run.out()).isEmpty();
    }

    /** No finite number of ports never refuses a Poisson process. */
    @Test
    void m2_noneRefusedIsForBoundedDemandOnly() throws IOException {
        assertThat(CliRun.of("plan", file(ONE.replace("even", "poisson")), "--target", "0")
                        .isRefused()
                        .err())
                .contains(
                        "scenario.yaml: a refused share of 0 for arrivals that are not even: expected 1.0E-50 to below 1");
    }

    @ParameterizedTest
    @CsvSource({"ar-EG-u-nu-arab", "de-DE", "tr-TR", "hi-IN-u-nu-deva"})
    void c4_localesChangeNothing(String language) throws IOException {
        String[] text = {"plan", file(ONE), "--replications", "2"};
        String[] json = {"plan", file(ONE), "--replications", "2", "--json"};
        String atHome = CliRun.of(text).out() + CliRun.of(json).out();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(language));
            assertThat(CliRun.of(text).out() + CliRun.of(json).out()).isEqualTo(atHome);
        } finally {
            Locale.setDefault(before);
        }
    }
}
