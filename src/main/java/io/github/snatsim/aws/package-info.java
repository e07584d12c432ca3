/**
 * Network Load Balancer: listeners, attributes, metrics and alarm; its own validity checks.
 *
 * <p>A {@link io.github.snatsim.aws.NetworkLoadBalancer} says what is modelled, an {@link io.github.snatsim.aws.NlbGateway}
 * runs it, {@link io.github.snatsim.aws.NlbMetrics} hears it and counts what its owner sees, and an {@link
 * io.github.snatsim.aws.Alarm} watches the counts (rules N1-N5). Nothing here reads a clock or a file.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.aws;

import org.jspecify.annotations.NullMarked;
