package io.github.snatsim.workload;

/** How a TCP connection is closed when it is done (rule C3); UDP has nothing to close. Immutable; threads may share it. */
public enum Close {
    /** The client sends its FIN, the server answers with its own at the same instant. */
    FIN_BY_CLIENT,
    /** The server sends its FIN first. */
    FIN_BY_SERVER,
    /** The client sends an RST. */
    RST,
    /** Nobody closes: the connection leaks and the gateway's idle time ends it. */
    NONE
}
