/**
 * Immutable values: protocol, address, endpoint, destination, 5-tuple, port range, and the flow event that every source
 * makes and every gateway takes.
 *
 * <p>Every value prints as wire text and parses back from it: {@code tcp 10.0.0.1:40000 -> 203.0.113.7:443}. Parsing
 * never asks a name server. All types here are immutable and may be shared between threads.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.net;

import org.jspecify.annotations.NullMarked;
