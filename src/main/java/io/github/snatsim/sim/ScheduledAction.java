package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.ListenerAttribute;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.workload.Arrivals;
import java.time.Duration;

/** Something that a scenario does at a virtual time. Immutable; threads may share it. */
public sealed interface ScheduledAction {
    /**
     * Returns when it happens.
     *
     * @return after the beginning, not negative
     */
    Duration at();

    /**
     * Another number of instances: the last ones go, new ones join behind the last and run every client (rules P5-P7). For
     * {@link SnatSetup}, {@link FirewallSetup}, and for the clients' hosts of {@link NlbSetup}.
     *
     * @param at when
     * @param instances how many there are from then on, at least 1
     */
    record Resize(Duration at, int instances) implements ScheduledAction {}

    /**
     * A deployment changes (rules P5-P8, S7). For {@link DeploymentSetup} only.
     *
     * @param at when
     * @param change what happens
     */
    record Change(Duration at, DeploymentChange change) implements ScheduledAction {}

    /**
     * An instance asks an echo resolver for its public IP with one UDP query (rule S5): a flow that takes a port, and fails
     * when its UDP ports are out. For {@link DeploymentSetup} only.
     *
     * @param at when
     * @param instance the name of the instance
     * @param resolver the resolver, a UDP destination
     */
    record AskPublicIp(Duration at, String instance, Destination resolver) implements ScheduledAction {
        /** The resolver that the sources ask (K J): resolver1.opendns.com. */
        public static final Destination OPEN_DNS = Destination.parse("udp 208.67.222.222:53");

        /**
         * Checks the protocol.
         *
         * @param at when
         * @param instance the name of the instance
         * @param resolver the resolver
         * @throws IllegalArgumentException if it is no UDP destination
         */
        public AskPublicIp {
            if (resolver.protocol() != Protocol.UDP) {
                throw new IllegalArgumentException("the echo resolver " + resolver + ": expected a UDP destination");
            }
        }
    }

    /**
     * An instance sends one packet of a protocol without ports (rule S4). For {@link DeploymentSetup} only.
     *
     * @param at when
     * @param instance the name of the instance
     * @param protocol ICMP or ESP
     * @param to where to
     */
    record Ping(Duration at, String instance, IpProtocol protocol, IpAddress to) implements ScheduledAction {
        /**
         * Checks the protocol.
         *
         * @param at when
         * @param instance the name of the instance
         * @param protocol ICMP or ESP
         * @param to where to
         * @throws IllegalArgumentException if the protocol has ports
         */
        public Ping {
            if (protocol.hasPorts()) {
                throw new IllegalArgumentException("a ping by " + protocol + ": expected icmp or esp");
            }
        }
    }

    /**
     * Attributes of a listener of a load balancer change, for flows that open from then on (rule N3). For {@link NlbSetup} only.
     *
     * @param at when
     * @param listenerArn the listener
     * @param attributes what to set
     */
    record ModifyListener(Duration at, String listenerArn, ImmutableList<ListenerAttribute> attributes)
            implements ScheduledAction {}

    /**
     * A client's arrivals end; what has begun goes on.
     *
     * @param at when
     * @param client its name
     */
    record StopClient(Duration at, String client) implements ScheduledAction {}

    /**
     * A client gets other arrivals.
     *
     * @param at when
     * @param client its name
     * @param arrivals the new ones
     */
    record ChangeArrivals(Duration at, String client, Arrivals arrivals) implements ScheduledAction {}
}
