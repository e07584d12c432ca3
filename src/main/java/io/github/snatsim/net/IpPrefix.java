package io.github.snatsim.net;

import com.google.common.collect.ImmutableList;

/**
 * A CIDR block: all addresses that begin with the same bits. Immutable; threads may share it.
 *
 * @param network the lowest address of the block
 * @param length how many leading bits are fixed, 0-32
 */
public record IpPrefix(IpAddress network, int length) {
    /**
     * Address space that needs no SNAT by default (rule T8): RFC 1918, loopback (RFC 1122) and link-local (RFC 3927).
     */
    public static final ImmutableList<IpPrefix> NOT_PUBLIC = ImmutableList.of(
            parse("10.0.0.0/8"),
            parse("172.16.0.0/12"),
            parse("192.168.0.0/16"),
            parse("127.0.0.0/8"),
            parse("169.254.0.0/16"));

    /**
     * Checks the length and that the address has no bits behind it.
     *
     * @param network the lowest address of the block
     * @param length how many leading bits are fixed, 0-32
     * @throws IllegalArgumentException if the length is out of range or the address is not the lowest of the block
     */
    public IpPrefix {
        if (length < 0 || length > 32) {
            throw new IllegalArgumentException("prefix length " + length + " is outside 0-32");
        }
        int lowest = network.ipv4Bits() & mask(length);
        if (lowest != network.ipv4Bits()) {
            throw new IllegalArgumentException(network + "/" + length + " has bits set behind its prefix: did you mean "
                    + IpAddress.ofIpv4(lowest) + "/" + length + "?");
        }
    }

    /**
     * Reads {@code address/length}; a bare address is a block of one.
     *
     * @param text the text, for example {@code 10.0.0.0/8}
     * @return the block
     * @throws IllegalArgumentException if the text is anything else
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new IpPrefix(IpAddress.parse(text), 32);
        }
        String length = text.substring(slash + 1);
        if (!length.matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a CIDR block: expected address/length, such as 10.0.0.0/8");
        }
        return new IpPrefix(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(length));
    }

    /**
     * Tells whether an address lies in the block.
     *
     * @param address any address
     * @return true if its leading {@code length} bits are those of the block
     */
    public boolean contains(IpAddress address) {
        return (address.ipv4Bits() & mask(length)) == network.ipv4Bits();
    }

    /**
     * Tells whether an address lies in any of some blocks.
     *
     * @param blocks the blocks
     * @param address any address
     * @return true if one contains it
     */
    public static boolean anyContains(ImmutableList<IpPrefix> blocks, IpAddress address) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static int mask(int length) {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    /** Returns {@code address/length}. */
    @Override
    public String toString() {
        return network + "/" + length;
    }
}
