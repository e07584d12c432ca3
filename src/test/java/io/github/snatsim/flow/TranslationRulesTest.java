package io.github.snatsim.flow;

import static io.github.snatsim.flow.Bench.API;
import static io.github.snatsim.flow.Bench.OTHER_VM;
import static io.github.snatsim.flow.Bench.VM;
import static io.github.snatsim.flow.Bench.WEB;
import static io.github.snatsim.flow.Bench.WEB_8443;
import static io.github.snatsim.flow.Bench.flow;
import static io.github.snatsim.flow.Bench.range;
import static io.github.snatsim.flow.Bench.seconds;
import static io.github.snatsim.flow.Bench.tcp;
import static io.github.snatsim.flow.Bench.udp;
import static io.github.snatsim.flow.Outcome.NO_FREE_PORT;
import static io.github.snatsim.flow.Outcome.NO_PORTS;
import static io.github.snatsim.flow.Outcome.UNKNOWN_INSTANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snatsim.flow.EventLog.Heard;
import io.github.snatsim.flow.Verdict.Dropped;
import io.github.snatsim.flow.Verdict.Opened;
import io.github.snatsim.flow.Verdict.Refused;
import io.github.snatsim.flow.Verdict.Translated;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules T1-T7, T9 and P3: which packets open a flow, and which port it takes. (T8 belongs to the gateway.) */
class TranslationRulesTest {
    private static final Destination TCP_WEB = new Destination(Protocol.TCP, WEB);

    private final Bench bench = Bench.classic().withPorts(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "udp 10.0.0.4:40000 -> 203.0.113.7:443",
                "tcp 10.0.0.5:40000 -> 203.0.113.7:443",
                "tcp 10.0.0.4:40001 -> 203.0.113.7:443",
                "tcp 10.0.0.4:40000 -> 203.0.113.8:443",
                "tcp 10.0.0.4:40000 -> 203.0.113.7:444"
            })
    void t1_aFlowThatDiffersInOneFieldIsAnother(String other) {
        bench.ports.assign(OTHER_VM, range(2_048, 2_051));
        FiveTuple flow = FiveTuple.parse("tcp 10.0.0.4:40000 -> 203.0.113.7:443");
        bench.syn(0, flow);

        assertThat(bench.syn(1, FiveTuple.parse(other))).isInstanceOf(Opened.class);
        assertThat(bench.table.flows()).extracting(Flow::tuple).containsExactly(flow, FiveTuple.parse(other));
    }

    @Test
    void t2_flowsToOneDestinationTakeOnePortEach() {
        assertThat(IntStream.range(0, 4).mapToObj(i -> bench.syn(0, tcp(40_000 + i, WEB))))
                .containsExactly(new Opened(1_024), new Opened(1_025), new Opened(1_026), new Opened(1_027));
    }

    @Test
    void t2_flowsToOtherAddressesAndToOtherPortsShareAPort() {
        assertThat(bench.syn(0, tcp(40_000, WEB))).isEqualTo(new Opened(1_024));
        assertThat(bench.syn(0, tcp(40_000, API))).isEqualTo(new Opened(1_024));
        assertThat(bench.syn(0, tcp(40_000, WEB_8443))).isEqualTo(new Opened(1_024));
    }

    @Test
    void p3_tcpAndUdpEachHaveAllThePorts() {
        IntStream.range(0, 4).forEach(i -> bench.syn(0, tcp(40_000 + i, WEB)));
        assertThat(bench.syn(0, tcp(50_000, WEB))).isEqualTo(new Refused(NO_FREE_PORT, TCP_WEB));

        assertThat(IntStream.range(0, 4).mapToObj(i -> bench.syn(0, udp(40_000 + i, WEB))))
                .containsExactly(new Opened(1_024), new Opened(1_025), new Opened(1_026), new Opened(1_027));
        assertThat(bench.syn(0, udp(50_000, WEB)).outcome()).isEqualTo(NO_FREE_PORT);
        assertThat(bench.ports.portsUsed(VM, Protocol.TCP)).isEqualTo(4);
        assertThat(bench.ports.portsUsed(VM, Protocol.UDP)).isEqualTo(4);
        assertThat(bench.ports.portsOwned(VM)).isEqualTo(4);
    }

    @Test
    void p3_aUdpFlowDoesNotMakeAPortShareableForTcp() {
        bench.syn(0, udp(40_000, WEB));
        bench.syn(0, udp(40_001, WEB));
        bench.table.delete(udp(40_000, WEB));

        assertThat(bench.syn(0, tcp(40_000, API)))
                .as("1,025 is in use by UDP only, so TCP takes its own lowest unused port")
                .isEqualTo(new Opened(1_024));
    }

    @Nested
    class T3ChoiceOfPort {
        @Test
        void t3_theLowestPortInUseThatIsFreeForTheDestinationIsShared() {
            bench.syn(0, tcp(40_000, WEB));
            bench.syn(0, tcp(40_001, WEB));
            bench.syn(0, tcp(40_000, API));

            assertThat(bench.syn(0, tcp(40_001, API))).isEqualTo(new Opened(1_025));
            assertThat(bench.syn(0, tcp(40_002, API)))
                    .as("both ports in use are taken for it")
                    .isEqualTo(new Opened(1_026));
        }

        @Test
        void t3_aPortInUseIsSharedEvenIfALowerOneIsUnused() {
            bench.syn(0, tcp(40_000, WEB));
            bench.syn(0, tcp(40_001, WEB));
            bench.table.delete(tcp(40_000, WEB));

            assertThat(bench.syn(0, tcp(40_000, API))).isEqualTo(new Opened(1_025));
            assertThat(bench.syn(0, tcp(40_001, API))).isEqualTo(new Opened(1_024));
        }

        @Test
        void t3_lowestFreeTakesTheLowestPortWhetherInUseOrNot() {
            Bench lowest = Bench.with(PortChoice.lowestFree()).withPorts(4);
            lowest.syn(0, tcp(40_000, WEB));
            lowest.syn(0, tcp(40_001, WEB));
            lowest.table.delete(tcp(40_000, WEB));

            assertThat(lowest.syn(0, tcp(40_000, API))).isEqualTo(new Opened(1_024));
            assertThat(lowest.syn(0, tcp(40_001, API))).isEqualTo(new Opened(1_025));
        }

        @Test
        void t3_nextInTurnGoesRoundAndSkipsWhatIsTakenForTheDestination() {
            Bench turns = Bench.with(PortChoice.nextInTurn()).withPorts(4);
            assertThat(turns.syn(0, tcp(40_000, WEB))).isEqualTo(new Opened(1_024));
            assertThat(turns.syn(0, tcp(40_000, API))).isEqualTo(new Opened(1_025));
            assertThat(turns.syn(0, tcp(40_001, WEB))).isEqualTo(new Opened(1_026));
            assertThat(turns.syn(0, tcp(40_001, API))).isEqualTo(new Opened(1_027));
            assertThat(turns.syn(0, tcp(40_002, WEB)))
                    .as("1,024 comes next but has a flow there")
                    .isEqualTo(new Opened(1_025));
        }

        @Test
        void t3_randomDrawsTheSamePortsFromTheSameSeedOnly() {
            assertThat(randomPorts(7)).isEqualTo(randomPorts(7)).isNotEqualTo(randomPorts(8));
            assertThat(randomPorts(7)).hasSize(512).doesNotHaveDuplicates().allMatch(port -> port < 1_024 + 512);
        }

        private List<Integer> randomPorts(long seed) {
            Bench random = Bench.with(PortChoice.random(seed)).withPorts(512);
            return IntStream.range(0, 512)
                    .mapToObj(i -> random.syn(0, tcp(1_024 + i, WEB)))
                    .map(verdict -> ((Opened) verdict).port())
                    .toList();
        }
    }

    @Nested
    class T4Refusals {
        @Test
        void t4_whenNoPortIsLeftTheAttemptIsRefusedAndHoldsNothing() {
            IntStream.range(0, 4).forEach(i -> bench.syn(0, tcp(40_000 + i, WEB)));

            assertThat(bench.syn(5, tcp(50_000, WEB))).isEqualTo(new Refused(NO_FREE_PORT, TCP_WEB));
            assertThat(bench.table.flow(tcp(50_000, WEB))).isEmpty();
            assertThat(bench.table.size()).isEqualTo(4);
            assertThat(bench.log.heard()).endsWith(Heard.refused(5, tcp(50_000, WEB), NO_FREE_PORT));
            assertThat(bench.packet(6, Side.INITIATOR, tcp(50_000, WEB))).isEqualTo(new Dropped());
        }

        @Test
        void t4_otherDestinationsAndOtherInstancesAreNotAffected() {
            bench.ports.assign(OTHER_VM, range(2_048, 2_051));
            IntStream.range(0, 5).forEach(i -> bench.syn(0, tcp(40_000 + i, WEB)));

            assertThat(bench.syn(0, tcp(40_000, API))).isEqualTo(new Opened(1_024));
            assertThat(bench.syn(0, flow(Protocol.TCP, OTHER_VM, 40_000, WEB))).isEqualTo(new Opened(2_048));
        }

        @Test
        void t4_attemptsSucceedAgainAsSoonAsAPortIsReleased() {
            IntStream.range(0, 4).forEach(i -> bench.syn(i, tcp(40_000 + i, WEB)));
            bench.rst(4, Side.INITIATOR, tcp(40_002, WEB));

            assertThat(bench.table.nextReleaseNanos(VM, TCP_WEB)).hasValue(seconds(15) + 4);
            assertThat(bench.syn(seconds(15) + 3, tcp(50_000, WEB)).outcome()).isEqualTo(NO_FREE_PORT);
            assertThat(bench.syn(seconds(15) + 4, tcp(50_000, WEB))).isEqualTo(new Opened(1_026));
        }

        @Test
        void t4_refusalsSayWhy() {
            bench.ports.assign(OTHER_VM, PortSet.empty());
            FiveTuple stranger = FiveTuple.parse("tcp 10.9.9.9:40000 -> 203.0.113.7:443");

            assertThat(bench.syn(0, flow(Protocol.TCP, OTHER_VM, 40_000, WEB)))
                    .isEqualTo(new Refused(NO_PORTS, TCP_WEB))
                    .hasToString("refused: the instance owns no ports, tcp 203.0.113.7:443");
            assertThat(bench.syn(0, stranger))
                    .isEqualTo(new Refused(UNKNOWN_INSTANCE, TCP_WEB))
                    .hasToString("refused: the source is not an instance of this gateway, tcp 203.0.113.7:443");
            IntStream.range(0, 4).forEach(i -> bench.syn(0, tcp(40_000 + i, WEB)));
            assertThat(bench.syn(0, tcp(50_000, WEB)))
                    .hasToString(
                            "refused: all ports of the instance are taken for this destination, tcp 203.0.113.7:443");
        }

        @ParameterizedTest
        @EnumSource
        void t4_onlyRefusalsAreRefused(Outcome outcome) {
            assertThat(outcome.refused()).isEqualTo(outcome.sentence().startsWith("refused: "));
            if (outcome.refused()) {
                assertThat(new Refused(outcome, TCP_WEB).outcome()).isEqualTo(outcome);
                assertThat(Admission.refusal(outcome)).isNegative();
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> new Refused(outcome, TCP_WEB))
                        .withMessage(outcome + " is not a refusal");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Admission.refusal(outcome))
                        .withMessage(outcome + " is not a refusal");
            }
        }

        @Test
        void verdictsMatchByKindAndSayWhatHappened() {
            assertThat(List.of(
                            new Opened(1_024),
                            new Translated(1_024),
                            new Verdict.Untranslated(),
                            new Dropped(),
                            new Verdict.Reset(),
                            new Refused(NO_PORTS, TCP_WEB)))
                    .<String>map(verdict -> verdict.match(
                            opened -> "opened",
                            translated -> "translated",
                            u -> "untranslated",
                            d -> "dropped",
                            reset -> "reset",
                            r -> "refused"))
                    .containsExactly("opened", "translated", "untranslated", "dropped", "reset", "refused");
            assertThat(new Opened(1_024)).hasToString("opened on port 1024");
            assertThat(new Translated(1_024)).hasToString("translated on port 1024");
            assertThat(new Verdict.Untranslated()).hasToString("passes untranslated");
            assertThat(new Dropped()).hasToString("dropped: no flow, and it cannot open one");
            assertThat(new Verdict.Reset()).hasToString("answered with an RST: no flow, and it cannot open one");
        }
    }

    @Nested
    class T5SynInAHold {
        private final FiveTuple flow = tcp(40_000, WEB);

        @Test
        void t5_aSynInTheFinHoldRevivesTheFlowOnItsPort() {
            bench.syn(0, tcp(39_999, WEB));
            bench.syn(0, flow);
            bench.finPair(seconds(10), flow);

            assertThat(bench.syn(seconds(20), flow)).isEqualTo(new Opened(1_025));
            assertThat(bench.state(flow)).isEqualTo(FlowState.OPEN);
            assertThat(bench.releaseSeconds(flow)).isEqualTo(20 + 240);
            assertThat(bench.log.heard())
                    .endsWith(
                            Heard.changed(seconds(10), flow, 1_025, FlowState.OPEN, FlowState.FIN_HOLD),
                            Heard.ended(seconds(20), flow, 1_025, FlowState.FIN_HOLD, FlowEnd.REVIVED),
                            Heard.opened(seconds(20), flow, 1_025));
        }

        @Test
        void t5_theOldDeadlineIsCancelled() {
            bench.syn(0, flow);
            bench.rst(seconds(10), Side.RESPONDER, flow);
            bench.syn(seconds(20), flow);

            bench.table.advanceTo(seconds(25));
            assertThat(bench.state(flow)).isEqualTo(FlowState.OPEN);
            bench.table.advanceTo(seconds(20 + 240));
            assertThat(bench.log.ends())
                    .containsExactly(
                            Heard.ended(seconds(20), flow, 1_024, FlowState.RST_HOLD, FlowEnd.REVIVED),
                            Heard.ended(seconds(260), flow, 1_024, FlowState.OPEN, FlowEnd.IDLE));
        }

        @Test
        void t5_aRevivedFlowForgetsTheFinsOfTheOldOne() {
            bench.syn(0, flow);
            bench.finPair(0, flow);
            bench.syn(seconds(1), flow);
            bench.fin(seconds(2), Side.INITIATOR, flow);

            assertThat(bench.state(flow)).isEqualTo(FlowState.OPEN);
        }

        @Test
        void t5_revivalWorksWhereNoPortIsFreeAndTakesNone() {
            Bench one = Bench.classic().withPorts(1);
            one.syn(0, flow);
            one.finPair(0, flow);

            assertThat(one.syn(1, tcp(40_001, WEB)).outcome()).isEqualTo(NO_FREE_PORT);
            assertThat(one.syn(2, flow)).isEqualTo(new Opened(1_024));
            assertThat(one.ports.portsUsed(VM, TCP_WEB)).isEqualTo(1);
        }

        @Test
        void t5_aSynOfTheResponderInAHoldIsJustAPacket() {
            bench.syn(0, flow);
            bench.finPair(0, flow);

            assertThat(bench.offer(seconds(5), Kind.SYN, Side.RESPONDER, flow)).isEqualTo(new Translated(1_024));
            assertThat(bench.releaseSeconds(flow)).isEqualTo(240);
        }

        @Test
        void t5_selectable_aSynInAHoldIsAPacket() {
            Bench packets = Bench.with(
                            new FlowRules(
                                    Duration.ofMinutes(4),
                                    Duration.ofSeconds(15),
                                    FinTrigger.BOTH_SIDES,
                                    HoldSyn.IS_A_PACKET),
                            Bench.FOUR_MINUTES)
                    .withPorts(4);
            packets.syn(0, flow);
            packets.rst(0, Side.INITIATOR, flow);

            assertThat(packets.syn(seconds(5), flow)).isEqualTo(new Translated(1_024));
            assertThat(packets.releaseSeconds(flow)).isEqualTo(15);
            assertThat(packets.syn(seconds(15), flow)).isEqualTo(new Opened(1_024));
        }
    }

    @Test
    void t6_usedPortsAreDistinctPortsHoldsIncluded() {
        bench.syn(0, tcp(40_000, WEB));
        bench.syn(0, tcp(40_001, WEB));
        bench.syn(0, tcp(40_000, API));
        bench.syn(0, udp(40_000, API));
        bench.finPair(0, tcp(40_001, WEB));

        assertThat(bench.table.size()).isEqualTo(4);
        assertThat(bench.ports.portsUsed(VM, Protocol.TCP)).isEqualTo(2);
        assertThat(bench.ports.portsUsed(VM, Protocol.UDP)).isEqualTo(1);
        assertThat(bench.ports.portsUsed(VM, TCP_WEB)).isEqualTo(2);
        bench.table.advanceTo(seconds(240));
        assertThat(bench.ports.portsUsed(VM, Protocol.TCP)).isZero();
        assertThat(bench.ports.portsUsed(VM, TCP_WEB)).isZero();
        assertThat(bench.ports.portsUsed(OTHER_VM, Protocol.TCP)).isZero();
        assertThat(bench.ports.portsOwned(OTHER_VM)).isZero();
    }

    @Nested
    class T7UdpSharing {
        @Test
        void t7_udpSharesPortsByDestinationLikeTcp() {
            assertThat(portsOf(Bench.classic())).containsExactly(1_024, 1_025, 1_024, 1_024);
        }

        @Test
        void t7_selectable_onePortPerDestinationAddress() {
            assertThat(portsOf(Bench.with(UdpSharing.PER_ADDRESS)))
                    .as("two ports of one address cannot share, two addresses can")
                    .containsExactly(1_024, 1_025, 1_026, 1_024);
        }

        @Test
        void t7_selectable_onePortPerFlow() {
            assertThat(portsOf(Bench.with(UdpSharing.NONE))).containsExactly(1_024, 1_025, 1_026, 1_027);
        }

        /** Ports of two flows to one destination, one to another port there, one to another address. */
        private List<Integer> portsOf(Bench udp) {
            udp.withPorts(4);
            return List.of(udp(40_000, WEB), udp(40_001, WEB), udp(40_000, WEB_8443), udp(40_000, API)).stream()
                    .map(flow -> ((Opened) udp.packet(0, Side.INITIATOR, flow)).port())
                    .toList();
        }

        @ParameterizedTest
        @EnumSource
        void t7_theReadingDoesNotConcernTcp(UdpSharing sharing) {
            Bench any = Bench.with(sharing).withPorts(4);

            any.syn(0, tcp(40_000, WEB));
            assertThat(any.syn(0, tcp(40_000, WEB_8443))).isEqualTo(new Opened(1_024));
            assertThat(any.syn(0, tcp(40_000, API))).isEqualTo(new Opened(1_024));
        }

        @ParameterizedTest
        @CsvSource({"PER_DESTINATION, 0", "PER_ADDRESS, 1", "NONE, 2"})
        void t7_portsTakenForADestinationAreThoseThatANewFlowThereCannotHave(UdpSharing sharing, int taken) {
            Bench udp = Bench.with(sharing).withPorts(4);
            udp.packet(0, Side.INITIATOR, udp(40_000, WEB));
            udp.packet(0, Side.INITIATOR, udp(40_000, API));

            assertThat(udp.ports.portsUsed(VM, new Destination(Protocol.UDP, WEB_8443)))
                    .isEqualTo(taken);
        }

        @Test
        void t7_withoutSharingTheLastPortIsTheLastFlow() {
            Bench none = Bench.with(UdpSharing.NONE).withPorts(2);
            none.packet(0, Side.INITIATOR, udp(40_000, WEB));
            none.packet(0, Side.INITIATOR, udp(40_000, API));

            assertThat(none.packet(0, Side.INITIATOR, udp(40_000, WEB_8443)).outcome())
                    .isEqualTo(NO_FREE_PORT);
            none.table.delete(udp(40_000, API));
            assertThat(none.packet(0, Side.INITIATOR, udp(40_000, WEB_8443))).isEqualTo(new Opened(1_025));
        }
    }

    @Nested
    class T9PacketsOfNoFlow {
        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"PACKET", "FIN", "RST"})
        void t9_aLateTcpPacketIsDroppedAndOpensNothing(Kind kind) {
            FiveTuple flow = tcp(40_000, WEB);
            bench.syn(0, flow);

            assertThat(bench.offer(seconds(240), kind, Side.INITIATOR, flow)).isEqualTo(new Dropped());
            assertThat(bench.table.flows()).isEmpty();
            assertThat(bench.log.heard()).endsWith(Heard.dropped(seconds(240)));
        }

        @ParameterizedTest
        @EnumSource(Kind.class)
        void t9_aLateUdpPacketOfTheInitiatorOpensAFlow(Kind kind) {
            FiveTuple flow = udp(40_000, WEB);
            bench.packet(0, Side.INITIATOR, flow);

            assertThat(bench.offer(seconds(240), kind, Side.INITIATOR, flow)).isEqualTo(new Opened(1_024));
        }

        @ParameterizedTest
        @EnumSource(Kind.class)
        void t9_anInboundPacketNeverOpensAFlow(Kind kind) {
            for (FiveTuple flow : List.of(tcp(40_000, WEB), udp(40_000, WEB))) {
                bench.offer(bench.table.size(), Kind.SYN, Side.INITIATOR, flow);
            }
            for (FiveTuple flow : List.of(tcp(40_000, WEB), udp(40_000, WEB), tcp(1, API), udp(1, API))) {
                assertThat(bench.offer(seconds(241), kind, Side.RESPONDER, flow))
                        .as(flow.toString())
                        .isEqualTo(new Dropped());
            }
            assertThat(bench.table.flows()).isEmpty();
        }

        @Test
        void t9_packetsOfBothSidesAreTranslatedOnTheFlowsPort() {
            bench.syn(0, tcp(39_999, WEB));
            bench.syn(0, tcp(40_000, WEB));

            for (Side side : Side.values()) {
                assertThat(bench.packet(1, side, tcp(40_000, WEB))).isEqualTo(new Translated(1_025));
            }
        }

        @Test
        void t9_aSynOnAnOpenFlowIsAPacketOfIt() {
            bench.syn(0, tcp(40_000, WEB));

            assertThat(bench.syn(seconds(100), tcp(40_000, WEB))).isEqualTo(new Translated(1_024));
            assertThat(bench.releaseSeconds(tcp(40_000, WEB))).isEqualTo(340);
            assertThat(bench.log.heard()).hasSize(1);
        }

        @Test
        void t9_theLastPacketToADestinationMayComeAtTheVeryRelease() {
            bench.syn(0, tcp(40_000, WEB));

            assertThat(bench.packet(seconds(240), Side.RESPONDER, tcp(40_000, WEB)))
                    .isEqualTo(new Dropped());
            assertThat(bench.syn(seconds(240), tcp(40_000, WEB))).isEqualTo(new Opened(1_024));
            assertThat(bench.syn(seconds(480), tcp(40_000, WEB))).isEqualTo(new Opened(1_024));
            assertThat(bench.table.flows()).extracting(Flow::tuple).containsExactly(tcp(40_000, WEB));
        }
    }
}
