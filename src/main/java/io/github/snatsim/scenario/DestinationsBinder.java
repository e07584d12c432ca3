package io.github.snatsim.scenario;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.workload.Destinations;
import java.util.List;

/** Makes destinations. */
final class DestinationsBinder {
    private DestinationsBinder() {}

    static Destinations destinations(Node node) {
        if (!node.is(Kind.MAPPING)) {
            return uniform(node);
        }
        Choice choice = Choice.of(node, List.of(), List.of("range", "zipf", "names"));
        return switch (choice.kind()) {
            case "range" -> uniform(node);
            case "zipf" -> zipf(Keys.of(choice.content(), List.of("exponent", "destinations")));
            default -> names(Keys.of(choice.content(), List.of("protocol", "port", "hosts")));
        };
    }

    private static Destinations uniform(Node node) {
        ImmutableList<Destination> all = all(node);
        return Keys.build(node, () -> new Destinations.Uniform(all));
    }

    /** One destination, a list, or a range. */
    private static ImmutableList<Destination> all(Node node) {
        if (node.is(Kind.MAPPING)) {
            return range(Choice.of(node, List.of(), List.of("range")).content());
        }
        return node.is(Kind.LIST)
                ? ScenarioBinder.list(node, "destinations", DestinationsBinder::destination)
                : ImmutableList.of(destination(node));
    }

    private static Destination destination(Node node) {
        return Units.parsed(node, Destination::parse);
    }

    private static ImmutableList<Destination> range(Node node) {
        Keys keys = Keys.of(node, List.of("first", "count"));
        Destination first = keys.require("first", DestinationsBinder::destination);
        int count = keys.require("count", Units::count);
        node.source().unfold(node, count);
        return keys.build("count", () -> Destinations.range(first, count));
    }

    private static Destinations zipf(Keys keys) {
        double exponent = keys.find("exponent", Units::number, 1.0);
        ImmutableList<Destination> all = keys.require("destinations", DestinationsBinder::all);
        keys.build("destinations", () -> new Destinations.Zipf(all, 1));
        return keys.build("exponent", () -> new Destinations.Zipf(all, exponent));
    }

    private static Destinations names(Keys keys) {
        Protocol protocol = keys.find("protocol", text -> Units.parsed(text, Protocol::parse), Protocol.TCP);
        int port = keys.require("port", node -> {
            int number = Units.count(node);
            return Keys.build(node, () -> new Endpoint(IpAddress.ofIpv4(0), number))
                    .port();
        });
        ImmutableList<Destinations.Name> hosts = keys.require("hosts", DestinationsBinder::hosts);
        return keys.build("hosts", () -> new Destinations.Names(protocol, port, hosts));
    }

    /** A mapping from names to addresses; a list can give a name more than one chance. */
    private static ImmutableList<Destinations.Name> hosts(Node node) {
        if (node.is(Kind.LIST)) {
            return ScenarioBinder.list(node, "hosts", item -> {
                Keys keys = Keys.of(item, List.of("name", "addresses"));
                return keys.require("addresses", addresses -> host(keys.require("name", Units::text), addresses));
            });
        }
        return node.expect(Kind.MAPPING, "a mapping from names to lists of addresses").children().stream()
                .map(host -> host(host.step(), host))
                .collect(toImmutableList());
    }

    private static Destinations.Name host(String name, Node node) {
        ImmutableList<IpAddress> addresses =
                ScenarioBinder.list(node, "addresses", item -> Units.parsed(item, IpAddress::parse));
        return Keys.build(node, () -> new Destinations.Name(name, addresses));
    }
}
