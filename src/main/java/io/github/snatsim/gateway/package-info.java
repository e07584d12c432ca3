/**
 * What every modelled system is to the loop: offer an event, get a verdict; one listener, which also hears of allocation
 * changes.
 *
 * <p>{@link io.github.snatsim.gateway.SnatGateway} is the plain one: instances behind public IPs, nothing of any cloud.
 * Users can write their own {@link io.github.snatsim.gateway.Gateway}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.gateway;

import org.jspecify.annotations.NullMarked;
