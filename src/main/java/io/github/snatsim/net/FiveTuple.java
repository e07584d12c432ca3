package io.github.snatsim.net;

/**
 * What identifies a flow (rule T1): protocol, source and destination, seen from the initiator. Immutable; threads may
 * share it.
 *
 * @param protocol the transport protocol
 * @param source the initiator's private endpoint
 * @param destination the responder's endpoint
 */
public record FiveTuple(Protocol protocol, Endpoint source, Endpoint destination) {
    private static final String ARROW = " -> ";

    /**
     * Reads {@code protocol address:port -> address:port}.
     *
     * @param text the wire text, for example {@code tcp 10.0.0.1:40000 -> 203.0.113.7:443}
     * @return the 5-tuple
     * @throws IllegalArgumentException if the text is anything else
     */
    public static FiveTuple parse(String text) {
        int space = text.indexOf(' ');
        int arrow = text.indexOf(ARROW);
        if (space < 0 || arrow <= space) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is not a flow: expected protocol address:port -> address:port, such as tcp 10.0.0.1:40000 -> 203.0.113.7:443");
        }
        return new FiveTuple(
                Protocol.parse(text.substring(0, space)),
                Endpoint.parse(text.substring(space + 1, arrow)),
                Endpoint.parse(text.substring(arrow + ARROW.length())));
    }

    /**
     * Returns the destination with its protocol.
     *
     * @return what rule T2 counts ports by
     */
    public Destination to() {
        return new Destination(protocol, destination);
    }

    /**
     * Returns the same flow seen from the other end.
     *
     * @return source and destination exchanged; applying it twice gives this value again
     */
    public FiveTuple reversed() {
        return new FiveTuple(protocol, destination, source);
    }

    /**
     * Returns a number that looks random and follows from the flow and a seed only, the same on every JDK: what a draw for
     * the flow is taken from.
     *
     * @param seed another seed gives unrelated numbers
     * @return all 64 bits are equally good
     */
    public long hash(long seed) {
        long hash = SeededHash.mix(seed + protocol.number());
        hash = SeededHash.mix(hash ^ ((long) source.address().ipv4Bits() << 16 | source.port()));
        return SeededHash.mix(hash ^ ((long) destination.address().ipv4Bits() << 16 | destination.port()));
    }

    @Override
    public int hashCode() {
        int mixed = (source.hashCode() * 31 + destination.hashCode()) * 2 + protocol.ordinal();
        mixed *= 0xC2B2AE35;
        // by 15, not 16: java.util.HashMap would undo the latter
        return mixed ^ mixed >>> 15;
    }

    /** Returns {@code protocol address:port -> address:port}, the inverse of {@link #parse}. */
    @Override
    public String toString() {
        return protocol + " " + source + ARROW + destination;
    }
}
