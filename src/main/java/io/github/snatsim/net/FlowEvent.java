package io.github.snatsim.net;

/**
 * Something that a gateway sees of a flow at one instant. Immutable; threads may share it.
 *
 * @param timeNanos when, in nanoseconds on the source's time line (since the epoch for recorded traffic)
 * @param kind what
 * @param side who sent it
 * @param flow the flow, always written from its initiator to its responder
 */
public record FlowEvent(long timeNanos, Kind kind, Side side, FiveTuple flow) {
    /** What a packet means to a gateway. Immutable; threads may share it. */
    public enum Kind {
        /** A TCP SYN without ACK. On UDP it counts as a packet. */
        SYN,
        /** Any packet that is nothing else, keepalives included. */
        PACKET,
        /** A TCP FIN. On UDP it counts as a packet. */
        FIN,
        /** A TCP RST. On UDP it counts as a packet. */
        RST
    }

    /** Returns the event for people: time, kind, side and flow. */
    @Override
    public String toString() {
        return timeNanos + "ns " + kind + " from " + side + " " + flow;
    }
}
