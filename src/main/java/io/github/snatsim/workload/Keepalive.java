package io.github.snatsim.workload;

import java.time.Duration;

/**
 * What keeps a flow alive that nothing else is sent on. Immutable; threads may share it.
 *
 * @param client the name of the client that has the connection
 * @param every how often it sends a keepalive on it
 */
public record Keepalive(String client, Duration every) {}
