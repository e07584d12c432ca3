package io.github.snatsim.gateway;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import java.util.OptionalLong;

/**
 * A modelled system as the loop sees it. Implementations are driven by one thread at a time, with time that never runs
 * backwards.
 */
public interface Gateway {
    /**
     * Offers an event. What is due at or before its time happens first (rule R6).
     *
     * @param event what happens
     * @return what the gateway does with it
     * @throws IllegalArgumentException if time runs backwards
     */
    Verdict offer(FlowEvent event);

    /**
     * Moves time on: everything due at or before it happens, each at its own time.
     *
     * @param timeNanos the new time
     * @throws IllegalArgumentException if time runs backwards
     */
    void advanceTo(long timeNanos);

    /**
     * Tells whether a flow is live or in a hold.
     *
     * @param flow the flow
     * @return true if a packet of it would be carried or its 5-tuple cannot be used again yet
     */
    boolean isLive(FiveTuple flow);

    /**
     * Returns when something happens next if nothing more is offered. May cost a pass over all flows.
     *
     * @return the time, empty if nothing will
     */
    OptionalLong nextDeadlineNanos();

    /**
     * Returns a time before which nothing happens if nothing more is offered: at or before the next deadline, after the
     * present. Should cost constant time; the default asks for the next deadline.
     *
     * @return the time, {@link Long#MAX_VALUE} if nothing will happen
     */
    default long quietUntilNanos() {
        return nextDeadlineNanos().orElse(Long.MAX_VALUE);
    }

    /**
     * Tells when a TCP flow opens: with its SYN, or with the packet that completes its handshake (rule N1).
     *
     * @return true for the latter; false unless overridden
     */
    default boolean opensOnHandshake() {
        return false;
    }

    /**
     * Tells whether whoever is refused is told at once, by an RST, or learns of it by silence (rules C7, N4).
     *
     * @return true for the former; false unless overridden
     */
    default boolean answersRefusals() {
        return false;
    }

    /**
     * Returns when the last thing happens if nothing more is offered. May cost a pass over all flows.
     *
     * @return the time, empty if nothing will
     */
    OptionalLong lastDeadlineNanos();

    /**
     * Tells whose a port is and what holds it, on each frontend that has such a port. May cost a pass over all flows.
     *
     * @param port a port number, 0-65,535
     * @return one entry for each frontend; empty, unless overridden, for what has no SNAT ports
     */
    default ImmutableList<PortStatus> portStatus(int port) {
        return ImmutableList.of();
    }

    /**
     * Sets the one listener, in place of the one before.
     *
     * @param listener hears every change from now on
     */
    void listen(GatewayListener listener);

    /**
     * Returns what the listener's flow keys mean.
     *
     * @return the keys of this gateway's flows
     */
    FlowKeys keys();
}
