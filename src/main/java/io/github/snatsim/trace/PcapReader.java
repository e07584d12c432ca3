package io.github.snatsim.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads a classic capture: a header of 24 bytes whose magic number tells the byte order and the resolution, then
 * packets, each after a header of 16 bytes (seconds, fraction, captured length, original length).
 */
final class PcapReader implements RecordReader {
    static final int MAGIC_MICROS = 0xa1b2c3d4;
    static final int MAGIC_NANOS = 0xa1b23c4d;

    private static final int FILE_HEADER_BYTES = 24;
    private static final int PACKET_HEADER_BYTES = 16;

    private final ByteWindow bytes;
    private final CapturedPackets packets;
    private final ByteBuffer numbers;
    private final long unitsPerSecond;
    private final LinkType link;

    PcapReader(ByteWindow bytes, String name, SkipCounts skips) throws IOException {
        this.bytes = bytes;
        packets = new CapturedPackets(bytes, name, skips);
        int held = bytes.ask(FILE_HEADER_BYTES);
        if (held < FILE_HEADER_BYTES) {
            throw new TraceException(
                    name, "the file ends inside its header, after " + held + " of " + FILE_HEADER_BYTES + " bytes");
        }
        int magic = bytes.ordered(ByteOrder.BIG_ENDIAN).getInt(bytes.position());
        boolean bigEndian = magic == MAGIC_MICROS || magic == MAGIC_NANOS;
        numbers = bytes.ordered(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        unitsPerSecond = numbers.getInt(bytes.position()) == MAGIC_NANOS ? 1_000_000_000 : 1_000_000;
        int linkNumber = numbers.getInt(bytes.position() + 20) & 0xffff; // above it: what is known of the checksum
        link = LinkType.of(linkNumber).orElseThrow(() -> new TraceException(name, LinkType.unknown(linkNumber)));
        bytes.skip(FILE_HEADER_BYTES);
    }

    static boolean isMagic(int bigEndianWord) {
        int reversed = Integer.reverseBytes(bigEndianWord);
        return bigEndianWord == MAGIC_MICROS
                || bigEndianWord == MAGIC_NANOS
                || reversed == MAGIC_MICROS
                || reversed == MAGIC_NANOS;
    }

    @Override
    public boolean readInto(ReorderBuffer buffer) throws IOException {
        boolean added = false;
        while (!added) {
            int held = bytes.ask(PACKET_HEADER_BYTES);
            if (held == 0) {
                return false;
            }
            packets.begin();
            if (held < PACKET_HEADER_BYTES) {
                throw packets.cutShort("header", held, PACKET_HEADER_BYTES);
            }
            int at = bytes.position();
            long seconds = Integer.toUnsignedLong(numbers.getInt(at));
            long fraction = Integer.toUnsignedLong(numbers.getInt(at + 4));
            long length = Integer.toUnsignedLong(numbers.getInt(at + 8));
            packets.checkLength(length);
            if (fraction >= unitsPerSecond) {
                throw packets.at("its fraction of a second is " + fraction + ": expected less than " + unitsPerSecond
                        + ", so the file is damaged");
            }
            bytes.skip(PACKET_HEADER_BYTES);
            long timeNanos = seconds * 1_000_000_000 + fraction * (1_000_000_000 / unitsPerSecond);
            added = packets.add(link, timeNanos, (int) length, buffer);
        }
        return true;
    }
}
