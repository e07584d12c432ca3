package io.github.snatsim.flow;

/**
 * An instance's ports of one protocol as they stand for one destination, for a {@link PortChoice} to choose from. Valid
 * during that call only, on its thread. A search costs time in the number of ports / 64.
 */
public interface PortView {
    /** What a search returns that finds nothing. */
    int NONE = -1;

    /**
     * Returns how many ports are free for the destination.
     *
     * @return at least 1
     */
    int freeCount();

    /**
     * Returns a port that is free for the destination by its rank.
     *
     * @param rank 0 for the lowest, up to {@link #freeCount} - 1
     * @return the port
     */
    int free(int rank);

    /**
     * Returns the lowest port at or above another that is free for the destination.
     *
     * @param from where to begin
     * @return the port, or {@link #NONE}
     */
    int nextFree(int from);

    /**
     * Returns the lowest port that other destinations use and that is free for this one.
     *
     * @return the port, or {@link #NONE}
     */
    int lowestShareable();

    /**
     * Returns the lowest port that no flow uses.
     *
     * @return the port, or {@link #NONE}
     */
    int lowestUnused();

    /**
     * Returns the port that the instance gave out last.
     *
     * @return the port, or {@link #NONE} if it gave out none yet
     */
    int lastTaken();
}
