package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A batch is its events one after the other: the same outcomes, heard in the same order, and the same flows after each. */
class FlowBatchTest {
    private static final Kind[] KINDS = Kind.values();

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 3", "3, 31", "4, 32", "5, 33", "6, 200", "7, 1000"})
    void r7_aBatchDoesWhatItsEventsDo(long seed, int capacity) {
        Random random = new Random(seed);
        Bench single = Bench.classic().withPorts(8);
        Bench batched = Bench.classic().withPorts(8);
        FlowBatch batch = new FlowBatch(capacity);
        Outcome[] expected = new Outcome[capacity];
        long nowNanos = 0;
        for (int event = 0; event < 20_000; event++) {
            nowNanos += random.nextInt(4) == 0 ? 0 : random.nextLong(Bench.seconds(8));
            FiveTuple flow = flow(random);
            Kind kind = random.nextBoolean() ? Kind.SYN : KINDS[random.nextInt(KINDS.length)];
            Side side = random.nextInt(3) == 0 ? Side.RESPONDER : Side.INITIATOR;
            expected[batch.size()] = single.table.offer(nowNanos, kind, side, single.keys.key(flow));
            batch.add(nowNanos, kind, side, batched.keys.key(flow));
            if (batch.isFull() || random.nextInt(capacity) == 0) {
                batched.table.offer(batch);
                for (int i = 0; i < batch.size(); i++) {
                    assertThat(batch.outcome(i))
                            .as("seed %s, event %s", seed, event)
                            .isEqualTo(expected[i]);
                }
                assertThat(batched.table.flows())
                        .as("seed %s, event %s", seed, event)
                        .isEqualTo(single.table.flows());
                batch.clear();
            }
        }
        batched.table.offer(batch);
        assertThat(batched.log.heard()).isEqualTo(single.log.heard());
    }

    @Test
    void r7_aBatchDoesWhatItsEventsDoThoughItsFlowsDoNotFitTheCache() {
        Random random = new Random(8);
        Bench single = Bench.classic().withPorts(60_000);
        Bench batched = Bench.classic().withPorts(60_000);
        FlowBatch batch = new FlowBatch(500);
        Outcome[] expected = new Outcome[500];
        long nowNanos = 0;
        for (int event = 0; event < 600_000; event++) {
            nowNanos += random.nextLong(2_000_000);
            FiveTuple flow = new FiveTuple(
                    Protocol.TCP,
                    new Endpoint(Bench.VM, 1_024 + random.nextInt(60_000)),
                    new Endpoint(Bench.WEB.address(), 1 + random.nextInt(5)));
            Kind kind = random.nextInt(4) > 0 ? Kind.SYN : KINDS[random.nextInt(KINDS.length)];
            expected[batch.size()] = single.table.offer(nowNanos, kind, Side.INITIATOR, single.keys.key(flow));
            batch.add(nowNanos, kind, Side.INITIATOR, batched.keys.key(flow));
            if (batch.isFull()) {
                batched.table.offer(batch);
                for (int i = 0; i < batch.size(); i++) {
                    assertThat(batch.outcome(i)).as("event %s", event).isEqualTo(expected[i]);
                }
                batch.clear();
            }
        }
        assertThat(batched.table.size()).as("flows in the end").isGreaterThan(1 << 17);
        assertThat(batched.table.flows()).isEqualTo(single.table.flows());
    }

    private static FiveTuple flow(Random random) {
        return new FiveTuple(
                random.nextInt(4) == 0 ? Protocol.UDP : Protocol.TCP,
                new Endpoint(Bench.VM, 1_024 + random.nextInt(24)),
                random.nextBoolean() ? Bench.WEB : Bench.API);
    }

    @Test
    void aFullBatchTakesNoMore() {
        FlowBatch batch = new FlowBatch(1);
        batch.add(0, Kind.SYN, Side.INITIATOR, 1);
        assertThatThrownBy(() -> batch.add(0, Kind.SYN, Side.INITIATOR, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a batch of 1 events is full");
        assertThatThrownBy(() -> new FlowBatch(0)).hasMessageContaining("expected at least 1");
    }

    @Test
    void timeThatRunsBackwardsStopsTheBatchThere() {
        Bench bench = Bench.classic().withPorts(8);
        long flow = bench.keys.key(new FiveTuple(Protocol.TCP, new Endpoint(Bench.VM, 1_024), Bench.WEB));
        FlowBatch batch = new FlowBatch(2);
        batch.add(5, Kind.SYN, Side.INITIATOR, flow);
        batch.add(4, Kind.PACKET, Side.INITIATOR, flow);
        assertThatThrownBy(() -> bench.table.offer(batch)).hasMessageContaining("time runs backwards");
        assertThat(batch.outcome(0)).isEqualTo(Outcome.OPENED);
        assertThat(bench.table.size()).isEqualTo(1);
    }
}
