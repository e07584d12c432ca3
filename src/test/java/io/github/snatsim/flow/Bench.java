package io.github.snatsim.flow;

import io.github.snatsim.flow.SnatPorts.IdleRules;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.time.Nanos;
import java.time.Duration;

/** A table for a test: SNAT ports for some instances, short words for packets, and a log of what was reported. */
final class Bench {
    static final IpAddress VM = IpAddress.parse("10.0.0.4");
    static final IpAddress OTHER_VM = IpAddress.parse("10.0.0.5");
    static final Endpoint WEB = Endpoint.parse("203.0.113.7:443");
    static final Endpoint WEB_8443 = Endpoint.parse("203.0.113.7:8443");
    static final Endpoint API = Endpoint.parse("198.51.100.9:443");

    /** The classic idle time, R3. */
    static final IdleRules FOUR_MINUTES = IdleRules.of(Duration.ofMinutes(4));

    final FlowKeys keys = new FlowKeys();
    final EventLog log = new EventLog(keys);
    final SnatPorts ports;
    final FlowTable table;

    private Bench(FlowRules rules, IdleRules idle, PortChoice choice, UdpSharing sharing) {
        ports = new SnatPorts(keys, choice, sharing, idle);
        table = new FlowTable(keys, ports, rules, log);
    }

    static Bench classic() {
        return with(FlowRules.classic(), FOUR_MINUTES);
    }

    static Bench with(FlowRules rules, IdleRules idle) {
        return with(rules, idle, PortChoice.shareLowest(), UdpSharing.PER_DESTINATION);
    }

    static Bench with(PortChoice choice) {
        return with(FlowRules.classic(), FOUR_MINUTES, choice, UdpSharing.PER_DESTINATION);
    }

    static Bench with(UdpSharing sharing) {
        return with(FlowRules.classic(), FOUR_MINUTES, PortChoice.shareLowest(), sharing);
    }

    static Bench with(FlowRules rules, IdleRules idle, PortChoice choice, UdpSharing sharing) {
        return new Bench(rules, idle, choice, sharing);
    }

    /** Gives {@link #VM} the ports from 1,024 on. */
    Bench withPorts(int count) {
        ports.assign(VM, range(1_024, 1_023 + count));
        return this;
    }

    static PortSet range(int first, int last) {
        return PortSet.of(new PortRange(first, last));
    }

    static FiveTuple tcp(int sourcePort, Endpoint destination) {
        return flow(Protocol.TCP, VM, sourcePort, destination);
    }

    static FiveTuple udp(int sourcePort, Endpoint destination) {
        return flow(Protocol.UDP, VM, sourcePort, destination);
    }

    static FiveTuple flow(Protocol protocol, IpAddress source, int sourcePort, Endpoint destination) {
        return new FiveTuple(protocol, new Endpoint(source, sourcePort), destination);
    }

    static long seconds(long seconds) {
        return Nanos.ofSeconds(seconds);
    }

    Verdict syn(long timeNanos, FiveTuple flow) {
        return offer(timeNanos, Kind.SYN, Side.INITIATOR, flow);
    }

    Verdict packet(long timeNanos, Side side, FiveTuple flow) {
        return offer(timeNanos, Kind.PACKET, side, flow);
    }

    Verdict fin(long timeNanos, Side side, FiveTuple flow) {
        return offer(timeNanos, Kind.FIN, side, flow);
    }

    /** The FINs of both sides at one instant. */
    void finPair(long timeNanos, FiveTuple flow) {
        fin(timeNanos, Side.INITIATOR, flow);
        fin(timeNanos, Side.RESPONDER, flow);
    }

    Verdict rst(long timeNanos, Side side, FiveTuple flow) {
        return offer(timeNanos, Kind.RST, side, flow);
    }

    Verdict offer(long timeNanos, Kind kind, Side side, FiveTuple flow) {
        return table.offer(new FlowEvent(timeNanos, kind, side, flow));
    }

    /** When a live flow is released if nothing more is sent, in seconds. */
    long releaseSeconds(FiveTuple flow) {
        return table.flow(flow).orElseThrow().deadlineNanos() / Nanos.PER_SECOND;
    }

    FlowState state(FiveTuple flow) {
        return table.flow(flow).orElseThrow().state();
    }
}
