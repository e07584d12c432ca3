package io.github.snatsim.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snatsim.net.PortRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortSetTest {
    private static final long SEED = Long.getLong("snatsim.random.seed", 1L);
    private static final int ROUNDS = 5_000;

    @Test
    void emptySetHasNothing() {
        assertThat(PortSet.empty().isEmpty()).isTrue();
        assertThat(PortSet.empty().size()).isZero();
        assertThat(PortSet.empty().ranges()).isEmpty();
        assertThat(PortSet.empty().contains(1)).isFalse();
        assertThat(PortSet.empty()).hasToString("none");
        assertThat(PortSet.empty()).isEqualTo(PortSet.of(List.of()));
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> PortSet.empty().first());
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> PortSet.empty().last());
    }

    @Test
    void rangeHasBothItsEnds() {
        PortSet ports = PortSet.of(new PortRange(1_024, 65_535));

        assertThat(ports.size()).isEqualTo(64_512);
        assertThat(ports.first()).isEqualTo(1_024);
        assertThat(ports.last()).isEqualTo(65_535);
        assertThat(ports.contains(1_023)).isFalse();
        assertThat(ports.contains(1_024)).isTrue();
        assertThat(ports.contains(65_535)).isTrue();
        assertThat(ports.contains(65_536)).isFalse();
        assertThat(ports).hasToString("1024-65535");
    }

    @Test
    void neighboursJoinAndOverlapsCountOnce() {
        PortSet ports = ports("1-8", "9-16", "12-20", "30", "40-41");

        assertThat(ports).hasToString("1-20,30,40-41");
        assertThat(ports.size()).isEqualTo(23);
        assertThat(ports.ranges()).containsExactly(new PortRange(1, 20), new PortRange(30, 30), new PortRange(40, 41));
    }

    @Test
    void operationsOnAnExample() {
        PortSet left = ports("1-10", "20-30");
        PortSet right = ports("5-25");

        assertThat(left.union(right)).isEqualTo(ports("1-30"));
        assertThat(left.minus(right)).isEqualTo(ports("1-4", "26-30"));
        assertThat(right.minus(left)).isEqualTo(ports("11-19"));
        assertThat(left.intersection(right)).isEqualTo(ports("5-10", "20-25"));
        assertThat(left.lowest(12)).isEqualTo(ports("1-10", "20-21"));
        assertThat(left.highest(12)).isEqualTo(ports("10", "20-30"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 22, Integer.MAX_VALUE})
    void moreThanThereAreIsRefusedByName(int count) {
        PortSet ports = ports("1-10", "20-30");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ports.lowest(count))
                .withMessage("asked for " + count + " of 21 ports");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ports.highest(count))
                .withMessage("asked for " + count + " of 21 ports");
    }

    @Test
    void agreesWithABitPerPort() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            // few ports, so that ranges touch and overlap; at the upper end, where a range's end is no port itself
            int lowest = random.nextBoolean() ? 1 : 65_535 - 79;
            List<PortRange> oneRanges = ranges(lowest, random);
            List<PortRange> otherRanges = ranges(lowest, random);
            PortSet one = PortSet.of(oneRanges);
            PortSet other = PortSet.of(otherRanges);
            BitSet oneBits = bits(oneRanges);
            BitSet otherBits = bits(otherRanges);
            String where = "seed " + SEED + ", round " + round + ": " + one + " and " + other;

            check(where, one, oneBits);
            BitSet union = (BitSet) oneBits.clone();
            union.or(otherBits);
            check(where + ", union", one.union(other), union);
            BitSet difference = (BitSet) oneBits.clone();
            difference.andNot(otherBits);
            check(where + ", minus", one.minus(other), difference);
            BitSet intersection = (BitSet) oneBits.clone();
            intersection.and(otherBits);
            check(where + ", intersection", one.intersection(other), intersection);
            int count = random.nextInt(one.size() + 1);
            check(where + ", lowest " + count, one.lowest(count), part(oneBits, 0, count));
            check(where + ", highest " + count, one.highest(count), part(oneBits, one.size() - count, one.size()));
            assertThat(one.equals(other)).as(where).isEqualTo(oneBits.equals(otherBits));
        }
    }

    private static void check(String where, PortSet actual, BitSet expected) {
        assertThat(bits(actual.ranges())).as(where).isEqualTo(expected);
        assertThat(actual.size()).as(where).isEqualTo(expected.cardinality());
        assertThat(actual.isEmpty()).as(where).isEqualTo(expected.isEmpty());
        if (!expected.isEmpty()) {
            assertThat(actual.first()).as(where).isEqualTo(expected.nextSetBit(0));
            assertThat(actual.last()).as(where).isEqualTo(expected.length() - 1);
            for (int port : new int[] {actual.first() - 1, actual.first(), actual.last(), actual.last() + 1}) {
                assertThat(actual.contains(port)).as("%s: %d", where, port).isEqualTo(expected.get(port));
            }
        }
        for (int i = 1; i < actual.ranges().size(); i++) {
            assertThat(actual.ranges().get(i).first())
                    .as("%s: %s has a gap before range %d", where, actual, i)
                    .isGreaterThan(actual.ranges().get(i - 1).last() + 1);
        }
        PortSet portByPort = PortSet.of(
                expected.stream().mapToObj(port -> new PortRange(port, port)).toList());
        assertThat(actual)
                .as(where)
                .isEqualTo(portByPort)
                .hasSameHashCodeAs(portByPort)
                .hasToString(portByPort.toString());
    }

    private static List<PortRange> ranges(int lowest, Random random) {
        List<PortRange> ranges = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            int first = lowest + random.nextInt(80);
            ranges.add(new PortRange(first, Math.min(lowest + 79, first + random.nextInt(16))));
        }
        return ranges;
    }

    private static BitSet bits(Collection<PortRange> ranges) {
        BitSet bits = new BitSet();
        ranges.forEach(range -> bits.set(range.first(), range.last() + 1));
        return bits;
    }

    /** Returns the set bits from the {@code from}-th, counted from 0, to the one before the {@code to}-th. */
    private static BitSet part(BitSet bits, int from, int to) {
        BitSet part = new BitSet();
        bits.stream().skip(from).limit((long) to - from).forEach(part::set);
        return part;
    }

    private static PortSet ports(String... ranges) {
        return PortSet.of(List.of(ranges).stream().map(PortRange::parse).toList());
    }
}
