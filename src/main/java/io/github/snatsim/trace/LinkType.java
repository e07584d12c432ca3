package io.github.snatsim.trace;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Optional;

/** What a captured frame begins with, by the numbers that pcap gives link types (LINKTYPE_ values and aliases). */
enum LinkType {
    ETHERNET(14, 12, 1),
    LINUX_SLL(16, 14, 113),
    LINUX_SLL2(20, 0, 276),
    /** The IP header itself, its version in the first four bits. */
    RAW(0, LinkType.NO_TYPE, 101, 12, 14),
    IPV4(0, LinkType.NO_TYPE, 228),
    IPV6(0, LinkType.NO_TYPE, 229),
    /** Four bytes with an address family, in the order of the machine that captured (0) or of the network (108). */
    LOOPBACK(4, LinkType.NO_TYPE, 0, 108);

    static final int NO_TYPE = -1;

    /** How many bytes come before the payload. */
    final int headerBytes;
    /** Where the payload's EtherType is, or {@link #NO_TYPE}. */
    final int etherTypeAt;

    private final ImmutableSet<Integer> numbers;

    LinkType(int headerBytes, int etherTypeAt, Integer... numbers) {
        this.headerBytes = headerBytes;
        this.etherTypeAt = etherTypeAt;
        this.numbers = ImmutableSet.copyOf(numbers);
    }

    static Optional<LinkType> of(int number) {
        return Arrays.stream(values())
                .filter(type -> type.numbers.contains(number))
                .findFirst();
    }

    static String unknown(int number) {
        return "link type " + number
                + " is not understood: expected 1 (Ethernet), 113 or 276 (Linux cooked), 101, 12, 14,"
                + " 228 or 229 (raw IP), 0 or 108 (loopback)";
    }
}
