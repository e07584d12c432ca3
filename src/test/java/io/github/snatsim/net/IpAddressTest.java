package io.github.snatsim.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IpAddressTest {
    private static final long SEED = Long.getLong("snatsim.random.seed", 1L);

    @Test
    void firstOctetIsInTheHighestBits() {
        assertThat(IpAddress.parse("10.0.0.1")).isEqualTo(IpAddress.ofIpv4(0x0a000001));
        assertThat(IpAddress.parse("203.0.113.7").ipv4Bits()).isEqualTo(0xcb007107);
        assertThat(IpAddress.ofIpv4(0xff00ff00)).hasToString("255.0.255.0");
    }

    @Test
    void bitsAndAddressAreInverse() {
        Random random = new Random(SEED);
        for (int round = 0; round < 10_000; round++) {
            int bits = random.nextInt();
            assertThat(IpAddress.ofIpv4(bits).ipv4Bits()).as("seed %d", SEED).isEqualTo(bits);
        }
    }

    @Test
    void orderIsThatOfUnsignedNumbers() {
        List<IpAddress> ordered = List.of(
                IpAddress.parse("0.0.0.0"),
                IpAddress.parse("0.0.0.1"),
                IpAddress.parse("9.255.255.255"),
                IpAddress.parse("10.0.0.0"),
                IpAddress.parse("127.255.255.255"),
                IpAddress.parse("128.0.0.0"),
                IpAddress.parse("192.168.0.1"),
                IpAddress.parse("255.255.255.255"));
        List<IpAddress> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(SEED));

        assertThat(shuffled).as("seed %d", SEED).isNotEqualTo(ordered);
        assertThat(shuffled.stream().sorted()).as("seed %d", SEED).containsExactlyElementsOf(ordered);
    }

    @Test
    void orderAgreesWithEqualityAndIsAntisymmetric() {
        Random random = new Random(SEED);
        for (int round = 0; round < 10_000; round++) {
            IpAddress one = IpAddress.ofIpv4(random.nextInt());
            IpAddress other =
                    random.nextInt(4) == 0 ? IpAddress.ofIpv4(one.ipv4Bits()) : IpAddress.ofIpv4(random.nextInt());
            long difference = Integer.toUnsignedLong(one.ipv4Bits()) - Integer.toUnsignedLong(other.ipv4Bits());
            assertThat(Integer.signum(one.compareTo(other)))
                    .as("seed %d, round %d: %s and %s", SEED, round, one, other)
                    .isEqualTo(Long.signum(difference))
                    .isEqualTo(-Integer.signum(other.compareTo(one)));
            assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
        }
    }
}
