package io.github.snatsim.aws;

import static io.github.snatsim.aws.NlbBench.dns;
import static io.github.snatsim.aws.NlbBench.seconds;
import static io.github.snatsim.aws.NlbBench.tls;
import static io.github.snatsim.aws.NlbBench.web;
import static io.github.snatsim.flow.Outcome.DROPPED;
import static io.github.snatsim.flow.Outcome.OPENED;
import static io.github.snatsim.flow.Outcome.RESET;
import static io.github.snatsim.flow.Outcome.TRANSLATED;
import static io.github.snatsim.net.FlowEvent.Kind.FIN;
import static io.github.snatsim.net.FlowEvent.Kind.PACKET;
import static io.github.snatsim.net.FlowEvent.Kind.RST;
import static io.github.snatsim.net.FlowEvent.Kind.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Side;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** N2: how long flows may be silent, and what late packets meet. */
class IdleRulesTest {
    private final NlbBench bench = NlbBench.withPlaces(1_000);
    private final FiveTuple flow = web(40_000);

    @Test
    void n2_tcpIsTrackedFor350SecondsOfSilence() {
        bench.handshake(0, flow);
        bench.gateway.advanceTo(seconds(350) - 1);
        assertThat(bench.isTracked(flow)).isTrue();
        bench.gateway.advanceTo(seconds(350));
        assertThat(bench.isTracked(flow)).isFalse();
        assertThat(bench.log.words()).endsWith("opened", "ended IDLE");
    }

    @Test
    void n2_tlsIsTrackedFor350SecondsOfSilence() {
        bench.handshake(0, tls(40_000));
        assertThat(bench.releaseSeconds(tls(40_000))).isEqualTo(350);
    }

    @Test
    void n2_udpIsTrackedFor120SecondsOfSilence() {
        assertThat(bench.clientSends(0, PACKET, dns(40_000))).isEqualTo(OPENED);
        assertThat(bench.releaseSeconds(dns(40_000))).isEqualTo(120);
        assertThat(bench.targetSends(100, PACKET, dns(40_000))).isEqualTo(TRANSLATED);
        assertThat(bench.releaseSeconds(dns(40_000))).isEqualTo(220);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void n2_everyKindOfPacketIsADatagramOnUdp(Kind kind) {
        assertThat(bench.clientSends(0, kind, dns(40_000))).isEqualTo(OPENED);
        assertThat(bench.clientSends(1, kind, dns(40_000))).isEqualTo(TRANSLATED);
        assertThat(bench.targetSends(2, kind, dns(40_000))).isEqualTo(TRANSLATED);
        assertThat(bench.releaseSeconds(dns(40_000))).isEqualTo(122);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void n2_keepalivesOfEitherSideRestartTheTimer(Side side) {
        bench.handshake(0, flow);
        for (int second = 349; second < 35_000; second += 349) {
            assertThat(bench.gateway
                            .offer(new FlowEvent(seconds(second), PACKET, side, flow))
                            .outcome())
                    .isEqualTo(TRANSLATED);
        }
        assertThat(bench.log.words()).endsWith("opened");
    }

    @Test
    void n2_aKeepaliveAfterTwoHoursComesTooLate() {
        bench.handshake(0, flow);
        assertThat(bench.clientSends(7_200, PACKET, flow)).isEqualTo(RESET);
    }

    @Test
    void n2_aLateTcpPacketIsAnsweredWithAnRstToItsSender() {
        bench.handshake(0, flow);
        assertThat(bench.clientSends(350, PACKET, flow)).isEqualTo(RESET);
        assertThat(bench.targetSends(350, PACKET, flow)).isEqualTo(RESET);
        assertThat(bench.clientSends(350, FIN, flow)).isEqualTo(RESET);
        assertThat(bench.targetSends(350, FIN, flow)).isEqualTo(RESET);
        assertThat(bench.targetSends(350, SYN, flow)).isEqualTo(RESET);
        assertThat(bench.log.words())
                .endsWith(
                        "ended IDLE",
                        "reset to INITIATOR",
                        "reset to RESPONDER",
                        "reset to INITIATOR",
                        "reset to RESPONDER",
                        "reset to RESPONDER");
        assertThat(bench.gateway.isLive(flow)).isFalse();
    }

    @Test
    void n2_aLateRstIsNotAnswered() {
        bench.handshake(0, flow);
        assertThat(bench.clientSends(350, RST, flow)).isEqualTo(DROPPED);
        assertThat(bench.targetSends(350, RST, flow)).isEqualTo(DROPPED);
        assertThat(bench.log.words()).endsWith("ended IDLE", "dropped", "dropped");
    }

    @Test
    void n2_aSynAfterExpiryBeginsANewFlow() {
        bench.handshake(0, flow);
        assertThat(bench.handshake(350, flow)).isEqualTo(OPENED);
    }

    @Test
    void n2_aLateDatagramOfTheClientOpensANewFlowOneOfTheTargetIsDropped() {
        bench.clientSends(0, PACKET, dns(40_000));
        assertThat(bench.targetSends(120, PACKET, dns(40_000))).isEqualTo(DROPPED);
        assertThat(bench.log.words()).containsExactly("opened", "ended IDLE", "dropped", "late datagram");
        assertThat(bench.clientSends(120, PACKET, dns(40_000))).isEqualTo(OPENED);
        assertThat(bench.targetSends(121, PACKET, dns(40_000))).isEqualTo(TRANSLATED);
    }

    @Test
    void n2_aDatagramFlowThatOpensAgainMayGoToAnotherTarget() {
        Set<Endpoint> targets = new HashSet<>();
        for (int opening = 0; opening < 40; opening++) {
            assertThat(bench.clientSends(opening * 120L, PACKET, dns(40_000))).isEqualTo(OPENED);
            targets.add(bench.gateway.targetOf(dns(40_000)).orElseThrow());
        }
        assertThat(targets).containsExactlyInAnyOrderElementsOf(NlbBench.TARGETS);
    }

    @Test
    void n2_flowsThatIdleOutAtOneInstantEndInTheOrderInWhichTheyOpened() {
        for (int i = 9; i >= 0; i--) {
            bench.handshake(0, web(40_000 + i));
        }
        for (int i = 0; i < 10; i++) {
            bench.clientSends(1, PACKET, web(40_000 + i));
        }
        bench.log.heard.clear();
        bench.gateway.advanceTo(seconds(400));
        assertThat(bench.log.heard)
                .map(heard -> heard.flow().source().port())
                .containsExactly(40_009, 40_008, 40_007, 40_006, 40_005, 40_004, 40_003, 40_002, 40_001, 40_000);
    }
}
