package io.github.snatsim.plan;

import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.NlbSetup;
import io.github.snatsim.sim.Scenario;

/**
 * A scenario with one more mitigation.
 *
 * @param scenario the new scenario; the same as before if the mitigation does nothing to it
 * @param reason why it helps, or does not; a sentence without a full stop
 */
record Mitigated(Scenario scenario, String reason) {
    /**
     * Gives a scenario a mitigation.
     *
     * @throws IllegalArgumentException if the scenario cannot have it, with the reason
     */
    static Mitigated of(Scenario before, ScenarioMitigation mitigation) {
        if (before.gateway() instanceof NlbSetup) {
            throw new IllegalArgumentException(
                    "a load balancer has no SNAT ports: expected another gateway (see nlb advise)");
        } else if (before.gateway() instanceof ApiManagementSetup setup) {
            return new ServiceMitigations(before, setup).with(mitigation);
        }
        return switch (mitigation.kind()) {
            case INSTANCE_LEVEL_IP, INSTANCES, PUBLIC_IPS, FIREWALL, PRIVATE_ENDPOINT ->
                new SystemMitigations(before).with(mitigation);
            case DESTINATION_IPS, DESTINATION_PORTS -> DestinationMitigations.with(before, mitigation);
            default -> new ClientMitigations(before).with(mitigation);
        };
    }

    /** Whether the scenario stays as it was. */
    boolean changesNothing(Scenario before) {
        return scenario.equals(before);
    }
}
