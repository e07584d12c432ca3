package io.github.snatsim.workload;

import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.Side;
import java.util.OptionalLong;

/** What a client sees of the world: a clock to be woken by, and a way to send. Driven by one thread. */
public interface Network {
    /**
     * Returns the present virtual time.
     *
     * @return nanoseconds
     */
    long nowNanos();

    /**
     * Asks to be woken. Wake-ups of one instant come in the order in which they were asked for.
     *
     * @param timeNanos when, not before the present
     * @param wakeUp what to run then
     */
    void wakeAt(long timeNanos, Runnable wakeUp);

    /**
     * Sends a packet now.
     *
     * @param kind what it is
     * @param side which end of the flow sends it
     * @param flow the flow
     * @return what became of it
     */
    Answer send(FlowEvent.Kind kind, Side side, FiveTuple flow);

    /**
     * Returns when a TCP flow opens: with its SYN, or with the client's next packet (rule N1).
     *
     * @return how long after the SYN that packet follows, a round trip; empty if the SYN opens the flow
     */
    default OptionalLong handshakeNanos() {
        return OptionalLong.empty();
    }

    /**
     * Tells whether a client that is refused is told at once, by an RST, instead of learning of it by silence (rule C7).
     *
     * @return false unless overridden
     */
    default boolean answersRefusals() {
        return false;
    }

    /**
     * Tells whether a flow is live or in a hold, so that its source port cannot serve another one (rule C9).
     *
     * @param flow the flow
     * @return true if the gateway still holds it
     */
    boolean isLive(FiveTuple flow);
}
