package io.github.snatsim.azure;

/** What the sources advise against port exhaustion (K J), as far as the outbound method decides it. Immutable; threads may share it. */
public enum Mitigation {
    /** Use a connection for several requests. */
    CONNECTION_REUSE("connection reuse"),
    /** Spread requests over a fixed set of connections. */
    CONNECTION_POOLING("connection pooling"),
    /** Retry later and less often. */
    RETRY_BACKOFF("retry backoff"),
    /** Send something within the idle time; one side suffices. */
    KEEPALIVE("keepalive"),
    /** Give the instance a public IP of its own. */
    INSTANCE_LEVEL_PUBLIC_IP("instance-level public IP");

    private final String title;

    Mitigation(String title) {
        this.title = title;
    }

    /** Returns the mitigation for people, {@code connection reuse}. */
    @Override
    public String toString() {
        return title;
    }
}
