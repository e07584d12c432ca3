package io.github.snatsim.gateway;

import io.github.snatsim.flow.FlowListener;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.AllocationChange;

/** Hears what happens at a gateway: its flows and its ports. Called on the thread that drives the gateway. */
public interface GatewayListener extends FlowListener {
    /** Hears nothing. */
    GatewayListener NONE = new GatewayListener() {};

    /**
     * Instances came, went, won or lost ports. Flows that this ended have been reported before.
     *
     * @param timeNanos when
     * @param frontend the number of the frontend whose ports moved
     * @param change what moved
     */
    default void allocationChanged(long timeNanos, int frontend, AllocationChange change) {}

    /**
     * A frontend has a public IP. A new listener hears first of those that are there; a gateway with one nameless frontend
     * says nothing.
     *
     * @param frontend the frontend's number, part of a {@link io.github.snatsim.flow.SnatPort}
     * @param publicIp what destinations see as the source
     */
    default void frontendNamed(int frontend, IpAddress publicIp) {}

    /**
     * An instance owns other ports of a frontend than before, for each protocol. A new listener hears first what instances
     * own already.
     *
     * @param timeNanos when
     * @param source the number of the instance's address, see {@link io.github.snatsim.flow.FlowKeys#source}
     * @param frontend the frontend's number
     * @param ports all ports that it owns there from now on, 0 once it is gone
     */
    default void portsAssigned(long timeNanos, int source, int frontend, int ports) {}

    /**
     * The flows of an address take the ports of another one, as behind a firewall: the ports of all its frontends, which
     * {@link #portsAssigned} gives as those of frontend 0.
     *
     * @param source the number of the address
     * @param owner the number of the address that owns the ports
     */
    default void portsShared(int source, int owner) {}

    /**
     * An initiator's packet passed untranslated because its destination needs no SNAT (T8).
     *
     * @param timeNanos when
     * @param flow the flow it belongs to
     */
    default void untranslated(long timeNanos, FiveTuple flow) {}

    /**
     * An instance tried to send what its outbound method does not carry (S4): an attempt that is refused.
     *
     * @param timeNanos when
     */
    default void notCarried(long timeNanos) {}

    /**
     * The gateway sent an RST of its own (N2, N4).
     *
     * @param timeNanos when
     * @param to which end of the flow gets it
     */
    default void reset(long timeNanos, Side to) {}

    /**
     * TCP handshakes began, were completed or given up where flows are tracked from then on only (N1). A completed one is
     * heard of here before its flow opens.
     *
     * @param timeNanos when
     * @param flows how many are under way from now on
     */
    default void halfOpenChanged(long timeNanos, int flows) {}

    /**
     * A target sent a UDP datagram on a flow that is gone (N2). It was dropped, which {@link #dropped} reports too.
     *
     * @param timeNanos when
     */
    default void lateDatagram(long timeNanos) {}
}
