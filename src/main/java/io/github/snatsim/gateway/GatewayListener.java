package io.github.snatsim.gateway;

import io.github.snatsim.flow.FlowListener;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.port.AllocationChange;

/** Hears what happens at a gateway: its flows and its ports. Called on the thread that drives the gateway. */
public interface GatewayListener extends FlowListener {
    /** Hears nothing. */
    GatewayListener NONE = new GatewayListener() {};

    /**
     * Instances came, went, won or lost ports. Flows that this ended have been reported before.
     *
     * @param timeNanos when
     * @param change what moved
     */
    default void allocationChanged(long timeNanos, AllocationChange change) {}

    /**
     * An instance owns other ports than before, for each protocol. A new listener hears first what instances own already.
     *
     * @param timeNanos when
     * @param source the number of the instance's address, see {@link io.github.snatsim.flow.FlowKeys#source}
     * @param ports all ports that it owns from now on, 0 once it is gone
     */
    default void portsAssigned(long timeNanos, int source, int ports) {}

    /**
     * An initiator's packet passed untranslated because its destination needs no SNAT (T8).
     *
     * @param timeNanos when
     * @param flow the flow it belongs to
     */
    default void untranslated(long timeNanos, FiveTuple flow) {}
}
