package io.github.snatsim.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {
    private static final long SEED = Long.getLong("snatsim.random.seed", 1L);

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,      10.0.0.0,        true",
        "10.0.0.0/8,      10.255.255.255,  true",
        "10.0.0.0/8,      9.255.255.255,   false",
        "10.0.0.0/8,      11.0.0.0,        false",
        "172.16.0.0/12,   172.31.255.255,  true",
        "172.16.0.0/12,   172.32.0.0,      false",
        "0.0.0.0/0,       255.255.255.255, true",
        "128.0.0.0/1,     127.255.255.255, false",
        "128.0.0.0/1,     128.0.0.0,       true",
        "203.0.113.7/32,  203.0.113.7,     true",
        "203.0.113.7/32,  203.0.113.6,     false"
    })
    void containsItsAddressesOnly(String block, String address, boolean inside) {
        assertThat(IpPrefix.parse(block).contains(IpAddress.parse(address))).isEqualTo(inside);
    }

    @Test
    void containsAgreesWithComparingBitByBit() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            int length = random.nextInt(33);
            String network = binary(random.nextInt()).substring(0, length) + "0".repeat(32 - length);
            // share a random number of leading bits, or nearly every address would lie outside
            int shared = random.nextInt(33);
            String address =
                    network.substring(0, shared) + binary(random.nextInt()).substring(shared);
            IpPrefix block = new IpPrefix(ofBinary(network), length);

            assertThat(block.contains(ofBinary(address)))
                    .as("seed %d, round %d: %s in %s", SEED, round, ofBinary(address), block)
                    .isEqualTo(address.substring(0, length).equals(network.substring(0, length)));
        }
    }

    @Test
    void bareAddressIsABlockOfOne() {
        assertThat(IpPrefix.parse("203.0.113.7")).isEqualTo(IpPrefix.parse("203.0.113.7/32"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 33, Integer.MAX_VALUE})
    void lengthOutOfRangeIsRefusedByName(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IpPrefix(IpAddress.parse("0.0.0.0"), length))
                .withMessage("prefix length " + length + " is outside 0-32");
    }

    @Test
    void bitsBehindThePrefixAreRefusedWithTheBlockThatWasMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IpPrefix(IpAddress.parse("10.0.0.1"), 8))
                .withMessage("10.0.0.1/8 has bits set behind its prefix: did you mean 10.0.0.0/8?");
    }

    @ParameterizedTest
    @CsvSource({
        "9.255.255.255,   false",
        "10.0.0.0,        true",
        "10.255.255.255,  true",
        "11.0.0.0,        false",
        "100.64.0.1,      false",
        "126.255.255.255, false",
        "127.0.0.1,       true",
        "128.0.0.0,       false",
        "169.253.255.255, false",
        "169.254.169.254, true",
        "169.255.0.0,     false",
        "172.15.255.255,  false",
        "172.16.0.0,      true",
        "172.31.255.255,  true",
        "172.32.0.0,      false",
        "192.167.255.255, false",
        "192.168.0.0,     true",
        "192.168.255.255, true",
        "192.169.0.0,     false",
        "8.8.8.8,         false"
    })
    void t8_notPublicIsRfc1918LoopbackAndLinkLocal(String address, boolean notPublic) {
        assertThat(IpPrefix.NOT_PUBLIC.stream().anyMatch(block -> block.contains(IpAddress.parse(address))))
                .isEqualTo(notPublic);
    }

    private static String binary(int bits) {
        return Long.toBinaryString((1L << 32) + Integer.toUnsignedLong(bits)).substring(1);
    }

    private static IpAddress ofBinary(String bits) {
        return IpAddress.ofIpv4(Integer.parseUnsignedInt(bits, 2));
    }
}
