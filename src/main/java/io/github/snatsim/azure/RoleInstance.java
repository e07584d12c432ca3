package io.github.snatsim.azure;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.IpAddress;
import java.util.Optional;

/**
 * An instance of a deployment. Immutable; threads may share it.
 *
 * @param name tells it from other instances and roles of the deployment
 * @param role the name of its role
 * @param kind what it is, as its role says
 * @param address its private address
 * @param endpoints the names of the public endpoints that it is behind
 * @param instanceLevelIp its instance-level public IP, empty if it has none
 */
public record RoleInstance(
        String name,
        String role,
        InstanceKind kind,
        IpAddress address,
        ImmutableList<String> endpoints,
        Optional<IpAddress> instanceLevelIp) {
    /**
     * Checks that the kind can have what the instance has.
     *
     * @param name tells it from other instances and roles of the deployment
     * @param role the name of its role
     * @param kind what it is
     * @param address its private address
     * @param endpoints the names of the public endpoints that it is behind
     * @param instanceLevelIp its instance-level public IP
     * @throws IllegalArgumentException if the name is blank, or a role instance has an instance-level IP (S1, S4)
     */
    public RoleInstance {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an instance needs a name");
        }
        if (instanceLevelIp.isPresent() && !OutboundMethod.INSTANCE_LEVEL_PUBLIC_IP.isFor(kind)) {
            throw new IllegalArgumentException("instance " + name + " is a " + kind
                    + " and cannot have an instance-level public IP (S1): expected a VM, or no such IP");
        }
    }

    /**
     * Returns which method carries the instance's flows: the first that it has (S1-S3).
     *
     * @return the method
     */
    public OutboundMethod method() {
        if (instanceLevelIp.isPresent()) {
            return OutboundMethod.INSTANCE_LEVEL_PUBLIC_IP;
        }
        return endpoints.isEmpty() ? OutboundMethod.SHARED_ADDRESS : OutboundMethod.PUBLIC_ENDPOINT;
    }

    /**
     * Returns why that method carries them.
     *
     * @return a sentence without a full stop, with the rule
     */
    public String reason() {
        String others = endpoints.isEmpty() ? "" : ", although it is behind " + String.join(" and ", endpoints);
        return switch (method()) {
            case INSTANCE_LEVEL_PUBLIC_IP ->
                "it has an instance-level public IP, which wins over every other method" + others + " (S1)";
            case PUBLIC_ENDPOINT ->
                "it has no instance-level public IP and is behind " + String.join(" and ", endpoints) + " (S2)";
            case SHARED_ADDRESS -> "it has neither an instance-level public IP nor a public endpoint (S3)";
        };
    }

    RoleInstance withEndpoints(ImmutableList<String> endpoints) {
        return new RoleInstance(name, role, kind, address, endpoints, instanceLevelIp);
    }

    RoleInstance withInstanceLevelIp(Optional<IpAddress> instanceLevelIp) {
        return new RoleInstance(name, role, kind, address, endpoints, instanceLevelIp);
    }
}
