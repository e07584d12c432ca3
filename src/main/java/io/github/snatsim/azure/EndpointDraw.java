package io.github.snatsim.azure;

/**
 * How one of several public endpoints is chosen for a flow (rule S2): the sources say at random. A drawn endpoint without a
 * free port refuses the attempt; there is no second draw. Immutable; threads may share it.
 */
public enum EndpointDraw {
    /** The endpoints are put in an order once; every instance uses the first that it is behind. */
    PER_DEPLOYMENT,
    /** Each instance draws one of those that it is behind. */
    PER_INSTANCE,
    /** Each flow draws, by its 5-tuple: a flow that is opened again uses the same endpoint. */
    PER_FLOW
}
