package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.AlarmChange;
import io.github.snatsim.aws.NlbMetric;
import io.github.snatsim.aws.NlbMetricsResult;
import io.github.snatsim.aws.OpeningCost;

/**
 * What a Network Load Balancer did, warm-up included. Immutable; threads may share it.
 *
 * @param metrics its metrics by period, and what its packets met
 * @param alarmChanges when the alarm changed its state, in order; none without an alarm
 * @param cost what opening a connection costs (N6)
 * @param findings what whoever runs it should know; sentences without full stops
 */
public record NlbResult(
        NlbMetricsResult metrics,
        ImmutableList<AlarmChange> alarmChanges,
        OpeningCost cost,
        ImmutableList<String> findings) {
    /**
     * Returns how many TCP connections were opened: each costs {@link OpeningCost}.
     *
     * @return the sum of {@code NewFlowCount_TCP}
     */
    public long connections() {
        return metrics.total(NlbMetric.NEW_FLOW_COUNT_TCP);
    }

    /**
     * Returns the round trips that opening them took before data could flow.
     *
     * @return connections x round trips of each
     */
    public long roundTrips() {
        return connections() * cost.roundTripsEach();
    }

    /**
     * Returns the bytes that opening them took.
     *
     * @return connections x bytes of each
     */
    public long bytes() {
        return connections() * cost.bytesEach();
    }
}
