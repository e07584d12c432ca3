/**
 * Closed-form and simulated answers; comparison of mitigations.
 *
 * <p>{@link io.github.snatsim.plan.CapacityPlanner} answers how many; {@link io.github.snatsim.plan.NotSnat} says when ports
 * are not the reason. Closed forms reckon loads in erlangs, the one place where times are {@code double} seconds; whatever
 * is exact is reckoned in nanoseconds and fractions.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.plan;

import org.jspecify.annotations.NullMarked;
