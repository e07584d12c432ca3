package io.github.snatsim.flow;

import io.github.snatsim.net.FiveTuple;

/**
 * A live flow as it stood when somebody asked. Immutable; threads may share it.
 *
 * @param tuple its 5-tuple
 * @param frontend the number of the frontend whose port it holds, 0 where there is one
 * @param port the port that it holds
 * @param state why it still holds the port
 * @param sinceNanos when the time that ends at the deadline began: with the last packet of an open flow, with the hold of a
 *     closed one; {@link Long#MIN_VALUE} if the deadline never comes
 * @param deadlineNanos when it ends if nothing more is sent, {@link Long#MAX_VALUE} for never
 */
public record Flow(FiveTuple tuple, int frontend, int port, FlowState state, long sinceNanos, long deadlineNanos) {}
