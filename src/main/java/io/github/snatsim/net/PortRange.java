package io.github.snatsim.net;

/**
 * Consecutive ports, both ends included. Immutable; threads may share it.
 *
 * @param first the lowest port, 1-65,535
 * @param last the highest port, not below {@code first}
 */
public record PortRange(int first, int last) {
    /**
     * Checks the bounds.
     *
     * @param first the lowest port, 1-65,535
     * @param last the highest port, not below {@code first}
     * @throws IllegalArgumentException if a port is out of range or the range is empty
     */
    public PortRange {
        Ports.check(first);
        Ports.check(last);
        if (last < first) {
            throw new IllegalArgumentException("port range " + first + "-" + last + " is empty");
        }
    }

    /**
     * Reads {@code first-last}, or a single port.
     *
     * @param text the text, for example {@code 1024-65535}
     * @return the range
     * @throws IllegalArgumentException if the text is anything else
     */
    public static PortRange parse(String text) {
        int dash = text.indexOf('-');
        return dash < 0
                ? new PortRange(Ports.parse(text, text), Ports.parse(text, text))
                : new PortRange(
                        Ports.parse(text.substring(0, dash), text), Ports.parse(text.substring(dash + 1), text));
    }

    /**
     * Returns how many ports the range has.
     *
     * @return 1-65,535
     */
    public int size() {
        return last - first + 1;
    }

    /**
     * Tells whether a port lies in the range.
     *
     * @param port any number
     * @return true from {@code first} to {@code last}
     */
    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    /** Returns {@code first-last}, or the port alone if there is only one; the inverse of {@link #parse}. */
    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
