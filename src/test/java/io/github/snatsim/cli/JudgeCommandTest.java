package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule M4 on the command line. */
class JudgeCommandTest {
    /** 723 ports are asked for and 512 owned: 211 of 723 are refused. */
    private static final String POOL = "docs/examples/18-more-instances-fewer-ports.yaml";

    /** Arithmetic does not apply: in runs 81 of 211 are refused. */
    private static final String OUTAGE = "docs/examples/02-outage-and-retries.yaml";

    private static CliRun judge(String scenario, String failed, String attempts, String... more) {
        String[] args = new String[more.length + 6];
        String[] first = {"judge", scenario, "--failed", failed, "--attempts", attempts};
        System.arraycopy(first, 0, args, 0, first.length);
        System.arraycopy(more, 0, args, first.length, more.length);
        return CliRun.of(args);
    }

    @Test
    void m4_convictsWithTheArithmetic() {
        assertThat(judge(POOL, "300", "1000").succeeds().out())
                .startsWith(POOL + ": ports run out about as often as attempts failed: SNAT explains the failures\n")
                .contains("Ports         512, by arithmetic\n")
                .contains("Ports taken   at most 723\n")
                .contains("Expected      29.2 % of 1,000 attempts refused: 291.8\n")
                .contains("Explained     0.973 expected refusals for each failure");
    }

    @Test
    void m4_acquitsAsReadily() {
        assertThat(judge(POOL, "300", "1000", "--ports-seen", "511").succeeds().out())
                .startsWith(POOL + ": there was always a free port: SNAT did not refuse an attempt\n");
    }

    @Test
    void m4_aCountOnTheHostNeverAcquits() {
        assertThat(judge(POOL, "300", "1000", "--connections-seen", "5")
                        .succeeds()
                        .out())
                .contains("SNAT explains the failures");
    }

    @Test
    void m4_whatPortsExplainInPartIsNotDecided() {
        assertThat(judge(POOL, "900", "1000").succeeds().out())
                .startsWith(POOL + ": ports run out, but too seldom to explain all failures");
    }

    @Test
    void m4_simulatesWhereArithmeticDoesNotApply() {
        assertThat(judge(OUTAGE, "81", "211", "--replications", "2").succeeds().out())
                .contains("SNAT explains the failures")
                .contains("Ports         64, in runs\n")
                .contains("Expected      38.4 % of 211 attempts refused: 81.0\n")
                .contains("Note          failed or refused attempts are tried again");
    }

    @Test
    void m4_jsonHasTheVerdictAndItsNumbers() {
        assertThat(judge(POOL, "723", "723", "--ports-seen", "512", "--json")
                        .succeeds()
                        .out())
                .contains("\"verdict\":\"CannotTell\",\"reason\":\"EXPLAINS_A_PART\"")
                .contains(
                        "\"simulated\":false,\"ports\":512,\"portsTakenMax\":723,\"refusedShareExpected\":0.291839557,"
                                + "\"refusedExpected\":211,\"failed\":723,\"attempts\":723");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 10 | | expected at least 1, and not more than all",
                "11 | 10 | | expected at least 1, and not more than all",
                "x | 10 | | Invalid value for option '--failed'",
                "1 | 10 | --ports-seen=513 | more ports were seen taken than there are",
                "1 | 10 | --destination=web | --destination 'web': expected one such as 'tcp 203.0.113.7:443'",
                "1 | 10 | --destination=tcp 203.0.113.9:1 | is no destination of the scenario that takes ports",
                "1 | 10 | --replications=1 | --replications 1: expected 2-10000"
            })
    void wrongInputIsNamed(String failed, String attempts, String more, String message) {
        String[] options = more == null ? new String[0] : new String[] {more};
        assertThat(judge(POOL, failed, attempts, options).isRefused().err()).contains(message);
    }

    @Test
    void aLoadBalancerIsRefusedInALine() {
        assertThat(judge("docs/examples/15-load-balancer-late-sends.yaml", "1", "2")
                        .isRefused()
                        .err())
                .contains("no SNAT ports");
    }
}
