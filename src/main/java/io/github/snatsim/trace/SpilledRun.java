package io.github.snatsim.trace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Events in order in a temporary file of its own, which vanishes when the run is closed. It is written once, then
 * {@link #rewind rewound} and read once.
 */
final class SpilledRun implements Closeable {
    private static final int EVENT_BYTES = PackedEvent.WORDS * Long.BYTES;
    private static final int BUFFER_BYTES = 512 * EVENT_BYTES; // 16 KiB

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final PackedEvent head = new PackedEvent();
    /** How many runs of runs were merged into it: 0 for one that came from memory. */
    private final int level;

    private long eventsLeft;

    SpilledRun(int level) throws IOException {
        this.level = level;
        Path path = Files.createTempFile("snatsim-", ".events");
        file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    int level() {
        return level;
    }

    void append(PackedEvent event) throws IOException {
        buffer.putLong(event.timeNanos)
                .putLong(event.sequence)
                .putLong(event.from)
                .putLong(event.to);
        eventsLeft++;
        if (!buffer.hasRemaining()) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    void rewind() throws IOException {
        flush();
        file.position(0);
        buffer.limit(0);
        readHead();
    }

    boolean isEmpty() {
        return eventsLeft == 0;
    }

    PackedEvent head() {
        return head;
    }

    /** Drops the head; the next event, if there is one, takes its place. */
    void advance() throws IOException {
        eventsLeft--;
        readHead();
    }

    private void readHead() throws IOException {
        if (eventsLeft == 0) {
            return;
        }
        if (!buffer.hasRemaining()) {
            refill();
        }
        head.set(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    private void refill() throws IOException {
        buffer.clear();
        int count;
        do {
            count = file.read(buffer);
        } while (count >= 0 && buffer.hasRemaining());
        buffer.flip();
        if (!buffer.hasRemaining()) {
            throw new IOException("a temporary file ended early");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
