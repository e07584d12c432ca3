package io.github.snatsim.plan;

import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.workload.Rate;
import java.math.BigInteger;
import java.time.Duration;

/**
 * Mitigations of an API Management service (rule G3), which are its own switches where it has them.
 *
 * @param before the scenario without
 * @param setup the service that its clients call
 */
record ServiceMitigations(Scenario before, ApiManagementSetup setup) {
    Mitigated with(ScenarioMitigation mitigation) {
        if (mitigation instanceof ScenarioMitigation.Reuse reuse) {
            return switched(
                    new ApiMitigation.ConnectionReuse(reuse.idleLimit()),
                    "units keep their connections to backends: ports follow the calls in progress");
        } else if (mitigation instanceof ScenarioMitigation.Instances units) {
            return units(units.count());
        } else if (mitigation instanceof ScenarioMitigation.DestinationIps ips) {
            return backends(new ApiMitigation.MoreBackends(ips.count(), ApiMitigation.Differ.BY_ADDRESS), "IP");
        } else if (mitigation instanceof ScenarioMitigation.DestinationPorts ports) {
            return backends(new ApiMitigation.MoreBackends(ports.count(), ApiMitigation.Differ.BY_PORT), "port");
        } else if (mitigation instanceof ScenarioMitigation.Caching caching) {
            return switched(
                    new ApiMitigation.Caching(caching.hitRatio(), hits()),
                    Figures.percent(caching.hitRatio()) + " of the calls need no connection to a backend");
        } else if (mitigation instanceof ScenarioMitigation.RateLimit limit) {
            return rateLimit(limit.rate());
        } else if (mitigation instanceof ScenarioMitigation.Firewall firewall) {
            return firewall(firewall.firewall());
        } else if (mitigation instanceof ScenarioMitigation.PrivateEndpoint) {
            return switched(
                    new ApiMitigation.PrivateEndpoint(), "calls stay in the virtual network and take no port (G3)");
        } else if (mitigation instanceof ScenarioMitigation.FasterBackend faster) {
            return switched(
                    new ApiMitigation.FasterBackend(faster.lifetimeFactor()),
                    "a port is taken for the latency and the hold after it: with a hold of "
                            + Figures.seconds(setup.flows().finHold()) + " the latency hardly counts (G3)");
        } else if (mitigation instanceof ScenarioMitigation.PublicIps ips) {
            return publicIps(ips.count());
        } else if (mitigation instanceof ScenarioMitigation.Backoff
                || mitigation instanceof ScenarioMitigation.RstClose) {
            return new ClientMitigations(before).with(mitigation);
        }
        throw new IllegalArgumentException(
                switch (mitigation.kind()) {
                    case POOL ->
                        "units keep connections as many as they need, or none: a service has no pool of a size";
                    case KEEPALIVE -> "connections to backends are the units': callers cannot keep them alive";
                    default -> "units of a service have no instance-level public IPs (S1)";
                });
    }

    /** As the service describes them, if it does. */
    private ApiMitigation.Hits hits() {
        return setup.service().mitigations().stream()
                .filter(ApiMitigation.Caching.class::isInstance)
                .map(described -> ((ApiMitigation.Caching) described).hits())
                .findFirst()
                .orElse(ApiMitigation.Hits.RANDOM);
    }

    private Mitigated switched(ApiMitigation mitigation, String reason) {
        if (setup.service()
                .active(mitigation.getClass())
                .filter(mitigation::equals)
                .isPresent()) {
            return new Mitigated(before, "the service has it already: it does nothing");
        }
        ApiManagement after = setup.service().with(mitigation);
        return new Mitigated(before.withGateway(new ApiManagementSetup(after, setup.flows(), setup.idle())), reason);
    }

    private Mitigated backends(ApiMitigation mitigation, String what) {
        return switched(
                mitigation,
                "each " + what + " is a destination of its own, for which a unit has all its ports once more (G1)");
    }

    /** Fewer units are another service; more are a mitigation. */
    private Mitigated units(int count) {
        ApiManagement service = setup.service();
        int ports = service.portsPerDestination();
        String reason = count == service.unitsAtStart()
                ? "there are as many already: it does nothing"
                : service.active(ApiMitigation.Firewall.class).isPresent()
                        ? "all units share the firewall's ports, however many they are: it does nothing"
                        : "each unit has " + Figures.count(ports) + " ports: " + Figures.count((long) count * ports)
                                + " in all instead of " + Figures.count((long) service.unitsAtStart() * ports);
        if (count > service.units()) {
            return switched(new ApiMitigation.MoreUnits(count), reason);
        }
        ImmutableSet<ApiMitigation.Kind> others = service.on().stream()
                .filter(kind -> kind != ApiMitigation.Kind.MORE_UNITS)
                .collect(ImmutableSet.toImmutableSet());
        ApiManagement after = new ApiManagement(
                count,
                service.portsPerUnit(),
                service.connectWait(),
                service.inVnet(),
                service.hosting(),
                service.mitigations(),
                others,
                service.autoscale());
        return new Mitigated(before.withGateway(new ApiManagementSetup(after, setup.flows(), setup.idle())), reason);
    }

    /** By the minute, or as long as one call takes if that is longer. */
    private Mitigated rateLimit(Rate limit) {
        long minute = Duration.ofMinutes(1).toNanos();
        BigInteger calls = BigInteger.valueOf(minute)
                .multiply(BigInteger.valueOf(limit.count()))
                .divide(BigInteger.valueOf(limit.perNanos()))
                .min(BigInteger.valueOf(Integer.MAX_VALUE));
        ApiMitigation byKey = calls.signum() > 0
                ? new ApiMitigation.RateLimitByKey(calls.intValueExact(), Duration.ofMinutes(1))
                : new ApiMitigation.RateLimitByKey(1, Duration.ofNanos(limit.timeNanos(1)));
        return switched(
                byKey, "what is more than " + limit + " of a client is answered with 429, before it takes a port");
    }

    private Mitigated firewall(AzureFirewall firewall) {
        return switched(
                new ApiMitigation.Firewall(firewall),
                "all units share the firewall's " + Figures.count(firewall.ports())
                        + " ports to a backend, and need none of their own (G3)");
    }

    private Mitigated publicIps(int count) {
        return setup.service()
                .active(ApiMitigation.Firewall.class)
                .map(present ->
                        firewall(new AzureFirewall(count, present.firewall().portsPerIp())))
                .orElseGet(
                        () -> new Mitigated(
                                before,
                                "a unit's ports are its own share, whatever the number of public IPs (G1): more IPs do nothing"));
    }
}
