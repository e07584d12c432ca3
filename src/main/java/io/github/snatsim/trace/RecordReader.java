package io.github.snatsim.trace;

import java.io.IOException;

/** Reads the records of one format. */
sealed interface RecordReader permits PcapReader, PcapngReader, ZeekTsvReader, ZeekJsonReader, ConntrackReader {
    /**
     * Reads on until at least one event has been added to the buffer.
     *
     * @return false if the trace ended before that
     * @throws TraceException if a record is not as the format demands
     */
    boolean readInto(ReorderBuffer buffer) throws IOException;
}
