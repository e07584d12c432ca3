package io.github.snatsim.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.metrics.PortsByState;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.TierTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    private static final String WEB = " -> 203.0.113.7:443";

    private final List<FlowEvent> events = new ArrayList<>();

    @Test
    void nothingRecordedNothingHappens() {
        ReplayResult result = replay(ReplaySettings.portsPerInstance(8));
        assertThat(result.events()).isZero();
        assertThat(result.instances()).isZero();
        assertThat(result.startNanos()).isZero();
        assertThat(result.endNanos()).isZero();
        assertThat(result.portsPerInstance()).isEqualTo(8);
        assertThat(result.metrics().attempts()).isZero();
    }

    @Test
    void everyInitiatorIsAnInstanceWithPortsOfItsOwn() {
        for (int port = 1; port <= 3; port++) {
            syn(port, "tcp 10.0.0.1:" + port + WEB);
            syn(port, "tcp 10.0.0.2:" + port + WEB);
        }
        ReplayResult result = replay(ReplaySettings.portsPerInstance(2));

        assertThat(result.instances()).isEqualTo(2);
        assertThat(result.metrics().opened()).isEqualTo(4);
        assertThat(result.metrics().refusedByReason()).isEqualTo(Map.of(Outcome.NO_FREE_PORT, 2L));
        assertThat(result.startNanos()).isEqualTo(1);
        assertThat(result.endNanos()).isEqualTo(3);
        assertThat(result.events()).isEqualTo(6);
    }

    @Test
    void whatIsLiveAtTheEndIsReportedAsInUse() {
        syn(0, "tcp 10.0.0.1:1" + WEB);
        syn(0, "tcp 10.0.0.1:2" + WEB);
        events.add(event(1, Kind.RST, Side.RESPONDER, "tcp 10.0.0.1:2" + WEB));
        assertThat(replay(ReplaySettings.portsPerInstance(2)).metrics().portsInUse())
                .isEqualTo(new PortsByState(1, 0, 1));
    }

    @Test
    void addressesThatOpenNothingAreNoInstances() {
        events.add(event(0, Kind.PACKET, Side.INITIATOR, "tcp 10.0.0.1:1" + WEB));
        events.add(event(0, Kind.FIN, Side.RESPONDER, "tcp 10.0.0.2:1" + WEB));
        events.add(event(0, Kind.PACKET, Side.RESPONDER, "udp 10.0.0.3:1" + WEB));
        ReplayResult result = replay(ReplaySettings.poolSize(1, TierTable.classic()));

        assertThat(result.instances()).isZero();
        assertThat(result.events()).isEqualTo(3);
        assertThat(result.metrics().latePackets()).isEqualTo(3);
        assertThat(result.metrics().attempts()).isZero();
    }

    @Test
    void udpOpensWithoutASyn() {
        events.add(event(0, Kind.PACKET, Side.INITIATOR, "udp 10.0.0.3:1" + WEB));
        ReplayResult result = replay(ReplaySettings.portsPerInstance(1));
        assertThat(result.instances()).isEqualTo(1);
        assertThat(result.metrics().opened()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1,1024", "50,1024", "51,512", "100,512", "101,256", "200,256", "201,128", "400,128"})
    void p1_aPoolHasThePortsOfItsTierWhateverTheNumberOfInitiators(int poolSize, int ports) {
        for (int port = 1; port <= ports + 5; port++) {
            syn(port, "tcp 10.0.0.1:" + port + WEB);
        }
        ReplayResult result = replay(ReplaySettings.poolSize(poolSize, TierTable.classic()));

        assertThat(result.portsPerInstance()).isEqualTo(ports);
        assertThat(result.instances()).isEqualTo(1);
        assertThat(result.metrics().opened()).isEqualTo(ports);
        assertThat(result.metrics().refused()).isEqualTo(5);
    }

    /** A pool of 400 fills its frontend: all own 128 ports, and nobody's are anybody else's. */
    @Test
    void p4_instancesOfAPoolShareOneFrontend() {
        for (int host = 0; host < 400; host++) {
            for (int port = 1; port <= 128; port++) {
                syn(0, "tcp 10.0." + host / 200 + "." + (1 + host % 200) + ":" + port + WEB);
            }
        }
        ReplayResult result = replay(ReplaySettings.poolSize(400, TierTable.classic()));
        assertThat(result.instances()).isEqualTo(400);
        assertThat(result.metrics().opened()).isEqualTo(400 * 128);
        assertThat(result.metrics().refused()).isZero();
    }

    @Test
    void moreInitiatorsThanThePoolHoldsIsAnErrorThatNamesBoth() {
        syn(0, "tcp 10.0.0.1:1" + WEB);
        syn(0, "tcp 10.0.0.2:1" + WEB);
        syn(0, "tcp 10.0.0.3:1" + WEB);
        assertThat(replay(ReplaySettings.poolSize(3, TierTable.classic())).instances())
                .isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replay(ReplaySettings.poolSize(2, TierTable.classic())))
                .withMessage(
                        "more than 2 addresses initiate flows, 10.0.0.3 is number 3: a pool of 2 cannot hold them; "
                                + "raise --pool-size or name the instances with --private");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 401, Integer.MAX_VALUE})
    void p2_poolSizesBeyondTheTableAreRefused(int poolSize) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplaySettings.poolSize(poolSize, TierTable.classic()))
                .withMessageContaining("a pool of " + poolSize + " instances: expected 1-400");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 64_513, Integer.MAX_VALUE})
    void portsThatNoFrontendHasAreRefused(int ports) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplaySettings.portsPerInstance(ports))
                .withMessageStartingWith(ports + " ports per instance: expected 1-64512 (P4); nearest valid: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64_512})
    void portsThatAFrontendHasArePossible(int ports) {
        syn(0, "tcp 10.0.0.1:1" + WEB);
        assertThat(replay(ReplaySettings.portsPerInstance(ports)).metrics().opened())
                .isEqualTo(1);
    }

    @Test
    void onlyAddressesInTheNamedBlocksAreInstances() {
        syn(0, "tcp 10.0.0.1:1" + WEB);
        syn(1, "tcp 172.16.0.1:1" + WEB);
        syn(2, "tcp 192.168.0.1:1" + WEB);
        events.add(event(3, Kind.PACKET, Side.RESPONDER, "tcp 192.168.0.1:1" + WEB));
        ReplayResult result = replay(ReplaySettings.portsPerInstance(8)
                .withInstances(ImmutableList.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("172.16.0.0/12"))));

        assertThat(result.instances()).isEqualTo(2);
        assertThat(result.events()).isEqualTo(2);
        assertThat(result.flowsElsewhere()).isEqualTo(1);
        assertThat(result.endNanos()).isEqualTo(1);
    }

    @Test
    void flowsFromElsewhereAreCountedAsFlowsNotAsPackets() {
        String flow = "tcp 192.168.0.1:1" + WEB;
        syn(0, flow);
        events.add(event(1, Kind.PACKET, Side.RESPONDER, flow));
        events.add(event(2, Kind.PACKET, Side.INITIATOR, flow));
        events.add(event(3, Kind.RST, Side.RESPONDER, flow));
        syn(seconds(2), flow); // in the hold: a new flow (T5)
        syn(seconds(300), flow); // long after: another one
        syn(seconds(301), flow); // on an open flow: a packet of it
        events.add(event(seconds(302), Kind.PACKET, Side.INITIATOR, "tcp 192.168.0.1:2" + WEB)); // opens nothing
        events.add(event(seconds(302), Kind.PACKET, Side.INITIATOR, "udp 192.168.0.1:2" + WEB));
        ReplayResult result = replay(onlyTen());

        assertThat(result.flowsElsewhere()).isEqualTo(4);
        assertThat(result.events()).isZero();
        assertThat(result.instances()).isZero();
        assertThat(result.metrics().latePackets()).isZero();
    }

    @Test
    void flowsFromElsewhereAreNeverRefused() {
        for (int port = 1; port <= 2_000; port++) {
            syn(0, "tcp 192.168.0.1:" + port + WEB);
        }
        assertThat(replay(onlyTen()).flowsElsewhere()).isEqualTo(2_000);
    }

    @Test
    void flowsFromElsewhereToAnInstanceDoNotMakeItsPortsBusy() {
        for (int port = 1; port <= 10; port++) {
            syn(0, "tcp 192.168.0.1:" + port + " -> 10.0.0.1:80");
        }
        syn(1, "tcp 10.0.0.1:1" + WEB);
        ReplayResult result = replay(onlyTen());
        assertThat(result.metrics().opened()).isEqualTo(1);
        assertThat(result.metrics().portsInUse().total()).isEqualTo(1);
    }

    @Test
    void t8_everythingIsTranslatedUnlessAskedOtherwise() {
        syn(0, "tcp 10.0.0.1:1 -> 10.0.0.2:443");
        assertThat(replay(ReplaySettings.portsPerInstance(8)).metrics().opened())
                .isEqualTo(1);
    }

    @Test
    void t8_flowsToUntranslatedDestinationsTakeNoPort() {
        syn(0, "tcp 10.0.0.1:1 -> 10.0.0.2:443");
        events.add(event(1, Kind.PACKET, Side.RESPONDER, "tcp 10.0.0.1:1 -> 10.0.0.2:443"));
        events.add(event(2, Kind.PACKET, Side.INITIATOR, "tcp 10.0.0.1:1 -> 10.0.0.2:443"));
        syn(3, "tcp 10.0.0.1:2" + WEB);
        ReplayResult result = replay(ReplaySettings.portsPerInstance(1).withUntranslated(IpPrefix.NOT_PUBLIC));

        assertThat(result.metrics().untranslated()).isEqualTo(2);
        assertThat(result.metrics().opened()).isEqualTo(1);
        assertThat(result.metrics().refused()).isZero();
        assertThat(result.metrics().latePackets()).isZero();
        assertThat(result.events()).isEqualTo(4);
    }

    @Test
    void blocksOfInstancesAndUntranslatedOnesCanBeCombined() {
        ReplaySettings settings = ReplaySettings.poolSize(60, TierTable.classic())
                .withInstances(ImmutableList.of(IpPrefix.parse("10.0.0.1")))
                .withUntranslated(ImmutableList.of(IpPrefix.parse("10.0.0.2")));
        syn(0, "tcp 10.0.0.1:1 -> 10.0.0.2:443");
        syn(0, "tcp 10.0.0.2:1 -> 10.0.0.1:443");
        syn(0, "tcp 10.0.0.1:1 -> 10.0.0.3:443");
        ReplayResult result = replay(settings);

        assertThat(result.portsPerInstance()).isEqualTo(512);
        assertThat(result.flowsElsewhere()).isEqualTo(1);
        assertThat(result.metrics().untranslated()).isEqualTo(1);
        assertThat(result.metrics().opened()).isEqualTo(1);
    }

    @Test
    void eventsThatRunBackwardsAreRefused() {
        syn(2, "tcp 10.0.0.1:1" + WEB);
        syn(1, "tcp 10.0.0.1:2" + WEB);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replay(ReplaySettings.portsPerInstance(8)))
                .withMessage("time runs backwards: 1 ns after 2 ns");
    }

    @Test
    void aReplayCanBeRepeated() {
        for (int port = 1; port <= 20; port++) {
            syn(port, "tcp 10.0.0." + port % 3 + ":" + port + WEB);
        }
        assertThat(replay(ReplaySettings.poolSize(3, TierTable.classic())))
                .isEqualTo(replay(ReplaySettings.poolSize(3, TierTable.classic())));
    }

    private static ReplaySettings onlyTen() {
        return ReplaySettings.portsPerInstance(8).withInstances(ImmutableList.of(IpPrefix.parse("10.0.0.0/8")));
    }

    private ReplayResult replay(ReplaySettings settings) {
        return Replay.run(events.iterator(), settings);
    }

    private void syn(long timeNanos, String flow) {
        events.add(event(timeNanos, Kind.SYN, Side.INITIATOR, flow));
    }

    private static FlowEvent event(long timeNanos, Kind kind, Side side, String flow) {
        return new FlowEvent(timeNanos, kind, side, FiveTuple.parse(flow));
    }

    private static long seconds(long seconds) {
        return seconds * 1_000_000_000;
    }
}
