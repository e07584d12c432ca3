package io.github.snatsim.aws;

/**
 * What was counted in one period (rule N5). TCP includes the flows of TLS listeners. Immutable; threads may share it.
 *
 * @param startNanos when it began; what happens at that instant belongs to it
 * @param endNanos when it ended; what happens at that instant belongs to the next period, or to this one if the end of the
 *     run cut it short
 * @param newFlowCount flows that took a place in the table
 * @param newFlowCountTcp the TCP flows among them
 * @param rejectedFlowCount attempts that met a full table; reported also when 0
 * @param rejectedFlowCountTcp the TCP attempts among them
 * @param activeFlowNanos flows times the nanoseconds that they were active in the period: exact, and the average's numerator
 * @param activeFlowNanosTcp the same of TCP flows
 * @param activeFlowCountMax the most flows that were active at one time, be it for an instant
 * @param activeFlowCountTcpMax the same of TCP flows
 */
public record MetricPeriod(
        long startNanos,
        long endNanos,
        long newFlowCount,
        long newFlowCountTcp,
        long rejectedFlowCount,
        long rejectedFlowCountTcp,
        long activeFlowNanos,
        long activeFlowNanosTcp,
        long activeFlowCountMax,
        long activeFlowCountTcpMax) {

    /**
     * Returns how long the period was.
     *
     * @return nanoseconds; 0 for one whose first instant was the end of the run
     */
    public long lengthNanos() {
        return endNanos - startNanos;
    }

    /**
     * Returns {@code ActiveFlowCount} as the statistic Average, weighted by time.
     *
     * @return flows; the most if the period has no length
     */
    public double activeFlowCountAverage() {
        return average(activeFlowNanos, activeFlowCountMax);
    }

    /**
     * Returns {@code ActiveFlowCount_TCP} as the statistic Average, weighted by time.
     *
     * @return flows; the most if the period has no length
     */
    public double activeFlowCountTcpAverage() {
        return average(activeFlowNanosTcp, activeFlowCountTcpMax);
    }

    private double average(long flowNanos, long max) {
        return lengthNanos() == 0 ? max : (double) flowNanos / lengthNanos();
    }

    /**
     * Returns this period and the one after it as one.
     *
     * @param next the period that begins when this one ends
     * @return sums of what is summed, the greater maxima
     * @throws IllegalArgumentException if the other period begins at another time
     * @throws ArithmeticException if a sum does not fit a {@code long}
     */
    public MetricPeriod and(MetricPeriod next) {
        if (next.startNanos != endNanos) {
            throw new IllegalArgumentException(
                    "a period from " + next.startNanos + " ns after one until " + endNanos + " ns: expected no gap");
        }
        return new MetricPeriod(
                startNanos,
                next.endNanos,
                newFlowCount + next.newFlowCount,
                newFlowCountTcp + next.newFlowCountTcp,
                rejectedFlowCount + next.rejectedFlowCount,
                rejectedFlowCountTcp + next.rejectedFlowCountTcp,
                Math.addExact(activeFlowNanos, next.activeFlowNanos),
                Math.addExact(activeFlowNanosTcp, next.activeFlowNanosTcp),
                Math.max(activeFlowCountMax, next.activeFlowCountMax),
                Math.max(activeFlowCountTcpMax, next.activeFlowCountTcpMax));
    }
}
