package io.github.snatsim.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.flow.UdpSharing;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The demands of one instance's clients, gathered by the destinations among which flows cannot share ports (T2, T7). */
final class DestinationDemands {
    /** What is gathered for one group of destinations. */
    private static final class Gathered {
        final Set<Destination> destinations = new HashSet<>();
        final List<Destination> inOrder = new ArrayList<>();
        final List<DemandPart> parts = new ArrayList<>();
        final ImmutableSet.Builder<Caveat> caveats = ImmutableSet.builder();
    }

    private final SnatProfile profile;
    private final Duration warmUp;
    private final ImmutableSet<Caveat> common;
    private final Map<Object, Gathered> groups = new LinkedHashMap<>();
    private double udpErlangs;
    private boolean udp;

    DestinationDemands(SnatProfile profile, Duration warmUp, ImmutableSet<Caveat> common) {
        this.profile = profile;
        this.warmUp = warmUp;
        this.common = common;
    }

    /** Adds what one of so many instances gets of a client's requests. */
    void add(Client client, Holds holds, int sharers) {
        Map<Object, Double> shares = new LinkedHashMap<>();
        Map<Object, Set<Destination>> members = new LinkedHashMap<>();
        shares(client.destinations()).forEach((destination, share) -> {
            if (!IpPrefix.anyContains(
                    profile.untranslated(), destination.endpoint().address())) {
                shares.merge(groupOf(destination), share, Double::sum);
                members.computeIfAbsent(groupOf(destination), group -> new LinkedHashSet<>())
                        .add(destination);
            }
        });
        boolean whole = client.destinations().all().stream().distinct().count() == 1;
        ClientReading reading = new ClientReading(client, holds, sharers);
        shares.forEach((group, share) -> {
            Gathered gathered = groups.computeIfAbsent(group, none -> new Gathered());
            DemandPart part = reading.part(share, whole);
            gathered.parts.add(part);
            gathered.caveats.addAll(reading.caveats(whole));
            if (warmUp.toNanos() / 1e9
                    < InstanceDemand.WARM_UP_BUSY_TIMES * part.busy().meanSeconds()) {
                gathered.caveats.add(Caveat.FIRST_HOLD_PERIOD);
            }
            members.getOrDefault(group, Set.of()).stream()
                    .filter(gathered.destinations::add)
                    .forEach(gathered.inOrder::add);
            if (part.protocol() == Protocol.UDP) {
                udp = true;
                udpErlangs += part.erlangs();
            }
        });
    }

    private Object groupOf(Destination destination) {
        if (destination.protocol() == Protocol.TCP || profile.udpSharing() == UdpSharing.PER_DESTINATION) {
            return destination;
        }
        return profile.udpSharing() == UdpSharing.PER_ADDRESS
                ? destination.endpoint().address()
                : UdpSharing.NONE;
    }

    /** The chance of each destination, in order; what stands twice counts twice. */
    private static Map<Destination, Double> shares(Destinations destinations) {
        Map<Destination, Double> shares = new LinkedHashMap<>();
        if (destinations instanceof Destinations.Zipf zipf) {
            double sum = 0;
            for (int k = 1; k <= zipf.all().size(); k++) {
                sum += StrictMath.pow(k, -zipf.exponent());
            }
            for (int k = 1; k <= zipf.all().size(); k++) {
                shares.merge(zipf.all().get(k - 1), StrictMath.pow(k, -zipf.exponent()) / sum, Double::sum);
            }
        } else if (destinations instanceof Destinations.Names names) {
            for (Destinations.Name name : names.names()) {
                double share = 1.0 / names.names().size() / name.addresses().size();
                name.addresses()
                        .forEach(address -> shares.merge(
                                new Destination(names.protocol(), new Endpoint(address, names.port())),
                                share,
                                Double::sum));
            }
        } else {
            ImmutableList<Destination> all = destinations.all();
            all.forEach(destination -> shares.merge(destination, 1.0 / all.size(), Double::sum));
        }
        return shares;
    }

    ImmutableList<Demand> heaviestFirst() {
        return groups.values().stream()
                .map(gathered -> new Demand(
                        ImmutableList.copyOf(gathered.inOrder),
                        ImmutableList.copyOf(gathered.parts),
                        gathered.caveats.addAll(common).build()))
                .sorted(Comparator.comparingDouble(Demand::erlangs).reversed())
                .collect(toImmutableList());
    }

    OptionalDouble udpErlangs() {
        return udp ? OptionalDouble.of(udpErlangs) : OptionalDouble.empty();
    }
}
