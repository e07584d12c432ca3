package io.github.snatsim.plan;

/**
 * Why the closed form may not say what will happen (rule M2): with any of these {@link CapacityPlanner#confirm} trusts the
 * simulation. Immutable; threads may share it.
 */
public enum Caveat {
    /** C6, C7. */
    RETRIES(Effect.UNKNOWN, "failed or refused attempts are tried again: attempts depend on the outcome"),
    /** C6. */
    OUTAGES(
            Effect.UNKNOWN,
            "destinations fail at times: failed requests hold ports as long as the time-out and the hold"),
    /** C2; with constant lifetimes the largest burst is a bound all the same. */
    BURSTS(Effect.UNKNOWN, "requests come in bursts: many ports are taken at one instant"),
    /** C2. */
    RECORDED_ARRIVALS(Effect.UNKNOWN, "requests come at recorded times: only their mean rate is reckoned with"),
    /** C2. */
    DAILY_ARRIVALS(Effect.OVERSTATES, "the rate follows the hour: the highest hour is reckoned with all day"),
    /** C2: workers that wait for an answer ask for less when ports are short. */
    CLOSED_LOOP(Effect.OVERSTATES, "workers wait for answers: the rate is the most that they can make"),
    /** Fewer attempts come at once than in a Poisson process of the rate. */
    SMOOTHER_THAN_POISSON(
            Effect.OVERSTATES,
            "even arrivals with lifetimes that vary, over several destinations or joined with others, and Poisson arrivals that"
                    + " take turns at units, are smoother than a Poisson process"),
    /** C8. */
    REUSE(
            Effect.OVERSTATES,
            "connections are used again: the share is that of requests that find every port with another request, attempts to"
                    + " connect are fewer"),
    /** C8: a pool that is larger than the ports. */
    POOLS(Effect.UNKNOWN, "requests wait for a pool of connections"),
    /** P5-P8, S7, and clients that change or stop. */
    ACTIONS(Effect.UNKNOWN, "things are scheduled to change during the run: tiers, clients, deployments"),
    /** P8: the scenario begins within a redeployment. */
    REDEPLOYMENT(Effect.UNKNOWN, "the pool is reported larger than it is: ports are fewer as long as that lasts"),
    /** Counting begins earlier than {@link InstanceDemand#WARM_UP_BUSY_TIMES} times the time that a port is taken. */
    FIRST_HOLD_PERIOD(Effect.OVERSTATES, "counting begins before ports have been taken and released a few times"),
    /** Below {@link BusyTime#NEARLY_CONSTANT}; the mean is right, but a run shows waves and needs very long. */
    NEARLY_CONSTANT_BUSY_TIME(
            Effect.SLOW, "ports are taken for nearly the same time each: a full pool runs in waves that last for long"),
    /** Start, stop or a number of requests. */
    LIMITED_RUN(Effect.OVERSTATES, "a client begins late, stops, or makes so many requests only"),
    /** M3. */
    KEEPALIVE_PINS_PORTS(
            Effect.UNKNOWN, "keepalives go on for connections that nobody closes: their ports are never free again"),
    /** R3: long requests lose their ports, and their connections. */
    IDLE_CUTS_LIFETIMES(Effect.UNKNOWN, "requests that take as long as the idle time lose their flows and fail"),
    /** C3. */
    NO_MEAN(Effect.UNKNOWN, "lifetimes have no finite mean: no number of ports is enough for ever"),
    /** S2. */
    FRONTEND_PER_FLOW(
            Effect.UNKNOWN, "each flow draws one of several frontends: it is refused though another has ports"),
    /** G1-G3. */
    SERVICE(Effect.UNKNOWN, "calls wait for ports at their unit, and mitigations change how many need one"),
    /** C9. */
    HOST_PORTS(Effect.UNKNOWN, "the hosts have fewer source ports than SNAT ports");

    /** What a caveat does to the closed form. Immutable; threads may share it. */
    public enum Effect {
        /** The closed form says too much: what it allows is safe. */
        OVERSTATES,
        /** The closed form holds in the long run, which is very long. */
        SLOW,
        /** The closed form can be wrong either way. */
        UNKNOWN
    }

    private final Effect effect;
    private final String sentence;

    Caveat(Effect effect, String sentence) {
        this.effect = effect;
        this.sentence = sentence;
    }

    /**
     * Returns what the caveat does to the closed form.
     *
     * @return the effect
     */
    public Effect effect() {
        return effect;
    }

    /**
     * Returns the caveat for people.
     *
     * @return a sentence without a full stop
     */
    public String sentence() {
        return sentence;
    }
}
