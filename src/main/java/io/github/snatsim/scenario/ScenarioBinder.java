package io.github.snatsim.scenario;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScheduledAction;
import io.github.snatsim.sim.SnatSetup;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Outage;
import io.github.snatsim.workload.SourcePorts;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes a scenario from the root of a file. */
final class ScenarioBinder {
    private static final List<String> KEYS = List.of(
            "seed", "duration", "warm-up", "instances", "gateway", "source-ports", "clients", "outages", "actions");

    private ScenarioBinder() {}

    static Scenario scenario(Node root) {
        Keys keys = Keys.of(root, KEYS);
        long seed = keys.find("seed", Units::seed, 1L);
        Duration duration = keys.require("duration", Units::aboveZero);
        Duration warmUp = keys.find("warm-up", Units::duration, Duration.ZERO);
        ImmutableList<IpAddress> instances = keys.find("instances", ScenarioBinder::instances, Scenario.instances(1));
        SnatSetup gateway = keys.require("gateway", GatewayBinder::setup);
        SourcePorts sourcePorts = keys.find("source-ports", ScenarioBinder::sourcePorts, SourcePorts.all());
        ImmutableList<Client> clients = keys.require("clients", ScenarioBinder::clients);
        ImmutableList<Outage> outages =
                keys.find("outages", node -> list(node, "outages", ScenarioBinder::outage), ImmutableList.of());
        Workload workload = keys.build("clients", () -> new Workload(clients, outages, sourcePorts));

        Scenario quiet = keys.build(
                "instances",
                () -> new Scenario(gateway, instances, workload, ImmutableList.of(), duration, Duration.ZERO, seed));
        Scenario warm = keys.build("warm-up", () -> quiet.withWarmUp(warmUp));
        return keys.find("actions", node -> withActions(warm, node), warm);
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
        ImmutableList<ScheduledAction> actions = list(node, "actions", item -> action(item, names));
        try {
            return scenario.withActions(actions.toArray(ScheduledAction[]::new));
        } catch (IllegalArgumentException e) {
            // which one? on one instance, since a scenario checks all of its instances each time
            Scenario alone = Scenario.of(scenario.gateway(), 1, scenario.workload(), scenario.duration());
            int i = 0;
            for (Node item : node.children()) {
                ScheduledAction action = actions.get(i++);
                Keys.build(item, () -> alone.withActions(action));
            }
            throw node.error(String.valueOf(e.getMessage()), e);
        }
    }

    private static ScheduledAction action(Node node, ImmutableSet<String> names) {
        Keys keys = Keys.of(node, List.of("at", "instances", "stop", "client", "arrivals"));
        Duration at = keys.require("at", Units::duration);
        boolean resize = keys.has("instances");
        boolean stop = keys.has("stop");
        boolean change = keys.has("client") || keys.has("arrivals");
        if ((resize ? 1 : 0) + (stop ? 1 : 0) + (change ? 1 : 0) != 1) {
            throw keys.error("expected exactly one of instances, stop, or client with arrivals");
        }
        if (resize) {
            return new ScheduledAction.Resize(at, keys.require("instances", Units::count));
        }
        return stop
                ? new ScheduledAction.StopClient(at, keys.require("stop", client -> client(client, names)))
                : new ScheduledAction.ChangeArrivals(
                        at,
                        keys.require("client", client -> client(client, names)),
                        keys.require("arrivals", ArrivalsBinder::arrivals));
    }

    private static String client(Node node, ImmutableSet<String> names) {
        String name = Units.text(node);
        if (!names.contains(name)) {
            throw node.error("value " + ScenarioException.quoted(name) + " is no client: "
                    + Words.didYouMean(name, names) + Words.expected(names));
        }
        return name;
    }

    /** Reads every item of a list. */
    static <T> ImmutableList<T> list(Node node, String what, Function<Node, T> read) {
        Collection<Node> items = node.expect(Kind.LIST, "a list of " + what).children();
        return items.stream().map(read).collect(toImmutableList());
    }
}
