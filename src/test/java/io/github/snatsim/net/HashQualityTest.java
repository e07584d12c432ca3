package io.github.snatsim.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keys of real traffic are neighbours: ports count up, addresses of a subnet follow each other. Their hashes must not
 * crowd together. Of 2^16 keys thrown at random into 2^16 buckets 63.2 % of the buckets get one.
 */
class HashQualityTest {
    private static final int BUCKETS = 1 << 16;
    private static final int WANTED = BUCKETS * 60 / 100;

    private record Keys(String name, IntFunction<Object> key) {
        int bucketsHit(IntUnaryOperator bucketOfHash) {
            BitSet hit = new BitSet(BUCKETS);
            for (int i = 0; i < BUCKETS; i++) {
                hit.set(bucketOfHash.applyAsInt(key.apply(i).hashCode()));
            }
            return hit.cardinality();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Keys> keys() {
        return Stream.of(
                new Keys("addresses", HashQualityTest::address),
                new Keys("addresses, every 256th", i -> address(i << 8)),
                new Keys("endpoints: ports", i -> new Endpoint(address(1), port(i))),
                new Keys("endpoints: addresses", i -> new Endpoint(address(i), 443)),
                new Keys("endpoints: 256 addresses x 256 ports", i -> new Endpoint(address(i >> 8), port(i & 0xff))),
                new Keys("flows: source ports", i -> flow(1, port(i), 2, 443)),
                new Keys("flows: source addresses", i -> flow(i, 40_000, 2, 443)),
                new Keys("flows: 64 sources x 1,024 ports", i -> flow(i >> 10, port(i & 0x3ff), 2, 443)),
                new Keys("flows: 256 ports x 256 destinations", i -> flow(1, port(i & 0xff), i >> 8, 443)),
                new Keys("flows: destination ports", i -> flow(1, 40_000, 2, port(i))),
                new Keys("flows: source port = destination port", i -> flow(1, port(i), 2, port(i))));
    }

    static Stream<Keys> keysAndDestinations() {
        return Stream.concat(
                keys(),
                Stream.of(
                        new Keys(
                                "destinations: ports",
                                i -> flow(1, 40_000, 2, port(i)).to()),
                        new Keys(
                                "destinations: addresses",
                                i -> flow(1, 40_000, i, 443).to())));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void neighboursSpreadByTheLowBitsOfTheHash(Keys keys) {
        assertThat(keys.bucketsHit(hash -> hash & (BUCKETS - 1))).isGreaterThan(WANTED);
    }

    /** The map mixes the upper half into the lower one; a hash that did the very same would be unmixed by it. */
    @ParameterizedTest
    @MethodSource("keysAndDestinations")
    void neighboursSpreadInAHashMap(Keys keys) {
        assertThat(keys.bucketsHit(hash -> (hash ^ hash >>> 16) & (BUCKETS - 1)))
                .isGreaterThan(WANTED);
    }

    private static FiveTuple flow(int source, int sourcePort, int destination, int destinationPort) {
        return new FiveTuple(
                Protocol.TCP,
                new Endpoint(address(source), sourcePort),
                new Endpoint(address(destination), destinationPort));
    }

    private static IpAddress address(int offset) {
        return IpAddress.ofIpv4(0x0a000000 + offset);
    }

    private static int port(int i) {
        return 1 + i % 65_535;
    }
}
