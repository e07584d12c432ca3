package io.github.snatsim.trace;

import java.util.Locale;

/**
 * Why a record of a trace gave no event. Skipped records are counted, never lost in silence. Immutable; threads may
 * share it.
 */
public enum SkipReason {
    /** IPv6, which is not modelled. */
    IPV6,
    /** ICMP, which has no ports. */
    ICMP,
    /** A transport protocol other than TCP and UDP. */
    OTHER_PROTOCOL,
    /** A part of a fragmented datagram, the first one included: what translates ports drops fragments. */
    FRAGMENT,
    /** A captured frame that is not IP, such as ARP. */
    NOT_IP,
    /** A captured packet with port 0. */
    PORT_ZERO,
    /** A captured packet that the snap length cut off before its ports and flags. */
    TRUNCATED_HEADER,
    /** A captured packet whose IPv4 header contradicts itself. */
    MALFORMED_HEADER,
    /** A packet without a time: a simple packet block of pcapng. */
    NO_TIMESTAMP;

    /** Returns a stable key in lower case with hyphens, for example {@code other-protocol}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
