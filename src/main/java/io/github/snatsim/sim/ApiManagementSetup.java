package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.flow.FlowRules;
import io.github.snatsim.flow.SnatPorts.IdleRules;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * An API Management service that the clients of a scenario call. A client's arrivals are those of its calls at the service, its
 * name is its key, and its destinations, connections, lifetime and close are those of the backend that its calls are for.
 * Immutable; threads may share it.
 *
 * @param service the service
 * @param flows how long ports wait after a close (R1, R2, G1)
 * @param idle how long connections to backends may be silent (R3)
 */
public record ApiManagementSetup(ApiManagement service, FlowRules flows, IdleRules idle) implements Setup {
    /**
     * Returns a service with the classic readings: 240 s after FINs, 15 s after an RST.
     *
     * @param service the service
     * @return the setup
     */
    public static ApiManagementSetup of(ApiManagement service) {
        SnatProfile classic = SnatProfile.classic();
        return new ApiManagementSetup(service, classic.flows(), classic.idle());
    }

    /**
     * Returns this setup with other mitigations switched on.
     *
     * @param on what is switched on, of those that the service describes
     * @return the new setup
     * @throws IllegalArgumentException if the service cannot have them, with the reason
     */
    public ApiManagementSetup withOn(Set<ApiMitigation.Kind> on) {
        return new ApiManagementSetup(service.withOn(on), flows, idle);
    }

    @Override
    public SnatProfile profile() {
        return SnatProfile.classic().withFlows(flows).withIdle(idle);
    }

    @Override
    public Optional<ImmutableList<IpAddress>> ownInstances() {
        return Optional.of(Scenario.instances(service.unitsAtStart()));
    }

    @Override
    public int portsOf(int instances) {
        return service.portsPerDestination();
    }

    @Override
    public boolean portsShared() {
        return service.active(ApiMitigation.Firewall.class).isPresent();
    }

    @Override
    public void check(Workload workload, Duration duration) {
        service.active(ApiMitigation.MoreBackends.class)
                .ifPresent(more -> workload.clients().stream()
                        .flatMap(client -> client.destinations().all().stream())
                        .forEach(backend -> more.neighbour(backend, more.count() - 1)));
    }
}
