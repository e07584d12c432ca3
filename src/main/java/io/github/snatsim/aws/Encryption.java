package io.github.snatsim.aws;

/** What a connection is encrypted with, for what opening one costs (rule N6). Immutable; threads may share it. */
public enum Encryption {
    /** Nothing. */
    NONE(0),
    /** TLS 1.3: one round trip more than TCP (D). */
    TLS_1_3(1),
    /** TLS 1.2: two round trips more than TCP (D). */
    TLS_1_2(2);

    private final int roundTrips;

    Encryption(int roundTrips) {
        this.roundTrips = roundTrips;
    }

    /**
     * Returns the round trips that it adds to those of TCP before data can flow.
     *
     * @return 0 to 2
     */
    public int roundTrips() {
        return roundTrips;
    }
}
