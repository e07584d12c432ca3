/**
 * Recorded files as the same events, lazily, in constant memory.
 *
 * <p>{@link io.github.snatsim.trace.TraceReader} opens packet captures (pcap, pcapng), Zeek connection logs and
 * conntrack event logs, compressed or not, and gives {@link io.github.snatsim.net.FlowEvent}s in time order. Inside, a
 * format's reader turns records into packed events, {@code ReorderBuffer} puts them into time order, and for captures
 * {@code Initiators} then says which end of each flow opened it.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.trace;

import org.jspecify.annotations.NullMarked;
