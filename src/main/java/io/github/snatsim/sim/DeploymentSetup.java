package io.github.snatsim.sim;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentGateway;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.azure.Role;
import io.github.snatsim.azure.RoleInstance;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
    private static final int NAMES_SHOWN = 3;

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

    @Override
    public Optional<ImmutableList<IpAddress>> ownInstances() {
        return Optional.of(
                deployment.instances().stream().map(RoleInstance::address).collect(toImmutableList()));
    }

    /**
     * Returns what whoever runs the deployment should know at the beginning, each with the instances that it concerns.
     *
     * @return sentences without full stops
     */
    public ImmutableList<String> notes() {
        DeploymentGateway gateway = new DeploymentGateway(deployment, rules, 0);
        SetMultimap<String, String> instancesByFinding = LinkedHashMultimap.create();
        for (RoleInstance instance : deployment.instances()) {
            gateway.explain(instance.name())
                    .findings()
                    .forEach(finding -> instancesByFinding.put(finding, instance.name()));
        }
        return instancesByFinding.asMap().entrySet().stream()
                .map(finding -> some(finding.getValue()) + ": " + finding.getKey())
                .collect(toImmutableList());
    }

    private static String some(Collection<String> names) {
        String first = names.stream().limit(NAMES_SHOWN).collect(joining(", "));
        return names.size() > NAMES_SHOWN ? first + " and " + (names.size() - NAMES_SHOWN) + " more" : first;
    }

    /**
     * Returns the most flows to one destination that an instance with port translation can have at the beginning; of a host
     * behind an instance-level IP only if there is no other.
     */
    @Override
    public int portsOf(int instances) {
        DeploymentGateway gateway = new DeploymentGateway(deployment, rules, 0);
        return deployment.instances().stream()
                .filter(instance -> instance.method().translatesPorts())
                .mapToInt(instance -> gateway.explain(instance.name()).portsPerDestination())
                .max()
                .orElse(rules.hostPortsMax());
    }

    /** Checks that each client that a role runs exists. */
    @Override
    public void check(Workload workload, Duration duration) {
        List<String> clients = workload.clients().stream().map(Client::name).toList();
        clientsByRole.forEach((role, names) -> names.stream()
                .filter(name -> !clients.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "the role " + role + " runs the unknown client " + name + ": expected one of " + clients);
                }));
    }
}
