package io.github.snatsim.azure;

import io.github.snatsim.net.Destination;

/**
 * A failed call in the shape of a record of the GatewayLogs resource log (A names the log; its fields R). Immutable; threads may
 * share it.
 *
 * @param timeNanos when the call came, virtual time
 * @param client the client's key
 * @param unit the number of the unit, from 0
 * @param backend where the unit wanted to go
 * @param responseCode 500, or 0 if the client was gone
 * @param elapsedNanos how long after it came the call failed
 */
public record GatewayLogRecord(
        long timeNanos, String client, int unit, Destination backend, int responseCode, long elapsedNanos) {
    /** The record's {@code lastError.reason} (G2). */
    public static final String REASON = "BackendConnectionFailure";

    /** The record's {@code category}. */
    public static final String CATEGORY = "GatewayLogs";

    /** The record's {@code operationName}. */
    public static final String OPERATION = "Microsoft.ApiManagement/GatewayLogs";

    /**
     * Returns the record's {@code lastError.message}.
     *
     * @return a sentence without a full stop
     */
    public String message() {
        return "no SNAT port of unit " + unit + " was free for " + backend
                + (responseCode == 0 ? " before the client gave up" : " within the wait for a connection");
    }
}
