package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link TiedFlows} against a sort of the library. */
class TiedFlowsTest {
    private final TiedFlows tied = new TiedFlows();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 16, 17, 100, 1_000, 20_000})
    void r6_flowsComeOutInOpeningOrderWhateverTheirNumber(int count) {
        Random random = new Random(count);
        for (int round = 0; round < 3; round++) {
            long[] orders = random.longs(count, 0, 10L * count + 1).distinct().toArray();
            tied.clear();
            LongStream.of(orders).forEach(order -> tied.add((int) -order, order));
            tied.sort();

            assertThat(IntStream.range(0, tied.size()).mapToLong(tied::slot).map(slot -> -slot))
                    .containsExactlyElementsOf(
                            LongStream.of(orders).sorted().boxed().toList());
        }
    }
}
