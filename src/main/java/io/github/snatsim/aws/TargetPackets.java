package io.github.snatsim.aws;

/** Whether the packets of targets pass the load balancer, which decides when a flow is established (rule N1). */
public enum TargetPackets {
    /** They do: a flow is established once client, after its SYN, and target have each sent a packet. The default. */
    SEEN,
    /** They go another way, or were not recorded: the first packet that is no SYN establishes a flow. */
    NOT_SEEN
}
