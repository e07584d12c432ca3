package io.github.snatsim.flow;

import java.util.function.Supplier;

/**
 * The choices of a port that have a name (rule T3), for profiles. Immutable; threads may share it.
 *
 * @param name which choice
 * @param seed what {@link Name#RANDOM} draws from; the others ignore it
 */
public record PortOrder(Name name, long seed) implements Supplier<PortChoice> {
    /** The default: share ports as far as possible, lowest first. */
    public static final PortOrder SHARE_LOWEST = new PortOrder(Name.SHARE_LOWEST, 0);

    /** The names. Immutable; threads may share it. */
    public enum Name {
        /** See {@link PortChoice#shareLowest}. */
        SHARE_LOWEST,
        /** See {@link PortChoice#lowestFree}. */
        LOWEST_FREE,
        /** See {@link PortChoice#random}. */
        RANDOM,
        /** See {@link PortChoice#nextInTurn}. */
        NEXT_IN_TURN
    }

    /** Returns the choice, with a generator of its own where it draws. */
    @Override
    public PortChoice get() {
        return switch (name) {
            case SHARE_LOWEST -> PortChoice.shareLowest();
            case LOWEST_FREE -> PortChoice.lowestFree();
            case RANDOM -> PortChoice.random(seed);
            case NEXT_IN_TURN -> PortChoice.nextInTurn();
        };
    }
}
