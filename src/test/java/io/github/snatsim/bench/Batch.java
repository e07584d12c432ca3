package io.github.snatsim.bench;

import io.github.snatsim.net.FlowEvent.Kind;

/** Events in order of time, as primitive arrays, and the verdicts on them. Filled again and again. */
final class Batch {
    final long[] timeNanos;
    /** An ordinal of {@link Kind}. */
    final byte[] kind;
    /** 0 the initiator, 1 the responder. */
    final byte[] side;
    /** What {@link Contestant#key} gave for the flow. */
    final long[] key;
    /** One of the verdicts of {@link Contestant}. */
    final byte[] verdict;

    Batch(int events) {
        timeNanos = new long[events];
        kind = new byte[events];
        side = new byte[events];
        key = new long[events];
        verdict = new byte[events];
    }

    /** What {@link #kind} holds for a kind. */
    @SuppressWarnings("EnumOrdinal") // arrays of bytes, made and read in one run
    static byte number(Kind kind) {
        return (byte) kind.ordinal();
    }

    int size() {
        return key.length;
    }

    int count(int wanted) {
        int count = 0;
        for (byte there : verdict) {
            if (there == wanted) {
                count++;
            }
        }
        return count;
    }
}
