package io.github.snatsim.aws;

import java.time.Duration;

/**
 * What opening connections costs (rule N6): what every lost connection costs again. Immutable; threads may share it.
 *
 * @param encryption what connections are encrypted with
 * @param handshakeBytes what the handshake of the encryption takes on the wire, both ways, not negative; 0 without encryption
 * @param roundTrip how long a round trip takes, not negative
 */
public record OpeningCost(Encryption encryption, int handshakeBytes, Duration roundTrip) {
    /** SYN and SYN-ACK with one option, and ACK: 44 + 44 + 40 bytes of IPv4 and TCP headers. */
    public static final int TCP_BYTES = 128;

    /** What a TLS handshake takes unless told otherwise (D): two certificates of 1.5 kB and what surrounds them. */
    public static final int TLS_BYTES = 4_000;

    /**
     * Checks the numbers.
     *
     * @param encryption what connections are encrypted with
     * @param handshakeBytes what the handshake of the encryption takes on the wire
     * @param roundTrip how long a round trip takes
     * @throws IllegalArgumentException if one is out of range
     */
    public OpeningCost {
        if (handshakeBytes < 0 || (encryption == Encryption.NONE && handshakeBytes > 0)) {
            throw new IllegalArgumentException(
                    "a handshake of " + handshakeBytes + " bytes: expected at least 0, and 0 without encryption");
        }
        if (roundTrip.isNegative()) {
            throw new IllegalArgumentException("a round trip of " + roundTrip + ": expected not negative");
        }
    }

    /**
     * Returns the cost without encryption, where a round trip takes no time.
     *
     * @return one round trip and 128 bytes for each connection
     */
    public static OpeningCost plain() {
        return new OpeningCost(Encryption.NONE, 0, Duration.ZERO);
    }

    /**
     * Returns the cost with an encryption.
     *
     * @param encryption what connections are encrypted with
     * @param roundTrip how long a round trip takes
     * @return with the usual bytes for TLS
     */
    public static OpeningCost of(Encryption encryption, Duration roundTrip) {
        return new OpeningCost(encryption, encryption == Encryption.NONE ? 0 : TLS_BYTES, roundTrip);
    }

    /**
     * Returns the round trips before a connection can carry data.
     *
     * @return 1 for TCP, and those of the encryption
     */
    public int roundTripsEach() {
        return 1 + encryption.roundTrips();
    }

    /**
     * Returns the bytes before a connection can carry data.
     *
     * @return TCP's and those of the encryption
     */
    public int bytesEach() {
        return TCP_BYTES + handshakeBytes;
    }

    /**
     * Returns how long it takes before a connection can carry data.
     *
     * @return round trips x the time of one
     */
    public Duration delayEach() {
        return roundTrip.multipliedBy(roundTripsEach());
    }
}
