package io.github.snatsim.trace;

import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import java.util.Arrays;

/**
 * Which end opened each captured flow: the sender of its SYN, else of the first packet seen; if that is a SYN-ACK, its
 * receiver. Once decided it stays so, with one exception: a SYN opens the flow anew, from its sender, if the decision
 * was not made by a SYN or the flow has since been closed (an RST, or a FIN of both ends).
 *
 * <p>A flow is forgotten when it has been silent for long enough, and the one silent longest when there are too many.
 * The 5-tuples of recent flows are kept as objects and given out again.
 */
final class Initiators {
    private static final int HIGH_END_INITIATES = 1;
    private static final int DECIDED_BY_SYN = 2;
    private static final int FIN_OF_LOW_END = 4;
    private static final int FIN_OF_HIGH_END = 8;
    private static final int FIN_OF_BOTH = FIN_OF_LOW_END | FIN_OF_HIGH_END;
    private static final int RESET = 16;

    private static final int TUPLES_KEPT = 1 << 14;
    private static final FiveTuple NO_TUPLE =
            new FiveTuple(Protocol.TCP, PackedEvent.endpoint(1), PackedEvent.endpoint(1));

    private final long memoryNanos;
    private final FlowMemory flows;
    /** The 5-tuple of entry e is at e modulo the length, if the owner there is e. */
    private final FiveTuple[] tuples;

    private final int[] tupleOwners;

    /** Makes a memory for so many flows, each for so long after its last packet. */
    Initiators(long memoryNanos, int flowsMax) {
        this.memoryNanos = memoryNanos;
        flows = new FlowMemory(flowsMax);
        tuples = new FiveTuple[TUPLES_KEPT];
        Arrays.fill(tuples, NO_TUPLE);
        tupleOwners = new int[TUPLES_KEPT];
        Arrays.fill(tupleOwners, FlowMemory.NONE);
    }

    /** Returns how many flows were forgotten for want of room. */
    long forgotten() {
        return flows.evictions();
    }

    /** Returns the event of a captured packet; packets must come in time order. */
    FlowEvent orient(PackedEvent packet) {
        long sender = packet.fromEnd();
        long receiver = packet.toEnd();
        boolean fromHigh = sender > receiver;
        long low = Math.min(sender, receiver) | (long) packet.protocol().ordinal() << (Long.SIZE - 1);
        long high = Math.max(sender, receiver);

        flows.forgetBefore(packet.timeNanos - memoryNanos);
        int entry = flows.seen(low, high, packet.timeNanos);
        if (entry == FlowMemory.NONE) {
            entry = flows.add(low, high, packet.timeNanos);
            decide(entry, fromHigh != packet.isSynAck(), packet.kind() == Kind.SYN);
        } else if (packet.kind() == Kind.SYN && mayOpenAnew(flows.state(entry))) {
            decide(entry, fromHigh, true);
        }
        noteEnd(entry, packet.kind(), fromHigh);

        boolean highInitiates = (flows.state(entry) & HIGH_END_INITIATES) != 0;
        boolean bySender = fromHigh == highInitiates;
        int slot = entry % TUPLES_KEPT;
        if (tupleOwners[slot] != entry) {
            tupleOwners[slot] = entry;
            tuples[slot] = bySender ? packet.tuple(sender, receiver) : packet.tuple(receiver, sender);
        }
        return new FlowEvent(packet.timeNanos, packet.kind(), bySender ? Side.INITIATOR : Side.RESPONDER, tuples[slot]);
    }

    private static boolean mayOpenAnew(int state) {
        return (state & DECIDED_BY_SYN) == 0 || (state & RESET) != 0 || (state & FIN_OF_BOTH) == FIN_OF_BOTH;
    }

    private void decide(int entry, boolean highInitiates, boolean bySyn) {
        flows.setState(entry, (highInitiates ? HIGH_END_INITIATES : 0) | (bySyn ? DECIDED_BY_SYN : 0));
        int slot = entry % TUPLES_KEPT;
        if (tupleOwners[slot] == entry) {
            tupleOwners[slot] = FlowMemory.NONE;
        }
    }

    private void noteEnd(int entry, Kind kind, boolean fromHigh) {
        if (kind == Kind.FIN) {
            flows.setState(entry, flows.state(entry) | (fromHigh ? FIN_OF_HIGH_END : FIN_OF_LOW_END));
        } else if (kind == Kind.RST) {
            flows.setState(entry, flows.state(entry) | RESET);
        }
    }
}
