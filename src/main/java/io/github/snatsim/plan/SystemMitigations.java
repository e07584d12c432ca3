package io.github.snatsim.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.DeploymentGateway;
import io.github.snatsim.azure.EndpointDraw;
import io.github.snatsim.azure.InstanceKind;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.azure.PublicEndpoint;
import io.github.snatsim.azure.Role;
import io.github.snatsim.azure.RoleInstance;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.sim.DeploymentSetup;
import io.github.snatsim.sim.FirewallSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScheduledAction;
import io.github.snatsim.sim.Setup;
import io.github.snatsim.sim.SnatSetup;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Mitigations of what the instances are behind (rules S1, S2, P9, G3, T8).
 *
 * @param before the scenario without
 */
record SystemMitigations(Scenario before) {
    /** Set aside for measurements (RFC 2544): stands for public IPs that are still to be assigned. */
    static final IpPrefix TO_BE_ASSIGNED = IpPrefix.parse("198.18.0.0/15");

    private static final int HOST_BITS = 32;

    /** As many as a scenario file can have. */
    private static final int INSTANCES_MAX = 65_532;

    Mitigated with(ScenarioMitigation mitigation) {
        if (mitigation instanceof ScenarioMitigation.InstanceLevelIp) {
            return instanceLevelIps();
        } else if (mitigation instanceof ScenarioMitigation.Instances instances) {
            return instances(instances.count());
        } else if (mitigation instanceof ScenarioMitigation.PublicIps publicIps) {
            return publicIps(publicIps.count());
        } else if (mitigation instanceof ScenarioMitigation.Firewall firewall) {
            return firewall(firewall.firewall());
        }
        return privateEndpoint();
    }

    private static IpAddress toBeAssigned(int number) {
        IpAddress address = IpAddress.ofIpv4(TO_BE_ASSIGNED.network().ipv4Bits() + 1 + number);
        if (!TO_BE_ASSIGNED.contains(address)) {
            throw new IllegalArgumentException("more public IPs than a scenario can have");
        }
        return address;
    }

    /** The first of them that no endpoint and no instance has, such as one of a mitigation before. */
    private static ImmutableList<IpAddress> toBeAssigned(Deployment deployment, int count) {
        Set<IpAddress> taken = new HashSet<>();
        deployment.endpoints().forEach(endpoint -> taken.add(endpoint.publicIp()));
        deployment.instances().forEach(instance -> instance.instanceLevelIp().ifPresent(taken::add));
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(SystemMitigations::toBeAssigned)
                .filter(address -> !taken.contains(address))
                .limit(count)
                .collect(toImmutableList());
    }

    private Mitigated instanceLevelIps() {
        if (!(before.gateway() instanceof DeploymentSetup setup)) {
            return new Mitigated(before.withGateway(ownIps()), ownIpsReason(OutboundRules.HOST_PORTS));
        }
        ImmutableList<RoleInstance> without = setup.deployment().instances().stream()
                .filter(instance -> instance.instanceLevelIp().isEmpty())
                .collect(toImmutableList());
        ImmutableList<RoleInstance> machines = without.stream()
                .filter(instance -> instance.kind() == InstanceKind.VM)
                .collect(toImmutableList());
        if (without.isEmpty()) {
            return new Mitigated(before, "every instance has one already: it does nothing");
        } else if (machines.isEmpty()) {
            throw new IllegalArgumentException("web and worker roles cannot have instance-level public IPs (S1)");
        }
        Deployment deployment = setup.deployment();
        ImmutableList<IpAddress> addresses = toBeAssigned(deployment, machines.size());
        for (int i = 0; i < machines.size(); i++) {
            deployment = deployment.with(
                    new DeploymentChange.AssignInstanceLevelIp(machines.get(i).name(), addresses.get(i)));
        }
        return new Mitigated(
                before.withGateway(new DeploymentSetup(deployment, setup.rules(), setup.clientsByRole())),
                ownIpsReason(setup.rules().hostPortsMax())
                        + (machines.size() < without.size() ? "; roles cannot have one and go on as they did" : ""));
    }

    private static String ownIpsReason(int hostPorts) {
        return "no port is translated and none waits: only the source ports of an instance's own host bound its flows, "
                + Figures.count(hostPorts) + " to a destination (S1)";
    }

    /** Virtual machines in place of instances of which a scenario says no kind. */
    private DeploymentSetup ownIps() {
        Role role = new Role("vm", InstanceKind.VM, ImmutableList.of());
        List<RoleInstance> machines = new ArrayList<>();
        for (IpAddress address : before.instances()) {
            int number = machines.size();
            machines.add(new RoleInstance(
                    "vm-" + (number + 1),
                    role.name(),
                    role.kind(),
                    address,
                    role.endpoints(),
                    Optional.of(toBeAssigned(number))));
        }
        Deployment deployment = new Deployment(
                ImmutableList.of(), ImmutableList.of(role), ImmutableList.copyOf(machines), BigDecimal.ONE);
        return new DeploymentSetup(
                deployment, OutboundRules.classic().withProfile(before.gateway().profile()), ImmutableMap.of());
    }

    private Mitigated instances(int count) {
        if (count > INSTANCES_MAX) {
            throw new IllegalArgumentException("expected at most " + Figures.count(INSTANCES_MAX) + " instances");
        }
        if (before.actions().stream().anyMatch(SystemMitigations::changesInstances)) {
            throw new IllegalArgumentException("the scenario schedules its number of instances itself");
        }
        if (before.gateway() instanceof DeploymentSetup setup) {
            return roleInstances(setup, count);
        }
        int present = before.instances().size();
        Scenario resized = ScenarioEdit.with(before, before.gateway(), Scenario.resized(before.instances(), count));
        return new Mitigated(
                ScenarioEdit.scaled(resized, ScenarioEdit.clientNames(before), new LoadScale(present, count)),
                shares(present, count, before.gateway()::portsOf));
    }

    private static boolean changesInstances(ScheduledAction action) {
        return action instanceof ScheduledAction.Resize || action instanceof ScheduledAction.Change;
    }

    private static boolean isOfDeployments(ScheduledAction action) {
        return action instanceof ScheduledAction.Change
                || action instanceof ScheduledAction.AskPublicIp
                || action instanceof ScheduledAction.Ping;
    }

    private String shares(int present, int count, IntUnaryOperator portsOf) {
        if (count == present) {
            return "there are as many already: it does nothing";
        } else if (before.gateway() instanceof FirewallSetup) {
            return "all share the firewall's ports, however many they are: it does nothing";
        }
        long ports = portsOf.applyAsInt(present);
        long next = portsOf.applyAsInt(count);
        String sums = "the load is shared by " + count + " with " + Figures.count(next) + " ports each, "
                + Figures.count(count * next) + " in all, instead of " + present + " with " + Figures.count(ports)
                + ", "
                + Figures.count(present * ports);
        return sums
                + (count > present && count * next < present * ports ? ": more instances have fewer ports (P9)" : "")
                + (new LoadScale(present, count).isExact(before)
                        ? ""
                        : "; what is counted is rounded up, so more is asked for");
    }

    /** The clients of the role must be its own, so that they can ask for less or more of each instance. */
    private Mitigated roleInstances(DeploymentSetup setup, int count) {
        Deployment deployment = setup.deployment();
        Role role = deployment.roles().stream()
                .max(Comparator.comparingInt(it -> size(deployment, it)))
                .orElseThrow(() -> new IllegalArgumentException("the deployment has no role to scale"));
        int present = size(deployment, role);
        if (present == 0) {
            throw new IllegalArgumentException("the deployment has no instances to share a load");
        }
        ImmutableSet<String> clients = clientsOf(setup, role);
        for (Role other : deployment.roles()) {
            if (!other.equals(role)
                    && size(deployment, other) > 0
                    && clientsOf(setup, other).stream().anyMatch(clients::contains)) {
                throw new IllegalArgumentException("the roles " + role.name() + " and " + other.name()
                        + " run the same clients: expected clients of its own for a role that is scaled");
            }
        }
        if (count == present) {
            return new Mitigated(before, "there are as many already: it does nothing");
        }
        Deployment next = deployment.with(
                count > present
                        ? new DeploymentChange.ScaleOut(role.name(), count - present)
                        : new DeploymentChange.ScaleIn(role.name(), present - count));
        Scenario after = before.withGateway(new DeploymentSetup(next, setup.rules(), setup.clientsByRole()));
        return new Mitigated(
                ScenarioEdit.scaled(after, clients, new LoadScale(present, count)),
                "role " + role.name() + ": "
                        + shares(
                                present,
                                count,
                                size -> size == present ? portsOf(before, role) : portsOf(after, role)));
    }

    private static int size(Deployment deployment, Role role) {
        return (int) deployment.instances().stream()
                .filter(instance -> instance.role().equals(role.name()))
                .count();
    }

    private ImmutableSet<String> clientsOf(DeploymentSetup setup, Role role) {
        ImmutableSet<String> named = setup.clientsByRole().get(role.name());
        return named == null ? ScenarioEdit.clientNames(before) : named;
    }

    /** Of the first of its instances. */
    private static int portsOf(Scenario scenario, Role role) {
        DeploymentSetup setup = (DeploymentSetup) scenario.gateway();
        DeploymentGateway gateway = new DeploymentGateway(setup.deployment(), setup.rules(), scenario.seed());
        return setup.deployment().instances().stream()
                .filter(instance -> instance.role().equals(role.name()))
                .mapToInt(instance -> gateway.explain(instance.name()).portsPerDestination())
                .findFirst()
                .orElse(0);
    }

    private Mitigated publicIps(int count) {
        if (before.gateway() instanceof DeploymentSetup setup) {
            return endpoints(setup, count);
        } else if (before.gateway() instanceof FirewallSetup setup) {
            AzureFirewall firewall = new AzureFirewall(count, setup.firewall().portsPerIp());
            if (firewall.equals(setup.firewall())) {
                return new Mitigated(before, "the firewall has as many already: it does nothing");
            }
            return new Mitigated(
                    before.withGateway(new FirewallSetup(firewall, setup.profile())),
                    "the firewall has " + Figures.count(firewall.portsPerIp()) + " ports of each: "
                            + Figures.count(firewall.ports()) + " in all");
        }
        return new Mitigated(
                before,
                "an instance's ports follow from the number of instances, not of public IPs (P1): with a fixed share more IPs"
                        + " do nothing");
    }

    private Mitigated endpoints(DeploymentSetup setup, int count) {
        Deployment deployment = setup.deployment();
        ImmutableList<Role> behind = deployment.roles().stream()
                .filter(role -> !role.endpoints().isEmpty())
                .collect(toImmutableList());
        int present = behind.stream()
                .mapToInt(role -> role.endpoints().size())
                .max()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no role is behind a public endpoint: the platform assigns the only public IP (S3)"));
        if (count <= present) {
            return new Mitigated(before, "the instances are behind as many already: it does nothing");
        }
        ImmutableSet<String> names =
                deployment.endpoints().stream().map(PublicEndpoint::name).collect(ImmutableSet.toImmutableSet());
        ImmutableList<String> added = IntStream.iterate(2, number -> number + 1)
                .mapToObj(number -> "public-ip-" + number)
                .filter(name -> !names.contains(name))
                .limit(count - present)
                .collect(toImmutableList());
        ImmutableList<IpAddress> addresses = toBeAssigned(deployment, added.size());
        List<PublicEndpoint> endpoints = new ArrayList<>(deployment.endpoints());
        for (int i = 0; i < added.size(); i++) {
            endpoints.add(new PublicEndpoint(added.get(i), addresses.get(i)));
        }
        Deployment next = new Deployment(
                ImmutableList.copyOf(endpoints),
                deployment.roles(),
                deployment.instances(),
                deployment.reportedFactor());
        for (Role role : behind) {
            for (String endpoint : added) {
                next = next.with(new DeploymentChange.AssignEndpoint(role.name(), endpoint));
            }
        }
        boolean perFlow = setup.rules().draw() == EndpointDraw.PER_FLOW;
        return new Mitigated(
                before.withGateway(new DeploymentSetup(next, setup.rules(), setup.clientsByRole())),
                perFlow
                        ? "each flow draws one of " + count + " IPs, of each of which the instance has ports (S2)"
                        : "one IP is drawn and its ports are all that an instance uses: those of the others do nothing (S2)");
    }

    private Mitigated firewall(AzureFirewall firewall) {
        if (before.gateway() instanceof DeploymentSetup setup
                && setup.deployment().roles().stream()
                        .filter(role -> size(setup.deployment(), role) > 0)
                        .anyMatch(role -> clientsOf(setup, role).size()
                                < before.workload().clients().size())) {
            throw new IllegalArgumentException(
                    "roles run clients of their own: expected all clients on all instances behind a firewall");
        }
        if (before.actions().stream().anyMatch(SystemMitigations::isOfDeployments)) {
            throw new IllegalArgumentException(
                    "the scenario schedules what only a deployment can do: expected none of that behind a firewall");
        }
        Setup behind = new FirewallSetup(firewall, before.gateway().profile());
        return new Mitigated(
                ScenarioEdit.with(before, behind, before.instances()),
                "all instances share the firewall's " + Figures.count(firewall.ports()) + " ports to a destination, "
                        + Figures.count(firewall.ports() / before.instances().size())
                        + " each on average, and need none of their own"
                        + " (G3)");
    }

    private Mitigated privateEndpoint() {
        ImmutableSet<IpPrefix> reached = before.workload().clients().stream()
                .flatMap(client -> client.destinations().all().stream())
                .map(destination -> new IpPrefix(destination.endpoint().address(), HOST_BITS))
                .collect(ImmutableSet.toImmutableSet());
        SnatProfile profile = before.gateway().profile();
        ImmutableList<IpPrefix> untranslated = ImmutableSet.<IpPrefix>builder()
                .addAll(profile.untranslated())
                .addAll(reached)
                .build()
                .asList();
        return new Mitigated(
                before.withGateway(withProfile(profile.withUntranslated(untranslated))),
                "flows to the destinations stay in the virtual network and take no port (T8); each destination must offer an"
                        + " endpoint there");
    }

    private Setup withProfile(SnatProfile profile) {
        if (before.gateway() instanceof DeploymentSetup setup) {
            return new DeploymentSetup(setup.deployment(), setup.rules().withProfile(profile), setup.clientsByRole());
        } else if (before.gateway() instanceof FirewallSetup setup) {
            return new FirewallSetup(setup.firewall(), profile);
        }
        return new SnatSetup(profile, ((SnatSetup) before.gateway()).portsPerInstance());
    }
}
