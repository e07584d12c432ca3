package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;

/**
 * Actions of a scenario that cannot happen; all of them are known here, the message is that of the first in the scenario's order.
 * Immutable; threads may share it.
 */
public final class RefusedActionsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient ImmutableList<Refusal> refusals;

    /**
     * An action that cannot happen.
     *
     * @param index its place among the scenario's actions, from 0 on
     * @param reason why, with what would be right
     */
    public record Refusal(int index, String reason) {}

    RefusedActionsException(ImmutableList<Refusal> refusals) {
        super(refusals.get(0).reason());
        this.refusals = refusals;
    }

    /**
     * Returns what cannot happen.
     *
     * @return at least one action, in the scenario's order
     */
    public ImmutableList<Refusal> refusals() {
        return refusals;
    }
}
