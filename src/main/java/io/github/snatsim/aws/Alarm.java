package io.github.snatsim.aws;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.time.Nanos;
import java.time.Duration;
import java.util.List;

/**
 * An alarm on one of the load balancer's metrics (rule N5), judged at the end of every period: it goes off when the metric was
 * at or above the threshold in M of the last N periods. Immutable; threads may share it.
 *
 * <p>The first N periods (D): as soon as M of those so far have reached the threshold the alarm goes off, because no later
 * period could undo that; otherwise it has insufficient data until N periods have ended. A period that the end of the run
 * cuts short is not judged.
 *
 * @param metric what is watched
 * @param threshold the value from which on a period counts as breaching, at least 1
 * @param period how long a period of the alarm is: the metrics' period or a whole multiple of it
 * @param evaluationPeriods N, how many of the latest periods are looked at, at least 1
 * @param datapointsToAlarm M, how many of them must breach, 1 to N
 */
public record Alarm(NlbMetric metric, long threshold, Duration period, int evaluationPeriods, int datapointsToAlarm) {
    /**
     * Checks the ranges.
     *
     * @param metric what is watched
     * @param threshold the value from which on a period counts as breaching, at least 1
     * @param period how long a period of the alarm is, above zero
     * @param evaluationPeriods N, how many of the latest periods are looked at, at least 1
     * @param datapointsToAlarm M, how many of them must breach, 1 to N
     * @throws IllegalArgumentException if a value is out of range
     * @throws ArithmeticException if the period is longer than 292 years
     */
    public Alarm {
        if (threshold < 1) {
            throw new IllegalArgumentException(
                    "alarm threshold " + threshold + ": expected at least 1, since every count is at or above 0");
        }
        if (Nanos.of(period) < 1) {
            throw new IllegalArgumentException("alarm period " + period + ": expected above zero");
        }
        if (evaluationPeriods < 1) {
            throw new IllegalArgumentException(
                    "alarm over " + evaluationPeriods + " evaluation periods: expected at least 1");
        }
        if (datapointsToAlarm < 1 || datapointsToAlarm > evaluationPeriods) {
            throw new IllegalArgumentException("alarm at " + datapointsToAlarm + " datapoints: expected 1 to "
                    + evaluationPeriods + ", the evaluation periods");
        }
    }

    /**
     * Returns the alarm that the sources advise: off at the first period of 60 s in which a flow was rejected.
     *
     * @return {@code RejectedFlowCount} at or above 1 in 1 of 1 periods
     */
    public static Alarm onRejections() {
        return new Alarm(NlbMetric.REJECTED_FLOW_COUNT, 1, NlbMetrics.PERIOD, 1, 1);
    }

    /**
     * Returns when the alarm would have changed its state in a run. Costs time in proportion to the periods.
     *
     * @param result what was counted in the run
     * @return the changes in order of time, the first from {@link AlarmState#INSUFFICIENT_DATA}; none if it stays so
     * @throws IllegalArgumentException if the alarm's period is no whole multiple of the metrics' period
     */
    public ImmutableList<AlarmChange> changes(NlbMetricsResult result) {
        ImmutableList.Builder<AlarmChange> changes = ImmutableList.builder();
        AlarmState state = AlarmState.INSUFFICIENT_DATA;
        List<MetricPeriod> judged = periodsOf(result);
        int breaching = 0;
        for (int i = 0; i < judged.size(); i++) {
            breaching += breaches(judged.get(i)) ? 1 : 0;
            if (i >= evaluationPeriods) {
                breaching -= breaches(judged.get(i - evaluationPeriods)) ? 1 : 0;
            }
            AlarmState next = stateAfter(i + 1, breaching);
            if (next != state) {
                changes.add(new AlarmChange(judged.get(i).endNanos(), state, next));
                state = next;
            }
        }
        return changes.build();
    }

    private boolean breaches(MetricPeriod judged) {
        return metric.valueIn(judged) >= threshold;
    }

    private AlarmState stateAfter(int ended, int breaching) {
        if (breaching >= datapointsToAlarm) {
            return AlarmState.ALARM;
        }
        return ended < evaluationPeriods ? AlarmState.INSUFFICIENT_DATA : AlarmState.OK;
    }

    /** The whole periods of the alarm, each one or several of the metrics. */
    private ImmutableList<MetricPeriod> periodsOf(NlbMetricsResult result) {
        long nanos = Nanos.of(period);
        long partNanos = Nanos.of(result.period());
        if (nanos % partNanos != 0) {
            throw new IllegalArgumentException(
                    "alarm period " + period + ": expected a whole multiple of the metrics' " + result.period());
        }
        long parts = nanos / partNanos;
        ImmutableList.Builder<MetricPeriod> whole = ImmutableList.builder();
        List<MetricPeriod> all = result.periods();
        for (long first = 0; first + parts <= all.size(); first += parts) {
            MetricPeriod joined = all.subList((int) first, (int) (first + parts)).stream()
                    .reduce(MetricPeriod::and)
                    .orElseThrow();
            if (joined.lengthNanos() == nanos) {
                whole.add(joined);
            }
        }
        return whole.build();
    }
}
