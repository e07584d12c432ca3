package io.github.snatsim.flow;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.flow.EventLog.Heard;
import io.github.snatsim.flow.NaiveSnat.Choice;
import io.github.snatsim.flow.NaiveSnat.Reading;
import io.github.snatsim.flow.SnatPorts.IdleRules;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** A {@link FlowTable} and a {@link NaiveSnat} to which the same things happen, drawn at random. */
final class TwinWorld {
    /**
     * How large a world is.
     *
     * @param instances how many own ports
     * @param ports how many ports each owns at most
     * @param sourcePorts how many source ports each uses
     * @param destinations where flows go, at one time
     * @param passing whether destinations come and go
     * @param busy whether much happens between two releases, so that flows grow many
     * @param pinned whether half of the events take the primitive entry, which pins destinations
     */
    record Size(
            int instances,
            int ports,
            int sourcePorts,
            int destinations,
            boolean passing,
            boolean busy,
            boolean pinned) {}

    /** Ports of different instances never meet: each has its range of so many, across a border of 64. */
    private static final int PORTS_APART = 2_048;

    private static final int FIRST_PORT = 1_020;
    private static final IpAddress STRANGER = IpAddress.parse("10.9.9.9");

    private final Random random;
    private final Reading reading;
    private final Size size;
    private final List<IpAddress> instances = new ArrayList<>();
    private final Bench bench;
    private final NaiveSnat naive;
    private long nowNanos;
    private int steps;
    private int opened;
    private int refused;

    TwinWorld(Reading reading, Size size, Random random) {
        this.random = random;
        this.reading = reading;
        this.size = size;
        FlowRules rules = new FlowRules(
                Duration.ofNanos(reading.finHold()),
                Duration.ofNanos(reading.rstHold()),
                reading.eitherFin() ? FinTrigger.EITHER_SIDE : FinTrigger.BOTH_SIDES,
                reading.synRevives() ? HoldSyn.REVIVES : HoldSyn.IS_A_PACKET);
        IdleRules idle = new IdleRules(
                Duration.ofNanos(reading.tcpIdle()),
                Duration.ofNanos(reading.halfOpenIdle()),
                Duration.ofNanos(reading.udpIdle()));
        bench = Bench.with(rules, idle, choice(reading), reading.sharing());
        naive = new NaiveSnat(reading);
        nowNanos = random.nextInt(3) == 0 ? -random.nextInt(1_000_000) : random.nextInt(1_000_000);
        for (int i = 0; i < size.instances; i++) {
            instances.add(IpAddress.ofIpv4(0x0a000004 + i));
            assign(i, PortSet.of(new PortRange(firstPort(i), firstPort(i) + size.ports - 1)));
        }
    }

    private static PortChoice choice(Reading reading) {
        return switch (reading.choice()) {
            case SHARE_LOWEST -> PortChoice.shareLowest();
            case LOWEST_FREE -> PortChoice.lowestFree();
            case NEXT_IN_TURN -> PortChoice.nextInTurn();
            case RANDOM -> PortChoice.random(reading.seed());
        };
    }

    private static int firstPort(int instance) {
        return FIRST_PORT + instance * PORTS_APART;
    }

    /** One random thing happens to both, which must say the same of it. */
    void step() {
        steps++;
        int what = random.nextInt(size.busy ? 4_000 : 100);
        int i = random.nextInt(instances.size());
        if (what == 0) {
            remove(instances.get(i));
        } else if (what < 3 || (naive.portsOwned(instances.get(i)) == 0 && random.nextInt(50) == 0)) {
            assign(i, somePorts(i));
        } else if (what < 8) {
            FiveTuple tuple = tuple();
            assertThat(bench.table.delete(tuple)).isEqualTo(naive.delete(tuple));
        } else if (what < 12) {
            nowNanos = nextTime();
            bench.table.advanceTo(nowNanos);
            naive.advanceTo(nowNanos);
        } else {
            offer();
        }
    }

    private void offer() {
        nowNanos = nextTime();
        FiveTuple tuple = tuple();
        Side side = random.nextInt(10) < 6 ? Side.INITIATOR : Side.RESPONDER;
        Kind kind = kind();
        Verdict expected = naive.offer(nowNanos, kind, side, tuple);
        if (size.pinned && random.nextBoolean()) {
            long key = bench.keys.key(tuple);
            assertThat(bench.table.offer(nowNanos, kind, side, key)).isEqualTo(expected.outcome());
        } else {
            assertThat(bench.offer(nowNanos, kind, side, tuple)).isEqualTo(expected);
        }
    }

    private Kind kind() {
        int drawn = random.nextInt(100);
        return drawn < 45 ? Kind.SYN : drawn < 65 ? Kind.PACKET : drawn < 88 ? Kind.FIN : Kind.RST;
    }

    /** A live flow's tuple, or any. */
    private FiveTuple tuple() {
        List<Flow> live = random.nextInt(10) < (size.busy ? 3 : 6) ? naive.flows() : List.of();
        if (!live.isEmpty()) {
            return live.get(random.nextInt(live.size())).tuple();
        }
        IpAddress source = random.nextInt(30) == 0 ? STRANGER : instances.get(random.nextInt(instances.size()));
        return Bench.flow(
                random.nextInt(3) == 0 ? Protocol.UDP : Protocol.TCP,
                source,
                40_000 + random.nextInt(size.sourcePorts),
                destination());
    }

    /** The lower destinations are the more popular, and two neighbours have one address. */
    private Endpoint destination() {
        int drawn = size.busy && random.nextInt(3) == 0
                ? 0
                : Math.min(random.nextInt(size.destinations), random.nextInt(size.destinations));
        int number = size.passing && drawn > 0 ? drawn + steps / 20 : drawn;
        return new Endpoint(IpAddress.ofIpv4(0xcb007100 + number / 2), 443 + number % 2);
    }

    /** The same instant, a little later, just before, at or after a deadline, or much later. */
    private long nextTime() {
        int drawn = random.nextInt(100);
        if (drawn < 30) {
            return nowNanos;
        }
        if (drawn < 60) {
            return nowNanos + random.nextLong(reading.tcpIdle() / (size.busy ? 5_000 : 4) + 1);
        }
        List<Flow> live = size.busy && drawn < 95 ? List.of() : naive.flows();
        if (drawn < 98 && !live.isEmpty()) {
            long deadline = size.busy || drawn < 90
                    ? live.stream().mapToLong(Flow::deadlineNanos).min().getAsLong()
                    : live.get(random.nextInt(live.size())).deadlineNanos();
            return Math.max(nowNanos, deadline - 1 + random.nextInt(3));
        }
        return size.busy || drawn < 99 ? nowNanos : nowNanos + longestTime();
    }

    private long longestTime() {
        return Math.max(
                Math.max(reading.finHold(), reading.rstHold()),
                Math.max(reading.tcpIdle(), Math.max(reading.halfOpenIdle(), reading.udpIdle())));
    }

    /** None, the lower or upper part, or two pieces of what the instance can own. */
    private PortSet somePorts(int instance) {
        int first = firstPort(instance);
        int cut = random.nextInt(size.ports);
        PortSet lower = PortSet.of(new PortRange(first, first + cut));
        PortSet all = PortSet.of(new PortRange(first, first + size.ports - 1));
        return switch (random.nextInt(8)) {
            case 0 -> PortSet.empty();
            case 1, 2 -> lower;
            case 3 -> all.minus(lower);
            case 4 -> all.minus(PortSet.of(new PortRange(first + cut, first + cut)));
            default -> all;
        };
    }

    private void assign(int i, PortSet ports) {
        IpAddress instance = instances.get(i);
        naive.assign(instance, ports, FlowEnd.RECLAIMED);
        bench.table.endFlows(instance, 0, everything().minus(ports), FlowEnd.RECLAIMED);
        bench.ports.assign(instance, ports);
    }

    private void remove(IpAddress instance) {
        naive.removeInstance(instance);
        bench.table.endFlows(instance, 0, everything(), FlowEnd.INSTANCE_REMOVED);
        bench.ports.remove(instance);
    }

    private static PortSet everything() {
        return PortSet.of(new PortRange(1, 65_535));
    }

    /** Both tell the same story and have the same flows, on the same ports, with the same deadlines. */
    void check() {
        List<Heard> heard = bench.log.heard();
        assertThat(heard).isEqualTo(naive.heard);
        opened += count(heard, "opened");
        refused += count(heard, "refused");
        heard.clear();
        naive.heard.clear();

        List<Flow> flows = bench.table.flows();
        assertThat(flows).isEqualTo(naive.flows());
        assertThat(bench.table.size()).isEqualTo(flows.size());
        assertThat(bench.table.nextDeadlineNanos())
                .isEqualTo(flows.stream().mapToLong(Flow::deadlineNanos).min());
        for (IpAddress instance : instances) {
            assertThat(bench.ports.portsOwned(instance)).isEqualTo(naive.portsOwned(instance));
            for (Protocol protocol : Protocol.values()) {
                assertThat(bench.ports.portsUsed(instance, protocol)).isEqualTo(naive.portsUsed(instance, protocol));
                Destination popular = new Destination(protocol, Endpoint.parse("203.0.113.0:443"));
                assertThat(bench.ports.portsUsed(instance, popular)).isEqualTo(naive.portsUsed(instance, popular));
            }
        }
        checkHeldPort(flows);
        checkInvariants(flows);
    }

    /** A port that is held, or any other near by: both say the same flows, states and times. */
    private void checkHeldPort(List<Flow> flows) {
        int port = flows.isEmpty() || steps % 4 == 0
                ? firstPort(steps % instances.size()) + steps % size.ports
                : flows.get(steps % flows.size()).port();
        assertThat(bench.table.flowsOn(port)).isEqualTo(naive.flowsOn(port));
    }

    private static int count(List<Heard> heard, String kind) {
        return (int)
                heard.stream().filter(report -> report.what().startsWith(kind)).count();
    }

    /** Invariants 1-4 and 8 of the model; 6 is the comparison above. */
    private void checkInvariants(List<Flow> flows) {
        assertThat(flows.stream().map(flow -> List.of(flow.port(), flow.tuple().to())))
                .as("1: (port, destination) is unique; instances own different ports")
                .doesNotHaveDuplicates();
        Map<List<Object>, List<Flow>> byPool = flows.stream()
                .collect(groupingBy(flow ->
                        List.of(flow.tuple().source().address(), flow.tuple().protocol())));
        for (IpAddress instance : instances) {
            for (Protocol protocol : Protocol.values()) {
                List<Flow> own = byPool.getOrDefault(List.of(instance, protocol), List.of());
                int used = bench.ports.portsUsed(instance, protocol);
                assertThat(used)
                        .as("2: used <= allocated")
                        .isLessThanOrEqualTo(bench.ports.portsOwned(instance))
                        .as("3: every used port has a flow")
                        .isEqualTo((int) own.stream().map(Flow::port).distinct().count())
                        .as("4: used >= flows to one destination")
                        .isGreaterThanOrEqualTo(mostToOneDestination(own));
            }
        }
        assertThat(naive.attempts).as("8: attempts = opened + refused").isEqualTo(opened + refused);
    }

    private static int mostToOneDestination(List<Flow> flows) {
        return Stream.of(flows.stream().collect(groupingBy(flow -> flow.tuple().to())))
                .map(Map::values)
                .flatMap(Collection::stream)
                .mapToInt(List::size)
                .max()
                .orElse(0);
    }

    /** Invariant 7: after the longest time without packets everything is free. */
    void checkEnd() {
        nowNanos += longestTime();
        bench.table.advanceTo(nowNanos);
        naive.advanceTo(nowNanos);
        check();
        assertThat(bench.table.flows()).as("7: everything is free in the end").isEmpty();
        for (IpAddress instance : instances) {
            for (Protocol protocol : Protocol.values()) {
                assertThat(bench.ports.portsUsed(instance, protocol)).isZero();
            }
        }
    }

    int flows() {
        return bench.table.size();
    }

    int opened() {
        return opened;
    }

    int refused() {
        return refused;
    }

    static Reading classic() {
        return new Reading(
                Bench.seconds(240),
                Bench.seconds(15),
                false,
                true,
                Bench.seconds(240),
                Bench.seconds(240),
                Bench.seconds(240),
                UdpSharing.PER_DESTINATION,
                Choice.SHARE_LOWEST,
                0);
    }
}
