package io.github.snatsim.azure;

import com.google.common.primitives.ImmutableIntArray;
import io.github.snatsim.flow.Admission;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.SnatPort;
import io.github.snatsim.flow.SnatPorts;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.FiveTuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Admission by outbound method: a flow takes a port of the frontend that its instance uses, or, behind an instance-level IP,
 * its own source port, as long as its host has one left for the destination (S1).
 */
final class OutboundPorts implements Admission {
    /** A TCP flow behind an instance-level IP has no entry that could idle out (S1): its deadline never comes. */
    static final long NEVER_NANOS = Long.MAX_VALUE;

    /**
     * Where the flows of an instance go.
     *
     * @param frontends the numbers of the frontends that it can use
     * @param draws whether each flow draws one; else there is one only
     * @param direct whether that one is the instance's own public IP
     */
    record Route(ImmutableIntArray frontends, boolean draws, boolean direct) {
        static Route direct(int frontend) {
            return new Route(ImmutableIntArray.of(frontend), false, true);
        }
    }

    private final FlowKeys keys;
    private final OutboundRules rules;
    private final long seed;

    /** By the frontend's number: the shared address, then the endpoints. */
    private final List<SnatPorts> pools = new ArrayList<>();

    /** By source number; absent for what is no instance. */
    private @Nullable Route[] routes = new Route[16];

    /** Flows behind instance-level IPs, by source, protocol and destination. */
    private final Map<Long, Integer> directFlows = new HashMap<>();

    OutboundPorts(FlowKeys keys, OutboundRules rules, long seed) {
        this.keys = keys;
        this.rules = rules;
        this.seed = seed;
    }

    /** Adds the next frontend. */
    SnatPorts addPool() {
        SnatProfile profile = rules.profile();
        SnatPorts pool = SnatPorts.ofFrontend(
                pools.size(), keys, profile.portChoice().get(), profile.udpSharing(), profile.idle());
        pools.add(pool);
        return pool;
    }

    void route(int source, @Nullable Route route) {
        if (source >= routes.length) {
            routes = Arrays.copyOf(routes, Math.max(source + 1, routes.length * 2));
        }
        routes[source] = route;
    }

    @Nullable
    Route route(int source) {
        return source < routes.length ? routes[source] : null;
    }

    private boolean isDirect(long flow) {
        Route route = route(FlowKeys.source(flow));
        return route != null && route.direct();
    }

    @Override
    public int take(long flow) {
        Route route = route(FlowKeys.source(flow));
        if (route == null) {
            return Admission.refusal(Outcome.UNKNOWN_INSTANCE);
        }
        if (route.direct()) {
            return takeHostPort(flow, route.frontends().get(0));
        }
        int frontend = route.draws()
                ? drawn(route, keys.tuple(flow))
                : route.frontends().get(0);
        return pools.get(frontend).take(flow);
    }

    private int takeHostPort(long flow, int frontend) {
        long pair = FlowKeys.pair(flow);
        int flows = directFlows.getOrDefault(pair, 0);
        if (flows == rules.hostPortsMax()) {
            return Admission.refusal(Outcome.NO_FREE_PORT, frontend);
        }
        directFlows.put(pair, flows + 1);
        return SnatPort.of(frontend, keys.tuple(flow).source().port());
    }

    /** The frontend that a flow of an instance would use or uses. */
    int frontendOf(Route route, FiveTuple flow) {
        return route.draws() ? drawn(route, flow) : route.frontends().get(0);
    }

    private int drawn(Route route, FiveTuple flow) {
        int draw =
                (int) Long.remainderUnsigned(flow.hash(seed), route.frontends().length());
        return route.frontends().get(draw);
    }

    @Override
    public void giveBack(long flow, int port) {
        int frontend = SnatPort.frontend(port);
        if (frontend < pools.size()) {
            pools.get(frontend).giveBack(flow, port);
        } else {
            directFlows.computeIfPresent(FlowKeys.pair(flow), (pair, flows) -> flows == 1 ? null : flows - 1);
        }
    }

    @Override
    public long idleNanos(long flow, boolean answered) {
        return isDirect(flow) && !FlowKeys.isUdp(flow)
                ? NEVER_NANOS
                : pools.get(0).idleNanos(flow, answered);
    }

    @Override
    public boolean waitsInHold(long flow) {
        return !isDirect(flow);
    }
}
