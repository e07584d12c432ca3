/**
 * {@link io.github.snatsim.flow.FlowTable}: live flows by 5-tuple; takes ports, holds them, releases them when due.
 *
 * <p>What opening a flow costs is a seam, {@link io.github.snatsim.flow.Admission}; for SNAT it is a port of an
 * instance, {@link io.github.snatsim.flow.SnatPorts}. Rules T1-T7, T9 and R1-R9 of {@code docs/model.md} live here.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.flow;

import org.jspecify.annotations.NullMarked;
