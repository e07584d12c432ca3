package io.github.snatsim.flow;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Which of an instance's ports a new flow takes (rule T3). Users can write their own; it is asked only when a port is
 * free for the destination. As safe for threads as the table it serves: for one at a time.
 */
@FunctionalInterface
public interface PortChoice {
    /**
     * Chooses a port.
     *
     * @param ports the instance's ports as they stand for the destination; valid during the call only
     * @return a port that is free for the destination
     */
    int choose(PortView ports);

    /**
     * Returns the default: the lowest port already in use that is free for the destination, so that flows share ports;
     * only if there is none, the lowest unused one.
     *
     * @return the choice of rule T3
     */
    static PortChoice shareLowest() {
        return ports -> {
            int shared = ports.lowestShareable();
            return shared != PortView.NONE ? shared : ports.lowestUnused();
        };
    }

    /**
     * Returns the choice of the lowest port that is free for the destination, in use or not.
     *
     * @return a choice without state
     */
    static PortChoice lowestFree() {
        return ports -> ports.nextFree(0);
    }

    /**
     * Returns the choice of a random port among those free for the destination.
     *
     * @param seed what to draw from: the same seed gives the same ports
     * @return a choice with a generator of its own
     */
    static PortChoice random(long seed) {
        RandomGenerator generator =
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return ports -> ports.free(generator.nextInt(ports.freeCount()));
    }

    /**
     * Returns the choice of the next free port above the one that the instance gave out last, from the lowest again
     * after the highest.
     *
     * @return a choice without state of its own
     */
    static PortChoice nextInTurn() {
        return ports -> {
            int next = ports.nextFree(ports.lastTaken() + 1);
            return next != PortView.NONE ? next : ports.nextFree(0);
        };
    }
}
