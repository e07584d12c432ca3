package io.github.snatsim.flow;

/** Why a flow ended. Immutable; threads may share it. */
public enum FlowEnd {
    /** No packet for the idle time (R3, R4). */
    IDLE,
    /** The FIN hold passed (R1). */
    FIN,
    /** The RST hold passed (R2). */
    RST,
    /** Its port was reclaimed because the pool grew into a higher tier (P5). */
    RECLAIMED,
    /** Its instance left the pool (P6). */
    INSTANCE_REMOVED,
    /** Its instance got another outbound method (S7). */
    METHOD_CHANGED,
    /** A new SYN on the same 5-tuple met its hold; the new flow keeps the port (T5). */
    REVIVED,
    /** Somebody deleted it (R9). */
    DELETED
}
