package io.github.snatsim.flow;

/**
 * A port of a frontend as one number: the port in the lower 16 bits, the frontend's number above them. A gateway numbers
 * its frontends from 0, so where there is one frontend the number is the port. Stateless.
 */
public final class SnatPort {
    /** How many frontends a gateway can tell apart. */
    public static final int FRONTENDS_MAX = 1 << 15;

    private static final int PORT_BITS = 16;
    private static final int PORT_MASK = (1 << PORT_BITS) - 1;

    private SnatPort() {}

    /**
     * Returns the number of a port of a frontend.
     *
     * @param frontend the frontend's number, 0 to {@link #FRONTENDS_MAX} - 1
     * @param port the port, 0-65,535
     * @return the number, never negative
     */
    public static int of(int frontend, int port) {
        return frontend << PORT_BITS | port;
    }

    /**
     * Returns the frontend of a number.
     *
     * @param snatPort what {@link #of} returned
     * @return the frontend's number
     */
    public static int frontend(int snatPort) {
        return snatPort >>> PORT_BITS;
    }

    /**
     * Returns the port of a number.
     *
     * @param snatPort what {@link #of} returned
     * @return the port alone
     */
    public static int port(int snatPort) {
        return snatPort & PORT_MASK;
    }
}
