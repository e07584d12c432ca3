package io.github.snatsim.aws;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.time.Nanos;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A load balancer as its owner configures it, and the readings of what the sources leave open. Immutable; threads may share
 * it.
 *
 * @param listeners where clients connect to, at least one; names and destinations are unique
 * @param targets where flows are sent to, 1-65,536, each once
 * @param flowsMax how many flows the table holds, TCP and UDP together, at least 1: unpublished, so there is no default (N4)
 * @param halfOpenIdle how long a handshake may be silent before it is forgotten, above zero; unpublished (D)
 * @param fullTable what a client hears when the table is full (N4)
 * @param targetPackets whether the targets' packets are seen (N1)
 * @param activeFlows which flows {@code ActiveFlowCount} counts (N1)
 * @param seed what the choice of targets draws from (N1)
 */
public record NetworkLoadBalancer(
        ImmutableList<Listener> listeners,
        ImmutableList<Endpoint> targets,
        int flowsMax,
        Duration halfOpenIdle,
        FullTable fullTable,
        TargetPackets targetPackets,
        ActiveFlows activeFlows,
        long seed) {
    /** How many targets a load balancer can have here: a target's number stands where SNAT has a port. */
    public static final int TARGETS_MAX = 1 << 16;

    /** The default for {@link #halfOpenIdle}: what Linux waits for the last packet of a handshake. */
    public static final Duration HALF_OPEN_IDLE = Duration.ofSeconds(60);

    /**
     * Checks that the parts fit together.
     *
     * @param listeners where clients connect to, at least one; names and destinations are unique
     * @param targets where flows are sent to, 1-65,536, each once
     * @param flowsMax how many flows the table holds, TCP and UDP together, at least 1
     * @param halfOpenIdle how long a handshake may be silent before it is forgotten, above zero
     * @param fullTable what a client hears when the table is full
     * @param targetPackets whether the targets' packets are seen
     * @param activeFlows which flows {@code ActiveFlowCount} counts
     * @param seed what the choice of targets draws from
     * @throws IllegalArgumentException if something is missing, there twice or out of range
     * @throws ArithmeticException if the idle time is longer than 292 years
     */
    public NetworkLoadBalancer {
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("no listeners: expected at least one");
        }
        Set<String> names = new HashSet<>();
        Set<Destination> destinations = new HashSet<>();
        for (Listener listener : listeners) {
            if (!names.add(listener.arn())) {
                throw new IllegalArgumentException("two listeners are called " + listener.arn() + ": expected one");
            }
            if (!destinations.add(listener.destination())) {
                throw new IllegalArgumentException(
                        "two listeners at " + listener.destination() + ": expected one per protocol, address and port");
            }
        }
        if (targets.isEmpty() || targets.size() > TARGETS_MAX) {
            throw new IllegalArgumentException(targets.size() + " targets: expected 1 to " + TARGETS_MAX);
        }
        Set<Endpoint> known = new HashSet<>();
        for (Endpoint target : targets) {
            if (!known.add(target)) {
                throw new IllegalArgumentException("target " + target + " is there twice: expected once");
            }
        }
        if (flowsMax < 1) {
            throw new IllegalArgumentException("a flow table for " + flowsMax + " flows: expected at least 1");
        }
        if (Nanos.of(halfOpenIdle) < 1) {
            throw new IllegalArgumentException("half-open idle time " + halfOpenIdle + ": expected above zero");
        }
    }

    /**
     * Returns a load balancer with the default reading of every rule, seed 0.
     *
     * @param listeners where clients connect to
     * @param targets where flows are sent to
     * @param flowsMax how many flows the table holds, TCP and UDP together
     * @return the load balancer
     * @throws IllegalArgumentException as the constructor
     */
    public static NetworkLoadBalancer of(List<Listener> listeners, List<Endpoint> targets, int flowsMax) {
        return new NetworkLoadBalancer(
                ImmutableList.copyOf(listeners),
                ImmutableList.copyOf(targets),
                flowsMax,
                HALF_OPEN_IDLE,
                FullTable.SILENT,
                TargetPackets.SEEN,
                ActiveFlows.ESTABLISHED,
                0);
    }

    /**
     * Returns a listener's attributes, as {@code describe-listener-attributes} prints them (rule N3).
     *
     * @param listenerArn the listener
     * @return its attributes; none for UDP and TLS, which have none to modify
     * @throws ListenerNotFoundException if there is no such listener
     */
    public ImmutableList<ListenerAttribute> describe(String listenerArn) {
        return TcpIdleTimeout.attributes(listener(listenerArn));
    }

    /**
     * Returns this load balancer with other attributes of a listener: all of them or, on an error, none (rule N3).
     *
     * @param listenerArn the listener
     * @param attributes what to set, each key once, at least one
     * @return the new load balancer
     * @throws ListenerNotFoundException if there is no such listener
     * @throws InvalidConfigurationRequestException if a key is unknown or there twice, the listener is not TCP, or the value
     *     is not whole seconds from 60 to 6000 in digits alone
     */
    public NetworkLoadBalancer modified(String listenerArn, List<ListenerAttribute> attributes) {
        Listener after = TcpIdleTimeout.modified(listener(listenerArn), attributes);
        return withListeners(listeners.stream()
                .map(listener -> listener.arn().equals(listenerArn) ? after : listener)
                .collect(toImmutableList()));
    }

    private Listener listener(String arn) {
        return listeners.stream()
                .filter(listener -> listener.arn().equals(arn))
                .findAny()
                .orElseThrow(() -> new ListenerNotFoundException("no listener '" + arn + "': expected one of "
                        + listeners.stream().map(Listener::arn).toList()));
    }

    /**
     * Returns this load balancer with other listeners.
     *
     * @param listeners where clients connect to
     * @return the new load balancer
     * @throws IllegalArgumentException as the constructor
     */
    public NetworkLoadBalancer withListeners(ImmutableList<Listener> listeners) {
        return new NetworkLoadBalancer(
                listeners, targets, flowsMax, halfOpenIdle, fullTable, targetPackets, activeFlows, seed);
    }

    /**
     * Returns this load balancer with another table size.
     *
     * @param flowsMax how many flows the table holds, at least 1
     * @return the new load balancer
     * @throws IllegalArgumentException if it is less than 1
     */
    public NetworkLoadBalancer withFlowsMax(int flowsMax) {
        return new NetworkLoadBalancer(
                listeners, targets, flowsMax, halfOpenIdle, fullTable, targetPackets, activeFlows, seed);
    }

    /**
     * Returns this load balancer with another time for handshakes.
     *
     * @param halfOpenIdle how long one may be silent, above zero
     * @return the new load balancer
     * @throws IllegalArgumentException if it is not above zero
     */
    public NetworkLoadBalancer withHalfOpenIdle(Duration halfOpenIdle) {
        return new NetworkLoadBalancer(
                listeners, targets, flowsMax, halfOpenIdle, fullTable, targetPackets, activeFlows, seed);
    }

    /**
     * Returns this load balancer with another reading of N4.
     *
     * @param fullTable what a client hears when the table is full
     * @return the new load balancer
     */
    public NetworkLoadBalancer withFullTable(FullTable fullTable) {
        return new NetworkLoadBalancer(
                listeners, targets, flowsMax, halfOpenIdle, fullTable, targetPackets, activeFlows, seed);
    }

    /**
     * Returns this load balancer with another reading of when a flow is established (N1).
     *
     * @param targetPackets whether the targets' packets are seen
     * @return the new load balancer
     */
    public NetworkLoadBalancer withTargetPackets(TargetPackets targetPackets) {
        return new NetworkLoadBalancer(
                listeners, targets, flowsMax, halfOpenIdle, fullTable, targetPackets, activeFlows, seed);
    }

    /**
     * Returns this load balancer with another reading of {@code ActiveFlowCount} (N1).
     *
     * @param activeFlows which flows it counts
     * @return the new load balancer
     */
    public NetworkLoadBalancer withActiveFlows(ActiveFlows activeFlows) {
        return new NetworkLoadBalancer(
                listeners, targets, flowsMax, halfOpenIdle, fullTable, targetPackets, activeFlows, seed);
    }

    /**
     * Returns this load balancer with another seed.
     *
     * @param seed what the choice of targets draws from
     * @return the new load balancer
     */
    public NetworkLoadBalancer withSeed(long seed) {
        return new NetworkLoadBalancer(
                listeners, targets, flowsMax, halfOpenIdle, fullTable, targetPackets, activeFlows, seed);
    }
}
