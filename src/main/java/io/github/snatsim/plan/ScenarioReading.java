package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentGateway;
import io.github.snatsim.azure.EndpointDraw;
import io.github.snatsim.azure.OutboundMethod;
import io.github.snatsim.azure.RoleInstance;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.DeploymentSetup;
import io.github.snatsim.sim.FirewallSetup;
import io.github.snatsim.sim.NlbSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.SnatSetup;
import io.github.snatsim.workload.Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Which instances of a scenario are alike, and what they own. */
final class ScenarioReading {
    /** What instances that are alike have in common. */
    private record Kind(
            int ports, int portsRedeploying, boolean translatesPorts, int sharers, ImmutableList<Client> clients) {}

    private final Scenario scenario;
    private final ImmutableSet.Builder<Caveat> caveats = ImmutableSet.builder();

    /** How many instances take the same ports: those behind a firewall. */
    private int joined = 1;

    ScenarioReading(Scenario scenario) {
        this.scenario = scenario;
        if (!scenario.actions().isEmpty()) {
            caveats.add(Caveat.ACTIONS);
        }
        if (!scenario.workload().outages().isEmpty()) {
            caveats.add(Caveat.OUTAGES);
        }
    }

    ImmutableList<InstanceDemand> instances() {
        Map<Kind, Integer> kinds = new LinkedHashMap<>();
        if (scenario.gateway() instanceof SnatSetup setup) {
            kinds.put(kind(setup), scenario.instances().size());
        } else if (scenario.gateway() instanceof FirewallSetup setup) {
            joined = scenario.instances().size();
            kinds.put(new Kind(setup.firewall().ports(), setup.firewall().ports(), true, 1, clients()), 1);
        } else if (scenario.gateway() instanceof DeploymentSetup setup) {
            addKinds(setup, kinds);
        } else if (scenario.gateway() instanceof ApiManagementSetup setup) {
            caveats.add(Caveat.SERVICE);
            int units = setup.service().unitsAtStart();
            int ports = setup.portsOf(units);
            kinds.put(new Kind(ports, ports, true, units, clients()), units);
        } else if (scenario.gateway() instanceof NlbSetup) {
            throw new IllegalArgumentException(
                    "a load balancer has no SNAT ports: expected another gateway (see nlb advise)");
        }
        return kinds.entrySet().stream()
                .map(kind -> demandOf(kind.getKey(), kind.getValue()))
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<Client> clients() {
        return scenario.workload().clients();
    }

    private Kind kind(SnatSetup setup) {
        int size = scenario.instances().size();
        int ports = setup.portsOf(size);
        int redeploying = setup.portsPerInstance().isPresent()
                ? ports
                : setup.profile()
                        .allocation()
                        .tiers()
                        .portsPerInstanceReported(Deployment.FACTOR_MAX.intValueExact() * size);
        return new Kind(ports, redeploying, true, 1, clients());
    }

    private void addKinds(DeploymentSetup setup, Map<Kind, Integer> kinds) {
        Deployment deployment = setup.deployment();
        if (deployment.isRedeploying()) {
            caveats.add(Caveat.REDEPLOYMENT);
        }
        Deployment redeploying = new Deployment(
                deployment.endpoints(), deployment.roles(), deployment.instances(), Deployment.FACTOR_MAX);
        DeploymentGateway normal = new DeploymentGateway(deployment, setup.rules(), scenario.seed());
        DeploymentGateway reported = new DeploymentGateway(redeploying, setup.rules(), scenario.seed());
        for (RoleInstance instance : deployment.instances()) {
            ImmutableSet<String> names = setup.clientsByRole().get(instance.role());
            ImmutableList<Client> run = clients().stream()
                    .filter(client -> names == null || names.contains(client.name()))
                    .collect(ImmutableList.toImmutableList());
            if (setup.rules().draw() == EndpointDraw.PER_FLOW
                    && instance.endpoints().size() > 1
                    && instance.method() == OutboundMethod.PUBLIC_ENDPOINT) {
                caveats.add(Caveat.FRONTEND_PER_FLOW);
            }
            Kind kind = new Kind(
                    normal.explain(instance.name()).portsPerDestination(),
                    reported.explain(instance.name()).portsPerDestination(),
                    instance.method().translatesPorts(),
                    1,
                    run);
            kinds.merge(kind, 1, Integer::sum);
        }
    }

    private InstanceDemand demandOf(Kind kind, int instances) {
        ImmutableSet.Builder<Caveat> found = ImmutableSet.<Caveat>builder().addAll(caveats.build());
        if (kind.translatesPorts() && scenario.workload().sourcePorts().range().size() < kind.ports()) {
            found.add(Caveat.HOST_PORTS);
        }
        Holds holds = Holds.of(scenario.gateway().profile(), kind.translatesPorts());
        DestinationDemands demands =
                new DestinationDemands(scenario.gateway().profile(), scenario.warmUp(), found.build());
        for (Client client : kind.clients()) {
            demands.add(client, holds, kind.sharers());
        }
        List<Demand> sorted = demands.heaviestFirst().stream()
                .map(demand -> joined == 1 ? demand : demand.joinedBy(joined))
                .toList();
        return new InstanceDemand(
                instances,
                kind.ports(),
                kind.portsRedeploying(),
                kind.translatesPorts(),
                ImmutableList.copyOf(sorted),
                joined == 1 || demands.udpErlangs().isEmpty()
                        ? demands.udpErlangs()
                        : OptionalDouble.of(demands.udpErlangs().getAsDouble() * joined));
    }
}
