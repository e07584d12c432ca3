package io.github.snatsim.aws;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.flow.FlowEnd;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * What a load balancer's owner learns of a run (rule N5). Immutable; threads may share it.
 *
 * @param period how long a period is
 * @param periods all periods without a gap from the start of the run to its end; the last one may be cut short
 * @param ends flows that left the table, by reason: IDLE, FIN, RST
 * @param resetsToClients RSTs that the load balancer sent to clients
 * @param resetsToTargets RSTs that the load balancer sent to targets
 * @param lateDatagrams UDP datagrams of targets on flows that were gone; they were dropped
 * @param dropped packets that were dropped and not answered: late datagrams, RSTs without a flow, packets to no listener
 * @param halfOpenFlowsMax the most handshakes that were under way at one time
 * @param halfOpenFlows handshakes under way at the end
 */
public record NlbMetricsResult(
        Duration period,
        ImmutableList<MetricPeriod> periods,
        ImmutableMap<FlowEnd, Long> ends,
        long resetsToClients,
        long resetsToTargets,
        long lateDatagrams,
        long dropped,
        long halfOpenFlowsMax,
        long halfOpenFlows) {

    /**
     * Returns a metric over the whole run.
     *
     * @param metric which
     * @return the sum over the periods, for the active flows the maximum; 0 without periods
     */
    public long total(NlbMetric metric) {
        LongStream values = periods.stream().mapToLong(metric::valueIn);
        return switch (metric) {
            case ACTIVE_FLOW_COUNT, ACTIVE_FLOW_COUNT_TCP -> values.max().orElse(0);
            default -> values.sum();
        };
    }

    /**
     * Returns how many flows ended for a reason.
     *
     * @param end the reason
     * @return flows
     */
    public long ended(FlowEnd end) {
        return ends.getOrDefault(end, 0L);
    }
}
