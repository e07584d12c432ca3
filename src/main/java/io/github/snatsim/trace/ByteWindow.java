package io.github.snatsim.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a trace, decompressed, seen through a window that moves forward: a reader asks for the next so many,
 * looks at them in place, and skips them.
 */
final class ByteWindow {
    /** The most that can be asked for at once. */
    static final int BYTES_MAX = 1 << 17;

    private final InputStream in;
    private final byte[] bytes = new byte[BYTES_MAX];
    private final ByteBuffer bigEndian = ByteBuffer.wrap(bytes);
    private final ByteBuffer littleEndian = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private int position;
    private int limit;
    private long bytesBefore;

    ByteWindow(InputStream in) {
        this.in = in;
    }

    /**
     * Returns the whole window for reading numbers at absolute indexes; the next byte of the trace is at
     * {@link #position}.
     */
    ByteBuffer ordered(ByteOrder order) {
        return order == ByteOrder.BIG_ENDIAN ? bigEndian : littleEndian;
    }

    int position() {
        return position;
    }

    /** Returns how far the next byte lies from the start of the trace. */
    long offset() {
        return bytesBefore + position;
    }

    /** Moves behind these bytes if they come next. */
    void skipIfNext(byte... prefix) throws IOException {
        if (Arrays.equals(peek(prefix.length), prefix)) {
            position += prefix.length;
        }
    }

    /** Brings the next {@code count} bytes into the window and returns how many there are: fewer only at the end. */
    int ask(int count) throws IOException {
        if (limit - position < count) {
            fill(count);
        }
        return Math.min(count, limit - position);
    }

    private void fill(int count) throws IOException {
        if (position == limit || position + count > bytes.length) {
            System.arraycopy(bytes, position, bytes, 0, limit - position);
            bytesBefore += position;
            limit -= position;
            position = 0;
        }
        while (limit - position < count) {
            int read = in.read(bytes, limit, bytes.length - limit);
            if (read < 0) {
                return;
            }
            limit += read;
        }
    }

    /** Skips bytes, whether in the window or not, and returns how many there were: fewer only at the end. */
    long skip(long count) throws IOException {
        long left = count;
        while (true) {
            int step = (int) Math.min(left, limit - position);
            position += step;
            left -= step;
            if (left == 0 || ask(1) == 0) {
                return count - left;
            }
        }
    }

    /** Returns the next bytes as a copy, up to {@code count} of them, without moving on. */
    byte[] peek(int count) throws IOException {
        int held = ask(count);
        return Arrays.copyOfRange(bytes, position, position + held);
    }

    /** Returns how far the next byte of this value lies ahead within what the window holds, or -1. */
    int distanceTo(byte value) {
        for (int i = position; i < limit; i++) {
            if (bytes[i] == value) {
                return i - position;
            }
        }
        return -1;
    }

    /** Returns how many bytes the window holds. */
    int held() {
        return limit - position;
    }

    /** Returns the next bytes, one character each. */
    String text(int count) {
        return new String(bytes, position, count, StandardCharsets.ISO_8859_1);
    }
}
