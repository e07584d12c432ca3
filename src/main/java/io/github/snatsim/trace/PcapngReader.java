package io.github.snatsim.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a pcapng capture: blocks of type, total length, body and total length again. A section header fixes the byte
 * order and starts the count of interfaces anew; blocks of unknown type are passed over.
 */
final class PcapngReader implements RecordReader {
    static final int SECTION_HEADER = 0x0a0d0d0a;

    private static final int INTERFACE = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;
    private static final int BLOCK_BYTES_MIN = 12;
    private static final int PACKET_HEADER_BYTES = 28;
    private static final int INTERFACES_MAX = 65_536;

    private final ByteWindow bytes;
    private final String name;
    private final SkipCounts skips;
    private final CapturedPackets packets;
    private final List<PcapngInterface> interfaces = new ArrayList<>();
    private ByteBuffer numbers;
    private long blockOffset;

    PcapngReader(ByteWindow bytes, String name, SkipCounts skips) {
        this.bytes = bytes;
        this.name = name;
        this.skips = skips;
        packets = new CapturedPackets(bytes, name, skips);
        numbers = bytes.ordered(ByteOrder.BIG_ENDIAN);
    }

    @Override
    public boolean readInto(ReorderBuffer buffer) throws IOException {
        boolean added = false;
        while (!added) {
            blockOffset = bytes.offset();
            int held = bytes.ask(BLOCK_BYTES_MIN);
            if (held == 0) {
                return false;
            }
            if (held < BLOCK_BYTES_MIN) {
                throw cutShort();
            }
            if (numbers.getInt(bytes.position()) == SECTION_HEADER) {
                beginSection();
            }
            added = readBlock(buffer);
        }
        return true;
    }

    private void beginSection() {
        int magic = bytes.ordered(ByteOrder.BIG_ENDIAN).getInt(bytes.position() + 8);
        if (magic != BYTE_ORDER_MAGIC && Integer.reverseBytes(magic) != BYTE_ORDER_MAGIC) {
            throw atBlock(String.format("its byte-order magic is %08x: expected 1a2b3c4d or 4d3c2b1a", magic));
        }
        numbers = bytes.ordered(magic == BYTE_ORDER_MAGIC ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        interfaces.clear();
    }

    private boolean readBlock(ReorderBuffer buffer) throws IOException {
        int type = numbers.getInt(bytes.position());
        long length = Integer.toUnsignedLong(numbers.getInt(bytes.position() + 4));
        if (length < BLOCK_BYTES_MIN || length % 4 != 0 || length > Integer.MAX_VALUE) {
            throw atBlock("its length is " + length + ": expected a multiple of 4 from 12 to 2,147,483,644");
        }
        boolean added = false;
        switch (type) {
            case INTERFACE -> addInterface((int) length);
            case ENHANCED_PACKET, OLD_PACKET -> added = addPacket(type, length, buffer);
            case SIMPLE_PACKET -> {
                packets.begin();
                skips.add(SkipReason.NO_TIMESTAMP);
            }
            default -> {
                // a section header is dealt with; names, statistics, secrets and comments say nothing of packets
            }
        }
        finishBlock(length);
        return added;
    }

    private void addInterface(int length) throws IOException {
        if (length < 20 || length > ByteWindow.BYTES_MAX || interfaces.size() == INTERFACES_MAX) {
            throw atBlock("an interface block of " + length + " bytes, number " + interfaces.size()
                    + ": expected 20 to " + ByteWindow.BYTES_MAX + " bytes and at most " + INTERFACES_MAX);
        }
        if (bytes.ask(length) < length) {
            throw cutShort();
        }
        int start = bytes.position();
        int resolution = PcapngInterface.MICROSECONDS;
        long offsetSeconds = 0;
        int end = start + length - 4;
        int at = start + 16;
        while (at + 4 <= end) {
            int code = numbers.getShort(at) & 0xffff;
            int size = numbers.getShort(at + 2) & 0xffff;
            if (code == 0 || at + 4 + size > end) {
                break;
            }
            if (code == OPTION_RESOLUTION && size == 1) {
                resolution = numbers.get(at + 4) & 0xff;
            } else if (code == OPTION_OFFSET && size == 8) {
                offsetSeconds = numbers.getLong(at + 4);
            }
            at += 4 + (size + 3) / 4 * 4;
        }
        interfaces.add(new PcapngInterface(numbers.getShort(start + 8) & 0xffff, resolution, offsetSeconds));
    }

    /** Both blocks have time and lengths in the same place; the old one numbers its interface in 16 bits. */
    private boolean addPacket(int type, long length, ReorderBuffer buffer) throws IOException {
        packets.begin();
        int held = bytes.ask(PACKET_HEADER_BYTES);
        if (held < PACKET_HEADER_BYTES) {
            throw packets.cutShort("header", held, PACKET_HEADER_BYTES);
        }
        int at = bytes.position();
        long number =
                type == OLD_PACKET ? numbers.getShort(at + 8) & 0xffff : Integer.toUnsignedLong(numbers.getInt(at + 8));
        if (number >= interfaces.size()) {
            throw packets.at("it names interface " + number + ": the section has " + interfaces.size());
        }
        PcapngInterface source = interfaces.get((int) number);
        long units = (long) numbers.getInt(at + 12) << 32 | Integer.toUnsignedLong(numbers.getInt(at + 16));
        long captured = Integer.toUnsignedLong(numbers.getInt(at + 20));
        packets.checkLength(captured);
        if (captured > length - PACKET_HEADER_BYTES - 4) {
            throw packets.at("it claims " + captured + " captured bytes in a block of " + length);
        }
        LinkType link =
                LinkType.of(source.linkNumber()).orElseThrow(() -> packets.at(LinkType.unknown(source.linkNumber())));
        if (!source.hasUsableResolution()) {
            throw packets.at("its interface has time resolution " + source.resolution()
                    + ": expected a power of 10 up to 18 or of 2 up to 63");
        }
        long timeNanos = source.nanos(units);
        if (timeNanos < 0) {
            throw packets.at("its time is " + Long.toUnsignedString(units) + " units of its interface plus "
                    + source.offsetSeconds() + " s: expected a time from 1970 to 2262");
        }
        bytes.skip(PACKET_HEADER_BYTES);
        return packets.add(link, timeNanos, (int) captured, buffer);
    }

    /** Moves behind the block, wherever inside it the window stands. */
    private void finishBlock(long length) throws IOException {
        long left = blockOffset + length - 4 - bytes.offset();
        if (bytes.skip(left) < left || bytes.ask(4) < 4) {
            throw cutShort();
        }
        long repeated = Integer.toUnsignedLong(numbers.getInt(bytes.position()));
        if (repeated != length) {
            throw atBlock("it begins with length " + length + " and ends with " + repeated + ": expected the same");
        }
        bytes.skip(4);
    }

    private TraceException cutShort() {
        return atBlock("the file ends inside it");
    }

    private TraceException atBlock(String problem) {
        return new TraceException(name, "block at byte " + blockOffset + ": " + problem);
    }
}
