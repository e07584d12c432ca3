package io.github.snatsim.workload;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * One stream of random numbers per source of randomness (rule C4): a stream follows from the seed and the source's name
 * only, so that adding a client changes no other's draws. Immutable; threads may share it, not the streams.
 *
 * @param seed the run's seed
 */
public record RandomStreams(long seed) {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    /**
     * Returns the stream of a source, from its beginning.
     *
     * @param source the name of what draws
     * @return a generator, the same numbers on every JDK
     */
    public RandomGenerator stream(String source) {
        long hash = mix(seed);
        for (int i = 0; i < source.length(); i++) {
            hash = mix(hash ^ source.charAt(i));
        }
        return FACTORY.create(hash);
    }

    /** The finalizer of MurmurHash3 after a step of the golden ratio: neighbouring seeds give unrelated streams. */
    private static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
