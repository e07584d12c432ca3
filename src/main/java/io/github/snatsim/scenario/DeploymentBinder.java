package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.EndpointDraw;
import io.github.snatsim.azure.InstanceKind;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.azure.PublicEndpoint;
import io.github.snatsim.azure.Role;
import io.github.snatsim.azure.RoleInstance;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.sim.DeploymentSetup;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Makes the deployment of a scenario. */
final class DeploymentBinder {
    private static final ImmutableList<String> KEYS = ImmutableList.<String>builder()
            .add("endpoints", "roles", "instances", "instance-level-ips", "reported-factor", "draw", "host-ports")
            .addAll(GatewayBinder.PROFILE_KEYS)
            .build();

    /** What a deployment consists of, whatever the readings of the rules. */
    private static final ImmutableList<String> PARTS = ImmutableList.of("endpoints", "roles", "instances");

    /** A role and how many instances it has, if they are counted. */
    private record CountedRole(Role role, Optional<Integer> instances, Optional<ImmutableSet<String>> clients) {}

    private DeploymentBinder() {}

    static DeploymentSetup setup(Node node) {
        Keys keys = Keys.of(node, KEYS);
        ImmutableList<CountedRole> roles =
                keys.require("roles", list -> ScenarioBinder.list(list, "roles", DeploymentBinder::role));
        SnatProfile profile = GatewayBinder.profile(keys);
        OutboundRules usual = OutboundRules.classic().withProfile(profile);
        EndpointDraw draw = keys.find("draw", word -> Units.word(word, EndpointDraw.class), usual.draw());
        int hostPorts = keys.find("host-ports", Units::count, usual.hostPortsMax());
        OutboundRules rules = keys.check("host-ports", () -> new OutboundRules(profile, draw, hostPorts))
                .orElse(usual);
        Deployment deployment = deployment(keys, roles);
        ImmutableMap.Builder<String, ImmutableSet<String>> clients = ImmutableMap.builder();
        roles.forEach(role ->
                role.clients().ifPresent(names -> clients.put(role.role().name(), names)));
        return keys.buildFrom(
                List.of("pool", "roles"),
                "roles",
                () -> new DeploymentSetup(deployment, rules, clients.buildOrThrow()));
    }

    private static Deployment deployment(Keys keys, ImmutableList<CountedRole> roles) {
        ImmutableList<PublicEndpoint> endpoints =
                keys.find("endpoints", DeploymentBinder::endpoints, ImmutableList.of());
        BigDecimal factor = keys.find("reported-factor", DeploymentBinder::factor, BigDecimal.ONE);
        Deployment counted;
        if (keys.has("instances")) {
            if (roles.stream().anyMatch(role -> role.instances().isPresent())) {
                throw keys.error("expected instances as a list here, or as numbers in roles, not both");
            }
            ImmutableList<Role> named = roles.stream().map(CountedRole::role).collect(ImmutableList.toImmutableList());
            ImmutableList<RoleInstance> instances = keys.require(
                    "instances", list -> ScenarioBinder.list(list, "instances", item -> instance(item, named)));
            Deployment plain = keys.buildFrom(
                    PARTS, "instances", () -> new Deployment(endpoints, named, instances, BigDecimal.ONE));
            counted = keys.check("reported-factor", () -> new Deployment(endpoints, named, instances, factor))
                    .orElse(plain);
        } else {
            ImmutableMap<Role, Integer> counts = keys.buildFrom(PARTS, "roles", () -> counts(roles));
            Deployment plain = keys.buildFrom(PARTS, "roles", () -> Deployment.of(endpoints, counts));
            counted = keys.check(
                            "reported-factor",
                            () -> new Deployment(endpoints, plain.roles(), plain.instances(), factor))
                    .orElse(plain);
        }
        return keys.find("instance-level-ips", node -> withInstanceLevelIps(counted, node), counted);
    }

    private static ImmutableMap<Role, Integer> counts(ImmutableList<CountedRole> roles) {
        ImmutableMap.Builder<Role, Integer> counts = ImmutableMap.builder();
        roles.forEach(role -> counts.put(role.role(), role.instances().orElse(1)));
        return counts.buildOrThrow();
    }

    private static Deployment withInstanceLevelIps(Deployment deployment, Node node) {
        Deployment next = deployment;
        for (Node entry : node.expect(Kind.MAPPING, "a mapping of instances to public IPs")
                .children()) {
            IpAddress publicIp = Units.parsed(entry, IpAddress::parse);
            Deployment before = next;
            next = Keys.build(
                    entry, () -> before.with(new DeploymentChange.AssignInstanceLevelIp(entry.step(), publicIp)));
        }
        return next;
    }

    private static ImmutableList<PublicEndpoint> endpoints(Node node) {
        ImmutableList.Builder<PublicEndpoint> endpoints = ImmutableList.builder();
        for (Node entry : node.expect(Kind.MAPPING, "a mapping of endpoints to public IPs")
                .children()) {
            IpAddress publicIp = Units.parsed(entry, IpAddress::parse);
            endpoints.add(Keys.build(entry, () -> new PublicEndpoint(entry.step(), publicIp)));
        }
        return endpoints.build();
    }

    private static CountedRole role(Node node) {
        Keys keys = Keys.of(node, List.of("name", "kind", "instances", "endpoints", "clients"));
        String name = keys.require("name", Units::text);
        InstanceKind kind = keys.find("kind", word -> Units.word(word, InstanceKind.class), InstanceKind.VM);
        ImmutableList<String> endpoints = keys.find("endpoints", DeploymentBinder::texts, ImmutableList.of());
        Role role = keys.build("endpoints", () -> new Role(name, kind, endpoints));
        return new CountedRole(
                role,
                keys.find("instances", Units::countOrNone),
                keys.find("clients", list -> ImmutableSet.copyOf(texts(list))));
    }

    private static RoleInstance instance(Node node, ImmutableList<Role> roles) {
        Keys keys = Keys.of(node, List.of("name", "role", "address", "endpoints", "instance-level-ip"));
        String name = keys.require("name", Units::text);
        Role role = keys.require("role", of -> ofRole(of, roles));
        IpAddress address = keys.require("address", text -> Units.parsed(text, IpAddress::parse));
        ImmutableList<String> endpoints = keys.find("endpoints", DeploymentBinder::texts, role.endpoints());
        Optional<IpAddress> publicIp = keys.find("instance-level-ip", text -> Units.parsed(text, IpAddress::parse));
        return keys.build(
                "instance-level-ip",
                () -> new RoleInstance(name, role.name(), role.kind(), address, endpoints, publicIp));
    }

    private static Role ofRole(Node node, ImmutableList<Role> roles) {
        String name = Units.text(node);
        List<String> names = roles.stream().map(Role::name).toList();
        return roles.stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow(() -> node.error("value " + ScenarioException.quoted(name) + " is no role: "
                        + Words.didYouMean(name, names) + Words.expected(names)));
    }

    private static ImmutableList<String> texts(Node node) {
        return ScenarioBinder.list(node, "names", Units::text);
    }

    /** A factor above 1, written as a decimal. */
    static BigDecimal factor(Node node) {
        Units.number(node); // refuses what is no number
        return new BigDecimal(node.text());
    }
}
