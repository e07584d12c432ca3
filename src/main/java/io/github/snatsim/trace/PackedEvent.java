package io.github.snatsim.trace;

import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;

/**
 * One event as four words, so that a million may wait without a million objects. An instance is a place to put one.
 *
 * <pre>
 * from: | 0 ... | side 1 | SYN-ACK 1 | kind 2 | protocol 1 | address 32 | port 16 |
 * to:   | 0 ...                                            | address 32 | port 16 |
 * </pre>
 *
 * In a capture {@code from} is the sender and {@code to} the receiver, and {@link Initiators} finds the side. In a log
 * {@code from} is the initiator, {@code to} the responder, and the side says who of them sent the packet.
 */
final class PackedEvent {
    /** Words per event in an array or file: time, sequence, from, to. */
    static final int WORDS = 4;

    private static final int PROTOCOL_SHIFT = 48;
    private static final int KIND_SHIFT = 49;
    private static final long END_MASK = (1L << PROTOCOL_SHIFT) - 1;
    private static final long SYN_ACK = 1L << 51;
    private static final long BY_RESPONDER = 1L << 52;
    private static final Kind[] KINDS = Kind.values();

    long timeNanos;
    /** The order of arrival, which decides between equal times. */
    long sequence;

    long from;
    long to;

    static long end(int addressBits, int port) {
        return Integer.toUnsignedLong(addressBits) << 16 | port;
    }

    static long packet(Protocol protocol, Kind kind) {
        return (long) protocol.ordinal() << PROTOCOL_SHIFT | (long) kind.ordinal() << KIND_SHIFT;
    }

    static long synAck() {
        return SYN_ACK | packet(Protocol.TCP, Kind.PACKET);
    }

    static long sentBy(Side side) {
        return side == Side.RESPONDER ? BY_RESPONDER : 0;
    }

    static Endpoint endpoint(long end) {
        return new Endpoint(IpAddress.ofIpv4((int) (end >>> 16)), (int) end & 0xffff);
    }

    void set(long timeNanos, long sequence, long from, long to) {
        this.timeNanos = timeNanos;
        this.sequence = sequence;
        this.from = from;
        this.to = to;
    }

    void set(long[] words, int at) {
        set(words[at], words[at + 1], words[at + 2], words[at + 3]);
    }

    void copyTo(long[] words, int at) {
        words[at] = timeNanos;
        words[at + 1] = sequence;
        words[at + 2] = from;
        words[at + 3] = to;
    }

    static boolean isBefore(long timeNanos, long sequence, long otherNanos, long otherSequence) {
        return timeNanos < otherNanos || (timeNanos == otherNanos && sequence < otherSequence);
    }

    long fromEnd() {
        return from & END_MASK;
    }

    long toEnd() {
        return to;
    }

    Kind kind() {
        return KINDS[(int) (from >>> KIND_SHIFT) & 3];
    }

    boolean isSynAck() {
        return (from & SYN_ACK) != 0;
    }

    Protocol protocol() {
        return (from >>> PROTOCOL_SHIFT & 1) == Protocol.TCP.ordinal() ? Protocol.TCP : Protocol.UDP;
    }

    /** Returns the event as a log recorded it. */
    FlowEvent ofLog() {
        Side side = (from & BY_RESPONDER) == 0 ? Side.INITIATOR : Side.RESPONDER;
        return new FlowEvent(timeNanos, kind(), side, tuple(fromEnd(), toEnd()));
    }

    FiveTuple tuple(long initiator, long responder) {
        return new FiveTuple(protocol(), endpoint(initiator), endpoint(responder));
    }
}
