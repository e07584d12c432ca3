package io.github.snatsim.trace;

import java.io.IOException;

/**
 * What both kinds of capture do with a packet once its record header is read: check it, put it into the buffer, move
 * behind it. It counts the packets from 1, as other programs do, and makes the exceptions that say which one.
 */
final class CapturedPackets {
    /** The largest snap length that capturing programs accept. */
    private static final long FRAME_BYTES_MAX = 262_144;

    private final ByteWindow bytes;
    private final String name;
    private final PacketDecoder decoder;
    private long number;
    private long offset;

    CapturedPackets(ByteWindow bytes, String name, SkipCounts skips) {
        this.bytes = bytes;
        this.name = name;
        decoder = new PacketDecoder(bytes, skips);
    }

    /** Notes that the next packet's record begins here. */
    void begin() {
        number++;
        offset = bytes.offset();
    }

    void checkLength(long length) {
        if (length > FRAME_BYTES_MAX) {
            throw at("it claims " + length + " captured bytes: expected at most " + FRAME_BYTES_MAX
                    + ", so the file is damaged");
        }
    }

    /** Adds the frame that begins at the next byte, and skips it; false if it gave no event. */
    boolean add(LinkType link, long timeNanos, int length, ReorderBuffer buffer) throws IOException {
        int looked = Math.min(length, PacketDecoder.FRAME_BYTES_MAX);
        int held = bytes.ask(looked);
        boolean decoded = held == looked && decoder.decode(link, bytes.position(), looked);
        long skipped = bytes.skip(length);
        if (skipped < length) {
            throw cutShort("data", skipped, length);
        }
        if (decoded) {
            arrive(timeNanos, buffer);
            buffer.add(timeNanos, decoder.from(), decoder.to());
        }
        return decoded;
    }

    private void arrive(long timeNanos, ReorderBuffer buffer) {
        long lagNanos = buffer.lagNanos(timeNanos);
        if (lagNanos > buffer.windowNanos()) {
            throw at("its time lies " + Decimals.seconds(lagNanos) + " before that of an earlier packet; at most "
                    + Decimals.seconds(buffer.windowNanos())
                    + " can be put in order: sort the file or widen the window");
        }
        buffer.arrive(timeNanos);
    }

    TraceException cutShort(String part, long held, long expected) {
        return at("the file ends inside its " + part + ", after " + held + " of " + expected + " bytes");
    }

    TraceException at(String problem) {
        return new TraceException(name, "packet " + number + " at byte " + offset + ": " + problem);
    }
}
