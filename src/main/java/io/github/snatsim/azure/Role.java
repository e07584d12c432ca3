package io.github.snatsim.azure;

import com.google.common.collect.ImmutableList;

/**
 * A group of like instances: what a scale-out adds. Immutable; threads may share it.
 *
 * @param name tells it from other roles and instances of the deployment
 * @param kind what its instances are
 * @param endpoints the names of the public endpoints that new instances are put behind; none for method 3
 */
public record Role(String name, InstanceKind kind, ImmutableList<String> endpoints) {
    /**
     * Checks the name.
     *
     * @param name tells it from other roles and instances of the deployment
     * @param kind what its instances are
     * @param endpoints the names of the public endpoints that new instances are put behind
     * @throws IllegalArgumentException if the name is blank, or an endpoint is named twice
     */
    public Role {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a role needs a name");
        }
        if (endpoints.stream().distinct().count() != endpoints.size()) {
            throw new IllegalArgumentException("role " + name + " names an endpoint twice: " + endpoints);
        }
    }

    /** Returns this role with other endpoints for new instances. */
    Role withEndpoints(ImmutableList<String> endpoints) {
        return new Role(name, kind, endpoints);
    }
}
