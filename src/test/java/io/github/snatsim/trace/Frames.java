package io.github.snatsim.trace;

import io.github.snatsim.net.Endpoint;
import java.nio.ByteBuffer;

/** Makes captured frames; the flow is 10.0.0.1:40000 to 203.0.113.7:443 unless ends are given. */
final class Frames {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int ACK = 0x10;

    static final Endpoint CLIENT = Endpoint.parse("10.0.0.1:40000");
    static final Endpoint SERVER = Endpoint.parse("203.0.113.7:443");

    private Frames() {}

    static byte[] tcp(int flags) {
        return tcp(CLIENT, SERVER, flags);
    }

    static byte[] tcp(Endpoint from, Endpoint to, int flags) {
        return ipv4(
                6,
                0,
                from,
                to,
                ByteBuffer.allocate(20)
                        .putShort((short) from.port())
                        .putShort((short) to.port())
                        .put(12, (byte) 0x50)
                        .put(13, (byte) flags)
                        .array());
    }

    static byte[] udp(Endpoint from, Endpoint to) {
        return ipv4(17, 0, from, to, ports(from.port(), to.port(), 8));
    }

    /** Makes a payload that begins with two ports, of any value. */
    static byte[] ports(int from, int to, int length) {
        return ByteBuffer.allocate(length)
                .putShort((short) from)
                .putShort((short) to)
                .array();
    }

    static byte[] ipv4(int protocol, int fragment, Endpoint from, Endpoint to, byte[] payload, byte... options) {
        int headerBytes = 20 + options.length;
        return ByteBuffer.allocate(headerBytes + payload.length)
                .put((byte) (0x40 | headerBytes / 4))
                .put((byte) 0)
                .putShort((short) (headerBytes + payload.length))
                .putShort((short) 1)
                .putShort((short) fragment)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(from.address().ipv4Bits())
                .putInt(to.address().ipv4Bits())
                .put(options)
                .put(payload)
                .array();
    }

    static byte[] ethernet(byte[] packet, int... types) {
        ByteBuffer frame =
                ByteBuffer.allocate(12 + 4 * types.length - 2 + packet.length).put(new byte[12]);
        for (int i = 0; i < types.length; i++) {
            frame.putShort((short) types[i]);
            if (i < types.length - 1) {
                frame.putShort((short) (100 + i)); // the VLAN's number
            }
        }
        return frame.put(packet).array();
    }

    static byte[] prefixed(byte[] packet, int... bytes) {
        ByteBuffer frame = ByteBuffer.allocate(bytes.length + packet.length);
        for (int b : bytes) {
            frame.put((byte) b);
        }
        return frame.put(packet).array();
    }
}
