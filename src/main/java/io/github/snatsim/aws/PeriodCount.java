package io.github.snatsim.aws;

/** The period under way: what was counted in it, and how many flows are active now. */
final class PeriodCount {
    private final long startNanos;
    private long sinceNanos;
    private long newFlows;
    private long newTcp;
    private long rejected;
    private long rejectedTcp;
    private long active;
    private long activeTcp;
    private long activeNanos;
    private long activeTcpNanos;
    private long activeMax;
    private long activeTcpMax;

    private PeriodCount(long startNanos, long active, long activeTcp) {
        this.startNanos = startNanos;
        sinceNanos = startNanos;
        this.active = active;
        this.activeTcp = activeTcp;
        activeMax = active;
        activeTcpMax = activeTcp;
    }

    /** The first period, in which nothing is active yet. */
    static PeriodCount first(long startNanos) {
        return new PeriodCount(startNanos, 0, 0);
    }

    /** The period after this one, which ends now: what is active stays so. */
    PeriodCount next(long startNanos) {
        return new PeriodCount(startNanos, active, activeTcp);
    }

    void opened(boolean tcp) {
        newFlows++;
        newTcp += tcp ? 1 : 0;
    }

    void rejected(boolean tcp) {
        rejected++;
        rejectedTcp += tcp ? 1 : 0;
    }

    /** So many more, or fewer, flows are active from now on. */
    void active(long timeNanos, long more, boolean tcp) {
        advanceTo(timeNanos);
        active += more;
        activeTcp += tcp ? more : 0;
        activeMax = Math.max(activeMax, active);
        activeTcpMax = Math.max(activeTcpMax, activeTcp);
    }

    private void advanceTo(long timeNanos) {
        if (timeNanos < sinceNanos) {
            throw new IllegalArgumentException(
                    "heard of " + timeNanos + " ns at " + sinceNanos + " ns: expected no time before the start");
        }
        long nanos = timeNanos - sinceNanos;
        activeNanos = Math.addExact(activeNanos, Math.multiplyExact(active, nanos));
        activeTcpNanos = Math.addExact(activeTcpNanos, Math.multiplyExact(activeTcp, nanos));
        sinceNanos = timeNanos;
    }

    /** Whether the period, if it ends now, has a length or a count: else it has not begun. */
    boolean hasBegun(long timeNanos) {
        return timeNanos > startNanos || newFlows + rejected > 0;
    }

    MetricPeriod result(long timeNanos) {
        advanceTo(timeNanos);
        return new MetricPeriod(
                startNanos,
                timeNanos,
                newFlows,
                newTcp,
                rejected,
                rejectedTcp,
                activeNanos,
                activeTcpNanos,
                activeMax,
                activeTcpMax);
    }
}
