package io.github.snatsim.metrics;

import io.github.snatsim.net.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The public IPs of numbered frontends, as far as the gateway named them. */
final class FrontendNames {
    private final Map<Integer, IpAddress> publicIps = new HashMap<>();

    void name(int frontend, IpAddress publicIp) {
        publicIps.put(frontend, publicIp);
    }

    Optional<IpAddress> publicIp(int frontend) {
        return Optional.ofNullable(publicIps.get(frontend));
    }
}
