package io.github.snatsim.flow;

import io.github.snatsim.flow.EventLog.Heard;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What a {@link FlowTable} over {@link SnatPorts} must do, written from the rules and not from the code: plain lists and
 * maps, linear scans, every deadline worked out anew from what the flow has seen. Slow, and meant to be obvious.
 */
final class NaiveSnat {
    enum Choice {
        SHARE_LOWEST,
        LOWEST_FREE,
        NEXT_IN_TURN,
        RANDOM
    }

    /**
     * One way to read the rules. Times in nanoseconds.
     *
     * @param finHold R1
     * @param rstHold R2
     * @param eitherFin R1: either side's FIN begins the hold
     * @param synRevives T5
     * @param tcpIdle R3
     * @param halfOpenIdle R8
     * @param udpIdle R4
     * @param sharing T7
     * @param choice T3
     * @param seed what {@link Choice#RANDOM} draws from
     */
    record Reading(
            long finHold,
            long rstHold,
            boolean eitherFin,
            boolean synRevives,
            long tcpIdle,
            long halfOpenIdle,
            long udpIdle,
            UdpSharing sharing,
            Choice choice,
            long seed) {}

    private record Hold(FlowState state, long since, long deadline) {}

    /** P3: the ports of an instance, TCP and UDP apart. */
    private record Pool(Protocol protocol, IpAddress instance) {
        private static Pool of(FiveTuple tuple) {
            return new Pool(tuple.protocol(), tuple.source().address());
        }
    }

    private final class NaiveFlow {
        private final FiveTuple tuple;
        private final int port;
        private long lastPacket;
        private boolean answered;
        private boolean initiatorFin;
        private boolean responderFin;

        /** Every hold that applied, in the order in which they did (R1, R2). */
        private final List<Hold> holds = new ArrayList<>();

        private NaiveFlow(FiveTuple tuple, int port, long now) {
            this.tuple = tuple;
            this.port = port;
            this.lastPacket = now;
        }

        private long idle() {
            if (tuple.protocol() == Protocol.UDP) {
                return reading.udpIdle; // R4
            }
            return answered ? reading.tcpIdle : reading.halfOpenIdle; // R3, R8
        }

        /** R7 and R5: in a hold the earliest deadline of those that apply, else last packet + idle. */
        private long deadline() {
            return holds.isEmpty()
                    ? lastPacket + idle()
                    : holds.stream().mapToLong(Hold::deadline).min().getAsLong();
        }

        private FlowState state() {
            return holds.stream()
                    .min(Comparator.comparingLong(Hold::deadline))
                    .map(Hold::state)
                    .orElse(FlowState.OPEN);
        }

        /** When the hold that counts began, or the silence. */
        private long since() {
            return holds.stream()
                    .min(Comparator.comparingLong(Hold::deadline))
                    .map(Hold::since)
                    .orElse(lastPacket);
        }

        private boolean finsCount() {
            return reading.eitherFin ? initiatorFin || responderFin : initiatorFin && responderFin; // R1
        }
    }

    private final Reading reading;
    private final Map<IpAddress, NavigableSet<Integer>> owned = new HashMap<>();
    private final Map<Pool, Integer> lastTaken = new HashMap<>();
    private final RandomGenerator generator;
    private long now = Long.MIN_VALUE;

    /** Live flows in the order in which they opened. */
    private final List<NaiveFlow> flows = new ArrayList<>();

    final List<Heard> heard = new ArrayList<>();

    /** Attempts so far; each is heard of as opened or refused. */
    int attempts;

    NaiveSnat(Reading reading) {
        this.reading = reading;
        generator = RandomGeneratorFactory.of("L64X128MixRandom").create(reading.seed);
    }

    Verdict offer(long time, Kind kind, Side side, FiveTuple tuple) {
        advanceTo(time); // R6: releases first
        NaiveFlow flow = find(tuple);
        boolean tcp = tuple.protocol() == Protocol.TCP;
        boolean initiator = side == Side.INITIATOR;
        if (flow == null) {
            if (initiator && (!tcp || kind == Kind.SYN)) {
                return attempt(tuple);
            }
            heard.add(Heard.dropped(now)); // T9
            return new Verdict.Dropped();
        }
        if (tcp && initiator && kind == Kind.SYN && flow.state() != FlowState.OPEN && reading.synRevives) { // T5
            remove(flow, FlowEnd.REVIVED);
            attempts++;
            return open(tuple, flow.port);
        }
        FlowState before = flow.state();
        flow.lastPacket = time; // R3; it counts for nothing in a hold (R5)
        flow.answered |= !initiator;
        if (tcp && kind == Kind.RST) { // R2
            flow.holds.add(new Hold(FlowState.RST_HOLD, time, time + reading.rstHold));
        }
        if (tcp && kind == Kind.FIN) { // R1
            boolean counted = flow.finsCount();
            flow.initiatorFin |= initiator;
            flow.responderFin |= !initiator;
            if (!counted && flow.finsCount()) {
                flow.holds.add(new Hold(FlowState.FIN_HOLD, time, time + reading.finHold));
            }
        }
        if (flow.state() != before) {
            heard.add(Heard.changed(now, tuple, flow.port, before, flow.state()));
        }
        advanceTo(time); // a hold of zero has passed
        return new Verdict.Translated(flow.port);
    }

    private Verdict attempt(FiveTuple tuple) {
        attempts++;
        IpAddress instance = tuple.source().address();
        if (!owned.containsKey(instance)) {
            return refuse(tuple, Outcome.UNKNOWN_INSTANCE);
        }
        if (owned.get(instance).isEmpty()) {
            return refuse(tuple, Outcome.NO_PORTS);
        }
        NavigableSet<Integer> free = new TreeSet<>(owned.get(instance));
        NavigableSet<Integer> used = new TreeSet<>();
        Pool pool = Pool.of(tuple);
        for (NaiveFlow flow : flows) {
            if (Pool.of(flow.tuple).equals(pool)) {
                used.add(flow.port);
                if (!mayShare(flow.tuple, tuple)) {
                    free.remove(flow.port);
                }
            }
        }
        if (free.isEmpty()) {
            return refuse(tuple, Outcome.NO_FREE_PORT); // T4
        }
        int port = choose(free, used, lastTaken.getOrDefault(pool, -1));
        lastTaken.put(pool, port);
        return open(tuple, port);
    }

    /** T2, T3, T7: whether two flows of one instance and protocol can have the same port. */
    private boolean mayShare(FiveTuple one, FiveTuple other) {
        UdpSharing sharing = one.protocol() == Protocol.UDP ? reading.sharing : UdpSharing.PER_DESTINATION;
        return switch (sharing) {
            case PER_DESTINATION -> !one.destination().equals(other.destination());
            case PER_ADDRESS ->
                !one.destination().address().equals(other.destination().address());
            case NONE -> false;
        };
    }

    /** T3. */
    private int choose(NavigableSet<Integer> free, Set<Integer> used, int last) {
        NavigableSet<Integer> shareable = new TreeSet<>(free);
        shareable.retainAll(used);
        Integer next = free.higher(last);
        return switch (reading.choice) {
            case SHARE_LOWEST -> shareable.isEmpty() ? free.first() : shareable.first();
            case LOWEST_FREE -> free.first();
            case NEXT_IN_TURN -> next == null ? free.first() : next;
            case RANDOM -> List.copyOf(free).get(generator.nextInt(free.size()));
        };
    }

    private Verdict open(FiveTuple tuple, int port) {
        flows.add(new NaiveFlow(tuple, port, now));
        heard.add(Heard.opened(now, tuple, port));
        return new Verdict.Opened(port);
    }

    private Verdict refuse(FiveTuple tuple, Outcome reason) {
        heard.add(Heard.refused(now, tuple, reason));
        return new Verdict.Refused(reason, tuple.to());
    }

    private NaiveFlow find(FiveTuple tuple) {
        for (NaiveFlow flow : flows) {
            if (flow.tuple.equals(tuple)) {
                return flow;
            }
        }
        return null;
    }

    private void remove(NaiveFlow flow, FlowEnd end) {
        flows.remove(flow);
        heard.add(Heard.ended(now, flow.tuple, flow.port, flow.state(), end));
    }

    /** R6: one release after the other, the earliest deadline first, of equal ones the flow that opened first. */
    void advanceTo(long time) {
        NaiveFlow due = earliest();
        while (due != null && due.deadline() <= time) {
            now = due.deadline();
            remove(
                    due,
                    switch (due.state()) {
                        case OPEN -> FlowEnd.IDLE;
                        case FIN_HOLD -> FlowEnd.FIN;
                        case RST_HOLD -> FlowEnd.RST;
                    });
            due = earliest();
        }
        now = time;
    }

    private NaiveFlow earliest() {
        NaiveFlow earliest = null;
        for (NaiveFlow flow : flows) {
            if (earliest == null || flow.deadline() < earliest.deadline()) {
                earliest = flow;
            }
        }
        return earliest;
    }

    /** R9. */
    boolean delete(FiveTuple tuple) {
        NaiveFlow flow = find(tuple);
        if (flow != null) {
            remove(flow, FlowEnd.DELETED);
        }
        return flow != null;
    }

    /** P5, P6: an instance owns these ports from now on; flows on others end in opening order. */
    void assign(IpAddress instance, PortSet ports, FlowEnd end) {
        NavigableSet<Integer> numbers = new TreeSet<>();
        ports.ranges().forEach(range -> {
            for (int port = range.first(); port <= range.last(); port++) {
                numbers.add(port);
            }
        });
        owned.put(instance, numbers);
        endFlowsOutside(instance, numbers, end);
    }

    /** P6. */
    void removeInstance(IpAddress instance) {
        endFlowsOutside(instance, new TreeSet<>(), FlowEnd.INSTANCE_REMOVED);
        owned.remove(instance);
        for (Protocol protocol : Protocol.values()) {
            lastTaken.remove(new Pool(protocol, instance));
        }
    }

    private void endFlowsOutside(IpAddress instance, Set<Integer> kept, FlowEnd end) {
        for (NaiveFlow flow : List.copyOf(flows)) {
            if (flow.tuple.source().address().equals(instance) && !kept.contains(flow.port)) {
                remove(flow, end);
            }
        }
    }

    List<Flow> flows() {
        return flows.stream()
                .map(flow -> new Flow(flow.tuple, 0, flow.port, flow.state(), flow.since(), flow.deadline()))
                .toList();
    }

    /** Why a port is held: by these flows. */
    List<Flow> flowsOn(int port) {
        return flows().stream().filter(flow -> flow.port() == port).toList();
    }

    int portsOwned(IpAddress instance) {
        return owned.getOrDefault(instance, new TreeSet<>()).size();
    }

    /** T6. */
    int portsUsed(IpAddress instance, Protocol protocol) {
        return (int) flows.stream()
                .filter(flow -> flow.tuple.source().address().equals(instance) && flow.tuple.protocol() == protocol)
                .map(flow -> flow.port)
                .distinct()
                .count();
    }

    /** Ports that a new flow of the instance there could not have: those of flows it may not share one with. */
    int portsUsed(IpAddress instance, Destination destination) {
        FiveTuple probe = new FiveTuple(destination.protocol(), new Endpoint(instance, 1), destination.endpoint());
        return (int) flows.stream()
                .filter(flow -> Pool.of(flow.tuple).equals(Pool.of(probe)) && !mayShare(flow.tuple, probe))
                .map(flow -> flow.port)
                .distinct()
                .count();
    }
}
