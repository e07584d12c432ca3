package io.github.snatsim.azure;

import io.github.snatsim.net.Protocol;
import java.util.Locale;

/** What an instance can send: more than what has ports. Immutable; threads may share it. */
public enum IpProtocol {
    /** Transmission Control Protocol, protocol number 6. */
    TCP(6),
    /** User Datagram Protocol, protocol number 17. */
    UDP(17),
    /** Internet Control Message Protocol, protocol number 1. */
    ICMP(1),
    /** Encapsulating Security Payload of IPsec, protocol number 50. */
    ESP(50);

    private final int number;

    IpProtocol(int number) {
        this.number = number;
    }

    /**
     * Returns the number in the protocol field of an IPv4 header.
     *
     * @return 1, 6, 17 or 50
     */
    public int number() {
        return number;
    }

    /**
     * Tells whether its flows have ports.
     *
     * @return true for TCP and UDP
     */
    public boolean hasPorts() {
        return this == TCP || this == UDP;
    }

    /**
     * Returns the protocol of flows.
     *
     * @param protocol TCP or UDP
     * @return the same protocol
     */
    public static IpProtocol of(Protocol protocol) {
        return protocol == Protocol.UDP ? UDP : TCP;
    }

    /** Returns the name in lower case, {@code icmp}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
