package io.github.snatsim.trace;

import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds in a captured frame the two ends and what the packet means, or counts why it cannot. */
final class PacketDecoder {
    /** The most bytes of a frame that are ever looked at: more than a long VLAN stack and all options take. */
    static final int FRAME_BYTES_MAX = 1024;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int TYPE_NONE = -1;
    private static final int FRAGMENT_BITS = 0x3fff; // more fragments, and the offset
    private static final int PROTOCOL_ICMP = 1;
    private static final int TCP_BYTES_NEEDED = 14; // to the flags
    private static final int UDP_BYTES_NEEDED = 4;

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int ACK = 0x10;

    private final ByteBuffer frame;
    private final SkipCounts skips;
    private long from;
    private long to;

    PacketDecoder(ByteWindow bytes, SkipCounts skips) {
        frame = bytes.ordered(ByteOrder.BIG_ENDIAN);
        this.skips = skips;
    }

    /** Returns the sender of the last packet that was decoded, with its kind, as {@link PackedEvent} wants it. */
    long from() {
        return from;
    }

    /** Returns the receiver of the last packet that was decoded. */
    long to() {
        return to;
    }

    /** Decodes the frame at an index of the window; false if it was skipped and counted. */
    boolean decode(LinkType link, int start, int length) {
        int end = start + length;
        int payload = start + link.headerBytes;
        if (payload >= end) {
            return skip(SkipReason.TRUNCATED_HEADER);
        }
        int type = etherType(link, start, payload);
        while (isVlan(type) && payload + 4 < end) {
            type = unsignedShort(payload + 2);
            payload += 4;
        }
        return switch (type) {
            case TYPE_IPV4 -> decodeIpv4(payload, end);
            case TYPE_IPV6 -> skip(SkipReason.IPV6);
            default -> skip(isVlan(type) ? SkipReason.TRUNCATED_HEADER : SkipReason.NOT_IP);
        };
    }

    private int etherType(LinkType link, int start, int payload) {
        return switch (link) {
            case ETHERNET, LINUX_SLL, LINUX_SLL2 -> unsignedShort(start + link.etherTypeAt);
            case IPV4 -> TYPE_IPV4;
            case IPV6 -> TYPE_IPV6;
            case RAW ->
                switch (frame.get(payload) >>> 4 & 0xf) {
                    case 4 -> TYPE_IPV4;
                    case 6 -> TYPE_IPV6;
                    default -> TYPE_NONE;
                };
            case LOOPBACK -> ofAddressFamily(frame.getInt(start));
        };
    }

    /** Families are small numbers, so the order of their bytes shows; that of IPv6 differs between systems. */
    private static int ofAddressFamily(int word) {
        int family = (word & 0xffff) == 0 ? Integer.reverseBytes(word) : word;
        return switch (family) {
            case 2 -> TYPE_IPV4;
            case 10, 23, 24, 28, 30 -> TYPE_IPV6;
            default -> TYPE_NONE;
        };
    }

    private static boolean isVlan(int type) {
        return type == 0x8100 || type == 0x88a8 || type == 0x9100;
    }

    private boolean decodeIpv4(int start, int end) {
        if (end - start < 20) {
            return skip(SkipReason.TRUNCATED_HEADER);
        }
        int versionAndLength = frame.get(start);
        int headerBytes = (versionAndLength & 0xf) * 4;
        if ((versionAndLength >>> 4 & 0xf) != 4 || headerBytes < 20) {
            return skip(SkipReason.MALFORMED_HEADER);
        }
        int number = frame.get(start + 9) & 0xff;
        if (number != Protocol.TCP.number() && number != Protocol.UDP.number()) {
            return skip(number == PROTOCOL_ICMP ? SkipReason.ICMP : SkipReason.OTHER_PROTOCOL);
        }
        if ((frame.getShort(start + 6) & FRAGMENT_BITS) != 0) {
            return skip(SkipReason.FRAGMENT);
        }
        boolean tcp = number == Protocol.TCP.number();
        int needed = headerBytes + (tcp ? TCP_BYTES_NEEDED : UDP_BYTES_NEEDED);
        int totalBytes = unsignedShort(start + 2);
        if (totalBytes != 0 && totalBytes < needed) { // 0 where the network card cuts the segments
            return skip(SkipReason.MALFORMED_HEADER);
        }
        if (end - start < needed) {
            return skip(SkipReason.TRUNCATED_HEADER);
        }
        int ports = start + headerBytes;
        int sourcePort = unsignedShort(ports);
        int targetPort = unsignedShort(ports + 2);
        if (sourcePort == 0 || targetPort == 0) {
            return skip(SkipReason.PORT_ZERO);
        }
        from = (tcp ? tcpPacket(frame.get(ports + 13)) : PackedEvent.packet(Protocol.UDP, Kind.PACKET))
                | PackedEvent.end(frame.getInt(start + 12), sourcePort);
        to = PackedEvent.end(frame.getInt(start + 16), targetPort);
        return true;
    }

    private static long tcpPacket(int flags) {
        if ((flags & RST) != 0) {
            return PackedEvent.packet(Protocol.TCP, Kind.RST);
        }
        if ((flags & FIN) != 0) {
            return PackedEvent.packet(Protocol.TCP, Kind.FIN);
        }
        if ((flags & SYN) != 0) {
            return (flags & ACK) != 0 ? PackedEvent.synAck() : PackedEvent.packet(Protocol.TCP, Kind.SYN);
        }
        return PackedEvent.packet(Protocol.TCP, Kind.PACKET);
    }

    private boolean skip(SkipReason reason) {
        skips.add(reason);
        return false;
    }

    private int unsignedShort(int at) {
        return frame.getShort(at) & 0xffff;
    }
}
