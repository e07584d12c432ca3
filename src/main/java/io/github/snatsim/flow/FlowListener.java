package io.github.snatsim.flow;

/**
 * Hears what happens to flows, in order, each at its exact time. A flow is named by its key; {@link FlowKeys#tuple} gives
 * the 5-tuple. A listener must not change the table it listens to. Called on the thread that drives the table.
 */
public interface FlowListener {
    /**
     * A flow opened.
     *
     * @param timeNanos when
     * @param flow its key
     * @param port the port it took, a {@link SnatPort}
     */
    default void opened(long timeNanos, long flow, int port) {}

    /**
     * An attempt was refused; nothing was taken.
     *
     * @param timeNanos when
     * @param flow the key of the flow that did not open
     * @param frontend the number of the frontend that it would have used
     * @param reason why, a refusal
     */
    default void refused(long timeNanos, long flow, int frontend, Outcome reason) {}

    /**
     * A live flow went into a hold, or from one hold into the other because that ends earlier (R5).
     *
     * @param timeNanos when
     * @param flow its key
     * @param port the port it holds, a {@link SnatPort}
     * @param before the state it left
     * @param after the state it is in now
     */
    default void stateChanged(long timeNanos, long flow, int port, FlowState before, FlowState after) {}

    /**
     * A flow ended and its port is free.
     *
     * @param timeNanos when: for IDLE, FIN and RST the deadline itself
     * @param flow its key
     * @param port the port it held, a {@link SnatPort}
     * @param state the state it was in
     * @param end why
     */
    default void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {}

    /**
     * A packet came that belongs to no flow and may not open one (T9).
     *
     * @param timeNanos when
     */
    default void dropped(long timeNanos) {}
}
