package io.github.snatsim.trace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes captures byte by byte, both classic and pcapng, in either byte order. */
final class CaptureWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    CaptureWriter(ByteOrder order) {
        this.order = order;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    CaptureWriter pcap(int magic, int linkType) {
        out.writeBytes(buffer(24)
                .putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(65_535)
                .putInt(linkType)
                .array());
        return this;
    }

    CaptureWriter packet(long seconds, long fraction, byte[] frame) {
        return packet(seconds, fraction, frame, frame.length);
    }

    CaptureWriter packet(long seconds, long fraction, byte[] frame, int originalLength) {
        out.writeBytes(buffer(16 + frame.length)
                .putInt((int) seconds)
                .putInt((int) fraction)
                .putInt(frame.length)
                .putInt(originalLength)
                .put(frame)
                .array());
        return this;
    }

    CaptureWriter block(int type, byte[] body) {
        int padded = (body.length + 3) / 4 * 4;
        out.writeBytes(buffer(12 + padded)
                .putInt(type)
                .putInt(12 + padded)
                .put(body)
                .put(new byte[padded - body.length])
                .putInt(12 + padded)
                .array());
        return this;
    }

    CaptureWriter section() {
        return block(
                0x0a0d0d0a,
                buffer(16)
                        .putInt(0x1a2b3c4d)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1)
                        .array());
    }

    CaptureWriter pcapngInterface(int linkType) {
        return block(
                1,
                buffer(8)
                        .putShort((short) linkType)
                        .putShort((short) 0)
                        .putInt(0)
                        .array());
    }

    /** Writes an interface with a name, a resolution, an offset and an end of options. */
    CaptureWriter pcapngInterface(int linkType, int resolution, long offsetSeconds) {
        return block(
                1,
                buffer(8 + 8 + 8 + 12 + 4)
                        .putShort((short) linkType)
                        .putShort((short) 0)
                        .putInt(0)
                        .putShort((short) 2)
                        .putShort((short) 3)
                        .put(new byte[] {'e', 't', 'h', 0})
                        .putShort((short) 9)
                        .putShort((short) 1)
                        .put((byte) resolution)
                        .put(new byte[3])
                        .putShort((short) 14)
                        .putShort((short) 8)
                        .putLong(offsetSeconds)
                        .putInt(0)
                        .array());
    }

    CaptureWriter enhanced(int interfaceNumber, long units, byte[] frame) {
        return block(
                6,
                buffer(20 + frame.length)
                        .putInt(interfaceNumber)
                        .putInt((int) (units >>> 32))
                        .putInt((int) units)
                        .putInt(frame.length)
                        .putInt(frame.length)
                        .put(frame)
                        .array());
    }

    CaptureWriter old(int interfaceNumber, long units, byte[] frame) {
        return block(
                2,
                buffer(20 + frame.length)
                        .putShort((short) interfaceNumber)
                        .putShort((short) 0)
                        .putInt((int) (units >>> 32))
                        .putInt((int) units)
                        .putInt(frame.length)
                        .putInt(frame.length)
                        .put(frame)
                        .array());
    }

    CaptureWriter simple(byte[] frame) {
        return block(3, buffer(4 + frame.length).putInt(frame.length).put(frame).array());
    }
}
