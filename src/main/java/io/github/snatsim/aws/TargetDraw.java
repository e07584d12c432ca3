package io.github.snatsim.aws;

import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.SeededHash;

/**
 * Draws the target of a flow by a seeded hash of its 5-tuple (N1). The number of the draw is mixed in, so that a 5-tuple
 * which opens again may go elsewhere (N2), as AWS mixes in the sequence number of a SYN.
 */
final class TargetDraw {
    private final long seed;
    private final int targets;
    private long draws;

    TargetDraw(long seed, int targets) {
        this.seed = seed;
        this.targets = targets;
    }

    /** Returns the number of the target for a flow that opens now. */
    int next(FiveTuple flow) {
        long upperHalf = SeededHash.mix(flow.hash(seed) + ++draws) >>> Integer.SIZE;
        return (int) ((upperHalf * targets) >>> Integer.SIZE);
    }
}
