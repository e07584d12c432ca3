package io.github.snatsim.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.gateway.SnatGateway;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.port.TierTable.Tier;
import io.github.snatsim.time.Nanos;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
    private static final Duration FIN_HOLD = Duration.ofMinutes(4);
    private static final IpAddress VM = IpAddress.parse("10.0.0.4");
    private static final Destination WEB = Destination.parse("tcp 203.0.113.7:443");

    private final SnatGateway gateway = new SnatGateway(SnatProfile.classic());
    private final Metrics metrics = new Metrics(gateway.keys(), FIN_HOLD);

    /** Hands every report to several listeners. */
    private record Tee(List<GatewayListener> listeners) implements GatewayListener {
        @Override
        public void portsAssigned(long timeNanos, int source, int frontend, int ports) {
            for (GatewayListener listener : listeners) {
                listener.portsAssigned(timeNanos, source, frontend, ports);
            }
        }

        @Override
        public void opened(long timeNanos, long flow, int port) {
            for (GatewayListener listener : listeners) {
                listener.opened(timeNanos, flow, port);
            }
        }

        @Override
        public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
            for (GatewayListener listener : listeners) {
                listener.refused(timeNanos, flow, frontend, reason);
            }
        }

        @Override
        public void stateChanged(long timeNanos, long flow, int port, FlowState before, FlowState after) {
            for (GatewayListener listener : listeners) {
                listener.stateChanged(timeNanos, flow, port, before, after);
            }
        }

        @Override
        public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
            for (GatewayListener listener : listeners) {
                listener.ended(timeNanos, flow, port, state, end);
            }
        }

        @Override
        public void dropped(long timeNanos) {
            for (GatewayListener listener : listeners) {
                listener.dropped(timeNanos);
            }
        }

        @Override
        public void untranslated(long timeNanos, FiveTuple flow) {
            for (GatewayListener listener : listeners) {
                listener.untranslated(timeNanos, flow);
            }
        }
    }

    @Test
    void nothingHappenedNothingIsCounted() {
        MetricsResult result = metrics.result(0);
        assertThat(result.attempts()).isZero();
        assertThat(result.refusedByReason()).isEmpty();
        assertThat(result.firstRefusalNanos()).isEmpty();
        assertThat(result.portUse()).isEmpty();
        assertThat(result.busiest()).isEmpty();
        assertThat(result.peakPortsAtOneDestination()).isZero();
        assertThat(result.portsInUse()).isEqualTo(PortsByState.NONE);
        assertThat(result.portsOverTime().peaks()).isEmpty();
        assertThat(result.episodeCount()).isZero();
        assertThat(result.exhaustedNanos()).isZero();
    }

    @Test
    void m1_attemptsAreThoseOpenedAndThoseRefused() {
        own(2);
        gateway.listen(metrics);
        for (int i = 0; i < 5; i++) {
            offer(seconds(i), Kind.SYN, 40_000 + i, WEB);
        }
        offer(seconds(5), Kind.PACKET, 50_000, WEB);

        MetricsResult result = metrics.result(seconds(5));
        assertThat(result.opened()).isEqualTo(2);
        assertThat(result.refused()).isEqualTo(3);
        assertThat(result.attempts()).isEqualTo(5);
        assertThat(result.refusedByReason()).containsExactly(Map.entry(Outcome.NO_FREE_PORT, 3L));
        assertThat(result.firstRefusalNanos()).hasValue(seconds(2));
        assertThat(result.latePackets()).isEqualTo(1);
        assertThat(result.peakPortsAtOneDestination()).isEqualTo(2);
        assertThat(result.episodes())
                .containsExactly(new Episode(VM, Optional.empty(), WEB, seconds(2), seconds(4), 3));
        assertThat(metrics.attempts()).isEqualTo(5);
        assertThat(metrics.opened()).isEqualTo(2);
    }

    @Test
    void m1_heldPortsSayWhatTheyWaitFor() {
        own(8);
        gateway.listen(metrics);
        for (int i = 0; i < 6; i++) {
            offer(0, Kind.SYN, 40_000 + i, WEB);
        }
        close(seconds(1), 40_000);
        close(seconds(1), 40_001);
        offer(seconds(1), Kind.RST, 40_002, WEB);

        MetricsResult result = metrics.result(seconds(2));
        assertThat(result.portsInUse()).isEqualTo(new PortsByState(3, 2, 1));
        assertThat(result.portUse().get(0).atEnd()).isEqualTo(new PortsByState(3, 2, 1));
        assertThat(result.portUse().get(0).atPeak()).isEqualTo(new PortsByState(6, 0, 0));
        assertThat(result.destinations().get(0).atEnd()).isEqualTo(new PortsByState(3, 2, 1));
    }

    @Test
    void aRefusalForOneReasonIsNotOneForAnother() {
        gateway.listen(metrics);
        offer(0, Kind.SYN, 40_000, WEB);
        gateway.own(VM, PortSet.empty());
        offer(1, Kind.SYN, 40_000, WEB);

        assertThat(metrics.result(1).refusedByReason())
                .containsExactly(Map.entry(Outcome.NO_PORTS, 1L), Map.entry(Outcome.UNKNOWN_INSTANCE, 1L));
    }

    @Test
    void exhaustionLastsFromTheLastPortTakenToTheFirstReleased() {
        own(2);
        gateway.listen(metrics);
        offer(seconds(1), Kind.SYN, 40_000, WEB);
        offer(seconds(3), Kind.SYN, 40_001, WEB);
        offer(seconds(9), Kind.RST, 40_001, WEB);
        gateway.advanceTo(seconds(100));

        assertThat(metrics.result(seconds(100)).exhaustedNanos()).isEqualTo(seconds(9 + 15 - 3));
        assertThat(metrics.result(seconds(100)).destinations().get(0).exhaustedNanos())
                .isEqualTo(seconds(9 + 15 - 3));
    }

    @Test
    void exhaustionThatGoesOnCountsUntilNow() {
        own(1);
        gateway.listen(metrics);
        offer(seconds(1), Kind.SYN, 40_000, WEB);
        gateway.advanceTo(seconds(11));
        assertThat(metrics.result(seconds(11)).exhaustedNanos()).isEqualTo(seconds(10));
        gateway.advanceTo(seconds(21));
        assertThat(metrics.result(seconds(21)).exhaustedNanos()).isEqualTo(seconds(20));
    }

    @Test
    void theCourseGoesOnWhenNothingOpensAfterARestart() {
        own(4);
        gateway.listen(metrics);
        offer(0, Kind.SYN, 40_000, WEB);
        gateway.advanceTo(seconds(10));
        metrics.restart(seconds(10));
        gateway.advanceTo(seconds(20));

        PortsOverTime course = metrics.result(seconds(20)).portsOverTime();
        assertThat(course.startNanos()).isEqualTo(seconds(10));
        assertThat(course.peaks()).containsOnly(new PortsByState(1, 0, 0));
        assertThat(course.sliceNanos() * course.peaks().size()).isGreaterThanOrEqualTo(seconds(10));
    }

    @Test
    void aDestinationWithRefusalsOnlyHasNoCourseHoweverOftenOneAsks() {
        gateway.listen(metrics);
        offer(seconds(1), Kind.SYN, 40_000, WEB);
        DestinationUse first = metrics.result(seconds(2)).destinations().get(0);
        DestinationUse second = metrics.result(seconds(3)).destinations().get(0);
        assertThat(first).isEqualTo(second);
        assertThat(first.refused()).isEqualTo(1);
        assertThat(first.overTime().peaks()).isEmpty();
    }

    @Test
    void moreDestinationsThanAreRememberedAreStillRanked() {
        own(8);
        gateway.listen(metrics);
        for (int port = 1; port <= 1_500; port++) {
            offer(
                    0,
                    Kind.SYN,
                    40_000,
                    new Destination(Protocol.TCP, new Endpoint(WEB.endpoint().address(), port)));
        }
        Destination last =
                new Destination(Protocol.TCP, new Endpoint(WEB.endpoint().address(), 1_500));
        offer(1, Kind.SYN, 40_001, last);

        MetricsResult result = metrics.result(1);
        assertThat(result.destinations()).hasSize(1_000);
        assertThat(result.busiest()).hasSize(10).startsWith(new DestinationPeak(VM, Optional.empty(), last, 2));
        assertThat(result.portsInUse().total()).isEqualTo(2);
    }

    /**
     * Random traffic through a real gateway: instances with few ports of their own and a pool that is resized, flows to
     * destinations that come and go, so that their numbers are used again.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void m1_agreesWithAPlainCount(long seed) {
        RandomTraffic traffic = new RandomTraffic(seed);
        Metrics metrics = new Metrics(traffic.gateway.keys(), FIN_HOLD);
        Metrics askedOnce = new Metrics(traffic.gateway.keys(), FIN_HOLD);
        PlainMetrics plain = new PlainMetrics(traffic.gateway.keys());
        traffic.gateway.listen(new Tee(List.of(metrics, askedOnce, plain)));
        for (int step = 1; step <= 3_000; step++) {
            traffic.step();
            if (step % 100 == 0) {
                MetricsResult result = metrics.result(traffic.nowNanos);
                MetricsResult expected = plain.result(traffic.nowNanos, result);
                assertSameButRanks(result, expected, "seed " + seed + ", step " + step);
                assertThat(result.busiest()).as("seed %d, step %d", seed, step).isEqualTo(expected.busiest());
            }
        }
        assertThat(askedOnce.result(traffic.nowNanos))
                .as("seed %d: asking in between changes nothing", seed)
                .isEqualTo(metrics.result(traffic.nowNanos));
        assertThat(metrics.result(traffic.nowNanos).refusedByReason().keySet())
                .as("seed %d is worth its while", seed)
                .contains(Outcome.NO_FREE_PORT, Outcome.UNKNOWN_INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void afterARestartItAgreesWithAPlainCountFromThereOn(long seed) {
        RandomTraffic traffic = new RandomTraffic(seed);
        Metrics metrics = new Metrics(traffic.gateway.keys(), FIN_HOLD);
        PlainMetrics plain = new PlainMetrics(traffic.gateway.keys());
        traffic.gateway.listen(new Tee(List.of(metrics, plain)));
        for (int step = 1; step <= 1_500; step++) {
            traffic.step();
            if (step % 500 == 0) {
                metrics.restart(traffic.nowNanos);
                plain.restart(traffic.nowNanos);
            }
            if (step > 500 && step % 100 == 0) {
                MetricsResult result = metrics.result(traffic.nowNanos);
                assertSameButRanks(result, plain.result(traffic.nowNanos, result), "seed " + seed + ", step " + step);
            }
        }
    }

    /** Compares all but the busiest destinations: after a restart those rank only what grew since. */
    private static void assertSameButRanks(MetricsResult result, MetricsResult expected, String when) {
        assertThat(result.opened()).as(when).isEqualTo(expected.opened());
        assertThat(result.refusedByReason()).as(when).isEqualTo(expected.refusedByReason());
        assertThat(result.firstRefusalNanos()).as(when).isEqualTo(expected.firstRefusalNanos());
        assertThat(result.latePackets()).as(when).isEqualTo(expected.latePackets());
        assertThat(result.untranslated()).as(when).isEqualTo(expected.untranslated());
        assertThat(result.ends()).as(when).isEqualTo(expected.ends());
        assertThat(result.portUse()).as(when).isEqualTo(expected.portUse());
        assertThat(result.destinations()).as(when).isEqualTo(expected.destinations());
        assertThat(result.exhaustedNanos()).as(when).isEqualTo(expected.exhaustedNanos());
        assertThat(result.portsInUse()).as(when).isEqualTo(expected.portsInUse());
        assertThat(result.portsOverTime()).as(when).isEqualTo(expected.portsOverTime());
        assertThat(result.episodeCount()).as(when).isEqualTo(expected.episodeCount());
        assertThat(result.episodes()).as(when).isEqualTo(expected.episodes());
    }

    /** Makes the same events for the same seed. */
    private static final class RandomTraffic {
        private static final List<IpAddress> POOL = IntStream.rangeClosed(1, 6)
                .mapToObj(last -> IpAddress.parse("10.1.0." + last))
                .toList();
        private static final List<IpAddress> OWN = List.of(VM, IpAddress.parse("10.0.0.5"));
        private static final List<Kind> OTHER_KINDS = List.of(Kind.PACKET, Kind.FIN, Kind.RST);
        private static final IpAddress STRANGER = IpAddress.parse("10.9.9.9");

        private final Random random;
        private final SnatGateway gateway;
        private long nowNanos = Nanos.ofSeconds(1_600_000_000);
        private int day;

        RandomTraffic(long seed) {
            random = new Random(seed);
            TierTable tiers = TierTable.of(List.of(new Tier(1, 2, 16), new Tier(3, 6, 8)));
            gateway = new SnatGateway(SnatProfile.classic()
                    .withAllocation(AllocationRules.of(tiers))
                    .withUntranslated(ImmutableList.of(IpPrefix.parse("192.168.0.0/16"))));
            gateway.advanceTo(nowNanos);
            gateway.resize(POOL.subList(0, 2), 2);
            OWN.forEach(this::changeOwn);
        }

        void step() {
            int what = random.nextInt(1_000);
            if (what < 400) {
                nowNanos += random.nextInt(3) * Nanos.ofSeconds(random.nextInt(random.nextInt(20) == 0 ? 400 : 9) + 1);
            } else {
                nowNanos += random.nextInt(1_000);
            }
            gateway.advanceTo(nowNanos);
            if (what % 100 == 0) {
                int size = random.nextInt(POOL.size() + 1);
                gateway.resize(POOL.subList(0, size), size);
            } else if (what % 100 == 1) {
                changeOwn(OWN.get(random.nextInt(OWN.size())));
            } else if (what % 100 == 2) {
                gateway.table().delete(anyFlow());
            } else {
                day += random.nextInt(300) == 0 ? 1 : 0;
                Kind kind = random.nextInt(3) == 0 ? OTHER_KINDS.get(random.nextInt(3)) : Kind.SYN;
                Side side = random.nextInt(4) == 0 ? Side.RESPONDER : Side.INITIATOR;
                gateway.offer(new FlowEvent(nowNanos, kind, side, anyFlow()));
            }
        }

        private void changeOwn(IpAddress instance) {
            int first = 2_000 + random.nextInt(4);
            gateway.own(instance, PortSet.of(new PortRange(first, first + random.nextInt(6))));
        }

        private FiveTuple anyFlow() {
            int who = random.nextInt(40);
            IpAddress source = who == 0
                    ? STRANGER
                    : who < 20 ? OWN.get(random.nextInt(OWN.size())) : POOL.get(random.nextInt(POOL.size()));
            String network = random.nextInt(20) == 0 ? "192.168.7." : "203.0.113.";
            IpAddress target = IpAddress.parse(network + (1 + random.nextInt(3)));
            return new FiveTuple(
                    random.nextInt(3) == 0 ? Protocol.UDP : Protocol.TCP,
                    new Endpoint(source, 40_000 + random.nextInt(20)),
                    new Endpoint(target, 100 + day + random.nextInt(2)));
        }
    }

    private void own(int ports) {
        gateway.own(VM, PortSet.of(new PortRange(1_024, 1_023 + ports)));
    }

    private void offer(long timeNanos, Kind kind, int sourcePort, Destination to) {
        gateway.offer(new FlowEvent(timeNanos, kind, Side.INITIATOR, flow(sourcePort, to)));
    }

    private void close(long timeNanos, int sourcePort) {
        gateway.offer(new FlowEvent(timeNanos, Kind.FIN, Side.INITIATOR, flow(sourcePort, WEB)));
        gateway.offer(new FlowEvent(timeNanos, Kind.FIN, Side.RESPONDER, flow(sourcePort, WEB)));
    }

    private static FiveTuple flow(int sourcePort, Destination to) {
        return new FiveTuple(to.protocol(), new Endpoint(VM, sourcePort), to.endpoint());
    }

    private static long seconds(long seconds) {
        return Nanos.ofSeconds(seconds);
    }
}
