package io.github.snatsim.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict.Dropped;
import io.github.snatsim.flow.Verdict.Opened;
import io.github.snatsim.flow.Verdict.Translated;
import io.github.snatsim.flow.Verdict.Untranslated;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.AllocationChange;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.time.Nanos;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules T8 and T9 at the gateway, and instances with frontends of their own. Resizes: {@link ResizeRulesTest}. */
class SnatGatewayTest {
    private static final IpAddress VM = IpAddress.parse("10.0.0.4");
    private static final IpAddress OTHER = IpAddress.parse("10.0.0.5");
    private static final FiveTuple FLOW = FiveTuple.parse("tcp 10.0.0.4:40000 -> 203.0.113.7:443");

    private final SnatGateway gateway = SnatGateway.withPool(SnatProfile.classic(), List.of(VM, OTHER));
    private final List<String> heard = new ArrayList<>();
    private final List<String> assigned = new ArrayList<>();

    @BeforeEach
    void listen() {
        gateway.listen(new GatewayListener() {
            @Override
            public void opened(long timeNanos, long flow, int port) {
                heard.add("opened " + gateway.keys().tuple(flow));
            }

            @Override
            public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
                heard.add("refused " + reason);
            }

            @Override
            public void stateChanged(long timeNanos, long flow, int port, FlowState before, FlowState after) {
                heard.add(before + " to " + after);
            }

            @Override
            public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
                heard.add("ended " + end + " at " + timeNanos);
            }

            @Override
            public void dropped(long timeNanos) {
                heard.add("dropped");
            }

            @Override
            public void allocationChanged(long timeNanos, int frontend, AllocationChange change) {
                heard.add("allocation changed at " + timeNanos);
            }

            @Override
            public void portsAssigned(long timeNanos, int source, int frontend, int ports) {
                assigned.add(gateway.keys().sourceNumber(VM) == source ? "VM " + ports : "other " + ports);
            }

            @Override
            public void untranslated(long timeNanos, FiveTuple flow) {
                heard.add("untranslated " + flow);
            }
        });
    }

    private static FlowEvent event(long timeNanos, Kind kind, Side side, FiveTuple flow) {
        return new FlowEvent(timeNanos, kind, side, flow);
    }

    private static FlowEvent syn(long timeNanos, FiveTuple flow) {
        return event(timeNanos, Kind.SYN, Side.INITIATOR, flow);
    }

    private static PortSet ports(String range) {
        return PortSet.of(PortRange.parse(range));
    }

    @Test
    void aGatewayHandsOnWhatItsTableReports() {
        gateway.offer(syn(0, FLOW));
        gateway.offer(event(1, Kind.RST, Side.RESPONDER, FLOW));
        gateway.advanceTo(Nanos.ofSeconds(20));
        gateway.offer(event(Nanos.ofSeconds(20), Kind.PACKET, Side.RESPONDER, FLOW));
        gateway.offer(syn(Nanos.ofSeconds(20), FiveTuple.parse("tcp 10.9.9.9:1 -> 203.0.113.7:443")));

        assertThat(heard)
                .containsExactly(
                        "opened " + FLOW,
                        "OPEN to RST_HOLD",
                        "ended RST at 15000000001",
                        "dropped",
                        "refused UNKNOWN_INSTANCE");
    }

    @Nested
    class T8Untranslated {
        @ParameterizedTest
        @ValueSource(
                strings = {"10.0.0.9", "172.16.0.1", "172.31.255.255", "192.168.1.1", "127.0.0.1", "169.254.169.254"})
        void t8_aFlowToAPrivateDestinationPassesAndTakesNoPort(String address) {
            FiveTuple flow = FiveTuple.parse("tcp 10.0.0.4:40000 -> " + address + ":443");

            assertThat(gateway.offer(syn(0, flow))).isEqualTo(new Untranslated());
            assertThat(gateway.offer(event(1, Kind.PACKET, Side.RESPONDER, flow)))
                    .isEqualTo(new Untranslated());
            assertThat(gateway.table().size()).isZero();
            assertThat(heard).as("counted apart, by the initiator's packets").containsExactly("untranslated " + flow);
        }

        @ParameterizedTest
        @ValueSource(strings = {"9.255.255.255", "11.0.0.0", "172.32.0.0", "192.167.255.255", "169.253.255.255"})
        void t8_whatLiesBesideIsPublic(String address) {
            FiveTuple flow = FiveTuple.parse("udp 10.0.0.4:40000 -> " + address + ":53");

            assertThat(gateway.offer(syn(0, flow))).isEqualTo(new Opened(1_024));
        }

        @Test
        void t8_selectable_theListIsTheUsers() {
            SnatProfile profile = SnatProfile.classic();
            SnatGateway all = SnatGateway.withPool(profile.withUntranslated(ImmutableList.of()), List.of(VM));
            SnatGateway one = SnatGateway.withPool(
                    profile.withUntranslated(ImmutableList.of(IpPrefix.parse("203.0.113.0/24"))), List.of(VM));
            FiveTuple toPrivate = FiveTuple.parse("tcp 10.0.0.4:40000 -> 10.0.0.9:443");

            assertThat(all.offer(syn(0, toPrivate))).isEqualTo(new Opened(1_024));
            assertThat(one.offer(syn(0, toPrivate))).isEqualTo(new Opened(1_024));
            assertThat(one.offer(syn(0, FLOW))).isEqualTo(new Untranslated());
        }

        @Test
        void t8_anUntranslatedPacketMovesTheClockToo() {
            gateway.offer(syn(0, FLOW));
            FiveTuple toPrivate = FiveTuple.parse("tcp 10.0.0.4:40000 -> 10.0.0.9:443");
            gateway.offer(syn(Nanos.ofSeconds(240), toPrivate));

            assertThat(heard)
                    .containsExactly("opened " + FLOW, "ended IDLE at 240000000000", "untranslated " + toPrivate);
            assertThatIllegalArgumentException().isThrownBy(() -> gateway.offer(syn(0, toPrivate)));
            assertThat(heard).hasSize(3);
        }
    }

    @Nested
    class T9Inbound {
        @Test
        void t9_aPacketToThePublicPortFindsThePrivateEndpoint() {
            gateway.offer(syn(0, FLOW));
            FiveTuple others = FiveTuple.parse("tcp 10.0.0.5:40000 -> 203.0.113.7:443");
            gateway.offer(syn(0, others));

            assertThat(gateway.inbound(FLOW.to(), 1_024)).contains(FLOW);
            assertThat(gateway.inbound(FLOW.to(), 2_048)).contains(others);
        }

        @Test
        void t9_aPacketFromElsewhereOrToAnotherPortFindsNothing() {
            gateway.offer(syn(0, FLOW));

            assertThat(gateway.inbound(FLOW.to(), 1_025)).as("no flow").isEmpty();
            assertThat(gateway.inbound(FLOW.to(), 80)).as("nobody's port").isEmpty();
            for (String other : List.of("203.0.113.8:443", "203.0.113.7:80")) {
                FiveTuple from = FiveTuple.parse("tcp 10.0.0.4:40000 -> " + other);
                assertThat(gateway.inbound(from.to(), 1_024)).as(other).isEmpty();
            }
            FiveTuple udp = FiveTuple.parse("udp 10.0.0.4:40000 -> 203.0.113.7:443");
            assertThat(gateway.inbound(udp.to(), 1_024))
                    .as("the other protocol")
                    .isEmpty();
        }

        @Test
        void t9_twoFlowsThatShareAPortAreToldApartByTheirDestination() {
            FiveTuple other = FiveTuple.parse("tcp 10.0.0.4:40001 -> 203.0.113.8:443");
            gateway.offer(syn(0, FLOW));
            assertThat(gateway.offer(syn(0, other))).isEqualTo(new Opened(1_024));

            assertThat(gateway.inbound(FLOW.to(), 1_024)).contains(FLOW);
            assertThat(gateway.inbound(other.to(), 1_024)).contains(other);
        }

        @Test
        void t9_afterTheReleaseThereIsNowhereToGo() {
            gateway.offer(syn(0, FLOW));
            gateway.advanceTo(Nanos.ofSeconds(240) - 1);
            assertThat(gateway.inbound(FLOW.to(), 1_024)).contains(FLOW);
            gateway.advanceTo(Nanos.ofSeconds(240));
            assertThat(gateway.inbound(FLOW.to(), 1_024)).isEmpty();
            assertThat(gateway.offer(event(Nanos.ofSeconds(240), Kind.PACKET, Side.RESPONDER, FLOW)))
                    .isEqualTo(new Dropped());
        }
    }

    @Nested
    class OwnFrontends {
        private final IpAddress lone = IpAddress.parse("10.0.9.9");
        private final FiveTuple flow = FiveTuple.parse("tcp 10.0.9.9:40000 -> 203.0.113.7:443");
        private final FiveTuple flow2 = FiveTuple.parse("tcp 10.0.9.9:40001 -> 203.0.113.7:443");

        @Test
        void anInstanceOutsideThePoolCanOwnPortsOfItsOwnFrontend() {
            gateway.own(lone, ports("5000-5001"));

            assertThat(gateway.instances()).containsExactly(VM, OTHER, lone);
            assertThat(gateway.offer(syn(0, flow))).isEqualTo(new Opened(5_000));
            assertThat(gateway.pool().instances()).containsExactly(VM, OTHER);
        }

        @Test
        void p5_flowsOnPortsThatAreTakenAwayEnd() {
            gateway.own(lone, ports("5000-5001"));
            gateway.offer(syn(0, flow));
            gateway.offer(syn(7, flow2));
            gateway.own(lone, ports("5000"));

            assertThat(heard).endsWith("ended RECLAIMED at 7");
            assertThat(gateway.table().flows()).extracting(Flow::tuple).containsExactly(flow);
            assertThat(gateway.offer(syn(8, flow2)).outcome()).isEqualTo(Outcome.NO_FREE_PORT);
            gateway.own(lone, PortSet.empty());
            assertThat(gateway.offer(syn(9, flow2)).outcome()).isEqualTo(Outcome.NO_PORTS);
        }

        @Test
        void p6_aFrontendOfItsOwnCanBeTakenAway() {
            gateway.own(lone, ports("5000-5001"));
            gateway.offer(syn(7, flow));
            gateway.disown(lone);

            assertThat(heard).endsWith("ended INSTANCE_REMOVED at 7");
            assertThat(gateway.offer(syn(8, flow)).outcome()).isEqualTo(Outcome.UNKNOWN_INSTANCE);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> gateway.disown(lone))
                    .withMessage("10.0.9.9 has no frontend of its own");
            gateway.resize(List.of(VM, OTHER, lone), 3);
            assertThat(gateway.offer(syn(9, flow))).isEqualTo(new Opened(3_072));
        }

        @Test
        void aMemberOfThePoolCannotHaveAFrontendOfItsOwn() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> gateway.own(VM, ports("5000")))
                    .withMessage("10.0.0.4 is in the pool and cannot have a frontend of its own");
            assertThat(gateway.ports().portsOwned(VM)).isEqualTo(1_024);
        }

        @Test
        void anInstanceWithAFrontendOfItsOwnCannotJoinThePool() {
            gateway.own(lone, ports("5000-5001"));
            gateway.offer(syn(0, flow));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> gateway.resize(List.of(VM, lone), 2))
                    .withMessage("10.0.9.9 has a frontend of its own and cannot join the pool");
            assertThat(gateway.pool().instances()).containsExactly(VM, OTHER);
            assertThat(gateway.table().size()).isEqualTo(1);
        }
    }

    @Test
    void aListenerHearsWhatInstancesOwnAndEveryChangeOfIt() {
        assertThat(assigned).as("at once").containsExactly("VM 1024", "other 1024");
        gateway.resize(List.of(VM), 51);
        assertThat(assigned).as("OTHER left, VM has fewer").endsWith("VM 512", "other 0");
        gateway.own(OTHER, ports("5000-5001"));
        gateway.disown(OTHER);
        assertThat(assigned).endsWith("other 2", "other 0").hasSize(6);
    }

    @Test
    void aFlowIsLiveUntilItsPortIsFree() {
        assertThat(gateway.isLive(FLOW)).isFalse();
        gateway.offer(syn(0, FLOW));
        gateway.offer(event(1, Kind.RST, Side.RESPONDER, FLOW));
        assertThat(gateway.isLive(FLOW)).as("in a hold").isTrue();
        gateway.advanceTo(Nanos.ofSeconds(15) + 1);
        assertThat(gateway.isLive(FLOW)).isFalse();
    }

    @Test
    void withoutInstancesEveryAttemptIsRefused() {
        SnatGateway empty = new SnatGateway(SnatProfile.classic());

        assertThat(empty.offer(syn(0, FLOW)).outcome()).isEqualTo(Outcome.UNKNOWN_INSTANCE);
        assertThat(empty.nextDeadlineNanos()).isEmpty();
        assertThat(empty.instances()).isEmpty();
    }

    /** Events may also reach the table by its primitive entry, behind the gateway's back. */
    @Test
    void r6_theGatewaysTimeIsItsTables() {
        long key = gateway.keys().key(FLOW);
        gateway.table().offer(5, Kind.SYN, Side.INITIATOR, key);
        assertThat(gateway.nextDeadlineNanos()).hasValue(Nanos.ofSeconds(240) + 5);
        gateway.resize(List.of(OTHER), 1);

        assertThat(heard).containsExactly("opened " + FLOW, "ended INSTANCE_REMOVED at 5", "allocation changed at 5");
        assertThat(gateway.offer(event(6, Kind.PACKET, Side.INITIATOR, FLOW))).isNotInstanceOf(Translated.class);
    }
}
