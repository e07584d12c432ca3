package io.github.snatsim.net;

/**
 * An IP address, ordered by its numeric value. Only IPv4 addresses exist today; the class hides its bits so that IPv6
 * can join without a change of any signature. Immutable; threads may share it.
 */
public final class IpAddress implements Comparable<IpAddress> {
    private final int bits;

    private IpAddress(int bits) {
        this.bits = bits;
    }

    /**
     * Returns the IPv4 address with these 32 bits, the first octet in the highest eight.
     *
     * @param bits the address in network order, for example {@code 0x0a000001} for 10.0.0.1
     * @return the address
     */
    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(bits);
    }

    /**
     * Reads dotted decimal text, for example {@code 10.0.0.1}. Names are not looked up, and an octet with a leading
     * zero is refused because programs disagree whether it is octal.
     *
     * @param text four decimal numbers 0-255 with dots between them
     * @return the address
     * @throws IllegalArgumentException if the text is anything else
     */
    public static IpAddress parse(String text) {
        int bits = 0;
        int position = 0;
        for (int octet = 1; octet <= 4; octet++) {
            int end = octet < 4 ? text.indexOf('.', position) : text.length();
            int value = end < 0 ? -1 : parseOctet(text, position, end);
            if (value < 0) {
                throw new IllegalArgumentException("'" + text + "' is not an IPv4 address: expected four numbers 0-255"
                        + " without leading zeros, such as 10.0.0.1");
            }
            bits = bits << 8 | value;
            position = end + 1;
        }
        return new IpAddress(bits);
    }

    private static int parseOctet(String text, int start, int end) {
        int length = end - start;
        if (length < 1 || length > 3 || (length > 1 && text.charAt(start) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value <= 255 ? value : -1;
    }

    /**
     * Returns the 32 bits of this IPv4 address, the inverse of {@link #ofIpv4}.
     *
     * @return the address in network order
     */
    public int ipv4Bits() {
        return bits;
    }

    @Override
    public int compareTo(IpAddress other) {
        return Integer.compareUnsigned(bits, other.bits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && bits == that.bits;
    }

    /** Returns a hash that spreads neighbouring addresses (a multiplication by the golden ratio). */
    @Override
    public int hashCode() {
        int mixed = bits * 0x9E3779B9;
        // by 15, not 16: java.util.HashMap would undo the latter
        return mixed ^ mixed >>> 15;
    }

    /** Returns dotted decimal text, the inverse of {@link #parse}. */
    @Override
    public String toString() {
        return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
    }
}
