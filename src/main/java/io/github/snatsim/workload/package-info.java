/**
 * Seeded clients that make requests and events: arrivals, lifetimes, destinations, pools, retries.
 *
 * <p>A {@link io.github.snatsim.workload.Client} describes one stream of requests; every instance that it runs on has its
 * own copy, with its own random numbers. Clients know of the world only a {@link io.github.snatsim.workload.Network} and
 * what it answers: opened, carried, refused or lost. Rules C1-C9 of {@code docs/model.md} live here.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.workload;

import org.jspecify.annotations.NullMarked;
