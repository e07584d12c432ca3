package io.github.snatsim.azure;

import io.github.snatsim.net.IpAddress;

/**
 * A public load-balanced endpoint: a public IP that the instances behind it share (rule S2). Immutable; threads may share it.
 *
 * @param name tells it from other endpoints of the deployment
 * @param publicIp what destinations see as the source
 */
public record PublicEndpoint(String name, IpAddress publicIp) {
    /**
     * Checks the name.
     *
     * @param name tells it from other endpoints of the deployment
     * @param publicIp what destinations see as the source
     * @throws IllegalArgumentException if the name is blank
     */
    public PublicEndpoint {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an endpoint needs a name");
        }
    }
}
