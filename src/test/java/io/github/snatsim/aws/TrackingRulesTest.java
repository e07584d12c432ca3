package io.github.snatsim.aws;

import static io.github.snatsim.aws.NlbBench.TARGETS;
import static io.github.snatsim.aws.NlbBench.dns;
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
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snatsim.flow.Verdict;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** N1: which flows are tracked, from when until when, and where they go. */
class TrackingRulesTest {
    private final NlbBench bench = NlbBench.withPlaces(1_000);
    private final FiveTuple flow = web(40_000);

    @Test
    void n1_aFlowIsEstablishedOnceClientAndTargetHaveSentAPacketAfterTheSyn() {
        assertThat(bench.clientSends(0, SYN, flow)).isEqualTo(TRANSLATED);
        assertThat(bench.targetSends(1, PACKET, flow)).isEqualTo(TRANSLATED);
        assertThat(bench.isTracked(flow)).isFalse();
        assertThat(bench.gateway.halfOpenFlows()).isOne();
        assertThat(bench.clientSends(2, PACKET, flow)).isEqualTo(OPENED);
        assertThat(bench.isTracked(flow)).isTrue();
        assertThat(bench.gateway.halfOpenFlows()).isZero();
        assertThat(bench.log.words()).containsExactly("half-open", "half-open", "opened");
    }

    @Test
    void n1_theTargetsPacketMayComeLast() {
        bench.clientSends(0, SYN, flow);
        assertThat(bench.clientSends(1, PACKET, flow)).isEqualTo(TRANSLATED);
        assertThat(bench.targetSends(2, PACKET, flow)).isEqualTo(OPENED);
        assertThat(bench.releaseSeconds(flow)).isEqualTo(352);
    }

    @Test
    void n1_aSynSentAgainEstablishesNothing() {
        bench.clientSends(0, SYN, flow);
        bench.targetSends(0, PACKET, flow);
        assertThat(bench.clientSends(1, SYN, flow)).isEqualTo(TRANSLATED);
        assertThat(bench.isTracked(flow)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PACKET", "FIN"})
    void n1_whereTargetsAreNotSeenAnyPacketButASynEstablishes(Kind kind) {
        NlbBench oneSided = NlbBench.with(10, balancer -> balancer.withTargetPackets(TargetPackets.NOT_SEEN));
        assertThat(oneSided.clientSends(0, SYN, flow)).isEqualTo(TRANSLATED);
        assertThat(oneSided.clientSends(1, SYN, flow)).isEqualTo(TRANSLATED);
        assertThat(oneSided.clientSends(2, kind, flow)).isEqualTo(OPENED);
        assertThat(oneSided.releaseSeconds(flow)).isEqualTo(352);
    }

    @Test
    void n1_aHandshakeIsForgottenWhenItIsSilentForItsOwnIdleTime() {
        bench.clientSends(0, SYN, flow);
        bench.targetSends(59, PACKET, flow);
        bench.gateway.advanceTo(NlbBench.seconds(119) - 1);
        assertThat(bench.gateway.halfOpenFlows()).isOne();
        assertThat(bench.gateway.isLive(flow)).isTrue();
        assertThat(bench.clientSends(119, PACKET, flow)).isEqualTo(RESET);
        assertThat(bench.gateway.halfOpenFlows()).isZero();
        assertThat(bench.gateway.isLive(flow)).isFalse();
        assertThat(bench.log.words())
                .as("no end is heard")
                .containsExactly("half-open", "half-open", "reset to INITIATOR");
    }

    @Test
    void n1_handshakesTakeNoPlaceAndHaveNoLimit() {
        NlbBench small = NlbBench.withPlaces(1);
        for (int i = 0; i < 100; i++) {
            assertThat(small.clientSends(0, SYN, web(40_000 + i))).isEqualTo(TRANSLATED);
        }
        assertThat(small.gateway.halfOpenFlows()).isEqualTo(100);
        assertThat(small.gateway.table().size()).isZero();
        assertThat(small.handshake(0, another())).isEqualTo(OPENED);
    }

    private static FiveTuple another() {
        return tls(1_024);
    }

    @Test
    void n1_anRstEndsAHandshake() {
        bench.clientSends(0, SYN, flow);
        assertThat(bench.targetSends(0, RST, flow)).isEqualTo(TRANSLATED);
        assertThat(bench.gateway.isLive(flow)).isFalse();
        assertThat(bench.clientSends(0, PACKET, flow)).isEqualTo(RESET);
    }

    @Test
    void n1_theEntryLeavesAtTheSecondSidesFin() {
        bench.handshake(0, flow);
        bench.clientSends(5, FIN, flow);
        bench.clientSends(6, FIN, flow);
        assertThat(bench.isTracked(flow)).as("one side's FINs change nothing").isTrue();
        assertThat(bench.targetSends(7, FIN, flow)).isEqualTo(TRANSLATED);
        assertThat(bench.isTracked(flow)).isFalse();
        assertThat(bench.log.heard.get(bench.log.heard.size() - 1))
                .isEqualTo(new NlbLog.Heard(NlbBench.seconds(7), "ended FIN", flow, 0));
        assertThat(bench.clientSends(7, PACKET, flow)).as("the last ACK").isEqualTo(RESET);
    }

    @Test
    void n1_theEntryLeavesAtAnRstOfEitherSideInAnyState() {
        FiveTuple other = web(40_001);
        bench.handshake(0, flow);
        bench.handshake(0, other);
        bench.clientSends(1, FIN, other);
        assertThat(bench.clientSends(1, RST, flow)).isEqualTo(TRANSLATED);
        assertThat(bench.targetSends(1, RST, other)).isEqualTo(TRANSLATED);
        assertThat(bench.gateway.table().size()).isZero();
        assertThat(bench.log.words()).endsWith("ended RST", "ended RST");
    }

    @Test
    void n1_finsDuringTheHandshakeCount() {
        bench.clientSends(0, SYN, flow);
        assertThat(bench.clientSends(1, FIN, flow)).isEqualTo(TRANSLATED);
        assertThat(bench.targetSends(2, PACKET, flow)).isEqualTo(OPENED);
        assertThat(bench.isTracked(flow)).isTrue();
        bench.targetSends(3, FIN, flow);
        assertThat(bench.isTracked(flow)).isFalse();
    }

    @Test
    void n1_finsOfBothSidesDuringTheHandshakeOpenAndEndAFlow() {
        bench.clientSends(0, SYN, flow);
        bench.targetSends(0, FIN, flow);
        assertThat(bench.clientSends(1, FIN, flow)).isEqualTo(OPENED);
        assertThat(bench.gateway.isLive(flow)).isFalse();
        assertThat(bench.log.words()).endsWith("opened", "ended FIN");
    }

    @Test
    void n1_aSynOnAnOpenFlowIsAPacketOfIt() {
        bench.handshake(0, flow);
        assertThat(bench.clientSends(100, SYN, flow)).isEqualTo(TRANSLATED);
        assertThat(bench.targetSends(101, SYN, flow)).isEqualTo(TRANSLATED);
        assertThat(bench.releaseSeconds(flow)).isEqualTo(451);
        assertThat(bench.gateway.halfOpenFlows()).isZero();
    }

    @Test
    void n1_aClosedFlowsTupleOpensAgainAtOnce() {
        bench.handshake(0, flow);
        bench.clientSends(1, RST, flow);
        assertThat(bench.handshake(1, flow)).isEqualTo(OPENED);
    }

    @Test
    void n1_whatGoesToNoListenerIsDropped() {
        for (String tuple : List.of(
                "tcp 203.0.113.9:1 -> 198.51.100.1:8080",
                "tcp 203.0.113.9:1 -> 198.51.100.2:80",
                "tcp 203.0.113.9:1 -> 198.51.100.1:53",
                "udp 203.0.113.9:1 -> 198.51.100.1:80")) {
            FiveTuple stray = FiveTuple.parse(tuple);
            assertThat(bench.clientSends(0, SYN, stray)).isEqualTo(DROPPED);
            assertThat(bench.clientSends(0, PACKET, stray)).isEqualTo(DROPPED);
            assertThat(bench.targetSends(0, PACKET, stray)).isEqualTo(DROPPED);
            assertThat(bench.gateway.isLive(stray)).isFalse();
        }
        assertThat(bench.log.words()).hasSize(12).containsOnly("dropped");
    }

    @Test
    void n1_aTargetIsDrawnForTheFlowsLife() {
        assertThat(bench.gateway.targetOf(flow)).isEmpty();
        int number = bench.client(0, SYN, flow)
                .match(o -> -1, translated -> translated.port(), u -> -1, d -> -1, r -> -1, r -> -1);
        Endpoint target = bench.gateway.targetOf(flow).orElseThrow();
        assertThat(target).isEqualTo(TARGETS.get(number));
        bench.targetSends(0, PACKET, flow);
        assertThat(bench.client(0, PACKET, flow)).isEqualTo(new Verdict.Opened(number));
        for (int second = 1; second < 1_000; second += 100) {
            assertThat(bench.client(second, PACKET, flow)).isEqualTo(new Verdict.Translated(number));
            assertThat(bench.gateway.targetOf(flow)).contains(target);
        }
    }

    @Test
    void n1_oneSeedDrawsTheSameTargetsAnotherOneOthers() {
        assertThat(drawn(1)).isEqualTo(drawn(1)).isNotEqualTo(drawn(2));
    }

    private static List<Endpoint> drawn(long seed) {
        NlbBench seeded = NlbBench.with(100, balancer -> balancer.withSeed(seed));
        List<Endpoint> targets = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            seeded.clientSends(0, PACKET, dns(1_024 + i));
            targets.add(seeded.gateway.targetOf(dns(1_024 + i)).orElseThrow());
        }
        return targets;
    }

    /** 3,000 draws among three: the share of each lies within five standard deviations of a third. */
    @Test
    void n1_targetsGetEqualShares() {
        NlbBench large = NlbBench.withPlaces(3_000);
        List<Endpoint> targets = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            large.handshake(0, web(1_024 + i));
            targets.add(large.gateway.targetOf(web(1_024 + i)).orElseThrow());
        }
        Map<Endpoint, Long> shares =
                targets.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        double deviation = Math.sqrt(3_000 * (1 / 3.0) * (2 / 3.0));
        assertThat(shares.values())
                .hasSize(3)
                .allSatisfy(share -> assertThat(Math.abs(share - 1_000)).isLessThan((long) (5 * deviation)));
    }

    @Test
    void n1_deadlinesOfFlowsAndHandshakesAreSeenAsOne() {
        assertThat(bench.gateway.nextDeadlineNanos()).isEmpty();
        assertThat(bench.gateway.lastDeadlineNanos()).isEmpty();
        assertThat(bench.gateway.quietUntilNanos()).isEqualTo(Long.MAX_VALUE);
        bench.handshake(0, flow);
        bench.clientSends(1, SYN, web(40_001));
        assertThat(bench.gateway.nextDeadlineNanos()).hasValue(NlbBench.seconds(61));
        assertThat(bench.gateway.lastDeadlineNanos()).hasValue(NlbBench.seconds(350));
        assertThat(bench.gateway.quietUntilNanos()).isBetween(NlbBench.seconds(1) + 1, NlbBench.seconds(61));
    }

    @Test
    void n1_timeDoesNotRunBackwards() {
        bench.clientSends(5, SYN, flow);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.clientSends(4, PACKET, flow))
                .withMessage("time runs backwards: 4000000000 ns after 5000000000 ns");
    }

    @Test
    void n1_handshakesAreForgottenInOrderOfTimeAmongFlows() {
        NlbBench quick = NlbBench.with(10, balancer -> balancer.withHalfOpenIdle(Duration.ofSeconds(350)));
        quick.handshake(0, web(1));
        quick.clientSends(1, SYN, web(2));
        quick.handshake(2, web(3));
        quick.log.heard.clear();
        quick.gateway.advanceTo(NlbBench.seconds(1_000));
        assertThat(quick.log.words()).containsExactly("ended IDLE", "half-open", "ended IDLE");
        assertThat(quick.log.heard)
                .map(heard -> heard.timeNanos() / NlbBench.seconds(1))
                .containsExactly(350L, 351L, 352L);
    }
}
