/**
 * The clock abstraction and its virtual form; time is nanoseconds in a {@code long}.
 *
 * <p>Structures take {@code now} as an argument; a clock is read once, at the edge.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.time;

import org.jspecify.annotations.NullMarked;
