package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.InstanceKind;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.azure.Role;
import io.github.snatsim.azure.RoleInstance;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.sim.DeploymentSetup;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Writes a deployment: the inverse of {@link DeploymentBinder}. */
final class DeploymentWriter {
    private DeploymentWriter() {}

    static Block setup(DeploymentSetup setup) {
        Deployment deployment = setup.deployment();
        OutboundRules usual = OutboundRules.classic();
        boolean counted = isCounted(deployment);
        Block block = new Block();
        if (!deployment.endpoints().isEmpty()) {
            Block endpoints = new Block();
            deployment
                    .endpoints()
                    .forEach(endpoint ->
                            endpoints.put(endpoint.name(), endpoint.publicIp().toString()));
            block.put("endpoints", endpoints);
        }
        block.put("roles", ScenarioWriter.list(deployment.roles(), role -> role(role, counted, setup)));
        if (counted) {
            putInstanceLevelIps(deployment, block);
        } else {
            block.put(
                    "instances",
                    ScenarioWriter.list(deployment.instances(), instance -> instance(instance, deployment)));
        }
        block.putUnless(BigDecimal.ONE, "reported-factor", deployment.reportedFactor(), BigDecimal::toPlainString)
                .putUnless(usual.draw(), "draw", setup.rules().draw(), Words::of)
                .putUnless(usual.hostPortsMax(), "host-ports", setup.rules().hostPortsMax(), ports -> ports.toString());
        return GatewayWriter.putProfile(setup.profile(), false, block);
    }

    /** Whether numbers of instances and the instance-level IPs say it all. */
    private static boolean isCounted(Deployment deployment) {
        ImmutableMap.Builder<Role, Integer> counts = ImmutableMap.builder();
        deployment.roles().forEach(role -> counts.put(role, count(role, deployment)));
        List<RoleInstance> plain = deployment.instances().stream()
                .map(instance -> new RoleInstance(
                        instance.name(),
                        instance.role(),
                        instance.kind(),
                        instance.address(),
                        instance.endpoints(),
                        Optional.empty()))
                .toList();
        try {
            return Deployment.of(deployment.endpoints(), counts.buildOrThrow())
                    .instances()
                    .equals(plain);
        } catch (IllegalArgumentException e) {
            return false; // the numbered names would collide with others
        }
    }

    private static int count(Role role, Deployment deployment) {
        return (int) deployment.instances().stream()
                .filter(instance -> instance.role().equals(role.name()))
                .count();
    }

    private static void putInstanceLevelIps(Deployment deployment, Block block) {
        Block publicIps = new Block();
        deployment
                .instances()
                .forEach(instance -> instance.instanceLevelIp()
                        .ifPresent(publicIp -> publicIps.put(instance.name(), publicIp.toString())));
        if (!publicIps.isEmpty()) {
            block.put("instance-level-ips", publicIps);
        }
    }

    private static Block role(Role role, boolean counted, DeploymentSetup setup) {
        Block block = Block.of("name", YamlText.quote(role.name()))
                .putUnless(InstanceKind.VM, "kind", role.kind(), Words::of)
                .putUnless(ImmutableList.<String>of(), "endpoints", role.endpoints(), DeploymentWriter::texts)
                .putIfPresent(
                        "clients",
                        Optional.ofNullable(setup.clientsByRole().get(role.name())),
                        (ImmutableSet<String> names) -> texts(names.asList()));
        return counted
                ? block.putUnless(1, "instances", count(role, setup.deployment()), count -> count.toString())
                : block;
    }

    private static Block instance(RoleInstance instance, Deployment deployment) {
        ImmutableList<String> ofRole = deployment.roles().stream()
                .filter(role -> role.name().equals(instance.role()))
                .findFirst()
                .orElseThrow()
                .endpoints();
        return Block.of("name", YamlText.quote(instance.name()))
                .put("role", YamlText.quote(instance.role()))
                .put("address", instance.address().toString())
                .putUnless(ofRole, "endpoints", instance.endpoints(), DeploymentWriter::texts)
                .putIfPresent("instance-level-ip", instance.instanceLevelIp(), IpAddress::toString);
    }

    private static List<Object> texts(ImmutableList<String> names) {
        return ScenarioWriter.list(names, YamlText::quote);
    }
}
