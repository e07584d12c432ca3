package io.github.snatsim.aws;

import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Side;
import io.github.snatsim.time.Nanos;
import java.util.List;
import java.util.function.UnaryOperator;

/** A load balancer for a test, with short words for packets and a log of what was reported. */
final class NlbBench {
    static final String WEB = "listener/web";
    static final String OTHER = "listener/other";
    static final String TLS = "listener/tls";
    static final String DNS = "listener/dns";

    /** The targets' addresses end in 1, 2 and 3. */
    static final List<Endpoint> TARGETS =
            List.of(Endpoint.parse("10.0.0.1:80"), Endpoint.parse("10.0.0.2:80"), Endpoint.parse("10.0.0.3:80"));

    static final List<Listener> LISTENERS = List.of(
            Listener.of(WEB, ListenerProtocol.TCP, Endpoint.parse("198.51.100.1:80")),
            Listener.of(OTHER, ListenerProtocol.TCP, Endpoint.parse("198.51.100.1:81")),
            Listener.of(TLS, ListenerProtocol.TLS, Endpoint.parse("198.51.100.1:443")),
            Listener.of(DNS, ListenerProtocol.UDP, Endpoint.parse("198.51.100.1:53")));

    final NlbGateway gateway;
    final NlbLog log;

    private NlbBench(NetworkLoadBalancer balancer) {
        gateway = new NlbGateway(balancer);
        log = new NlbLog(gateway.keys());
        gateway.listen(log);
    }

    static NlbBench withPlaces(int flowsMax) {
        return with(flowsMax, balancer -> balancer);
    }

    static NlbBench with(int flowsMax, UnaryOperator<NetworkLoadBalancer> readings) {
        return new NlbBench(readings.apply(balancer(flowsMax)));
    }

    static NetworkLoadBalancer balancer(int flowsMax) {
        return NetworkLoadBalancer.of(LISTENERS, TARGETS, flowsMax);
    }

    static FiveTuple web(int sourcePort) {
        return FiveTuple.parse("tcp 203.0.113.9:" + sourcePort + " -> 198.51.100.1:80");
    }

    static FiveTuple tls(int sourcePort) {
        return FiveTuple.parse("tcp 203.0.113.9:" + sourcePort + " -> 198.51.100.1:443");
    }

    static FiveTuple dns(int sourcePort) {
        return FiveTuple.parse("udp 203.0.113.9:" + sourcePort + " -> 198.51.100.1:53");
    }

    static long seconds(long seconds) {
        return Nanos.ofSeconds(seconds);
    }

    Verdict client(long second, Kind kind, FiveTuple flow) {
        return gateway.offer(new FlowEvent(seconds(second), kind, Side.INITIATOR, flow));
    }

    Verdict target(long second, Kind kind, FiveTuple flow) {
        return gateway.offer(new FlowEvent(seconds(second), kind, Side.RESPONDER, flow));
    }

    Outcome clientSends(long second, Kind kind, FiveTuple flow) {
        return client(second, kind, flow).outcome();
    }

    Outcome targetSends(long second, Kind kind, FiveTuple flow) {
        return target(second, kind, flow).outcome();
    }

    /** SYN, SYN-ACK and ACK at one instant; returns what became of the ACK. */
    Outcome handshake(long second, FiveTuple flow) {
        clientSends(second, Kind.SYN, flow);
        targetSends(second, Kind.PACKET, flow);
        return clientSends(second, Kind.PACKET, flow);
    }

    /** When a tracked flow is released if nothing more is sent, in seconds. */
    long releaseSeconds(FiveTuple flow) {
        return gateway.table().flow(flow).orElseThrow().deadlineNanos() / Nanos.PER_SECOND;
    }

    boolean isTracked(FiveTuple flow) {
        return gateway.table().isLive(flow);
    }
}
