package io.github.snatsim.aws;

import io.github.snatsim.net.FiveTuple;

/**
 * Draws the target of a flow by a seeded hash of its 5-tuple (N1). The number of the draw is mixed in, so that a 5-tuple
 * which opens again may go elsewhere (N2), as AWS mixes in the sequence number of a SYN.
 */
final class TargetDraw {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final int targets;
    private long draws;

    TargetDraw(long seed, int targets) {
        this.seed = seed;
        this.targets = targets;
    }

    /** Returns the number of the target for a flow that opens now. */
    int next(FiveTuple flow) {
        long addresses = (long) flow.source().address().ipv4Bits() << Integer.SIZE
                | Integer.toUnsignedLong(flow.destination().address().ipv4Bits());
        long ports = (long) flow.source().port() << Integer.SIZE
                | (long) flow.destination().port() << Short.SIZE
                | flow.protocol().number();
        draws++;
        long hash = mix(mix(mix(seed + GOLDEN) ^ addresses) ^ ports);
        long upperHalf = mix(hash + draws * GOLDEN) >>> Integer.SIZE;
        return (int) ((upperHalf * targets) >>> Integer.SIZE);
    }

    /** The finalizer of SplitMix64 (Stafford's variant 13). */
    private static long mix(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
