/**
 * Listens; counts, samples, ranks.
 *
 * <p>{@link io.github.snatsim.metrics.Metrics} hears a gateway and gives an immutable
 * {@link io.github.snatsim.metrics.MetricsResult}. Memory grows with the live flows and the instances, not with time.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.metrics;

import org.jspecify.annotations.NullMarked;
