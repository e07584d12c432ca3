package io.github.snatsim.aws;

import static io.github.snatsim.aws.ActiveFlows.ESTABLISHED;
import static io.github.snatsim.aws.ActiveFlows.SYN_SENT_AND_ESTABLISHED;
import static io.github.snatsim.aws.NlbBench.dns;
import static io.github.snatsim.aws.NlbBench.seconds;
import static io.github.snatsim.aws.NlbBench.tls;
import static io.github.snatsim.aws.NlbBench.web;
import static io.github.snatsim.net.FlowEvent.Kind.FIN;
import static io.github.snatsim.net.FlowEvent.Kind.PACKET;
import static io.github.snatsim.net.FlowEvent.Kind.RST;
import static io.github.snatsim.net.FlowEvent.Kind.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.net.FiveTuple;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** N5: what is counted, in which period. */
class NlbMetricsTest {
    private final NlbBench bench = NlbBench.withPlaces(3);
    private final NlbMetrics metrics = hear(bench, ESTABLISHED);

    private static NlbMetrics hear(NlbBench bench, ActiveFlows reading) {
        NlbMetrics metrics = new NlbMetrics(reading, 0, NlbMetrics.PERIOD);
        bench.gateway.listen(metrics);
        return metrics;
    }

    private NlbMetricsResult resultAt(long second) {
        bench.gateway.advanceTo(seconds(second));
        return metrics.result(seconds(second));
    }

    @Test
    void n5_metricsHaveTheirNamesInCloudWatch() {
        assertThat(Stream.of(NlbMetric.values()).map(NlbMetric::metricName))
                .containsExactly(
                        "NewFlowCount",
                        "NewFlowCount_TCP",
                        "ActiveFlowCount",
                        "ActiveFlowCount_TCP",
                        "RejectedFlowCount",
                        "RejectedFlowCount_TCP");
    }

    @Test
    void n5_everyMetricOfAPeriodByHand() {
        bench.handshake(0, web(1)); // active 0-350
        bench.clientSends(10, PACKET, dns(1)); // active 10-130
        bench.handshake(30, tls(1)); // active 30-50
        bench.handshake(40, web(2)); // rejected
        bench.clientSends(40, PACKET, dns(2)); // rejected
        bench.clientSends(50, RST, tls(1));
        bench.handshake(60, web(3)); // active 60-65
        bench.clientSends(65, RST, web(3));
        NlbMetricsResult result = resultAt(90);

        assertThat(result.periods())
                .containsExactly(
                        new MetricPeriod(0, seconds(60), 3, 2, 2, 1, seconds(60 + 50 + 20), seconds(60 + 20), 3, 2),
                        new MetricPeriod(
                                seconds(60), seconds(90), 1, 1, 0, 0, seconds(30 + 30 + 5), seconds(30 + 5), 3, 2));
        MetricPeriod first = result.periods().get(0);
        assertThat(Stream.of(NlbMetric.values()).map(metric -> metric.valueIn(first)))
                .containsExactly(3L, 2L, 3L, 2L, 2L, 1L);
        assertThat(first.activeFlowCountAverage()).isEqualTo(130 / 60.0, within(1e-12));
        assertThat(first.activeFlowCountTcpAverage()).isEqualTo(80 / 60.0, within(1e-12));
        assertThat(Stream.of(NlbMetric.values()).map(result::total)).containsExactly(4L, 3L, 3L, 2L, 2L, 1L);
    }

    @Test
    void n5_rejectionsAreReportedAlsoWhenThereAreNone() {
        assertThat(resultAt(180).periods())
                .hasSize(3)
                .allSatisfy(period -> assertThat(NlbMetric.REJECTED_FLOW_COUNT.valueIn(period))
                        .isZero());
        assertThat(resultAt(180).total(NlbMetric.REJECTED_FLOW_COUNT_TCP)).isZero();
    }

    @Test
    void n5_theInstantBetweenTwoPeriodsBelongsToTheSecond() {
        bench.handshake(60, web(1));
        assertThat(resultAt(120).periods()).map(MetricPeriod::newFlowCount).containsExactly(0L, 1L);
    }

    @Test
    void n5_whatHappensAtTheEndOfTheRunIsCounted() {
        bench.handshake(60, web(1));
        MetricPeriod last = resultAt(60).periods().get(1);
        assertThat(last).isEqualTo(new MetricPeriod(seconds(60), seconds(60), 1, 1, 0, 0, 0, 0, 1, 1));
        assertThat(last.lengthNanos()).isZero();
        assertThat(last.activeFlowCountAverage()).isEqualTo(1);
        assertThat(last.activeFlowCountTcpAverage()).isEqualTo(1);
    }

    @Test
    void n5_nothingIsAPeriodBeforeTheRunHasBegun() {
        assertThat(metrics.result(0).periods()).isEmpty();
        assertThat(metrics.result(0).total(NlbMetric.ACTIVE_FLOW_COUNT)).isZero();
    }

    @Test
    void n5_periodsBeginWhenTheRunDoes() {
        NlbMetrics late = new NlbMetrics(ESTABLISHED, seconds(90), Duration.ofMinutes(5));
        assertThat(late.result(seconds(400)).periods())
                .map(MetricPeriod::startNanos)
                .containsExactly(seconds(90), seconds(390));
    }

    @Test
    void n5_aFlowIsActiveThroughQuietPeriods() {
        bench.handshake(30, web(1));
        assertThat(resultAt(400).periods())
                .map(MetricPeriod::activeFlowNanos)
                .map(nanos -> nanos / seconds(1))
                .containsExactly(30L, 60L, 60L, 60L, 60L, 60L, 20L);
        assertThat(resultAt(400).ended(FlowEnd.IDLE)).isOne();
    }

    @Test
    void n1_n5_activeFlowsAreTheEstablishedOnes() {
        bench.clientSends(0, SYN, web(1));
        bench.clientSends(0, SYN, web(2));
        assertThat(resultAt(60).total(NlbMetric.ACTIVE_FLOW_COUNT)).isZero();
    }

    @Test
    void n1_n5_handshakesUnderWayCountWhereSynSentDoes() {
        NlbBench other = NlbBench.withPlaces(3);
        NlbMetrics heard = hear(other, SYN_SENT_AND_ESTABLISHED);
        other.clientSends(0, SYN, web(1)); // becomes a flow at 10
        other.clientSends(0, SYN, web(2)); // is forgotten at 60
        other.targetSends(10, PACKET, web(1));
        other.clientSends(10, PACKET, web(1));
        other.gateway.advanceTo(seconds(120));
        assertThat(heard.result(seconds(120)).periods())
                .containsExactly(
                        new MetricPeriod(0, seconds(60), 1, 1, 0, 0, seconds(120), seconds(120), 2, 2),
                        new MetricPeriod(seconds(60), seconds(120), 0, 0, 0, 0, seconds(60), seconds(60), 2, 2));
    }

    @Test
    void n5_endsResetsDropsAndHandshakesAreCountedBeside() {
        bench.handshake(0, web(1));
        bench.clientSends(1, FIN, web(1));
        bench.targetSends(1, FIN, web(1));
        bench.handshake(2, web(2));
        bench.targetSends(3, RST, web(2));
        bench.clientSends(3, PACKET, dns(1));
        bench.targetSends(200, PACKET, dns(1)); // late
        bench.clientSends(200, PACKET, web(1)); // late
        bench.clientSends(200, FIN, web(1)); // late
        bench.targetSends(200, PACKET, web(1)); // late
        bench.clientSends(200, PACKET, FiveTuple.parse("tcp 203.0.113.9:1 -> 198.51.100.1:22"));
        bench.clientSends(200, SYN, web(3));
        bench.clientSends(200, SYN, web(4));
        bench.clientSends(201, RST, web(4));
        NlbMetricsResult result = resultAt(210);

        assertThat(result.ended(FlowEnd.FIN)).isOne();
        assertThat(result.ended(FlowEnd.RST)).isOne();
        assertThat(result.ended(FlowEnd.IDLE)).isOne();
        assertThat(result.ended(FlowEnd.DELETED)).isZero();
        assertThat(result.resetsToClients()).isEqualTo(2);
        assertThat(result.resetsToTargets()).isEqualTo(1);
        assertThat(result.lateDatagrams()).isEqualTo(1);
        assertThat(result.dropped())
                .as("the late datagram and the stray packet")
                .isEqualTo(2);
        assertThat(result.halfOpenFlows()).isEqualTo(1);
        assertThat(result.halfOpenFlowsMax()).isEqualTo(2);
    }

    @Test
    void n5_aResultDoesNotChangeAndCountingGoesOn() {
        bench.handshake(0, web(1));
        NlbMetricsResult early = resultAt(30);
        bench.handshake(40, web(2));
        NlbMetricsResult late = resultAt(60);
        assertThat(early.periods())
                .containsExactly(new MetricPeriod(0, seconds(30), 1, 1, 0, 0, seconds(30), seconds(30), 1, 1));
        assertThat(late.periods())
                .containsExactly(new MetricPeriod(0, seconds(60), 2, 2, 0, 0, seconds(80), seconds(80), 2, 2));
    }

    @Test
    void n5_aPeriodIsAboveZeroAndTimeNotBeforeTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NlbMetrics(ESTABLISHED, 0, Duration.ZERO))
                .withMessage("metric period PT0S: expected above zero");
        NlbMetrics late = new NlbMetrics(ESTABLISHED, 10, NlbMetrics.PERIOD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> late.opened(9, 1, 0))
                .withMessage("heard of 9 ns at 10 ns: expected no time before the start");
    }

    /** The limit that the documentation states: too many flow-nanoseconds are an error, not a wrong number. */
    @Test
    void n5_sumsThatDoNotFitAreAnError() {
        NlbMetrics years = new NlbMetrics(ESTABLISHED, 0, Duration.ofDays(100_000));
        years.opened(0, 1, 0);
        years.opened(0, 2, 0);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> years.ended(Long.MAX_VALUE / 2 + 1, 1, 0, FlowState.OPEN, FlowEnd.IDLE));
    }

    @Test
    void n5_periodsAreJoinedWithoutAGap() {
        MetricPeriod one = new MetricPeriod(0, 10, 1, 1, 2, 1, 50, 40, 6, 5);
        MetricPeriod two = new MetricPeriod(10, 20, 3, 2, 4, 3, 30, 20, 5, 4);
        assertThat(one.and(two)).isEqualTo(new MetricPeriod(0, 20, 4, 3, 6, 4, 80, 60, 6, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.and(one))
                .withMessage("a period from 0 ns after one until 20 ns: expected no gap");
    }

    @Test
    void n5_refusalsOfTcpAreAShareOfAll() {
        for (int i = 1; i <= 3; i++) {
            bench.handshake(0, web(i));
        }
        for (int i = 4; i <= 13; i++) {
            assertThat(bench.handshake(1, web(i))).isEqualTo(Outcome.TABLE_FULL);
        }
        for (int i = 1; i <= 5; i++) {
            bench.clientSends(1, PACKET, dns(i));
        }
        assertThat(resultAt(60).total(NlbMetric.REJECTED_FLOW_COUNT)).isEqualTo(15);
        assertThat(resultAt(60).total(NlbMetric.REJECTED_FLOW_COUNT_TCP)).isEqualTo(10);
        assertThat(resultAt(60).total(NlbMetric.NEW_FLOW_COUNT)).isEqualTo(3);
    }

    /** The advice of the sources as a law: under one load, a shorter idle time rejects no more flows. */
    @Test
    void n5_aShorterTimeoutRejectsFewer() {
        assertThat(Stream.of("60", "350", "6000").map(NlbMetricsTest::rejectedWith))
                .containsExactly(0L, 220L, 300L);
    }

    /** Ten places, a flow per 10 s that is never closed, 310 of them: at 350 s of idle time ten in 350 s get in. */
    private static long rejectedWith(String idleSeconds) {
        NlbBench bench = NlbBench.withPlaces(10);
        NlbMetrics metrics = hear(bench, ESTABLISHED);
        bench.gateway.modify(NlbBench.WEB, List.of(ListenerAttribute.tcpIdleTimeoutSeconds(idleSeconds)));
        for (int i = 0; i < 310; i++) {
            bench.handshake(i * 10L, web(1_024 + i));
        }
        return metrics.result(seconds(3_100)).total(NlbMetric.REJECTED_FLOW_COUNT);
    }
}
