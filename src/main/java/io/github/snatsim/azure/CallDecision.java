package io.github.snatsim.azure;

import io.github.snatsim.net.Destination;

/** What an API Management service does with a call before it needs a port. Immutable; threads may share it. */
public sealed interface CallDecision {
    /** Its key has used up its calls: 429. */
    record RateLimited() implements CallDecision {}

    /**
     * The cache answers.
     *
     * @param unit the number of the unit that the call came to, from 0
     */
    record FromCache(int unit) implements CallDecision {}

    /**
     * A backend is to answer.
     *
     * @param unit the number of the unit that the call came to, from 0
     * @param backend where the unit sends it
     */
    record Forwarded(int unit, Destination backend) implements CallDecision {}
}
