package io.github.snatsim.metrics;

import io.github.snatsim.flow.FlowState;

/**
 * Distinct ports in use, split by what they wait for. A port that several flows share counts once: as open if one of
 * them is open, else as in the FIN hold if one is, else as in the RST hold. Immutable; threads may share it.
 *
 * @param open ports with an open flow
 * @param finHold ports without an open flow that wait for a FIN hold
 * @param rstHold ports that wait for RST holds only
 */
public record PortsByState(int open, int finHold, int rstHold) {
    /** No ports. */
    public static final PortsByState NONE = new PortsByState(0, 0, 0);

    /**
     * Returns all ports in use (rule T6).
     *
     * @return the sum
     */
    public int total() {
        return open + finHold + rstHold;
    }

    /**
     * Returns the ports of one state.
     *
     * @param state the state
     * @return how many
     */
    public int of(FlowState state) {
        return switch (state) {
            case OPEN -> open;
            case FIN_HOLD -> finHold;
            case RST_HOLD -> rstHold;
        };
    }
}
