package io.github.snatsim.net;

/**
 * Where a flow goes: protocol, address and port. Flows to one destination need a SNAT port each (rule T2). Immutable;
 * threads may share it.
 *
 * @param protocol the transport protocol
 * @param endpoint the remote address and port
 */
public record Destination(Protocol protocol, Endpoint endpoint) {
    /**
     * Reads {@code protocol address:port}, for example {@code tcp 203.0.113.7:443}.
     *
     * @param text the wire text
     * @return the destination
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Destination parse(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a destination: expected protocol address:port, such as tcp 10.0.0.1:53");
        }
        return new Destination(Protocol.parse(text.substring(0, space)), Endpoint.parse(text.substring(space + 1)));
    }

    @Override
    public int hashCode() {
        return endpoint.hashCode() * 2 + protocol.ordinal();
    }

    /** Returns {@code protocol address:port}, the inverse of {@link #parse}. */
    @Override
    public String toString() {
        return protocol + " " + endpoint;
    }
}
