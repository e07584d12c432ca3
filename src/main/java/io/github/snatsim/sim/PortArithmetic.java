package io.github.snatsim.sim;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.PublicEndpoint;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.TierTable;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many ports the instances of one frontend have at the beginning, and what is near: a redeployment, the next tier. Immutable;
 * threads may share it.
 *
 * @param frontend what the ports are of, for people
 * @param sharers what shares them, in the singular: {@code instance}, {@code unit} or {@code public IP}
 * @param now at the beginning
 * @param portsMax the ports of the frontend that can be owned (P4), empty where there is no one frontend
 * @param redeploying while the pool is reported at up to twice its size (P8), empty where ports follow no table
 * @param next the smallest larger pool with fewer ports each (P9), empty if the table has none
 */
public record PortArithmetic(
        String frontend,
        String sharers,
        Share now,
        OptionalInt portsMax,
        Optional<Share> redeploying,
        Optional<Share> next) {
    /**
     * So many with so many ports each.
     *
     * @param count how many there are
     * @param portsEach the ports of each, for TCP and as many for UDP
     */
    public record Share(int count, int portsEach) {
        /**
         * Returns what they have together.
         *
         * @return count x ports of each
         */
        public long ports() {
            return (long) count * portsEach;
        }
    }

    /**
     * Returns the arithmetic of a scenario at its beginning.
     *
     * @param scenario the scenario
     * @return one entry for each frontend that a pool shares, or one for all alike; none for a load balancer
     */
    public static ImmutableList<PortArithmetic> of(Scenario scenario) {
        int instances = scenario.instances().size();
        if (scenario.gateway() instanceof SnatSetup setup) {
            AllocationRules rules = setup.profile().allocation();
            return ImmutableList.of(
                    setup.portsPerInstance().isPresent()
                            ? alone("a frontend for each instance", "instance", instances, setup.portsOf(instances))
                            : pool("the pool's frontend", instances, rules));
        } else if (scenario.gateway() instanceof DeploymentSetup setup) {
            return of(setup.deployment(), setup.profile().allocation());
        } else if (scenario.gateway() instanceof ApiManagementSetup setup) {
            return ImmutableList.of(setup.service()
                    .active(ApiMitigation.Firewall.class)
                    .map(mitigation -> of(mitigation.firewall()))
                    .orElseGet(() -> alone(
                            "each unit's own",
                            "unit",
                            instances,
                            setup.service().portsPerUnit())));
        } else if (scenario.gateway() instanceof FirewallSetup setup) {
            return ImmutableList.of(of(setup.firewall()));
        }
        return ImmutableList.of();
    }

    private static PortArithmetic of(AzureFirewall firewall) {
        return alone("the firewall", "public IP", firewall.publicIps(), firewall.portsPerIp());
    }

    private static ImmutableList<PortArithmetic> of(Deployment deployment, AllocationRules rules) {
        ImmutableList.Builder<PortArithmetic> all = ImmutableList.builder();
        for (PublicEndpoint endpoint : deployment.endpoints()) {
            int size = deployment.poolOf(endpoint.name()).size();
            all.add(pool(endpoint.publicIp() + " (" + endpoint.name() + ")", size, rules));
        }
        int shared = deployment.sharedPool().size();
        all.add(pool("the shared address", shared, rules));
        return all.build().stream()
                .filter(arithmetic -> arithmetic.now().count() > 0)
                .collect(toImmutableList());
    }

    private static PortArithmetic alone(String frontend, String sharers, int count, int portsEach) {
        return new PortArithmetic(
                frontend,
                sharers,
                new Share(count, portsEach),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static PortArithmetic pool(String frontend, int size, AllocationRules rules) {
        TierTable tiers = rules.tiers();
        int ports = tiers.portsPerInstance(size);
        return new PortArithmetic(
                frontend,
                "instance",
                new Share(size, ports),
                OptionalInt.of(rules.range().size()),
                Optional.of(new Share(size, tiers.portsPerInstanceReported(2 * size))),
                tiers.tiers().stream()
                        .filter(tier -> tier.poolSizeMin() > size)
                        .findFirst()
                        .filter(tier -> rules.violations(tier.poolSizeMin()).isEmpty())
                        .map(tier -> new Share(tier.poolSizeMin(), tier.portsPerInstance())));
    }
}
