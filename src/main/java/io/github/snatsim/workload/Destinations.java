package io.github.snatsim.workload;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;

/** Where a client's connections go (rule C3). Immutable; threads may share it. */
public sealed interface Destinations {
    /**
     * Returns every destination that can be chosen.
     *
     * @return at least one
     */
    ImmutableList<Destination> all();

    /**
     * Each with the same chance; one destination if there is only one.
     *
     * @param all at least one, of one protocol
     */
    record Uniform(ImmutableList<Destination> all) implements Destinations {
        /**
         * Checks the destinations.
         *
         * @param all at least one, of one protocol
         * @throws IllegalArgumentException if there is none, or the protocols differ
         */
        public Uniform {
            checkSameProtocol(all);
        }
    }

    /**
     * The k-th with a chance proportional to 1 / k^exponent.
     *
     * @param all at least one, of one protocol, the most popular first
     * @param exponent 0 to 10; about 1 for what people ask for
     */
    record Zipf(ImmutableList<Destination> all, double exponent) implements Destinations {
        /**
         * Checks the destinations and the exponent.
         *
         * @param all at least one, of one protocol, the most popular first
         * @param exponent 0 to 10
         * @throws IllegalArgumentException if there is none, the protocols differ, or the exponent is out of range
         */
        public Zipf {
            checkSameProtocol(all);
            Checks.range("the Zipf exponent", exponent, 0, 10);
        }
    }

    /**
     * A name with the same chance each, and then one of its addresses: many names on few addresses share ports' limits.
     *
     * @param protocol TCP or UDP
     * @param port the port of every name
     * @param names at least one
     */
    record Names(Protocol protocol, int port, ImmutableList<Name> names) implements Destinations {
        /**
         * Checks the names.
         *
         * @param protocol TCP or UDP
         * @param port the port of every name
         * @param names at least one
         * @throws IllegalArgumentException if there is none, or the port is out of range
         */
        public Names {
            if (names.isEmpty()) {
                throw new IllegalArgumentException("expected at least one name");
            }
            names.forEach(name -> new Endpoint(name.addresses().get(0), port));
        }

        @Override
        public ImmutableList<Destination> all() {
            return names.stream()
                    .flatMap(name -> name.addresses().stream())
                    .distinct()
                    .map(address -> new Destination(protocol, new Endpoint(address, port)))
                    .collect(toImmutableList());
        }
    }

    /**
     * A host name and what it resolves to. Nothing is looked up.
     *
     * @param name the name, for people
     * @param addresses at least one
     */
    record Name(String name, ImmutableList<IpAddress> addresses) {
        /**
         * Checks the addresses.
         *
         * @param name the name, for people
         * @param addresses at least one
         * @throws IllegalArgumentException if there is none
         */
        public Name {
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("the name " + name + " resolves to no address");
            }
        }
    }

    /**
     * Returns a single destination.
     *
     * @param destination where all connections go
     * @return the destinations
     */
    static Destinations one(Destination destination) {
        return new Uniform(ImmutableList.of(destination));
    }

    /**
     * Returns neighbouring addresses with one port.
     *
     * @param first the first destination
     * @param count how many, at least 1; the address grows by one each
     * @return the destinations, in order
     * @throws IllegalArgumentException if the count is below 1 or the addresses run out
     */
    static ImmutableList<Destination> range(Destination first, int count) {
        Checks.atLeastOne("destinations", count);
        long base = Integer.toUnsignedLong(first.endpoint().address().ipv4Bits());
        if (base + count - 1 > 0xffff_ffffL) {
            throw new IllegalArgumentException(count + " addresses from " + first + " on go past 255.255.255.255");
        }
        ImmutableList.Builder<Destination> all = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            IpAddress address = IpAddress.ofIpv4((int) (base + i));
            all.add(new Destination(
                    first.protocol(), new Endpoint(address, first.endpoint().port())));
        }
        return all.build();
    }

    private static void checkSameProtocol(ImmutableList<Destination> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("expected at least one destination");
        }
        for (Destination destination : all) {
            if (destination.protocol() != all.get(0).protocol()) {
                throw new IllegalArgumentException(
                        "one client has destinations of both protocols: " + all.get(0) + " and " + destination);
            }
        }
    }
}
