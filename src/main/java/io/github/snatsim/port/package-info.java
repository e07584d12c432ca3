/**
 * How many ports an instance owns ({@link io.github.snatsim.port.TierTable},
 * {@link io.github.snatsim.port.PortAllocator}) and what a resize moves.
 *
 * <p>An instance is known by its private address. Rules P1-P7 and P9 of {@code docs/model.md} live here.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.port;

import org.jspecify.annotations.NullMarked;
