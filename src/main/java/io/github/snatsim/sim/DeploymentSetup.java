package io.github.snatsim.sim;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentGateway;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.azure.Role;
import io.github.snatsim.azure.RoleInstance;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.IpAddress;

/**
 * A classic deployment whose instances run the clients of a scenario. Immutable; threads may share it.
 *
 * @param deployment what is deployed at the beginning
 * @param rules the readings of its outbound methods
 * @param clientsByRole the names of the clients that the instances of a role run; a role that is not named runs all
 */
public record DeploymentSetup(
        Deployment deployment, OutboundRules rules, ImmutableMap<String, ImmutableSet<String>> clientsByRole)
        implements Setup {
    /**
     * Checks that the pools can be had and that the roles exist.
     *
     * @param deployment what is deployed at the beginning
     * @param rules the readings of its outbound methods
     * @param clientsByRole the names of the clients that the instances of a role run
     * @throws IllegalArgumentException if a pool is larger than its tier table knows, or a role does not exist
     */
    public DeploymentSetup {
        new DeploymentGateway(deployment, rules, 0);
        ImmutableList<String> roles =
                deployment.roles().stream().map(Role::name).collect(toImmutableList());
        for (String role : clientsByRole.keySet()) {
            if (!roles.contains(role)) {
                throw new IllegalArgumentException(
                        "clients of the unknown role " + role + ": expected one of " + roles);
            }
        }
    }

    /**
     * Returns a deployment with the classic readings whose instances all run every client.
     *
     * @param deployment what is deployed at the beginning
     * @return the setup
     * @throws IllegalArgumentException if a pool is larger than its tier table knows
     */
    public static DeploymentSetup of(Deployment deployment) {
        return new DeploymentSetup(deployment, OutboundRules.classic(), ImmutableMap.of());
    }

    @Override
    public SnatProfile profile() {
        return rules.profile();
    }

    /**
     * Returns the private addresses of the deployment's instances.
     *
     * @return as many as a scenario has instances
     */
    public ImmutableList<IpAddress> addresses() {
        return deployment.instances().stream().map(RoleInstance::address).collect(toImmutableList());
    }

    /** Returns the most flows to one destination that an instance can have at the beginning. */
    @Override
    public int portsOf(int instances) {
        DeploymentGateway gateway = new DeploymentGateway(deployment, rules, 0);
        return deployment.instances().stream()
                .mapToInt(instance -> gateway.explain(instance.name()).portsPerDestination())
                .max()
                .orElse(0);
    }
}
