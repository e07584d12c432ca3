package io.github.snatsim.net;

/** Who of a flow's two ends sent a packet. Immutable; threads may share it. */
public enum Side {
    /** The end that opened the flow: the source of its 5-tuple. */
    INITIATOR,
    /** The other end: the destination of the 5-tuple. */
    RESPONDER
}
