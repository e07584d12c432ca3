package io.github.snatsim.workload;

/** What became of a packet that a client or its peer sent. Immutable; threads may share it. */
public enum Answer {
    /** It opened a flow. */
    OPENED,
    /** It was carried to the other end, on a live flow or without needing one. */
    CARRIED,
    /** It tried to open a flow and was refused. */
    REFUSED,
    /** It belonged to no flow and went nowhere; nobody is told. */
    LOST,
    /** It belonged to no flow and went nowhere; its sender is told by an RST. */
    RESET
}
