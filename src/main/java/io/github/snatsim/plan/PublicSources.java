package io.github.snatsim.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentGateway;
import io.github.snatsim.azure.Outbound;
import io.github.snatsim.azure.OutboundMethod;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.DeploymentSetup;
import io.github.snatsim.sim.FirewallSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.SnatSetup;
import java.util.stream.Stream;

/**
 * The public addresses that destinations see, which a partner must allow (rule M3). Immutable; threads may share it.
 *
 * @param count how many there are
 * @param known those that the scenario names, in order; may be fewer
 * @param what what they are, a few words
 */
public record PublicSources(int count, ImmutableList<IpAddress> known, String what) {
    private static final PublicSources NONE =
            new PublicSources(0, ImmutableList.of(), "none: destinations see private addresses");

    static PublicSources of(Scenario scenario) {
        if (needsNoSnat(scenario)) {
            return NONE;
        } else if (scenario.gateway() instanceof SnatSetup setup) {
            return setup.portsPerInstance().isPresent()
                    ? unnamed(scenario.instances().size(), "a frontend for each instance")
                    : unnamed(1, "the pool's frontend");
        } else if (scenario.gateway() instanceof FirewallSetup setup) {
            return unnamed(setup.firewall().publicIps(), "the firewall's");
        } else if (scenario.gateway() instanceof ApiManagementSetup setup) {
            return setup.service()
                    .active(ApiMitigation.Firewall.class)
                    .map(mitigation -> unnamed(mitigation.firewall().publicIps(), "the firewall's"))
                    .orElseGet(() -> unnamed(1, "the service's"));
        } else if (scenario.gateway() instanceof DeploymentSetup setup) {
            return of(setup, scenario.seed());
        }
        return NONE;
    }

    private static boolean needsNoSnat(Scenario scenario) {
        if (scenario.gateway() instanceof ApiManagementSetup setup) {
            return setup.service().bypassesSnat();
        }
        ImmutableList<IpPrefix> untranslated = scenario.gateway().profile().untranslated();
        return scenario.workload().clients().stream()
                .flatMap(client -> client.destinations().all().stream())
                .allMatch(to -> IpPrefix.anyContains(untranslated, to.endpoint().address()));
    }

    private static PublicSources unnamed(int count, String what) {
        return new PublicSources(count, ImmutableList.of(), what);
    }

    /** Whatever endpoint a deployment, an instance or a flow may draw: every seed draws another (S2). */
    private static PublicSources of(DeploymentSetup setup, long seed) {
        Deployment deployment = setup.deployment();
        DeploymentGateway gateway = new DeploymentGateway(deployment, setup.rules(), seed);
        ImmutableList<Outbound> all = deployment.instances().stream()
                .map(instance -> gateway.explain(instance.name()))
                .collect(toImmutableList());
        ImmutableList<IpAddress> chosen = all.stream()
                .filter(outbound -> outbound.method() != OutboundMethod.SHARED_ADDRESS)
                .flatMap(outbound -> outbound.method() == OutboundMethod.PUBLIC_ENDPOINT
                        ? outbound.blocks().stream()
                                .filter(block -> block.name().isPresent())
                                .map(Outbound.Block::publicIp)
                        : outbound.publicIp().stream())
                .distinct()
                .collect(toImmutableList());
        boolean shared = all.stream().anyMatch(outbound -> outbound.method() == OutboundMethod.SHARED_ADDRESS);
        ImmutableList<IpAddress> known = chosen.stream()
                .filter(publicIp -> !SystemMitigations.TO_BE_ASSIGNED.contains(publicIp))
                .collect(toImmutableList());
        if (all.isEmpty()) {
            return new PublicSources(0, ImmutableList.of(), "none: there are no instances");
        }
        int unknown = chosen.size() - known.size();
        return new PublicSources(
                chosen.size() + (shared ? 1 : 0),
                known,
                Stream.of(
                                known.isEmpty() ? "" : known.size() + " as listed",
                                unknown == 0 ? "" : unknown + " to be assigned",
                                shared ? "1 that the platform assigns and can change (S3)" : "")
                        .filter(part -> !part.isEmpty())
                        .collect(joining(", ")));
    }
}
