package io.github.snatsim.net;

import java.util.Locale;

/** A transport protocol whose flows have ports. Immutable; threads may share it. */
public enum Protocol {
    /** Transmission Control Protocol, protocol number 6. */
    TCP(6),
    /** User Datagram Protocol, protocol number 17. */
    UDP(17);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    /**
     * Returns the number in the protocol field of an IPv4 header.
     *
     * @return 6 or 17
     */
    public int number() {
        return number;
    }

    /** Returns the wire text: {@code tcp} or {@code udp}. */
    @Override
    public String toString() {
        return this == TCP ? "tcp" : "udp";
    }

    /**
     * Reads {@code tcp} or {@code udp}, in any case.
     *
     * @param text the name
     * @return the protocol
     * @throws IllegalArgumentException for any other text
     */
    public static Protocol parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> TCP;
            case "udp" -> UDP;
            default -> throw new IllegalArgumentException("'" + text + "' is not a protocol: expected tcp or udp");
        };
    }
}
