package io.github.snatsim.bench;

/**
 * A 5-tuple as a peer's key: address and port of each end. Its hash mixes all bits: the one that a record has by itself
 * makes neighbouring ports collide and would cost the peers up to half their speed.
 */
record Tuple(long source, long destination) {
    private static final long INSTANCES_FROM = 10 << 24 | 1;
    private static final long DESTINATIONS_FROM = 20 << 24 | 1;

    /** The 5-tuple that {@link Contestant#key} packed. */
    static Tuple of(long key) {
        return new Tuple(
                ((INSTANCES_FROM + instance(key)) << 16) | (key >>> 24 & 0xffff),
                ((DESTINATIONS_FROM + destination(key)) << 16) | 443);
    }

    static int instance(long key) {
        return (int) (key >>> 40);
    }

    static int destination(long key) {
        return (int) key & 0xffffff;
    }

    /** The top half of a product depends on all bits below. */
    static int hash(long a, long b) {
        long mixed = (a * 0x9E3779B97F4A7C15L + b) * 0xC2B2AE3D27D4EB4FL;
        return (int) (mixed >>> 32);
    }

    @Override
    public int hashCode() {
        return hash(source, destination);
    }
}
