package io.github.snatsim.net;

/**
 * An address and a port: one end of a flow. Immutable; threads may share it.
 *
 * @param address the IP address
 * @param port the port, 1-65,535
 */
public record Endpoint(IpAddress address, int port) {
    /**
     * Checks the port.
     *
     * @param address the IP address
     * @param port the port, 1-65,535
     * @throws IllegalArgumentException if the port is out of range
     */
    public Endpoint {
        Ports.check(port);
    }

    /**
     * Reads {@code address:port}, for example {@code 203.0.113.7:443}.
     *
     * @param text the wire text
     * @return the endpoint
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no port: expected address:port, such as 10.0.0.1:53");
        }
        return new Endpoint(IpAddress.parse(text.substring(0, colon)), Ports.parse(text.substring(colon + 1), text));
    }

    @Override
    public int hashCode() {
        return address.hashCode() * 31 + port * 0x85EBCA6B;
    }

    /** Returns {@code address:port}, the inverse of {@link #parse}. */
    @Override
    public String toString() {
        return address + ":" + port;
    }
}
