package io.github.snatsim.azure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.time.Nanos;
import java.util.ArrayList;
import java.util.List;

/** A deployment's gateway under traffic, and what it reports of ends. */
final class Traffic {
    /** Behind the endpoint that most tests have. */
    static final IpAddress PUBLIC = IpAddress.parse("203.0.113.10");

    static final IpAddress SECOND = IpAddress.parse("203.0.113.11");
    static final IpAddress OWN = IpAddress.parse("198.51.100.7");
    static final Destination WEB = Destination.parse("tcp 203.0.113.80:443");
    static final Destination DNS = Destination.parse("udp 203.0.113.53:53");
    static final ImmutableList<PublicEndpoint> TWO_ENDPOINTS =
            ImmutableList.of(new PublicEndpoint("web", PUBLIC), new PublicEndpoint("api", SECOND));

    record Ended(long timeNanos, FiveTuple flow, FlowEnd end) {}

    final DeploymentGateway gateway;
    final List<Ended> ends = new ArrayList<>();
    long nowNanos;

    Traffic(DeploymentGateway gateway) {
        this.gateway = gateway;
        gateway.listen(new GatewayListener() {
            @Override
            public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
                ends.add(new Ended(timeNanos, gateway.keys().tuple(flow), end));
            }
        });
        gateway.advanceTo(0);
    }

    static Traffic of(Deployment deployment) {
        return new Traffic(new DeploymentGateway(deployment, OutboundRules.classic(), 1));
    }

    /** Virtual machines {@code vm-1}, {@code vm-2} and so on behind these of two endpoints. */
    static Deployment vms(int count, String... endpoints) {
        return role(InstanceKind.VM, count, endpoints);
    }

    /** The same of any kind. */
    static Deployment role(InstanceKind kind, int count, String... endpoints) {
        return Deployment.of(
                TWO_ENDPOINTS, ImmutableMap.of(new Role("vm", kind, ImmutableList.copyOf(endpoints)), count));
    }

    static DeploymentChange.AssignInstanceLevelIp ownIp(String instance) {
        return new DeploymentChange.AssignInstanceLevelIp(instance, OWN);
    }

    void pass(long seconds) {
        nowNanos += Nanos.ofSeconds(seconds);
        gateway.advanceTo(nowNanos);
    }

    FiveTuple flow(String instance, int sourcePort, Destination to) {
        return new FiveTuple(
                to.protocol(),
                new Endpoint(gateway.deployment().instance(instance).address(), sourcePort),
                to.endpoint());
    }

    Verdict send(Kind kind, Side side, FiveTuple flow) {
        return gateway.offer(new FlowEvent(nowNanos, kind, side, flow));
    }

    Verdict first(FiveTuple flow) {
        return send(flow.protocol() == Protocol.UDP ? Kind.PACKET : Kind.SYN, Side.INITIATOR, flow);
    }

    Outcome open(String instance, int sourcePort, Destination to) {
        return first(flow(instance, sourcePort, to)).outcome();
    }

    /** Opens flows from source port 1,024 on until one is refused; returns how many opened. */
    int openUntilRefused(String instance, Destination to) {
        int opened = 0;
        while (opened < 65_000) {
            Outcome outcome = open(instance, 1_024 + opened, to);
            if (outcome == Outcome.NO_FREE_PORT) {
                return opened;
            } else if (outcome != Outcome.OPENED) {
                throw new AssertionError(outcome);
            }
            opened++;
        }
        return opened;
    }

    void openMany(String instance, int count, Destination to) {
        for (int i = 0; i < count; i++) {
            if (open(instance, 1_024 + i, to) != Outcome.OPENED) {
                throw new AssertionError("flow " + i + " of " + instance + " did not open");
            }
        }
    }

    long live(String instance) {
        IpAddress address = gateway.deployment().instance(instance).address();
        return gateway.table().flows().stream()
                .filter(flow -> flow.tuple().source().address().equals(address))
                .count();
    }
}
