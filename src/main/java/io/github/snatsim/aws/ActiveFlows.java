package io.github.snatsim.aws;

/** Which flows {@code ActiveFlowCount} counts (rule N1). Immutable; threads may share it. */
public enum ActiveFlows {
    /** Those in the flow table. The default. */
    ESTABLISHED,
    /** Also those whose handshake is under way, as the documentation of CloudWatch has it. */
    SYN_SENT_AND_ESTABLISHED
}
