package io.github.snatsim.metrics;

import io.github.snatsim.flow.FlowState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many distinct ports of one instance and protocol are in use, by state, kept up to date flow by flow. A port costs
 * 8 bytes, in pages of 64 ports that appear when first used.
 */
final class PortStates {
    private static final int PAGE_PORTS = 64;

    /** Bits of a port's word that count its flows of one state; three of them make up the word. */
    private static final int COUNT_BITS = 21;

    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private long[] @Nullable [] pages = new long[0][];
    private final int[] ports = new int[FlowState.values().length];

    /** A flow took a port. */
    void add(int port, FlowState state) {
        change(port, one(state));
    }

    /** A flow gave its port back. */
    void remove(int port, FlowState state) {
        change(port, -one(state));
    }

    /** A flow went from one state to another. */
    void move(int port, FlowState before, FlowState after) {
        change(port, one(after) - one(before));
    }

    private static long one(FlowState state) {
        return 1L << (state.ordinal() * COUNT_BITS);
    }

    private void change(int port, long difference) {
        int number = port / PAGE_PORTS;
        if (number >= pages.length) {
            pages = Arrays.copyOf(pages, number + 1);
        }
        long[] page = pages[number];
        if (page == null) {
            page = new long[PAGE_PORTS];
            pages[number] = page;
        }
        long before = page[port % PAGE_PORTS];
        long after = before + difference;
        page[port % PAGE_PORTS] = after;
        if (before != 0) {
            ports[leading(before)]--;
        }
        if (after != 0) {
            ports[leading(after)]++;
        }
    }

    /** The state that a port with these flows counts under: the lowest that has any. */
    private static int leading(long flows) {
        if ((flows & COUNT_MASK) != 0) {
            return FlowState.OPEN.ordinal();
        }
        return (flows >>> COUNT_BITS & COUNT_MASK) != 0 ? FlowState.FIN_HOLD.ordinal() : FlowState.RST_HOLD.ordinal();
    }

    int count(FlowState state) {
        return ports[state.ordinal()];
    }

    int total() {
        return ports[0] + ports[1] + ports[2];
    }

    PortsByState snapshot() {
        return new PortsByState(ports[0], ports[1], ports[2]);
    }
}
