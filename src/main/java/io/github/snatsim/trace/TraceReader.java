package io.github.snatsim.trace;

import com.google.common.collect.ImmutableSortedMap;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.time.Nanos;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The events of a recorded file, in time order, read as they are asked for. Memory does not grow with the file: what
 * waits to be put in order goes to a temporary file when it gets much, and the number of flows whose initiator is
 * remembered is bounded. Gzip is taken off by itself.
 *
 * <p>Equal times keep the order of the file. In a capture the initiator of a flow is the sender of its SYN, else of the
 * first packet seen; if that is a SYN-ACK, its receiver. It is forgotten {@link TraceOptions#initiatorMemory()} after
 * 240 s without a packet, the longest hold. A SYN from the other end starts a flow of that end if the first decision
 * was not made by a SYN, or after an RST or the FINs of both ends.
 *
 * <p>What cannot be read is a {@link TraceException}, thrown by the method that meets it; events that had been read but
 * not yet asked for are not given out after it, and it is thrown again by every later call. Not for use by several
 * threads at once.
 */
public final class TraceReader implements Iterator<FlowEvent>, AutoCloseable {
    private static final Duration HOLD = Duration.ofMinutes(4);
    private static final byte[] UTF8_BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final String name;
    private final StoredBytes stored;
    private final TraceFormat format;
    private final SkipCounts skips = new SkipCounts();
    private final RecordReader records;
    private final ReorderBuffer buffer;
    private final @Nullable Initiators initiators;
    private final PackedEvent event = new PackedEvent();
    private boolean ended;
    private boolean closed;
    private @Nullable TraceException failure;

    private TraceReader(StoredBytes stored, String name, TraceOptions options) throws IOException {
        this.name = name;
        this.stored = stored;
        ByteWindow bytes = new ByteWindow(stored.isGzip() ? new GZIPInputStream(stored, 1 << 16) : stored);
        bytes.skipIfNext(UTF8_BYTE_ORDER_MARK);
        format = Detection.format(name, bytes.peek(Detection.HEAD_BYTES), options.format());
        LineReader lines = new LineReader(bytes, name);
        records = switch (format) {
            case PCAP -> new PcapReader(bytes, name, skips);
            case PCAPNG -> new PcapngReader(bytes, name, skips);
            case ZEEK_TSV -> new ZeekTsvReader(lines, skips);
            case ZEEK_JSON -> jsonReader(lines);
            case CONNTRACK -> new ConntrackReader(lines, skips);
        };
        boolean zeek = format == TraceFormat.ZEEK_TSV || format == TraceFormat.ZEEK_JSON;
        buffer = new ReorderBuffer(
                Nanos.of(zeek ? options.logWindow() : options.captureWindow()), ReorderBuffer.EVENTS_IN_MEMORY_MAX);
        initiators = format.isText()
                ? null
                : new Initiators(Nanos.of(options.initiatorMemory().plus(HOLD)), options.initiatorsMax());
    }

    /**
     * Opens a file with the {@linkplain TraceOptions#defaults() usual options}.
     *
     * @param file a recording in one of the {@linkplain TraceFormat formats}, gzip or not
     * @return the reader, to be closed
     * @throws TraceException if the file cannot be read or its beginning is not understood
     */
    public static TraceReader open(Path file) {
        return open(file, TraceOptions.defaults());
    }

    /**
     * Opens a file.
     *
     * @param file a recording in one of the {@linkplain TraceFormat formats}, gzip or not
     * @param options how to read it
     * @return the reader, to be closed
     * @throws TraceException if the file cannot be read or its beginning is not understood
     */
    public static TraceReader open(Path file, TraceOptions options) {
        if (Files.isDirectory(file)) {
            throw new TraceException(file.toString(), "is a directory: expected a file");
        }
        try {
            return open(Files.newInputStream(file), file.toString(), options);
        } catch (NoSuchFileException e) {
            throw new TraceException(file.toString(), "does not exist", e);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * Opens a stream, which is read once from where it stands and closed with the reader, or here if this fails.
     *
     * @param in the bytes of a recording, gzip or not
     * @param name what to call it in errors
     * @param options how to read it
     * @return the reader, to be closed
     * @throws TraceException if the stream cannot be read or its beginning is not understood
     */
    public static TraceReader open(InputStream in, String name, TraceOptions options) {
        StoredBytes stored = new StoredBytes(in);
        try {
            return new TraceReader(stored, name, options);
        } catch (IOException e) {
            closeAfter(e, stored);
            throw unreadable(name, e);
        } catch (RuntimeException e) {
            closeAfter(e, stored);
            throw e;
        }
    }

    private RecordReader jsonReader(LineReader lines) {
        try {
            return new ZeekJsonReader(lines, skips);
        } catch (NoClassDefFoundError e) {
            throw new TraceException(
                    name, "needs com.fasterxml.jackson.core:jackson-core on the class or module path", e);
        }
    }

    private static void closeAfter(Exception problem, StoredBytes stored) {
        try {
            stored.close();
        } catch (IOException closing) {
            problem.addSuppressed(closing);
        }
    }

    private static TraceException unreadable(String name, IOException cause) {
        String reason = cause instanceof EOFException
                ? "its gzip data ends too early"
                : cause instanceof AccessDeniedException ? "permission denied" : String.valueOf(cause.getMessage());
        return new TraceException(name, "cannot be read: " + reason, cause);
    }

    /**
     * Tells whether there is another event, reading on as far as that takes.
     *
     * @return true if {@link #next} will return one
     * @throws TraceException if a record on the way is wrong
     * @throws IllegalStateException if the reader is closed
     */
    @Override
    public boolean hasNext() {
        if (closed) {
            throw new IllegalStateException("the reader of " + name + " is closed");
        }
        if (failure != null) {
            throw failure;
        }
        try {
            while (!buffer.isReady() && !ended) {
                if (!records.readInto(buffer)) {
                    ended = true;
                    buffer.end();
                }
            }
            return buffer.isReady();
        } catch (IOException e) {
            failure = unreadable(name, e);
            throw failure;
        } catch (TraceException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Returns the next event.
     *
     * @return the event, its time in nanoseconds since the epoch and not before the last one's
     * @throws NoSuchElementException if there is none
     * @throws TraceException if a record on the way is wrong
     * @throws IllegalStateException if the reader is closed
     */
    @Override
    public FlowEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException(name + " has no more events");
        }
        try {
            buffer.take(event);
        } catch (IOException e) {
            failure = unreadable(name, e);
            throw failure;
        }
        return initiators == null ? event.ofLog() : initiators.orient(event);
    }

    /**
     * Returns how many records have given no event so far, and why.
     *
     * @return the counts, each above zero
     */
    public ImmutableSortedMap<SkipReason, Long> skipped() {
        return skips.toMap();
    }

    /**
     * Returns how many initiators were forgotten so far because there were too many to remember, age aside. Above zero
     * a flow may be taken for one of its responder's.
     *
     * @return the count; 0 for logs, which name the initiator
     */
    public long initiatorsForgotten() {
        return initiators == null ? 0 : initiators.forgotten();
    }

    /**
     * Returns what the file is.
     *
     * @return the format
     */
    public TraceFormat format() {
        return format;
    }

    /**
     * Returns how much of the file has been read, for a progress line.
     *
     * @return bytes as stored, compressed ones if it is compressed
     */
    public long bytesRead() {
        return stored.taken();
    }

    /**
     * Closes the file and deletes what was put aside. Closing again does nothing.
     *
     * @throws TraceException if the file cannot be closed
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (stored) {
            buffer.close();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }
}
