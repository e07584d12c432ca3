package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers derived by hand from rules P1, P2, P8 and P9. */
class TiersCommandTest {
    @Test
    void p1_theTable() {
        assertThat(cells("tiers"))
                .containsExactly(
                        List.of("Pool size", "Ports per instance", "Ports of largest pool", "Redeploying, at 2x"),
                        List.of("1-50", "1,024", "51,200", "512-1,024"),
                        List.of("51-100", "512", "51,200", "256"),
                        List.of("101-200", "256", "51,200", "128"),
                        List.of("201-400", "128", "51,200", "64"),
                        List.of("Ports are per public IP, and TCP and UDP have as many each."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource-manager", "RESOURCE-MANAGER", "Resource-Manager"})
    void p2_theResourceManagerTable(String name) {
        assertThat(cells("tiers", "--table", name))
                .hasSize(8)
                .contains(
                        List.of("201-400", "128", "51,200", "64"),
                        List.of("401-800", "64", "51,200", "32"),
                        List.of("801-1,000", "32", "32,000", "32"));
    }

    @Test
    void p9_aPoolInTheMiddleOfItsTier() {
        assertThat(CliRun.of("tiers", "60").succeeds().out()).isEqualTo("""
                        Pool size           60 (tier 51-100)
                        Ports per instance  512 for TCP and as many for UDP
                        Ports in total      30,720
                        Below               10 fewer instances cross into tier 1-50: 1,024 ports each, 51,200 in total at 50
                        Above               40 more instances fit; one more crosses into tier 101-200: each keeps 256 of 512 ports, flows on the reclaimed ones end, and the pool falls from 51,200 to 25,856 ports
                        While redeploying   reported as up to 120: 256 ports per instance, 256 of 512 are reclaimed meanwhile
                        """);
    }

    @Test
    void p9_aPoolAtTheEndOfItsTier() {
        assertThat(CliRun.of("tiers", "50").succeeds().out()).isEqualTo("""
                        Pool size           50 (tier 1-50)
                        Ports per instance  1,024 for TCP and as many for UDP
                        Ports in total      51,200
                        Below               no boundary below
                        Above               0 more instances fit; one more crosses into tier 51-100: each keeps 512 of 1,024 ports, flows on the reclaimed ones end, and the pool falls from 51,200 to 26,112 ports
                        While redeploying   reported as up to 100: 512 ports per instance, 512 of 1,024 are reclaimed meanwhile
                        """);
    }

    @Test
    void p2_theLargestClassicPool() {
        assertThat(CliRun.of("tiers", "400").succeeds().out()).isEqualTo("""
                        Pool size           400 (tier 201-400)
                        Ports per instance  128 for TCP and as many for UDP
                        Ports in total      51,200
                        Below               200 fewer instances cross into tier 101-200: 256 ports each, 51,200 in total at 200
                        Above               0 more instances fit; the table ends at 400
                        While redeploying   reported as up to 800: 64 ports per instance, 64 of 128 are reclaimed meanwhile
                        """);
    }

    @Test
    void p2_aPoolThatOnlyResourceManagerKnows() {
        assertThat(CliRun.of("tiers", "800", "--table", "resource-manager")
                        .succeeds()
                        .out())
                .isEqualTo("""
                        Pool size           800 (tier 401-800)
                        Ports per instance  64 for TCP and as many for UDP
                        Ports in total      51,200
                        Below               400 fewer instances cross into tier 201-400: 128 ports each, 51,200 in total at 400
                        Above               0 more instances fit; one more crosses into tier 801-1,000: each keeps 32 of 64 ports, flows on the reclaimed ones end, and the pool falls from 51,200 to 25,632 ports
                        While redeploying   reported as up to 1,600: 32 ports per instance, 32 of 64 are reclaimed meanwhile
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | reported as up to 2: 1,024 ports per instance, nothing is lost",
                "25 | reported as up to 50: 1,024 ports per instance, nothing is lost",
                "26 | reported as up to 52: 512 ports per instance, 512 of 1,024 are reclaimed meanwhile",
                "300 | reported as up to 600: 64 ports per instance, 64 of 128 are reclaimed meanwhile"
            })
    void p8_onlyPoolsUpTo25LoseNothingWhileRedeploying(String poolSize, String expected) {
        assertThat(CliRun.of("tiers", poolSize).succeeds().out()).endsWith("While redeploying   " + expected + "\n");
    }

    @Test
    void p8_theLargestPoolHasNothingLeftToLose() {
        assertThat(CliRun.of("tiers", "1000", "--table", "resource-manager")
                        .succeeds()
                        .out())
                .endsWith("reported as up to 2,000: 32 ports per instance, nothing is lost\n");
    }

    @Test
    void anEmptyPoolOwnsNothing() {
        assertThat(CliRun.of("tiers", "0").succeeds().out()).isEqualTo("A pool of 0 instances owns no ports.\n");
    }

    private static List<List<String>> cells(String... args) {
        return CliRun.of(args).succeeds().lines().stream()
                .map(line -> Splitter.onPattern(" {2,}").splitToList(line))
                .toList();
    }
}
