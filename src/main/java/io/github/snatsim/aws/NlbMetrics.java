package io.github.snatsim.aws;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.net.Side;
import io.github.snatsim.time.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what CloudWatch would show of a load balancer, period by period (rule N5). Give it to {@link NlbGateway#listen}
 * before the first event. It keeps some 100 bytes per period and nothing per flow. Not for use by several threads at once; its
 * results are immutable.
 *
 * <p>Active flows are weighted by time in whole nanoseconds. The sum of a period must fit a {@code long}: 153 million flows
 * at once for 60 s, or 2.5 million for an hour; beyond that counting ends with an {@code ArithmeticException}.
 */
public final class NlbMetrics implements GatewayListener {
    /** The default length of a period: what Elastic Load Balancing reports by. */
    public static final Duration PERIOD = Duration.ofSeconds(60);

    private final boolean countsHalfOpen;
    private final Duration period;
    private final long periodNanos;
    private final List<MetricPeriod> periods = new ArrayList<>();
    private PeriodCount count;
    private long periodEndNanos;

    private final Map<FlowEnd, Long> ends = new EnumMap<>(FlowEnd.class);
    private long resetsToClients;
    private long resetsToTargets;
    private long lateDatagrams;
    private long dropped;
    private int halfOpenFlows;
    private int halfOpenFlowsMax;

    /**
     * Makes metrics for one gateway.
     *
     * @param activeFlows which flows {@code ActiveFlowCount} and {@code ActiveFlowCount_TCP} count
     * @param startNanos when the run, and with it the first period, begins
     * @param period how long a period is, above zero
     * @throws IllegalArgumentException if the period is not above zero
     * @throws ArithmeticException if the period is longer than 292 years
     */
    public NlbMetrics(ActiveFlows activeFlows, long startNanos, Duration period) {
        if (Nanos.of(period) < 1) {
            throw new IllegalArgumentException("metric period " + period + ": expected above zero");
        }
        countsHalfOpen = activeFlows == ActiveFlows.SYN_SENT_AND_ESTABLISHED;
        this.period = period;
        periodNanos = Nanos.of(period);
        count = PeriodCount.first(startNanos);
        periodEndNanos = Nanos.later(startNanos, periodNanos);
    }

    /** Returns the count of the period that a time belongs to. */
    private PeriodCount at(long timeNanos) {
        while (timeNanos >= periodEndNanos) {
            periods.add(count.result(periodEndNanos));
            count = count.next(periodEndNanos);
            periodEndNanos = Nanos.later(periodEndNanos, periodNanos);
        }
        return count;
    }

    @Override
    public void opened(long timeNanos, long flow, int port) {
        boolean tcp = !FlowKeys.isUdp(flow);
        at(timeNanos).opened(tcp);
        count.active(timeNanos, 1, tcp);
    }

    @Override
    public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
        at(timeNanos).rejected(!FlowKeys.isUdp(flow));
    }

    @Override
    public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
        ends.merge(end, 1L, Long::sum);
        at(timeNanos).active(timeNanos, -1, !FlowKeys.isUdp(flow));
    }

    @Override
    public void halfOpenChanged(long timeNanos, int flows) {
        if (countsHalfOpen) {
            at(timeNanos).active(timeNanos, flows - halfOpenFlows, true);
        }
        halfOpenFlows = flows;
        halfOpenFlowsMax = Math.max(halfOpenFlowsMax, flows);
    }

    @Override
    public void reset(long timeNanos, Side to) {
        if (to == Side.INITIATOR) {
            resetsToClients++;
        } else {
            resetsToTargets++;
        }
    }

    @Override
    public void lateDatagram(long timeNanos) {
        lateDatagrams++;
    }

    @Override
    public void dropped(long timeNanos) {
        dropped++;
    }

    /**
     * Returns what has been counted until a time.
     *
     * @param timeNanos the end of the run, not before the last event
     * @return the result so far
     */
    public NlbMetricsResult result(long timeNanos) {
        at(timeNanos);
        ImmutableList.Builder<MetricPeriod> all = ImmutableList.<MetricPeriod>builderWithExpectedSize(
                        periods.size() + 1)
                .addAll(periods);
        if (count.hasBegun(timeNanos)) {
            all.add(count.result(timeNanos));
        }
        return new NlbMetricsResult(
                period,
                all.build(),
                Maps.immutableEnumMap(ends),
                resetsToClients,
                resetsToTargets,
                lateDatagrams,
                dropped,
                halfOpenFlowsMax,
                halfOpenFlows);
    }
}
