package io.github.snatsim.flow;

/** Why a live flow still has its port. Immutable; threads may share it. */
public enum FlowState {
    /** Not closed: only idle ends it (R3, R4). */
    OPEN,
    /** Both sides, or either as the rules say, sent a FIN: the port waits for the FIN hold (R1). */
    FIN_HOLD,
    /** A side sent an RST: the port waits for the RST hold (R2). */
    RST_HOLD
}
