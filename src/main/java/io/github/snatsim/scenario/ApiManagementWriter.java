package io.github.snatsim.scenario;

import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.Autoscale;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.BackendHosting;
import io.github.snatsim.sim.ApiManagementSetup;
import java.time.Duration;

/** Writes an API Management service: the inverse of {@link ApiManagementBinder}. */
final class ApiManagementWriter {
    private ApiManagementWriter() {}

    static Block setup(ApiManagementSetup setup) {
        ApiManagement service = setup.service();
        Block block = Block.of("units", Integer.toString(service.units()))
                .put("ports-per-unit", Integer.toString(service.portsPerUnit()))
                .putUnless(ApiManagement.CONNECT_WAIT, "connect-wait", service.connectWait(), Units::write)
                .putUnless(false, "in-vnet", service.inVnet(), inVnet -> "true")
                .putUnless(BackendHosting.ELSEWHERE, "hosting", service.hosting(), Words::of);
        if (!service.mitigations().isEmpty()) {
            Block mitigations = new Block();
            service.mitigations()
                    .forEach(mitigation -> mitigations.put(mitigation.kind().toString(), mitigation(mitigation)));
            block.put("mitigations", mitigations);
        }
        if (!service.on().isEmpty()) {
            block.put("on", ScenarioWriter.list(service.on().asList(), Words::of));
        }
        block.putIfPresent("autoscale", service.autoscale(), ApiManagementWriter::autoscale);
        return GatewayWriter.putTimers(setup.profile(), block);
    }

    private static Object mitigation(ApiMitigation mitigation) {
        if (mitigation instanceof ApiMitigation.FasterBackend faster) {
            return Block.of("latency-factor", Units.write(faster.latencyFactor()));
        } else if (mitigation instanceof ApiMitigation.MoreUnits more) {
            return Integer.toString(more.units());
        } else if (mitigation instanceof ApiMitigation.MoreBackends more) {
            return Block.of("count", Integer.toString(more.count()))
                    .putUnless(ApiMitigation.Differ.BY_ADDRESS, "differ", more.differ(), Words::of);
        } else if (mitigation instanceof ApiMitigation.Firewall firewall) {
            return firewall(firewall.firewall());
        } else if (mitigation instanceof ApiMitigation.Caching caching) {
            return Block.of("hit-ratio", Units.write(caching.hitRatio()))
                    .putUnless(ApiMitigation.Hits.RANDOM, "hits", caching.hits(), Words::of);
        } else if (mitigation instanceof ApiMitigation.RateLimitByKey limit) {
            return Block.of("calls", Integer.toString(limit.calls()))
                    .put("renewal-period", Units.write(limit.renewalPeriod()));
        } else if (mitigation instanceof ApiMitigation.ConnectionReuse reuse
                && reuse.idleLimit().isPresent()) {
            return Block.of("idle-limit", Units.write(reuse.idleLimit().get()));
        }
        return new Block(); // without details
    }

    static Object firewall(AzureFirewall firewall) {
        return firewall.equals(AzureFirewall.article())
                ? "article"
                : new Block()
                        .putUnless(1, "public-ips", firewall.publicIps(), count -> count.toString())
                        .put("ports-per-ip", Integer.toString(firewall.portsPerIp()));
    }

    private static Block autoscale(Autoscale rule) {
        return Block.of("metric", Words.of(rule.metric()))
                .put("scale-out-above", Units.write(rule.scaleOutAbove()))
                .putUnless(0.0, "scale-in-below", rule.scaleInBelow(), Units::write)
                .putUnless(1, "units-min", rule.unitsMin(), count -> count.toString())
                .put("units-max", Integer.toString(rule.unitsMax()))
                .putUnless(Duration.ofMinutes(5), "period", rule.period(), Units::write)
                .putUnless(Duration.ZERO, "takes", rule.takes(), Units::write)
                .putUnless(Duration.ZERO, "cpu-per-call", rule.cpuPerCall(), Units::write);
    }
}
