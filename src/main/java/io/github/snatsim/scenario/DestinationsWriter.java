package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.workload.Destinations;
import java.util.List;

/** Writes destinations: the inverse of {@link DestinationsBinder}. */
final class DestinationsWriter {
    /** From how many neighbours on a list becomes a range. */
    private static final int RANGE_MIN = 4;

    private DestinationsWriter() {}

    static Object destinations(Destinations destinations) {
        if (destinations instanceof Destinations.Uniform uniform) {
            return all(uniform.all());
        } else if (destinations instanceof Destinations.Zipf zipf) {
            return Block.of(
                    "zipf",
                    new Block()
                            .putUnless(1.0, "exponent", zipf.exponent(), Units::write)
                            .put("destinations", all(zipf.all())));
        } else if (destinations instanceof Destinations.Names names) {
            return Block.of(
                    "names",
                    new Block()
                            .putUnless(Protocol.TCP, "protocol", names.protocol(), Protocol::toString)
                            .put("port", Integer.toString(names.port()))
                            .put("hosts", hosts(names.names())));
        }
        throw ScenarioWriter.unknown(destinations);
    }

    private static Object all(ImmutableList<Destination> all) {
        if (all.size() == 1) {
            return all.get(0).toString();
        }
        return isRange(all)
                ? Block.of("range", Block.of("first", all.get(0).toString()).put("count", Integer.toString(all.size())))
                : ScenarioWriter.list(all, Destination::toString);
    }

    private static boolean isRange(ImmutableList<Destination> all) {
        int base = all.get(0).endpoint().address().ipv4Bits();
        boolean fits = Integer.toUnsignedLong(base) + all.size() - 1 <= 0xffff_ffffL;
        return all.size() >= RANGE_MIN && fits && all.equals(Destinations.range(all.get(0), all.size()));
    }

    /** A mapping, or a list where a name stands twice. */
    private static Object hosts(ImmutableList<Destinations.Name> names) {
        boolean differ = names.stream().map(Destinations.Name::name).distinct().count() == names.size();
        if (!differ) {
            return ScenarioWriter.list(
                    names, name -> Block.of("name", YamlText.quote(name.name())).put("addresses", addresses(name)));
        }
        Block hosts = new Block();
        names.forEach(name -> hosts.put(name.name(), addresses(name)));
        return hosts;
    }

    private static List<Object> addresses(Destinations.Name name) {
        return ScenarioWriter.list(name.addresses(), IpAddress::toString);
    }
}
