package io.github.snatsim.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict.Dropped;
import io.github.snatsim.flow.Verdict.Opened;
import io.github.snatsim.flow.Verdict.Translated;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.AllocationChange;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.CutRange;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.port.ReclaimedPart;
import io.github.snatsim.time.Nanos;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules P5-P7 with flows: what a resize ends, and what it leaves alone. */
class ResizeRulesTest {
    private static final Endpoint WEB = Endpoint.parse("203.0.113.7:443");
    private static final long NOW = Nanos.ofSeconds(10);

    private record Ended(long timeNanos, FiveTuple flow, int port, FlowEnd end) {}

    /** What a gateway reports of ends and of its allocation, in order. */
    private static final class Log implements GatewayListener {
        private final SnatGateway gateway;
        private final List<Ended> ends = new ArrayList<>();
        private final List<Integer> endsHeardBeforeChange = new ArrayList<>();
        private long changedNanos;

        private Log(SnatGateway gateway) {
            this.gateway = gateway;
            gateway.listen(this);
        }

        @Override
        public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
            ends.add(new Ended(timeNanos, gateway.keys().tuple(flow), port, end));
        }

        @Override
        public void allocationChanged(long timeNanos, int frontend, AllocationChange change) {
            endsHeardBeforeChange.add(ends.size());
            changedNanos = timeNanos;
        }
    }

    private static List<IpAddress> instances(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> IpAddress.ofIpv4(0x0a000004 + i))
                .toList();
    }

    private static FiveTuple flow(Protocol protocol, IpAddress instance, int sourcePort) {
        return new FiveTuple(protocol, new Endpoint(instance, sourcePort), WEB);
    }

    private static SnatGateway pool(int size) {
        return SnatGateway.withPool(SnatProfile.classic(), instances(size));
    }

    private static void resize(SnatGateway gateway, int size) {
        gateway.resize(instances(size), size);
    }

    private static FlowEvent event(long timeNanos, Kind kind, Side side, FiveTuple flow) {
        return new FlowEvent(timeNanos, kind, side, flow);
    }

    private static Outcome open(SnatGateway gateway, FiveTuple flow) {
        return gateway.offer(event(NOW, Kind.SYN, Side.INITIATOR, flow)).outcome();
    }

    /** Opens flows of one instance to one destination; each takes the next port of its block. */
    private static void open(SnatGateway gateway, IpAddress instance, int flows) {
        for (int i = 0; i < flows; i++) {
            assertThat(open(gateway, flow(Protocol.TCP, instance, 1_024 + i))).isEqualTo(Outcome.OPENED);
        }
    }

    @ParameterizedTest
    @CsvSource({"512, 0", "513, 1", "1024, 512"})
    void p5_from50To51InstancesWithSoManyFlowsEachLoseWhatIsAbove512(int flows, int lost) {
        SnatGateway gateway = pool(50);
        Log log = new Log(gateway);
        instances(50).forEach(instance -> open(gateway, instance, flows));

        resize(gateway, 51);

        assertThat(log.ends).hasSize(50 * lost);
        assertThat(log.ends).allMatch(end -> end.end() == FlowEnd.RECLAIMED && end.timeNanos() == NOW);
        assertThat(log.ends.stream().map(end -> end.flow().source().address()).distinct())
                .hasSize(lost == 0 ? 0 : 50);
        assertThat(gateway.table().size()).isEqualTo(50 * (flows - lost));
        assertThat(log.endsHeardBeforeChange)
                .as("the change is heard once, after the ends")
                .containsExactly(50 * lost);
        assertThat(log.changedNanos).isEqualTo(NOW);
    }

    @Test
    void p5_theUpperPortsGoAndTheirFlowsPacketsAreNotTranslatedAnyMore() {
        SnatGateway gateway = pool(50);
        Log log = new Log(gateway);
        IpAddress first = instances(1).get(0);
        open(gateway, first, 513);

        resize(gateway, 51);

        FiveTuple lost = flow(Protocol.TCP, first, 1_024 + 512);
        assertThat(log.ends).containsExactly(new Ended(NOW, lost, 1_024 + 512, FlowEnd.RECLAIMED));
        for (Side side : Side.values()) {
            assertThat(gateway.offer(event(NOW, Kind.PACKET, side, lost))).isEqualTo(new Dropped());
        }
    }

    @Test
    void p5_flowsOnKeptPortsAreUntouched() {
        SnatGateway gateway = pool(50);
        IpAddress first = instances(1).get(0);
        open(gateway, first, 512);
        var before = gateway.table().flows();

        resize(gateway, 51);

        assertThat(gateway.table().flows()).isEqualTo(before);
        assertThat(gateway.offer(event(NOW, Kind.PACKET, Side.RESPONDER, flow(Protocol.TCP, first, 1_024 + 511))))
                .isEqualTo(new Translated(1_024 + 511));
        assertThat(open(gateway, flow(Protocol.TCP, first, 50_000))).isEqualTo(Outcome.NO_FREE_PORT);
    }

    @Test
    void p5_newAttemptsAndNewcomersSucceedAtOnceWhilePortsRemain() {
        SnatGateway gateway = pool(50);
        IpAddress first = instances(1).get(0);
        open(gateway, first, 1_024);
        resize(gateway, 51);

        IpAddress newcomer = instances(51).get(50);
        assertThat(gateway.offer(event(NOW, Kind.SYN, Side.INITIATOR, flow(Protocol.TCP, newcomer, 1_024))))
                .as("served from what was taken from the first instance")
                .isEqualTo(new Opened(1_024 + 512));
        gateway.table().delete(flow(Protocol.TCP, first, 1_024));
        assertThat(open(gateway, flow(Protocol.TCP, first, 1_024 + 1_023))).isEqualTo(Outcome.OPENED);
    }

    @Test
    void p3_p5_udpFlowsOnReclaimedPortsEndToo() {
        SnatGateway gateway = pool(50);
        Log log = new Log(gateway);
        IpAddress first = instances(1).get(0);
        for (int i = 0; i < 513; i++) {
            open(gateway, flow(Protocol.UDP, first, 1_024 + i));
        }
        open(gateway, first, 1);

        resize(gateway, 51);

        assertThat(log.ends)
                .containsExactly(
                        new Ended(NOW, flow(Protocol.UDP, first, 1_024 + 512), 1_024 + 512, FlowEnd.RECLAIMED));
    }

    @Test
    void p5_aFlowInAHoldOnAReclaimedPortEndsAtOnce() {
        SnatGateway gateway = pool(50);
        Log log = new Log(gateway);
        IpAddress first = instances(1).get(0);
        open(gateway, first, 513);
        FiveTuple closed = flow(Protocol.TCP, first, 1_024 + 512);
        gateway.offer(event(NOW, Kind.FIN, Side.INITIATOR, closed));
        gateway.offer(event(NOW, Kind.FIN, Side.RESPONDER, closed));

        resize(gateway, 51);
        gateway.advanceTo(NOW + Nanos.ofSeconds(239));

        assertThat(log.ends).hasSize(1);
        assertThat(log.ends.get(0).end()).isEqualTo(FlowEnd.RECLAIMED);
    }

    @Test
    void p5_jumpingSeveralTiersLandsOnTheLastOne() {
        SnatGateway gateway = pool(50);
        Log log = new Log(gateway);
        IpAddress first = instances(1).get(0);
        open(gateway, first, 1_024);

        resize(gateway, 201);

        assertThat(gateway.ports().portsOwned(first)).isEqualTo(128);
        assertThat(log.ends).hasSize(1_024 - 128);
        assertThat(gateway.table().size()).isEqualTo(128);
    }

    @ParameterizedTest
    @EnumSource(ReclaimedPart.class)
    void p5_selectable_anyPartLosesWithinTheRange(ReclaimedPart part) {
        AllocationRules rules = AllocationRules.classic().withReclaimedPart(part, 17);
        SnatGateway gateway = SnatGateway.withPool(SnatProfile.classic().withAllocation(rules), instances(50));
        Log log = new Log(gateway);
        IpAddress first = instances(1).get(0);
        open(gateway, first, 600);

        resize(gateway, 51);

        CutRange range = CutRange.of(600, 1_024, 512);
        assertThat(log.ends).hasSizeBetween(range.min(), range.max());
        assertThat(log.ends).allMatch(end -> !gateway.pool().portsOf(first).contains(end.port()));
    }

    @Test
    void p6_shrinkingLosesNoFlowsButTheRemovedInstances() {
        SnatGateway gateway = pool(51);
        Log log = new Log(gateway);
        instances(51).forEach(instance -> open(gateway, instance, 3));
        IpAddress removed = instances(51).get(50);

        resize(gateway, 50);

        assertThat(log.ends)
                .hasSize(3)
                .allMatch(end -> end.end() == FlowEnd.INSTANCE_REMOVED
                        && end.flow().source().address().equals(removed)
                        && end.timeNanos() == NOW);
        assertThat(log.endsHeardBeforeChange).containsExactly(3);
        assertThat(gateway.table().size()).isEqualTo(150);
        assertThat(instances(50))
                .allSatisfy(instance ->
                        assertThat(gateway.ports().portsOwned(instance)).isEqualTo(1_024));
        assertThat(open(gateway, flow(Protocol.TCP, removed, 50_000))).isEqualTo(Outcome.UNKNOWN_INSTANCE);
    }

    @Test
    void p6_anInstanceThatComesBackBeginsAnew() {
        SnatGateway gateway = pool(2);
        IpAddress second = instances(2).get(1);
        open(gateway, second, 5);
        resize(gateway, 1);
        resize(gateway, 2);

        assertThat(gateway.ports().portsUsed(second, Protocol.TCP)).isZero();
        assertThat(gateway.offer(event(NOW, Kind.SYN, Side.INITIATOR, flow(Protocol.TCP, second, 1))))
                .isEqualTo(new Opened(2_048));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 49, 50})
    void p7_withinATierAResizeTouchesNobody(int size) {
        SnatGateway gateway = pool(25);
        Log log = new Log(gateway);
        IpAddress first = instances(1).get(0);
        open(gateway, first, 1_024);
        PortSet before = gateway.pool().portsOf(first);

        resize(gateway, size);

        assertThat(log.ends).isEmpty();
        assertThat(gateway.pool().portsOf(first)).isEqualTo(before);
        assertThat(gateway.table().size()).isEqualTo(1_024);
    }

    @Test
    void invariant5_upAndDownAgainRestoresThePortsButNotTheFlows() {
        SnatGateway gateway = pool(50);
        IpAddress first = instances(1).get(0);
        open(gateway, first, 1_024);
        Map<IpAddress, PortSet> before = gateway.pool().allocation();

        for (int size : new int[] {51, 101, 201, 400, 50}) {
            resize(gateway, size);
        }

        assertThat(gateway.pool().allocation()).isEqualTo(before);
        assertThat(gateway.table().size()).isEqualTo(128);
        assertThat(open(gateway, flow(Protocol.TCP, first, 60_000))).isEqualTo(Outcome.OPENED);
    }

    @Test
    void p8_aReportedSizeAloneReclaimsPortsAndGivesThemBack() {
        SnatGateway gateway = pool(40);
        Log log = new Log(gateway);
        IpAddress first = instances(1).get(0);
        open(gateway, first, 513);

        gateway.resize(instances(40), 80);
        assertThat(log.ends).hasSize(1);
        gateway.resize(instances(40), 40);
        assertThat(log.ends).hasSize(1);
        assertThat(gateway.ports().portsOwned(first)).isEqualTo(1_024);
    }

    @Test
    void aResizeThatCannotBeChangesNothing() {
        SnatGateway gateway = pool(50);
        Log log = new Log(gateway);
        IpAddress first = instances(1).get(0);
        open(gateway, first, 1_024);
        Map<IpAddress, PortSet> before = gateway.pool().allocation();

        assertThatIllegalArgumentException().isThrownBy(() -> resize(gateway, 401));
        assertThatIllegalArgumentException().isThrownBy(() -> gateway.resize(List.of(first, first), 2));
        assertThatIllegalArgumentException().isThrownBy(() -> gateway.resize(instances(51), 50));

        assertThat(gateway.pool().allocation()).isEqualTo(before);
        assertThat(gateway.table().size()).isEqualTo(1_024);
        assertThat(log.ends).isEmpty();
        assertThat(log.endsHeardBeforeChange).isEmpty();
    }
}
