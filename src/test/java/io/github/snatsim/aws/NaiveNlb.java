package io.github.snatsim.aws;

import io.github.snatsim.aws.NlbLog.Heard;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.time.Nanos;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an {@link NlbGateway} must do, written from rules N1-N4 and not from the code: one map, linear scans, every deadline
 * worked out anew from what the flow has seen. Slow, and meant to be obvious. Where a flow goes is not predicted.
 */
final class NaiveNlb {
    static final class NaiveFlow {
        final FiveTuple tuple;
        private boolean established;
        private long order;
        private long idle;
        private long lastPacket;
        private boolean clientSent;
        private boolean targetSent;
        private boolean clientFin;
        private boolean targetFin;

        private NaiveFlow(FiveTuple tuple, long now, long idle, boolean established, long order) {
            this.tuple = tuple;
            this.lastPacket = now;
            this.idle = idle;
            this.established = established;
            this.order = order;
        }

        boolean established() {
            return established;
        }

        long deadline() {
            return lastPacket + idle;
        }
    }

    private final NetworkLoadBalancer readings;
    private final Map<Destination, ListenerProtocol> protocols = new HashMap<>();

    /** What new flows to a listener get. */
    private final Map<Destination, Long> idleSeconds = new HashMap<>();

    private final Map<FiveTuple, NaiveFlow> flows = new HashMap<>();
    private long opened;
    private long now;

    final List<Heard> heard = new ArrayList<>();

    NaiveNlb(NetworkLoadBalancer readings) {
        this.readings = readings;
        for (Listener listener : readings.listeners()) {
            protocols.put(listener.destination(), listener.protocol());
            idleSeconds.put(listener.destination(), listener.idle().toSeconds());
        }
    }

    Outcome offer(long time, Kind kind, Side side, FiveTuple tuple) {
        advanceTo(time);
        boolean client = side == Side.INITIATOR;
        NaiveFlow flow = flows.get(tuple);
        if (tuple.protocol() == Protocol.UDP) {
            return offerDatagram(client, flow, tuple);
        }
        if (flow == null) {
            if (!protocols.containsKey(tuple.to()) || kind == Kind.RST) {
                say("dropped", null);
                return Outcome.DROPPED;
            }
            if (client && kind == Kind.SYN) { // N1: half-open, not tracked
                long idle = readings.halfOpenIdle().toNanos();
                flows.put(tuple, new NaiveFlow(tuple, now, idle, false, 0));
                say("half-open", null);
                return Outcome.TRANSLATED;
            }
            say("reset to " + side, null); // N2
            return Outcome.RESET;
        }
        flow.lastPacket = now;
        if (kind == Kind.RST) {
            end(flow, FlowEnd.RST);
            return Outcome.TRANSLATED;
        }
        flow.clientSent |= client && kind != Kind.SYN;
        flow.targetSent |= !client;
        flow.clientFin |= client && kind == Kind.FIN;
        flow.targetFin |= !client && kind == Kind.FIN;
        Outcome outcome = Outcome.TRANSLATED;
        if (!flow.established && isComplete(flow)) {
            flows.remove(tuple);
            say("half-open", null);
            outcome = open(flow);
        }
        if (flow.established && flow.clientFin && flow.targetFin) {
            end(flow, FlowEnd.FIN);
        }
        return outcome;
    }

    private boolean isComplete(NaiveFlow flow) {
        return readings.targetPackets() == TargetPackets.NOT_SEEN
                ? flow.clientSent || flow.targetSent
                : flow.clientSent && flow.targetSent;
    }

    /** N4, and N3: the idle time is that of now. */
    private Outcome open(NaiveFlow flow) {
        if (tracked().size() == readings.flowsMax()) {
            say("refused TABLE_FULL", flow.tuple);
            if (readings.fullTable() == FullTable.RST && flow.tuple.protocol() == Protocol.TCP) {
                say("reset to INITIATOR", null);
            }
            return Outcome.TABLE_FULL;
        }
        flow.established = true;
        flow.order = opened++;
        flow.idle = Nanos.ofSeconds(idleSeconds.get(flow.tuple.to()));
        flows.put(flow.tuple, flow);
        say("opened", flow.tuple);
        return Outcome.OPENED;
    }

    private Outcome offerDatagram(boolean client, NaiveFlow flow, FiveTuple tuple) {
        if (flow != null) {
            flow.lastPacket = now;
            return Outcome.TRANSLATED;
        }
        if (!protocols.containsKey(tuple.to())) {
            say("dropped", null);
            return Outcome.DROPPED;
        }
        if (!client) {
            say("dropped", null);
            say("late datagram", null);
            return Outcome.DROPPED;
        }
        return open(new NaiveFlow(tuple, now, 0, false, 0));
    }

    private void end(NaiveFlow flow, FlowEnd end) {
        flows.remove(flow.tuple);
        say(flow.established ? "ended " + end : "half-open", flow.established ? flow.tuple : null);
    }

    private void say(String what, FiveTuple flow) {
        heard.add(new Heard(now, what, flow, halfOpen()));
    }

    /** Releases in order of deadline; at one instant flows before handshakes, flows in opening order. */
    void advanceTo(long time) {
        NaiveFlow due = earliest();
        while (due != null && due.deadline() <= time) {
            now = due.deadline();
            end(due, FlowEnd.IDLE);
            due = earliest();
        }
        now = time;
    }

    private NaiveFlow earliest() {
        NaiveFlow earliest = null;
        for (NaiveFlow flow : flows.values()) {
            if (earliest == null || isBefore(flow, earliest)) {
                earliest = flow;
            }
        }
        return earliest;
    }

    private static boolean isBefore(NaiveFlow one, NaiveFlow other) {
        if (one.deadline() != other.deadline()) {
            return one.deadline() < other.deadline();
        }
        return one.established != other.established ? one.established : one.order < other.order;
    }

    /** N3: whether the API takes the value; if it does, flows that open from now on have it. */
    boolean modify(Destination listener, String value) {
        if (protocols.get(listener) != ListenerProtocol.TCP) {
            return false;
        }
        for (long seconds = 60; seconds <= 6_000; seconds++) {
            if (value.equals(String.valueOf(seconds))) {
                idleSeconds.put(listener, seconds);
                return true;
            }
        }
        return false;
    }

    long idleSeconds(Destination listener) {
        return idleSeconds.get(listener);
    }

    NaiveFlow find(FiveTuple tuple) {
        return flows.get(tuple);
    }

    List<NaiveFlow> all() {
        return List.copyOf(flows.values());
    }

    List<NaiveFlow> tracked() {
        return flows.values().stream().filter(NaiveFlow::established).toList();
    }

    int halfOpen() {
        return flows.size() - tracked().size();
    }
}
