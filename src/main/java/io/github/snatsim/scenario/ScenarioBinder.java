package io.github.snatsim.scenario;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.sim.RefusedActionsException;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScheduledAction;
import io.github.snatsim.sim.Setup;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Outage;
import io.github.snatsim.workload.SourcePorts;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Makes a scenario from the root of a file. */
final class ScenarioBinder {
    private static final List<String> KEYS = List.of(
            "seed",
            "duration",
            "warm-up",
            "instances",
            "gateway",
            "deployment",
            "api-management",
            "network-load-balancer",
            "source-ports",
            "clients",
            "outages",
            "actions");

    /** What the instances are behind: exactly one of these. */
    private static final List<String> SYSTEMS =
            List.of("gateway", "deployment", "api-management", "network-load-balancer");

    private ScenarioBinder() {}

    static Scenario scenario(Node root) {
        Keys keys = Keys.of(root, KEYS);
        Source source = root.source();
        long seed = keys.find("seed", Units::seed, 1L);
        Optional<Duration> duration = source.attempt(() -> keys.require("duration", Units::aboveZero));
        Duration warmUp = keys.find("warm-up", Units::duration, Duration.ZERO);
        Optional<Setup> gateway = source.attempt(() -> setup(keys));
        Optional<ImmutableList<IpAddress>> instances =
                gateway.flatMap(setup -> source.attempt(() -> instances(keys, setup)));
        SourcePorts sourcePorts = keys.find("source-ports", ScenarioBinder::sourcePorts, SourcePorts.all());
        Optional<ImmutableList<Client>> clients =
                source.attempt(() -> keys.require("clients", ScenarioBinder::clients));
        ImmutableList<Outage> outages =
                keys.find("outages", node -> list(node, "outages", ScenarioBinder::outage), ImmutableList.of());

        if (duration.isEmpty() || gateway.isEmpty() || instances.isEmpty() || clients.isEmpty()) {
            throw source.problems().get(0);
        }
        Workload workload = keys.buildFrom(
                List.of("clients", "outages", "source-ports"),
                "clients",
                () -> new Workload(clients.get(), outages, sourcePorts));
        Scenario quiet = keys.buildFrom(
                List.of("duration", "clients", "outages", "source-ports"),
                "instances",
                () -> new Scenario(
                        gateway.get(),
                        instances.get(),
                        workload,
                        ImmutableList.of(),
                        duration.get(),
                        Duration.ZERO,
                        seed));
        Scenario warm = keys.check("warm-up", () -> quiet.withWarmUp(warmUp)).orElse(quiet);
        return keys.find("actions", node -> withActions(warm, node), warm);
    }

    /** The instances, or if there cannot be so many as many as there can, so that what comes later is judged too. */
    private static ImmutableList<IpAddress> instances(Keys keys, Setup gateway) {
        if (gateway.ownInstances().isPresent()) {
            return gateway.ownInstances().get();
        }
        ImmutableList<IpAddress> wanted = keys.find("instances", ScenarioBinder::instances, Scenario.instances(1));
        OptionalInt nearest = gateway.profile().allocation().nearestPoolSize(wanted.size());
        boolean can =
                keys.check("instances", () -> gateway.portsOf(wanted.size())).isPresent();
        return can || nearest.isEmpty() ? wanted : Scenario.instances(nearest.getAsInt());
    }

    private static Setup setup(Keys keys) {
        List<String> systems = SYSTEMS.stream().filter(keys::has).toList();
        if (systems.size() != 1) {
            throw keys.error("expected exactly " + Words.oneOf(SYSTEMS));
        }
        String system = systems.get(0);
        if (keys.has("instances") && List.of("deployment", "api-management").contains(system)) {
            throw keys.error("expected no instances: the " + system + " has its own");
        }
        return switch (system) {
            case "gateway" -> keys.require(system, GatewayBinder::setup);
            case "deployment" -> keys.require(system, DeploymentBinder::setup);
            case "api-management" -> keys.require(system, ApiManagementBinder::setup);
            default -> keys.require(system, NlbBinder::setup);
        };
    }

    private static ImmutableList<Client> clients(Node node) {
        ImmutableList<Client> clients = list(node, "clients", ClientBinder::client);
        if (clients.isEmpty()) {
            throw node.wrong("at least one client");
        }
        return clients;
    }

    private static ImmutableList<IpAddress> instances(Node node) {
        return node.is(Kind.LIST)
                ? list(node, "addresses", item -> Units.parsed(item, IpAddress::parse))
                : Keys.build(node, () -> Scenario.instances(Units.count(node)));
    }

    private static SourcePorts sourcePorts(Node node) {
        if (node.is(Kind.MAPPING)) {
            Keys keys = Keys.of(node, List.of("range", "order"));
            return new SourcePorts(
                    keys.require("range", range -> Units.parsed(range, PortRange::parse)),
                    keys.find(
                            "order",
                            order -> Units.word(order, SourcePorts.Order.class),
                            SourcePorts.Order.SEQUENTIAL));
        }
        Choice choice = Choice.of(node, List.of("all", "linux"), List.of());
        return choice.kind().equals("all") ? SourcePorts.all() : SourcePorts.linux();
    }

    private static Outage outage(Node node) {
        Keys keys = Keys.of(node, List.of("destination", "from", "until", "share", "failure"));
        Optional<Destination> destination = keys.find("destination", to -> Units.parsed(to, Destination::parse));
        Duration from = keys.require("from", Units::duration);
        Duration until = keys.require("until", Units::duration);
        double share = keys.find("share", Units::share, 1.0);
        Outage.Failure failure = keys.require("failure", word -> Units.word(word, Outage.Failure.class));
        keys.build("share", () -> new Outage(destination, Duration.ZERO, Duration.ofNanos(1), share, failure));
        return keys.build("until", () -> new Outage(destination, from, until, share, failure));
    }

    private static Scenario withActions(Scenario scenario, Node node) {
        ImmutableSet<String> names =
                scenario.workload().clients().stream().map(Client::name).collect(toImmutableSet());
        ImmutableList<ScheduledAction> actions = list(node, "actions", item -> ActionBinder.action(item, names));
        try {
            return scenario.withActions(actions.toArray(ScheduledAction[]::new));
        } catch (RefusedActionsException e) {
            ImmutableList<Node> items = ImmutableList.copyOf(node.children());
            throw node.source()
                    .reported(e.refusals().stream()
                            .map(refusal -> items.get(refusal.index()).error(refusal.reason(), e))
                            .toList());
        }
    }

    /** Reads every item of a list. */
    static <T> ImmutableList<T> list(Node node, String what, Function<Node, T> read) {
        Collection<Node> items = node.expect(Kind.LIST, "a list of " + what).children();
        ImmutableList.Builder<T> values = ImmutableList.builder();
        int before = node.source().problems().size();
        items.forEach(item -> node.source().attempt(() -> read.apply(item)).ifPresent(values::add));
        if (node.source().problems().size() > before) {
            throw node.source().problems().get(before);
        }
        return values.build();
    }
}
