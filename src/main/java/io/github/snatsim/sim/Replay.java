package io.github.snatsim.sim;

import io.github.snatsim.gateway.SnatGateway;
import io.github.snatsim.metrics.Metrics;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replays recorded events behind SNAT: every initiating address becomes an instance when it is first seen. Not for use by
 * several threads at once.
 */
public final class Replay {
    private final ReplaySettings settings;
    private final SnatGateway gateway;
    private final Metrics metrics;
    private final FlowsElsewhere elsewhere;
    private final Set<IpAddress> instances = new LinkedHashSet<>();
    private final PortSet ownPorts;
    private @Nullable Simulation simulation;
    private long startNanos;

    private Replay(ReplaySettings settings) {
        this.settings = settings;
        gateway = new SnatGateway(settings.profile());
        metrics = new Metrics(gateway.keys(), settings.profile().flows().finHold());
        gateway.listen(metrics);
        elsewhere = new FlowsElsewhere(settings.profile());
        ownPorts = PortSet.of(settings.profile().allocation().range()).lowest(settings.portsPerInstance());
    }

    /**
     * Replays events to their end and stops the clock there: what is still live then is reported as in use.
     *
     * @param events recorded events, in order of time; read one by one, none is kept
     * @param settings behind what
     * @return what happened
     * @throws IllegalArgumentException if the events run backwards in time, or more addresses initiate than the pool has
     *     instances
     */
    public static ReplayResult run(Iterator<FlowEvent> events, ReplaySettings settings) {
        Replay replay = new Replay(settings);
        while (events.hasNext()) {
            replay.offer(events.next());
        }
        return replay.result();
    }

    private void offer(FlowEvent event) {
        IpAddress source = event.flow().source().address();
        if (!isInstance(source)) {
            elsewhere.offer(event);
            return;
        }
        if (simulation == null) {
            simulation = new Simulation(gateway, event.timeNanos());
            startNanos = event.timeNanos();
        }
        if (mayOpen(event) && instances.add(source)) {
            join(source);
        }
        simulation.offer(event);
    }

    private static boolean mayOpen(FlowEvent event) {
        return event.side() == Side.INITIATOR
                && (event.kind() == FlowEvent.Kind.SYN || event.flow().protocol() == Protocol.UDP);
    }

    private boolean isInstance(IpAddress address) {
        if (settings.instances().isEmpty()) {
            return true;
        }
        for (IpPrefix block : settings.instances()) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private void join(IpAddress instance) {
        if (settings.poolSize().isEmpty()) {
            gateway.own(instance, ownPorts);
            return;
        }
        int poolSize = settings.poolSize().getAsInt();
        if (instances.size() > poolSize) {
            throw new IllegalArgumentException("more than " + poolSize + " addresses initiate flows, " + instance
                    + " is number " + instances.size() + ": a pool of " + poolSize
                    + " cannot hold them; raise --pool-size or name the instances with --private");
        }
        gateway.resize(instances, poolSize);
    }

    private ReplayResult result() {
        long endNanos = simulation == null ? 0 : simulation.nowNanos();
        return new ReplayResult(
                metrics.result(endNanos),
                settings.portsPerInstance(),
                instances.size(),
                simulation == null ? 0 : simulation.events(),
                elsewhere.opened(),
                startNanos,
                endNanos);
    }
}
