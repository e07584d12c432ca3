package io.github.snatsim.aws;

/**
 * The load balancer's metrics by their names in CloudWatch (rule N5). Those with TCP count the TCP flows among all; flows of
 * TLS listeners are TCP flows. Immutable; threads may share it.
 */
public enum NlbMetric {
    /** Flows that took a place in the table, summed over the period. */
    NEW_FLOW_COUNT("NewFlowCount"),
    /** TCP flows that took a place in the table, summed over the period. */
    NEW_FLOW_COUNT_TCP("NewFlowCount_TCP"),
    /** Flows at one time, by {@link ActiveFlows}: the most in the period. */
    ACTIVE_FLOW_COUNT("ActiveFlowCount"),
    /** TCP flows at one time, by {@link ActiveFlows}: the most in the period. */
    ACTIVE_FLOW_COUNT_TCP("ActiveFlowCount_TCP"),
    /** Attempts that met a full table, summed over the period. */
    REJECTED_FLOW_COUNT("RejectedFlowCount"),
    /** TCP attempts that met a full table, summed over the period. */
    REJECTED_FLOW_COUNT_TCP("RejectedFlowCount_TCP");

    private final String metricName;

    NlbMetric(String metricName) {
        this.metricName = metricName;
    }

    /**
     * Returns the name in CloudWatch.
     *
     * @return for example {@code RejectedFlowCount}
     */
    public String metricName() {
        return metricName;
    }

    /**
     * Returns the metric's value in a period: the statistic Sum, for the active flows Maximum.
     *
     * @param period the period
     * @return flows, not negative
     */
    public long valueIn(MetricPeriod period) {
        return switch (this) {
            case NEW_FLOW_COUNT -> period.newFlowCount();
            case NEW_FLOW_COUNT_TCP -> period.newFlowCountTcp();
            case ACTIVE_FLOW_COUNT -> period.activeFlowCountMax();
            case ACTIVE_FLOW_COUNT_TCP -> period.activeFlowCountTcpMax();
            case REJECTED_FLOW_COUNT -> period.rejectedFlowCount();
            case REJECTED_FLOW_COUNT_TCP -> period.rejectedFlowCountTcp();
        };
    }
}
