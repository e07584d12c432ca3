package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Side;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two entries of {@link FlowTable}: one allocates nothing once a table has grown, both do the same. */
class PrimitiveEntryTest {
    private static final int FLOWS = 4_096;
    private static final Kind[] KINDS = Kind.values();
    private static final int ROUNDS = 40;

    /** Loading of classes, the measurement itself: a few kilobytes for some 600,000 events. */
    private static final long ALLOWED_BYTES = 64 * 1_024;

    private final FlowKeys keys = new FlowKeys();
    private final SnatPorts ports =
            new SnatPorts(keys, PortChoice.shareLowest(), UdpSharing.PER_DESTINATION, Bench.FOUR_MINUTES);
    private final FlowTable table = new FlowTable(keys, ports, FlowRules.classic(), new FlowListener() {});
    private long nowNanos;

    @Test
    void thePrimitiveEntryAllocatesNothingInASteadyState() {
        assumeThat(ManagementFactory.getThreadMXBean()).isInstanceOf(ThreadMXBean.class);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeThat(threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled())
                .isTrue();
        ports.assign(Bench.VM, Bench.range(1_024, 2_047));
        long[] flows = new long[FLOWS];
        for (int i = 0; i < FLOWS; i++) {
            flows[i] = keys.key(flow(i));
        }
        churn(flows);

        @SuppressWarnings("deprecation") // threadId() is of Java 19
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        churn(flows);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertThat(allocated).isLessThan(ALLOWED_BYTES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void bothEntriesGiveTheSameOutcomes(long seed) {
        Random random = new Random(seed);
        Bench values = Bench.classic().withPorts(4);
        Bench primitives = Bench.classic().withPorts(4);
        for (int i = 0; i < 5_000; i++) {
            nowNanos += random.nextLong(Bench.seconds(20));
            FiveTuple flow = random.nextInt(3) == 0 ? udp(random) : flow(random.nextInt(16));
            Kind kind = random.nextBoolean() ? Kind.SYN : KINDS[random.nextInt(KINDS.length)];
            Side side = random.nextInt(3) == 0 ? Side.RESPONDER : Side.INITIATOR;

            Outcome outcome = primitives.table.offer(nowNanos, kind, side, primitives.keys.key(flow));
            assertThat(outcome)
                    .isEqualTo(values.offer(nowNanos, kind, side, flow).outcome());
        }
        assertThat(primitives.log.heard()).isEqualTo(values.log.heard());
        assertThat(primitives.table.flows()).isEqualTo(values.table.flows());
    }

    private static FiveTuple udp(Random random) {
        return Bench.udp(1_024 + random.nextInt(8), Bench.API);
    }

    /** Opens, answers and closes flows in every way, faster than they are released, so that some are refused. */
    private void churn(long[] flows) {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < flows.length; i++) {
                nowNanos += 9_000_000;
                table.offer(nowNanos, Kind.SYN, Side.INITIATOR, flows[i]);
                table.offer(nowNanos, Kind.PACKET, Side.RESPONDER, flows[i]);
                if (i % 3 == 0) {
                    table.offer(nowNanos, Kind.RST, Side.INITIATOR, flows[i]);
                } else if (i % 3 == 1) {
                    table.offer(nowNanos, Kind.FIN, Side.INITIATOR, flows[i]);
                    table.offer(nowNanos, Kind.FIN, Side.RESPONDER, flows[i]);
                }
            }
        }
    }

    private static FiveTuple flow(int i) {
        return Bench.tcp(1_024 + i, new Endpoint(IpAddress.ofIpv4(0xcb007100 + i % 4), 443));
    }
}
