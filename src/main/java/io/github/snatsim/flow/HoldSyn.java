package io.github.snatsim.flow;

/** What an initiator's SYN on a 5-tuple does while its flow is in a hold (rule T5). Immutable; threads may share it. */
public enum HoldSyn {
    /** It ends the old flow (REVIVED) and opens a new one on the same port: the default. */
    REVIVES,
    /** It is a packet of the old flow like any other in a hold. */
    IS_A_PACKET
}
