package io.github.snatsim.workload;

import io.github.snatsim.net.SeededHash;
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
        return FACTORY.create(SeededHash.of(seed, source));
    }
}
