package io.github.snatsim.flow;

import static io.github.snatsim.flow.Bench.API;
import static io.github.snatsim.flow.Bench.VM;
import static io.github.snatsim.flow.Bench.WEB;
import static io.github.snatsim.flow.Bench.range;
import static io.github.snatsim.flow.Bench.seconds;
import static io.github.snatsim.flow.Bench.tcp;
import static io.github.snatsim.flow.Bench.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.snatsim.flow.EventLog.Heard;
import io.github.snatsim.flow.SnatPorts.IdleRules;
import io.github.snatsim.flow.Verdict.Dropped;
import io.github.snatsim.flow.Verdict.Opened;
import io.github.snatsim.flow.Verdict.Translated;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules R1-R9: when a flow gives its port back. Times in the names and numbers are seconds. */
class ReleaseRulesTest {
    private static final FiveTuple FLOW = tcp(40_000, WEB);

    private final Bench bench = Bench.classic().withPorts(4);

    private static Bench with(long finHoldSeconds, long rstHoldSeconds, FinTrigger trigger) {
        return Bench.with(
                        new FlowRules(
                                Duration.ofSeconds(finHoldSeconds),
                                Duration.ofSeconds(rstHoldSeconds),
                                trigger,
                                HoldSyn.REVIVES),
                        Bench.FOUR_MINUTES)
                .withPorts(4);
    }

    @Nested
    class R1Fin {
        @ParameterizedTest
        @EnumSource(Side.class)
        void r1_released240AfterTheFinThatCompletesThePair(Side first) {
            bench.syn(0, FLOW);
            bench.fin(seconds(10), first, FLOW);
            bench.fin(seconds(30), other(first), FLOW);

            assertThat(bench.state(FLOW)).isEqualTo(FlowState.FIN_HOLD);
            bench.table.advanceTo(seconds(1_000));
            assertThat(bench.log.heard())
                    .containsExactly(
                            Heard.opened(0, FLOW, 1_024),
                            Heard.changed(seconds(30), FLOW, 1_024, FlowState.OPEN, FlowState.FIN_HOLD),
                            Heard.ended(seconds(270), FLOW, 1_024, FlowState.FIN_HOLD, FlowEnd.FIN));
        }

        private Side other(Side side) {
            return side == Side.INITIATOR ? Side.RESPONDER : Side.INITIATOR;
        }

        @ParameterizedTest
        @EnumSource(Side.class)
        void r1_oneFinAloneChangesNothing(Side side) {
            bench.syn(0, FLOW);
            bench.fin(seconds(10), side, FLOW);

            assertThat(bench.state(FLOW)).isEqualTo(FlowState.OPEN);
            bench.packet(seconds(200), side, FLOW);
            bench.table.advanceTo(seconds(1_000));
            assertThat(bench.log.ends())
                    .containsExactly(Heard.ended(seconds(440), FLOW, 1_024, FlowState.OPEN, FlowEnd.IDLE));
        }

        @ParameterizedTest
        @EnumSource(Side.class)
        void r1_aSecondFinOfTheSameSideIsAPacket(Side side) {
            bench.syn(0, FLOW);
            bench.fin(seconds(10), side, FLOW);
            bench.fin(seconds(20), side, FLOW);

            assertThat(bench.state(FLOW)).isEqualTo(FlowState.OPEN);
            assertThat(bench.releaseSeconds(FLOW)).isEqualTo(260);
        }

        @ParameterizedTest
        @EnumSource(Side.class)
        void r1_selectable_theFinOfEitherSideBeginsTheHold(Side side) {
            Bench either = with(60, 15, FinTrigger.EITHER_SIDE);
            either.syn(0, FLOW);
            either.fin(seconds(10), side, FLOW);

            assertThat(either.state(FLOW)).isEqualTo(FlowState.FIN_HOLD);
            either.fin(seconds(20), other(side), FLOW);
            assertThat(either.releaseSeconds(FLOW))
                    .as("the second FIN moves nothing")
                    .isEqualTo(70);
        }

        @Test
        void r1_classicWaitsForBothSides() {
            assertThat(FlowRules.classic())
                    .isEqualTo(new FlowRules(
                            Duration.ofMinutes(4), Duration.ofSeconds(15), FinTrigger.BOTH_SIDES, HoldSyn.REVIVES));
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void r2_released15AfterAnRstOfEitherSide(Side side) {
        bench.syn(0, FLOW);
        bench.rst(seconds(10), side, FLOW);
        bench.table.advanceTo(seconds(1_000));

        assertThat(bench.log.heard())
                .containsExactly(
                        Heard.opened(0, FLOW, 1_024),
                        Heard.changed(seconds(10), FLOW, 1_024, FlowState.OPEN, FlowState.RST_HOLD),
                        Heard.ended(seconds(25), FLOW, 1_024, FlowState.RST_HOLD, FlowEnd.RST));
    }

    @Test
    void r2_anRstCountsInAnyState() {
        FiveTuple halfOpen = tcp(40_000, WEB);
        FiveTuple answered = tcp(40_001, WEB);
        FiveTuple halfClosed = tcp(40_002, WEB);
        FiveTuple closed = tcp(40_003, WEB);
        for (FiveTuple flow : List.of(halfOpen, answered, halfClosed, closed)) {
            bench.syn(0, flow);
        }
        bench.packet(0, Side.RESPONDER, answered);
        bench.fin(0, Side.RESPONDER, halfClosed);
        bench.finPair(0, closed);

        for (FiveTuple flow : List.of(halfOpen, answered, halfClosed, closed)) {
            bench.rst(seconds(1), Side.INITIATOR, flow);
            assertThat(bench.releaseSeconds(flow)).isEqualTo(16);
        }
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void r3_anyPacketOfEitherSideRestartsTheIdleTime(Side side) {
        bench.syn(0, FLOW);
        bench.packet(seconds(239), side, FLOW);
        bench.packet(seconds(478), side, FLOW);

        assertThat(bench.releaseSeconds(FLOW)).isEqualTo(718);
        bench.table.advanceTo(seconds(1_000));
        assertThat(bench.log.ends())
                .containsExactly(Heard.ended(seconds(718), FLOW, 1_024, FlowState.OPEN, FlowEnd.IDLE));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 120})
    void r3_theIdleTimeIsAdjustable(int minutes) {
        Bench adjusted = Bench.with(FlowRules.classic(), IdleRules.of(Duration.ofMinutes(minutes)))
                .withPorts(4);
        adjusted.syn(0, FLOW);

        assertThat(adjusted.releaseSeconds(FLOW)).isEqualTo(minutes * 60L);
    }

    @Test
    void r4_udpEndsByIdleOnly() {
        FiveTuple flow = udp(40_000, WEB);
        bench.packet(0, Side.INITIATOR, flow);
        bench.finPair(seconds(1), flow);
        bench.rst(seconds(2), Side.RESPONDER, flow);
        bench.syn(seconds(3), flow);

        assertThat(bench.state(flow)).isEqualTo(FlowState.OPEN);
        bench.table.advanceTo(seconds(1_000));
        assertThat(bench.log.heard())
                .containsExactly(
                        Heard.opened(0, flow, 1_024),
                        Heard.ended(seconds(243), flow, 1_024, FlowState.OPEN, FlowEnd.IDLE));
    }

    @Nested
    class R5Holds {
        @Test
        void r5_rstInFinHoldTakesTheEarlierDeadline() {
            bench.syn(0, FLOW);
            bench.finPair(0, FLOW);
            bench.rst(seconds(100), Side.INITIATOR, FLOW);

            bench.table.advanceTo(seconds(1_000));
            assertThat(bench.log.heard())
                    .containsExactly(
                            Heard.opened(0, FLOW, 1_024),
                            Heard.changed(0, FLOW, 1_024, FlowState.OPEN, FlowState.FIN_HOLD),
                            Heard.changed(seconds(100), FLOW, 1_024, FlowState.FIN_HOLD, FlowState.RST_HOLD),
                            Heard.ended(seconds(115), FLOW, 1_024, FlowState.RST_HOLD, FlowEnd.RST));
        }

        @Test
        void r5_rstLateInFinHoldLeavesTheEarlierDeadline() {
            bench.syn(0, FLOW);
            bench.finPair(0, FLOW);
            bench.rst(seconds(230), Side.INITIATOR, FLOW);

            assertThat(bench.state(FLOW)).isEqualTo(FlowState.FIN_HOLD);
            bench.table.advanceTo(seconds(1_000));
            assertThat(bench.log.ends())
                    .containsExactly(Heard.ended(seconds(240), FLOW, 1_024, FlowState.FIN_HOLD, FlowEnd.FIN));
        }

        @Test
        void r5_aSecondRstMovesNothing() {
            bench.syn(0, FLOW);
            bench.rst(0, Side.INITIATOR, FLOW);
            bench.rst(seconds(10), Side.RESPONDER, FLOW);

            assertThat(bench.releaseSeconds(FLOW)).isEqualTo(15);
        }

        @Test
        void r5_finsInRstHoldMoveNothingThatEndsEarlier() {
            bench.syn(0, FLOW);
            bench.rst(0, Side.INITIATOR, FLOW);
            bench.finPair(seconds(5), FLOW);

            assertThat(bench.state(FLOW)).isEqualTo(FlowState.RST_HOLD);
            assertThat(bench.releaseSeconds(FLOW)).isEqualTo(15);
        }

        @Test
        void r5_aPairCompletedInRstHoldTakesTheEarlierDeadline() {
            Bench shortFin = with(5, 15, FinTrigger.BOTH_SIDES);
            shortFin.syn(0, FLOW);
            shortFin.fin(seconds(1), Side.INITIATOR, FLOW);
            shortFin.rst(seconds(2), Side.RESPONDER, FLOW);
            shortFin.fin(seconds(3), Side.INITIATOR, FLOW);
            assertThat(shortFin.releaseSeconds(FLOW)).as("no pair yet").isEqualTo(17);

            shortFin.fin(seconds(4), Side.RESPONDER, FLOW);
            assertThat(shortFin.state(FLOW)).isEqualTo(FlowState.FIN_HOLD);
            assertThat(shortFin.releaseSeconds(FLOW)).isEqualTo(9);
        }

        @ParameterizedTest
        @EnumSource(Side.class)
        void r5_packetsInAHoldAreTranslatedButMoveNothing(Side side) {
            bench.syn(0, FLOW);
            bench.finPair(0, FLOW);

            assertThat(bench.packet(seconds(239), side, FLOW)).isEqualTo(new Translated(1_024));
            assertThat(bench.fin(seconds(239), side, FLOW)).isEqualTo(new Translated(1_024));
            assertThat(bench.releaseSeconds(FLOW)).isEqualTo(240);
            assertThat(bench.packet(seconds(240), side, FLOW)).isEqualTo(new Dropped());
        }
    }

    @Nested
    class R6OneInstant {
        @ParameterizedTest
        @ValueSource(longs = {-1, 0, 1})
        void r6_aDeadlineAtTHasPassedAtT(long offsetNanos) {
            bench.syn(0, FLOW);
            bench.finPair(0, FLOW);

            bench.table.advanceTo(seconds(240) + offsetNanos);

            assertThat(bench.table.size()).isEqualTo(offsetNanos < 0 ? 1 : 0);
            assertThat(bench.log.ends()).hasSize(offsetNanos < 0 ? 0 : 1);
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 0, 1})
        void r6_releasesComeBeforeThePacketOfTheSameInstant(long offsetNanos) {
            Bench one = Bench.classic().withPorts(1);
            one.syn(0, FLOW);

            assertThat(one.syn(seconds(240) + offsetNanos, tcp(40_001, WEB)).outcome())
                    .isEqualTo(offsetNanos < 0 ? Outcome.NO_FREE_PORT : Outcome.OPENED);
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 0, 1})
        void r6_aPacketAtTheDeadlineIsTooLateToKeepTheFlow(long offsetNanos) {
            bench.syn(0, FLOW);

            assertThat(bench.packet(seconds(240) + offsetNanos, Side.INITIATOR, FLOW))
                    .isEqualTo(offsetNanos < 0 ? new Translated(1_024) : new Dropped());
        }

        @Test
        void r6_releasesComeInOrderOfDeadlineEachAtItsOwnTime() {
            FiveTuple idle = tcp(40_001, WEB);
            FiveTuple reset = tcp(40_002, WEB);
            bench.syn(0, FLOW);
            bench.syn(0, idle);
            bench.syn(0, reset);
            bench.finPair(seconds(1), FLOW);
            bench.rst(seconds(2), Side.INITIATOR, reset);

            bench.table.advanceTo(seconds(1_000));

            assertThat(bench.log.ends())
                    .containsExactly(
                            Heard.ended(seconds(17), reset, 1_026, FlowState.RST_HOLD, FlowEnd.RST),
                            Heard.ended(seconds(240), idle, 1_025, FlowState.OPEN, FlowEnd.IDLE),
                            Heard.ended(seconds(241), FLOW, 1_024, FlowState.FIN_HOLD, FlowEnd.FIN));
        }

        @Test
        void r6_tiesEndInTheOrderOfOpening() {
            FiveTuple refreshed = tcp(40_000, WEB);
            FiveTuple closed = tcp(40_001, WEB);
            FiveTuple reset = tcp(40_002, WEB);
            FiveTuple silent = tcp(40_003, WEB);
            bench.syn(seconds(0), refreshed);
            bench.syn(seconds(1), closed);
            bench.syn(seconds(2), reset);
            bench.packet(seconds(59), Side.INITIATOR, refreshed);
            bench.syn(seconds(60), silent);
            bench.finPair(seconds(60), closed);
            bench.packet(seconds(60), Side.RESPONDER, refreshed);
            bench.packet(seconds(100), Side.RESPONDER, reset);
            bench.rst(seconds(285), Side.RESPONDER, reset);

            bench.table.advanceTo(seconds(300));

            assertThat(bench.log.ends())
                    .as("all are due at 300, by four ways")
                    .extracting(Heard::flow)
                    .containsExactly(refreshed, closed, reset, silent);
            assertThat(bench.log.ends()).allMatch(end -> end.timeNanos() == seconds(300));
        }

        @Test
        void r6_aRevivedFlowCountsAsOpenedAnew() {
            FiveTuple later = tcp(40_001, WEB);
            bench.syn(0, FLOW);
            bench.syn(seconds(1), later);
            bench.rst(seconds(1), Side.INITIATOR, FLOW);
            bench.packet(seconds(2), Side.INITIATOR, later);
            bench.syn(seconds(2), FLOW);

            bench.table.advanceTo(seconds(242));

            assertThat(bench.log.ends()).extracting(Heard::flow).containsExactly(FLOW, later, FLOW);
        }

        @Test
        void r6_timeDoesNotRunBackwards() {
            bench.syn(seconds(5), FLOW);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bench.table.advanceTo(seconds(5) - 1))
                    .withMessage("time runs backwards: 4999999999 ns after 5000000000 ns");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bench.syn(0, tcp(40_001, API)))
                    .withMessage("time runs backwards: 0 ns after 5000000000 ns");
            assertThat(bench.table.size()).isEqualTo(1);
            assertThat(bench.log.heard()).hasSize(1);
        }
    }

    @Nested
    class HoldOfZero {
        private final Bench none = with(0, 0, FinTrigger.BOTH_SIDES);

        @Test
        void r1_aFinHoldOfZeroReleasesAtTheFinThatCompletesThePair() {
            none.syn(0, FLOW);
            none.fin(seconds(1), Side.INITIATOR, FLOW);

            assertThat(none.fin(seconds(2), Side.RESPONDER, FLOW)).isEqualTo(new Translated(1_024));
            assertThat(none.log.heard())
                    .endsWith(
                            Heard.changed(seconds(2), FLOW, 1_024, FlowState.OPEN, FlowState.FIN_HOLD),
                            Heard.ended(seconds(2), FLOW, 1_024, FlowState.FIN_HOLD, FlowEnd.FIN));
            assertThat(none.syn(seconds(2), FLOW)).as("a new flow").isEqualTo(new Opened(1_024));
        }

        @Test
        void r2_anRstHoldOfZeroReleasesAtTheRst() {
            none.syn(0, FLOW);

            assertThat(none.rst(seconds(1), Side.RESPONDER, FLOW)).isEqualTo(new Translated(1_024));
            assertThat(none.table.flows()).isEmpty();
            assertThat(none.ports.portsUsed(VM, Protocol.TCP)).isZero();
            assertThat(none.packet(seconds(1), Side.INITIATOR, FLOW)).isEqualTo(new Dropped());
        }

        @Test
        void r5_anRstHoldOfZeroEndsTheFinHold() {
            Bench finOnly = with(240, 0, FinTrigger.BOTH_SIDES);
            finOnly.syn(0, FLOW);
            finOnly.finPair(0, FLOW);
            finOnly.rst(seconds(1), Side.RESPONDER, FLOW);

            assertThat(finOnly.log.ends())
                    .containsExactly(Heard.ended(seconds(1), FLOW, 1_024, FlowState.RST_HOLD, FlowEnd.RST));
        }
    }

    @Test
    void r7_aTcpFlowIsReleasedAtTheEarliestOfItsDeadlines() {
        Bench longIdle = Bench.with(FlowRules.classic(), IdleRules.of(Duration.ofHours(2)))
                .withPorts(4);
        longIdle.syn(0, FLOW);
        assertThat(longIdle.releaseSeconds(FLOW)).isEqualTo(7_200);
        longIdle.packet(seconds(7_100), Side.RESPONDER, FLOW);
        assertThat(longIdle.releaseSeconds(FLOW)).isEqualTo(14_300);
        longIdle.finPair(seconds(7_200), FLOW);
        assertThat(longIdle.releaseSeconds(FLOW)).isEqualTo(7_440);
        longIdle.rst(seconds(7_201), Side.INITIATOR, FLOW);
        assertThat(longIdle.releaseSeconds(FLOW)).isEqualTo(7_216);

        longIdle.table.advanceTo(seconds(20_000));
        assertThat(longIdle.log.ends())
                .containsExactly(Heard.ended(seconds(7_216), FLOW, 1_024, FlowState.RST_HOLD, FlowEnd.RST));
    }

    @Nested
    class R8HalfOpen {
        private final Bench ownIdle = Bench.with(
                        FlowRules.classic(),
                        new IdleRules(Duration.ofMinutes(4), Duration.ofSeconds(20), Duration.ofMinutes(2)))
                .withPorts(4);

        @Test
        void r8_aHalfOpenFlowTakesItsPortAtTheSynAndIsReleasedWhenIdle() {
            assertThat(bench.syn(0, FLOW)).isEqualTo(new Opened(1_024));
            assertThat(bench.ports.portsUsed(VM, Protocol.TCP)).isEqualTo(1);
            assertThat(bench.releaseSeconds(FLOW)).isEqualTo(240);
            bench.syn(seconds(3), FLOW);
            assertThat(bench.releaseSeconds(FLOW)).as("from its last packet").isEqualTo(243);
        }

        @Test
        void r8_selectable_halfOpenFlowsHaveAnIdleTimeOfTheirOwn() {
            ownIdle.syn(0, FLOW);
            ownIdle.packet(seconds(10), Side.INITIATOR, FLOW);
            assertThat(ownIdle.releaseSeconds(FLOW)).isEqualTo(30);

            ownIdle.packet(seconds(11), Side.RESPONDER, FLOW);
            assertThat(ownIdle.releaseSeconds(FLOW)).isEqualTo(251);
            ownIdle.packet(seconds(20), Side.INITIATOR, FLOW);
            assertThat(ownIdle.releaseSeconds(FLOW)).as("answered for life").isEqualTo(260);
        }

        @Test
        void r8_anAnswerCanAlsoShortenTheIdleTime() {
            Bench patient = Bench.with(
                            FlowRules.classic(),
                            new IdleRules(Duration.ofSeconds(20), Duration.ofMinutes(4), Duration.ofMinutes(4)))
                    .withPorts(4);
            patient.syn(0, FLOW);
            patient.packet(seconds(1), Side.RESPONDER, FLOW);

            patient.table.advanceTo(seconds(1_000));
            assertThat(patient.log.ends())
                    .containsExactly(Heard.ended(seconds(21), FLOW, 1_024, FlowState.OPEN, FlowEnd.IDLE));
        }

        @Test
        void r4_udpHasAnIdleTimeOfItsOwnAnsweredOrNot() {
            ownIdle.packet(0, Side.INITIATOR, udp(40_000, WEB));
            assertThat(ownIdle.releaseSeconds(udp(40_000, WEB))).isEqualTo(120);
            ownIdle.packet(seconds(1), Side.RESPONDER, udp(40_000, WEB));
            assertThat(ownIdle.releaseSeconds(udp(40_000, WEB))).isEqualTo(121);
        }
    }

    @Nested
    class R9Delete {
        @Test
        void r9_aDeletedFlowFreesItsPortAtOnce() {
            Bench one = Bench.classic().withPorts(1);
            one.syn(seconds(1), FLOW);
            one.table.advanceTo(seconds(2));

            assertThat(one.table.delete(FLOW)).isTrue();
            assertThat(one.log.ends())
                    .containsExactly(Heard.ended(seconds(2), FLOW, 1_024, FlowState.OPEN, FlowEnd.DELETED));
            assertThat(one.syn(seconds(2), tcp(40_001, WEB))).isEqualTo(new Opened(1_024));
        }

        @Test
        void r9_aFlowInAHoldCanBeDeletedToo() {
            bench.syn(0, FLOW);
            bench.finPair(0, FLOW);

            assertThat(bench.table.delete(FLOW)).isTrue();
            bench.table.advanceTo(seconds(1_000));
            assertThat(bench.log.ends())
                    .containsExactly(Heard.ended(0, FLOW, 1_024, FlowState.FIN_HOLD, FlowEnd.DELETED));
        }

        @Test
        void r9_whatIsNotThereIsNotDeleted() {
            bench.syn(0, FLOW);

            assertThat(bench.table.delete(tcp(40_001, WEB))).isFalse();
            assertThat(bench.table.delete(tcp(40_000, API))).isFalse();
            assertThat(bench.table.delete(FLOW)).isTrue();
            assertThat(bench.table.delete(FLOW)).isFalse();
            assertThat(bench.log.ends()).hasSize(1);
        }

        @Test
        void r9_theSameTupleOpensAnewAndTheOldTimerDoesNotEndIt() {
            bench.syn(0, FLOW);
            bench.table.delete(FLOW);
            bench.syn(seconds(100), FLOW);

            bench.table.advanceTo(seconds(339));
            assertThat(bench.table.size()).isEqualTo(1);
            bench.table.advanceTo(seconds(340));
            assertThat(bench.table.size()).isZero();
        }
    }

    @Nested
    class Queries {
        @Test
        void nextDeadlineIsTheEarliestOfAllFlows() {
            assertThat(bench.table.nextDeadlineNanos()).isEmpty();
            bench.syn(0, FLOW);
            bench.syn(seconds(1), tcp(40_000, API));
            assertThat(bench.table.nextDeadlineNanos()).hasValue(seconds(240));
            bench.packet(seconds(2), Side.INITIATOR, FLOW);
            assertThat(bench.table.nextDeadlineNanos()).hasValue(seconds(241));
            bench.rst(seconds(2), Side.INITIATOR, FLOW);
            assertThat(bench.table.nextDeadlineNanos()).hasValue(seconds(17));
            bench.table.advanceTo(seconds(17));
            assertThat(bench.table.nextDeadlineNanos()).hasValue(seconds(241));
            bench.table.advanceTo(seconds(241));
            assertThat(bench.table.nextDeadlineNanos()).isEmpty();
        }

        @Test
        void nextReleaseIsTheEarliestOfAnInstancesFlowsToADestination() {
            Destination web = new Destination(Protocol.TCP, WEB);
            bench.packet(0, Side.INITIATOR, udp(40_000, WEB));
            bench.syn(seconds(1), tcp(40_000, API));
            assertThat(bench.table.nextReleaseNanos(VM, web)).isEmpty();

            bench.syn(seconds(2), FLOW);
            bench.syn(seconds(3), tcp(40_001, WEB));
            assertThat(bench.table.nextReleaseNanos(VM, web)).hasValue(seconds(242));
            assertThat(bench.table.nextReleaseNanos(VM, new Destination(Protocol.UDP, WEB)))
                    .hasValue(seconds(240));
            assertThat(bench.table.nextReleaseNanos(IpAddress.parse("10.9.9.9"), web))
                    .isEmpty();
            bench.rst(seconds(4), Side.INITIATOR, tcp(40_001, WEB));
            assertThat(bench.table.nextReleaseNanos(VM, web)).hasValue(seconds(19));
        }

        @Test
        void portOfAKeyIsThatOfItsLiveFlow() {
            long key = bench.keys.key(FLOW);
            assertThat(bench.table.port(key)).isEqualTo(-1);
            bench.syn(0, FLOW);
            assertThat(bench.table.port(key)).isEqualTo(1_024);
            bench.table.delete(FLOW);
            assertThat(bench.table.port(key)).isEqualTo(-1);
            assertThat(bench.table.keys()).isSameAs(bench.keys);
        }
    }

    @Nested
    class EndOfManyFlows {
        @Test
        void flowsOnGivenPortsEndInOpeningOrderOfBothProtocols() {
            bench.syn(0, tcp(40_000, WEB));
            bench.packet(0, Side.INITIATOR, udp(40_000, WEB));
            bench.packet(0, Side.INITIATOR, udp(40_001, WEB));
            bench.syn(0, tcp(40_001, WEB));
            bench.syn(0, tcp(40_000, API));
            bench.table.advanceTo(seconds(5));

            assertThat(bench.table.endFlows(VM, 0, range(1_024, 1_024), FlowEnd.METHOD_CHANGED))
                    .isEqualTo(3);
            assertThat(bench.log.ends())
                    .containsExactly(
                            Heard.ended(seconds(5), tcp(40_000, WEB), 1_024, FlowState.OPEN, FlowEnd.METHOD_CHANGED),
                            Heard.ended(seconds(5), udp(40_000, WEB), 1_024, FlowState.OPEN, FlowEnd.METHOD_CHANGED),
                            Heard.ended(seconds(5), tcp(40_000, API), 1_024, FlowState.OPEN, FlowEnd.METHOD_CHANGED));
            assertThat(bench.table.endFlows(VM, 0, PortSet.empty(), FlowEnd.RECLAIMED))
                    .isZero();
            assertThat(bench.table.endFlows(IpAddress.parse("10.9.9.9"), 0, range(1, 65_535), FlowEnd.RECLAIMED))
                    .isZero();
        }

        @Test
        void aPortWithFlowsCannotBeTakenAway() {
            bench.syn(0, tcp(40_000, WEB));
            bench.syn(0, tcp(40_001, WEB));

            assertThatIllegalStateException()
                    .isThrownBy(() -> bench.ports.assign(VM, range(1_024, 1_024)))
                    .withMessage("a port outside 1024 still has flows");
            assertThatIllegalStateException().isThrownBy(() -> bench.ports.remove(VM));
            assertThat(bench.syn(0, tcp(40_002, WEB))).as("nothing has changed").isEqualTo(new Opened(1_026));
        }
    }

    @Nested
    class Checks {
        @Test
        void timersThatCannotBeAreRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> with(-1, 15, FinTrigger.BOTH_SIDES))
                    .withMessage("FIN hold PT-1S is negative");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> with(240, -1, FinTrigger.BOTH_SIDES))
                    .withMessage("RST hold PT-1S is negative");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IdleRules.of(Duration.ZERO))
                    .withMessage("TCP idle time PT0S is not above zero");
            Duration one = Duration.ofSeconds(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new IdleRules(one, Duration.ZERO, one))
                    .withMessage("half-open idle time PT0S is not above zero");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new IdleRules(one, one, Duration.ofNanos(-1)))
                    .withMessage("UDP idle time PT-0.000000001S is not above zero");
        }

        @Test
        void veryLongTimersSaturateInsteadOfOverflowing() {
            Bench patient = Bench.with(FlowRules.classic(), IdleRules.of(Duration.ofDays(106_000)))
                    .withPorts(4);
            patient.syn(seconds(9_000_000_000L), FLOW);

            assertThat(patient.table.nextDeadlineNanos()).hasValue(Long.MAX_VALUE);
            patient.table.advanceTo(Long.MAX_VALUE - 1);
            assertThat(patient.table.size()).isEqualTo(1);
        }

        @Test
        void timeMayBeNegative() {
            bench.syn(seconds(-1_000), FLOW);
            assertThat(bench.offer(seconds(-900), Kind.PACKET, Side.RESPONDER, FLOW))
                    .isEqualTo(new Translated(1_024));
            bench.table.advanceTo(0);
            assertThat(bench.log.ends())
                    .containsExactly(Heard.ended(seconds(-660), FLOW, 1_024, FlowState.OPEN, FlowEnd.IDLE));
        }
    }
}
