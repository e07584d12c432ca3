package io.github.snatsim.flow;

/** Which FINs begin the FIN hold (rule R1). Immutable; threads may share it. */
public enum FinTrigger {
    /** The hold counts from the FIN that completes the pair: the default. */
    BOTH_SIDES,
    /** The hold counts from the first FIN of either side (the Resource Manager edition of 2018). */
    EITHER_SIDE
}
