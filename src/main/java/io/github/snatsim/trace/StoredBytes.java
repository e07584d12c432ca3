package io.github.snatsim.trace;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file as it is stored, buffered and counted. Unlike most streams it says truly whether anything is left, which
 * {@link java.util.zip.GZIPInputStream} relies on to read concatenated files to their end.
 */
final class StoredBytes extends InputStream {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long taken;

    StoredBytes(InputStream in) {
        this.in = in;
    }

    /** Returns how many bytes have been given out. */
    long taken() {
        return taken;
    }

    /** Tells, without taking anything, whether the next two bytes are those that begin a gzip file. */
    boolean isGzip() throws IOException {
        while (limit < 2) {
            int count = in.read(buffer, limit, buffer.length - limit);
            if (count < 0) {
                return false;
            }
            limit += count;
        }
        return buffer[0] == 0x1f && buffer[1] == (byte) 0x8b;
    }

    @Override
    public int available() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return limit - position;
    }

    @Override
    public int read() throws IOException {
        if (available() == 0) {
            return -1;
        }
        taken++;
        return buffer[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = Math.min(length, available());
        if (count == 0) {
            return length == 0 ? 0 : -1;
        }
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        taken += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
