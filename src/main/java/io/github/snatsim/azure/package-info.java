/**
 * Deployment, the three outbound methods, pool resize and redeployment, API Management; their own validity checks.
 *
 * <p>{@link io.github.snatsim.azure.Deployment} says what is deployed, {@link io.github.snatsim.azure.DeploymentChange} how
 * that changes, and {@link io.github.snatsim.azure.DeploymentGateway} carries its flows.
 * {@link io.github.snatsim.azure.ApiManagement} describes a service in front of public backends. Rules S1-S7, P8 and G1-G4
 * of {@code docs/model.md} live here.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.snatsim.azure;

import org.jspecify.annotations.NullMarked;
