/**
 * Drives events through a gateway on a virtual clock.
 *
 * <p>{@link io.github.snatsim.sim.Simulation} is the one loop; {@link io.github.snatsim.sim.Replay} feeds it recorded
 * traffic.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.sim;

import org.jspecify.annotations.NullMarked;
