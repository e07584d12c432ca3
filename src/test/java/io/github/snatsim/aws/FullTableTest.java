package io.github.snatsim.aws;

import static io.github.snatsim.aws.NlbBench.dns;
import static io.github.snatsim.aws.NlbBench.tls;
import static io.github.snatsim.aws.NlbBench.web;
import static io.github.snatsim.flow.Outcome.OPENED;
import static io.github.snatsim.flow.Outcome.RESET;
import static io.github.snatsim.flow.Outcome.TABLE_FULL;
import static io.github.snatsim.flow.Outcome.TRANSLATED;
import static io.github.snatsim.net.FlowEvent.Kind.FIN;
import static io.github.snatsim.net.FlowEvent.Kind.PACKET;
import static io.github.snatsim.net.FlowEvent.Kind.RST;
import static io.github.snatsim.net.FlowEvent.Kind.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.flow.Verdict;
import org.junit.jupiter.api.Test;

/** N4: what a full table does. */
class FullTableTest {
    private final NlbBench bench = NlbBench.withPlaces(2);

    @Test
    void n4_tcpUdpAndTlsShareTheTable() {
        assertThat(bench.handshake(0, tls(1))).isEqualTo(OPENED);
        assertThat(bench.clientSends(0, PACKET, dns(1))).isEqualTo(OPENED);
        assertThat(bench.handshake(0, web(1))).isEqualTo(TABLE_FULL);
        assertThat(bench.handshake(0, tls(2))).isEqualTo(TABLE_FULL);
        assertThat(bench.clientSends(0, PACKET, dns(2))).isEqualTo(TABLE_FULL);
        assertThat(bench.gateway.table().size()).isEqualTo(2);
    }

    @Test
    void n4_fullnessIsCheckedWhenTheHandshakeCompletes() {
        bench.handshake(0, web(1));
        bench.handshake(0, web(2));
        assertThat(bench.clientSends(1, SYN, web(3))).as("on a full table").isEqualTo(TRANSLATED);
        assertThat(bench.targetSends(1, PACKET, web(3))).isEqualTo(TRANSLATED);
        bench.clientSends(1, RST, web(1));
        assertThat(bench.clientSends(1, PACKET, web(3))).as("a place came free").isEqualTo(OPENED);

        bench.clientSends(2, RST, web(2));
        assertThat(bench.clientSends(2, SYN, web(4))).as("with a place free").isEqualTo(TRANSLATED);
        assertThat(bench.targetSends(2, PACKET, web(4))).isEqualTo(TRANSLATED);
        bench.handshake(2, web(5));
        assertThat(bench.client(2, PACKET, web(4)))
                .as("it is gone")
                .isEqualTo(new Verdict.Refused(TABLE_FULL, web(4).to()));
    }

    @Test
    void n4_theTargetsPacketCanBeTheOneThatIsRefused() {
        bench.handshake(0, web(1));
        bench.handshake(0, web(2));
        bench.clientSends(0, SYN, web(3));
        bench.clientSends(0, PACKET, web(3));
        assertThat(bench.targetSends(0, PACKET, web(3))).isEqualTo(TABLE_FULL);
    }

    @Test
    void n4_theClientHearsNothingUntilItSendsAgain() {
        bench.handshake(0, web(1));
        bench.handshake(0, web(2));
        bench.log.heard.clear();
        assertThat(bench.handshake(1, web(3))).isEqualTo(TABLE_FULL);
        assertThat(bench.log.words()).containsExactly("half-open", "half-open", "refused TABLE_FULL");
        assertThat(bench.gateway.isLive(web(3))).isFalse();
        assertThat(bench.gateway.halfOpenFlows()).isZero();
        assertThat(bench.clientSends(2, PACKET, web(3))).isEqualTo(RESET);
    }

    @Test
    void n4_anRstToTheClientIsSelectable() {
        NlbBench loud = NlbBench.with(1, balancer -> balancer.withFullTable(FullTable.RST));
        loud.handshake(0, web(1));
        loud.log.heard.clear();
        assertThat(loud.handshake(1, web(2))).isEqualTo(TABLE_FULL);
        assertThat(loud.clientSends(1, PACKET, dns(1))).as("UDP has no RST").isEqualTo(TABLE_FULL);
        assertThat(loud.log.words())
                .containsExactly(
                        "half-open", "half-open", "refused TABLE_FULL", "reset to INITIATOR", "refused TABLE_FULL");
    }

    @Test
    void n4_runningFlowsAreNotTouched() {
        bench.handshake(0, web(1));
        bench.handshake(0, web(2));
        for (int port = 3; port < 100; port++) {
            assertThat(bench.handshake(1, web(port))).isEqualTo(TABLE_FULL);
        }
        assertThat(bench.clientSends(2, PACKET, web(1))).isEqualTo(TRANSLATED);
        assertThat(bench.targetSends(2, PACKET, web(2))).isEqualTo(TRANSLATED);
    }

    @Test
    void n4_placesComeFreeByFinRstAndIdleAtOnce() {
        bench.handshake(0, web(1));
        bench.handshake(0, web(2));
        assertThat(bench.handshake(1, web(3))).isEqualTo(TABLE_FULL);
        bench.targetSends(1, FIN, web(1));
        bench.clientSends(1, FIN, web(1));
        assertThat(bench.handshake(1, web(3))).isEqualTo(OPENED);
        bench.targetSends(1, RST, web(3));
        assertThat(bench.handshake(1, web(4))).isEqualTo(OPENED);
        assertThat(bench.handshake(349, web(5))).isEqualTo(TABLE_FULL);
        assertThat(bench.handshake(350, web(5))).isEqualTo(OPENED);
    }

    @Test
    void n4_everyAttemptIsCounted() {
        bench.handshake(0, web(1));
        bench.handshake(0, web(2));
        bench.handshake(1, web(3));
        bench.handshake(2, web(3));
        bench.clientSends(3, PACKET, dns(1));
        bench.clientSends(4, PACKET, dns(1));
        assertThat(bench.log.words().stream().filter("refused TABLE_FULL"::equals))
                .hasSize(4);
    }
}
