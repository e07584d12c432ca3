package io.github.snatsim.sim;

import io.github.snatsim.metrics.MetricsResult;

/**
 * What a replay showed. Immutable; threads may share it.
 *
 * @param metrics what the gateway did
 * @param portsPerInstance ports that each instance owned for each protocol
 * @param instances how many initiators became instances
 * @param events how many events were offered to the gateway
 * @param flowsElsewhere flows opened from addresses that are not instances; their packets were not offered
 * @param startNanos time of the first event, 0 if there was none
 * @param endNanos time of the last event, 0 if there was none
 */
public record ReplayResult(
        MetricsResult metrics,
        int portsPerInstance,
        int instances,
        long events,
        long flowsElsewhere,
        long startNanos,
        long endNanos) {}
