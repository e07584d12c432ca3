package io.github.snatsim.azure;

/** How a call to an API Management service ended for its client (rules G2, G3). Immutable; threads may share it. */
public enum HttpOutcome {
    /** Answered, from the backend or from the cache. */
    OK("200"),
    /** Turned away by the rate limit of its key. */
    TOO_MANY_REQUESTS("429"),
    /** No SNAT port came free in time: logged as {@code BackendConnectionFailure}. */
    BACKEND_CONNECTION_FAILURE("500 BackendConnectionFailure"),
    /** The backend itself failed: an outage of the scenario. */
    BACKEND_ERROR("5xx of the backend"),
    /** The client gave up before there was an answer. */
    CLIENT_TIMEOUT("time-out");

    private final String title;

    HttpOutcome(String title) {
        this.title = title;
    }

    /** Returns the outcome for people, {@code 500 BackendConnectionFailure}. */
    @Override
    public String toString() {
        return title;
    }
}
