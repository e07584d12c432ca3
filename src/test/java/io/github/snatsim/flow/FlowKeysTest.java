package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link FlowKeys} and its {@link Interner} against plain maps. */
class FlowKeysTest {
    private final FlowKeys keys = new FlowKeys();

    private static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aKeyMeansItsTupleAsLongAsAFlowHoldsIt(long seed) {
        Random random = new Random(seed);
        Map<FiveTuple, Long> held = new HashMap<>();
        List<FiveTuple> order = new ArrayList<>();
        for (int step = 0; step < 5_000; step++) {
            FiveTuple tuple = tuple(random, step / 100);
            if (held.containsKey(tuple)) {
                assertThat(keys.find(tuple)).isEqualTo(held.get(tuple));
            } else if (random.nextInt(10) < 3) {
                keys.dropIfUnheld(keys.intern(tuple)); // an attempt that came to nothing
            } else {
                long key = keys.intern(tuple);
                keys.hold(key);
                held.put(tuple, key);
                order.add(tuple);
            }
            if (order.size() > 50) {
                FiveTuple gone = order.remove(random.nextInt(order.size()));
                keys.drop(held.remove(gone));
            }
            if (step % 50 == 0) {
                held.forEach((flow, key) -> check(flow, key));
                assertThat(held.values()).doesNotHaveDuplicates();
            }
        }
    }

    private static FiveTuple tuple(Random random, int age) {
        return new FiveTuple(
                random.nextBoolean() ? Protocol.TCP : Protocol.UDP,
                new Endpoint(IpAddress.ofIpv4(0x0a000000 + random.nextInt(5)), 1 + random.nextInt(65_535)),
                new Endpoint(IpAddress.ofIpv4(0xcb007100 + age + random.nextInt(20)), 443 + random.nextInt(2)));
    }

    private void check(FiveTuple flow, long key) {
        assertThat(keys.find(flow)).isEqualTo(key).isEqualTo(keys.intern(flow)).isNotEqualTo(FlowKeys.NONE);
        assertThat(keys.tuple(key)).isEqualTo(flow);
        assertThat(keys.sourceAddress(key)).isEqualTo(flow.source().address());
        assertThat(keys.destinationOf(key)).isEqualTo(flow.to());
        assertThat(keys.protocol(key)).isEqualTo(flow.protocol());
        assertThat(FlowKeys.isUdp(key)).isEqualTo(flow.protocol() == Protocol.UDP);
    }

    @Test
    void aPairIsTheKeyWithoutItsSourcePort() {
        long one = keys.key(FiveTuple.parse("udp 10.0.0.4:1 -> 203.0.113.7:443"));
        long other = keys.key(FiveTuple.parse("udp 10.0.0.4:65535 -> 203.0.113.7:443"));
        long tcp = keys.key(FiveTuple.parse("tcp 10.0.0.4:1 -> 203.0.113.7:443"));

        assertThat(one).isNotEqualTo(other);
        assertThat(FlowKeys.pair(one)).isEqualTo(FlowKeys.pair(other)).isNotEqualTo(FlowKeys.pair(tcp));
        assertThat(FlowKeys.source(one)).isEqualTo(FlowKeys.source(tcp)).isEqualTo(1);
    }

    @Test
    void aPinnedKeyStaysWhenItsFlowEnds() {
        FiveTuple flow = FiveTuple.parse("tcp 10.0.0.4:1 -> 203.0.113.7:443");
        long key = keys.key(flow);
        keys.hold(key);
        keys.drop(key);
        keys.dropIfUnheld(key);

        assertThat(keys.tuple(key)).isEqualTo(flow);
        assertThat(keys.key(flow)).isEqualTo(key);
    }

    @Test
    void aKeyWhoseDestinationHasLeftMeansNothing() {
        long key = keys.intern(FiveTuple.parse("tcp 10.0.0.4:1 -> 203.0.113.7:443"));
        keys.hold(key);
        keys.drop(key);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys.tuple(key))
                .withMessage("a key that is not, or no longer, of this table's sources");
        assertThatIllegalArgumentException().isThrownBy(() -> keys.tuple(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys.destinationOf(-1))
                .withMessageEndingWith("of this table's destinations");
    }

    @Test
    void anInternerHasItsLimitAndGivesNumbersOutAgain() {
        Interner<String> interner = new Interner<>("names", 3);
        for (String name : List.of("a", "b", "c")) {
            interner.hold(interner.intern(name));
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> interner.intern("d"))
                .withMessage("more than 3 names at once");

        int freed = interner.find("b");
        interner.drop(freed);
        assertThat(interner.find("b")).isZero();
        assertThat(interner.intern("d")).isEqualTo(freed);
        assertThat(interner.value(freed)).isEqualTo("d");
        assertThat(List.of("a", "c", "d"))
                .allSatisfy(
                        name -> assertThat(interner.value(interner.find(name))).isEqualTo(name));
    }

    /** Values with one hash make one long chain, from whose middle values leave. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anInternerFindsItsValuesWhereHashesCollide(long seed) {
        record Colliding(int number) {
            @Override
            public int hashCode() {
                return number / 8;
            }
        }
        Random random = new Random(seed);
        Interner<Colliding> interner = new Interner<>("values", 1_000);
        Map<Colliding, Integer> expected = new HashMap<>();
        for (int step = 0; step < 2_000; step++) {
            Colliding value = new Colliding(random.nextInt(60));
            if (expected.containsKey(value)) {
                interner.drop(expected.remove(value));
            } else {
                int id = interner.intern(value);
                interner.hold(id);
                expected.put(value, id);
            }
            for (int number = 0; number < 60; number++) {
                assertThat(interner.find(new Colliding(number)))
                        .isEqualTo(expected.getOrDefault(new Colliding(number), 0));
            }
        }
    }
}
