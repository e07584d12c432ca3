package io.github.snatsim.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Outage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Destinations at more IPs or ports than they have: those behind the last in use. Stateless. */
final class DestinationMitigations {
    private static final int PORT_MAX = 65_535;

    private DestinationMitigations() {}

    static Mitigated with(Scenario before, ScenarioMitigation mitigation) {
        ImmutableList<IpPrefix> untranslated = before.gateway().profile().untranslated();
        ImmutableList<Destination> all = all(before).stream()
                .filter(destination -> !IpPrefix.anyContains(
                        untranslated, destination.endpoint().address()))
                .collect(toImmutableList());
        if (all.isEmpty()) {
            return new Mitigated(before, "flows to the destinations take no port (T8): it does nothing");
        }
        boolean byAddress = mitigation instanceof ScenarioMitigation.DestinationIps;
        ImmutableListMultimap<Destination, Destination> places =
                mitigation instanceof ScenarioMitigation.DestinationIps ips
                        ? byAddress(all, ips.count(), untranslated)
                        : byPort(all, ((ScenarioMitigation.DestinationPorts) mitigation).count());
        ImmutableList<Outage> outages = before.workload().outages().stream()
                .flatMap(outage ->
                        outage.destination().filter(places::containsKey).isPresent()
                                ? places.get(outage.destination().get()).stream()
                                        .map(place -> at(outage, place))
                                : Stream.of(outage))
                .collect(toImmutableList());
        return new Mitigated(
                ScenarioEdit.withClients(
                        before, client -> client.withDestinations(spread(client, places, byAddress)), outages),
                "each " + (byAddress ? "IP" : "port")
                        + " is a destination of its own, for which an instance has all its ports once more (T2)");
    }

    private static ImmutableList<Destination> all(Scenario scenario) {
        return scenario.workload().clients().stream()
                .flatMap(client -> client.destinations().all().stream())
                .distinct()
                .collect(toImmutableList());
    }

    /** How many destinations there are; a service's backends can be in several places each. */
    static int places(Scenario scenario) {
        int each = scenario.gateway() instanceof ApiManagementSetup setup
                ? setup.service()
                        .active(ApiMitigation.MoreBackends.class)
                        .map(ApiMitigation.MoreBackends::count)
                        .orElse(1)
                : 1;
        return each * all(scenario).size();
    }

    private static Outage at(Outage outage, Destination place) {
        return new Outage(Optional.of(place), outage.from(), outage.until(), outage.share(), outage.failure());
    }

    /** An address has the same others for each of its ports and protocols. */
    private static ImmutableListMultimap<Destination, Destination> byAddress(
            ImmutableList<Destination> all, int count, ImmutableList<IpPrefix> untranslated) {
        ImmutableList<IpAddress> addresses = all.stream()
                .map(destination -> destination.endpoint().address())
                .distinct()
                .collect(toImmutableList());
        long last = addresses.stream()
                .mapToLong(address -> Integer.toUnsignedLong(address.ipv4Bits()))
                .max()
                .orElseThrow();
        if (last + (long) addresses.size() * (count - 1) > 0xffff_ffffL) {
            throw new IllegalArgumentException("no addresses are left behind " + IpAddress.ofIpv4((int) last));
        }
        Map<IpAddress, Integer> numbers = new HashMap<>();
        addresses.forEach(address -> numbers.put(address, numbers.size()));
        ImmutableListMultimap.Builder<Destination, Destination> places = ImmutableListMultimap.builder();
        for (Destination destination : all) {
            places.put(destination, destination);
            long first = last
                    + 1
                    + (long) numbers.getOrDefault(destination.endpoint().address(), 0) * (count - 1);
            for (int i = 0; i < count - 1; i++) {
                IpAddress next = IpAddress.ofIpv4((int) (first + i));
                if (IpPrefix.anyContains(untranslated, next)) {
                    throw new IllegalArgumentException("the addresses behind " + IpAddress.ofIpv4((int) last)
                            + " are private from " + next + " on, which would need no port (T8)");
                }
                places.put(
                        destination,
                        at(destination, next, destination.endpoint().port()));
            }
        }
        return places.build();
    }

    private static ImmutableListMultimap<Destination, Destination> byPort(ImmutableList<Destination> all, int count) {
        int next = all.stream()
                        .mapToInt(destination -> destination.endpoint().port())
                        .max()
                        .orElseThrow()
                + 1;
        ImmutableListMultimap.Builder<Destination, Destination> places = ImmutableListMultimap.builder();
        ImmutableList<Integer> ports = all.stream()
                .map(destination -> destination.endpoint().port())
                .distinct()
                .collect(toImmutableList());
        if (next - 1 + ports.size() * (count - 1) > PORT_MAX) {
            throw new IllegalArgumentException("no ports are left behind " + (next - 1));
        }
        for (Destination destination : all) {
            places.put(destination, destination);
            int first = next + ports.indexOf(destination.endpoint().port()) * (count - 1);
            for (int i = 0; i < count - 1; i++) {
                places.put(destination, at(destination, destination.endpoint().address(), first + i));
            }
        }
        return places.build();
    }

    private static Destination at(Destination destination, IpAddress address, int port) {
        return new Destination(destination.protocol(), new Endpoint(address, port));
    }

    private static Destinations spread(
            Client client, ImmutableListMultimap<Destination, Destination> places, boolean byAddress) {
        Destinations destinations = client.destinations();
        if (destinations instanceof Destinations.Uniform uniform) {
            return new Destinations.Uniform(uniform.all().stream()
                    .flatMap(destination -> of(destination, places).stream())
                    .collect(toImmutableList()));
        } else if (destinations instanceof Destinations.Names names && byAddress) {
            return new Destinations.Names(
                    names.protocol(),
                    names.port(),
                    names.names().stream()
                            .map(name -> new Destinations.Name(
                                    name.name(),
                                    name.addresses().stream()
                                            .flatMap(address -> of(
                                                    new Destination(
                                                            names.protocol(), new Endpoint(address, names.port())),
                                                    places)
                                                    .stream())
                                            .map(place -> place.endpoint().address())
                                            .collect(toImmutableList())))
                            .collect(toImmutableList()));
        }
        throw new IllegalArgumentException("client " + client.name()
                + (byAddress
                        ? " draws its destinations by Zipf's law, which does not say how one is shared by several"
                        : " draws among several, not each with the same chance, and by one port")
                + ": expected destinations with the same chance each");
    }

    /** What takes no port stays where it is. */
    private static ImmutableList<Destination> of(
            Destination destination, ImmutableListMultimap<Destination, Destination> places) {
        return places.containsKey(destination) ? places.get(destination) : ImmutableList.of(destination);
    }
}
