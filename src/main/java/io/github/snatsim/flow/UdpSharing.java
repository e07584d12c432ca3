package io.github.snatsim.flow;

/** Which UDP flows of an instance may share a port (rule T7). Immutable; threads may share it. */
public enum UdpSharing {
    /** Flows to different destinations, as for TCP: the default. */
    PER_DESTINATION,
    /** Flows to different destination addresses; two ports of one address need two SNAT ports. */
    PER_ADDRESS,
    /** None: every flow has a port of its own. */
    NONE
}
