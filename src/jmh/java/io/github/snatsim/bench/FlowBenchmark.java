package io.github.snatsim.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per event, expiry included, in batches of a million events that are made before each measurement. The table
 * is filled and then driven for two hold periods of virtual time, so it is in its steady state when the first counts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "-XX:MarkSweepAlwaysCompactCount=1") // a full collection leaves no dead object
public class FlowBenchmark {
    static final int EVENTS = 1 << 20;
    private static final long SEED = 20_260_101;
    private static final int WARM_EVENTS_MIN = 4 * EVENTS;

    /** One full turn of the slots, in which the table fills, and twice the longest hold. */
    private static final long WARM_NANOS = (360 + 2 * 240) * 1_000_000_000L;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A name of {@link Workload}. */
    @Param({"A", "B", "C4", "C5", "C6", "D"})
    public String workload;

    /** A name of {@link Entrant}. */
    @Param({
        "SNATSIM",
        "SNATSIM_BATCHED",
        "LINKED_HASH_MAPS",
        "HASH_MAP_HEAP",
        "AGRONA",
        "CAFFEINE",
        "GUAVA",
        "POINTER_CHASE"
    })
    public String entrant;

    private final Batch batch = new Batch(EVENTS);
    private Contestant contestant;
    private Traffic traffic;
    private long allocatedBefore;

    /** Fills the table and brings it to its steady state. */
    @Setup(Level.Trial)
    public void warm() {
        Workload made = Workload.named(workload);
        contestant = Entrant.valueOf(entrant).make(made);
        traffic = new Traffic(made, contestant, SEED);
        boolean needsTraffic = Entrant.valueOf(entrant) != Entrant.POINTER_CHASE;
        for (int done = 0;
                done < WARM_EVENTS_MIN || (needsTraffic && traffic.nowNanos() < WARM_NANOS);
                done += EVENTS) {
            traffic.fill(batch);
            contestant.offerAll(batch);
        }
        System.gc();
    }

    /** Makes the next events. */
    @Setup(Level.Invocation)
    public void makeEvents() {
        traffic.fill(batch);
        allocatedBefore = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** Offers a batch. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public byte[] offer() {
        contestant.offerAll(batch);
        return batch.verdict;
    }

    /** Reads what the batch allocated. */
    @TearDown(Level.Invocation)
    public void readAllocation() {
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocatedBefore;
        FlowFigures.allocatedPerEvent = (double) allocated / EVENTS;
    }

    /** Weighs the table. */
    @TearDown(Level.Trial)
    public void weigh() {
        int live = contestant.size();
        traffic = null;
        long with = usedBytes();
        contestant = null;
        long without = usedBytes();
        FlowFigures.bytesPerFlow = (double) (with - without) / live;
        FlowFigures.liveFlows = live;
    }

    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
