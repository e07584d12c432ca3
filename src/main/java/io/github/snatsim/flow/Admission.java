package io.github.snatsim.flow;

/**
 * What it costs to open a flow: for SNAT a port of an instance, for a load balancer a place in a bounded count. A
 * {@link FlowTable} asks here before it opens a flow and gives back when the flow has ended. Users can write their own.
 * As safe for threads as the table it serves: for one at a time.
 */
public interface Admission {
    /**
     * Takes what a new flow costs, or nothing at all.
     *
     * @param flow the flow's key; no flow of that key is live
     * @return the port that it takes, see {@link SnatPort}, or a {@link #refusal}
     */
    int take(long flow);

    /**
     * Gives back what a flow took.
     *
     * @param flow the flow's key
     * @param port what {@link #take} returned
     */
    void giveBack(long flow, int port);

    /**
     * Returns how long a flow may be silent before it ends, asked once when it opens.
     *
     * @param flow the flow's key
     * @param answered whether its responder has sent something; asked again when that happens first
     * @return nanoseconds, at least 1
     */
    long idleNanos(long flow, boolean answered);

    /**
     * Loads what {@link #take} or {@link #giveBack} of a flow will look at soon, if that lies far from the processor: the loads for
     * several flows go on at once. A hint that changes nothing.
     *
     * @param flow the flow's key
     * @return anything, so that the loads are not left out; 0 unless overridden
     */
    default long touch(long flow) {
        return 0;
    }

    /**
     * Tells whether what a flow took waits out the table's holds (R1, R2); asked when the flow is closed.
     *
     * @param flow the flow's key
     * @return false if it ends at once; true unless overridden
     */
    default boolean waitsInHold(long flow) {
        return true;
    }

    /**
     * Returns an admission that refuses nothing and gives every flow port 0: a table that only counts flows.
     *
     * @param idle how long flows may be silent
     * @return an admission without state
     */
    static Admission unlimited(SnatPorts.IdleRules idle) {
        return new Admission() {
            @Override
            public int take(long flow) {
                return 0;
            }

            @Override
            public void giveBack(long flow, int port) {}

            @Override
            public long idleNanos(long flow, boolean answered) {
                return idle.nanos(flow, answered);
            }
        };
    }

    /**
     * Encodes a refusal for {@link #take} where there is one frontend.
     *
     * @param reason a refusal
     * @return a negative number
     * @throws IllegalArgumentException if the outcome is not a refusal
     */
    static int refusal(Outcome reason) {
        return refusal(reason, 0);
    }

    /**
     * Encodes a refusal for {@link #take}.
     *
     * @param reason a refusal
     * @param frontend the number of the frontend that had no port
     * @return a negative number
     * @throws IllegalArgumentException if the outcome is not a refusal
     */
    static int refusal(Outcome reason, int frontend) {
        if (!reason.refused()) {
            throw new IllegalArgumentException(reason + " is not a refusal");
        }
        return ~SnatPort.of(frontend, reason.ordinal());
    }
}
