package io.github.snatsim.bench;

import static io.github.snatsim.net.FlowEvent.Kind.FIN;
import static io.github.snatsim.net.FlowEvent.Kind.PACKET;
import static io.github.snatsim.net.FlowEvent.Kind.RST;
import static io.github.snatsim.net.FlowEvent.Kind.SYN;

import io.github.snatsim.net.FlowEvent.Kind;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The endless event stream of a {@link Workload}, the same for every contestant. It knows when each flow will end and
 * which attempts will be refused, so that no verdict has to come back: a slot opens its next flow, from another source
 * port, about a second after its last one has given its port back.
 *
 * <p>Of 100 flows 88 end by FINs of both sides, 10 by an RST, 2 fall silent. What comes next for each slot lies in a
 * calendar: a ring of buckets of equal time, sorted when their time has come. No event is followed by one in the same
 * bucket.
 */
final class Traffic {
    private static final long SECOND = 1_000_000_000;
    private static final long LONG_HOLD_NANOS = 240 * SECOND;
    private static final long RST_HOLD_NANOS = 15 * SECOND;

    private static final int GENERATIONS = 16;
    private static final int SPAN_BITS = 39;
    private static final int SLOT_BITS = 24;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    private static final int GAPS = 1 << 12;
    private static final long GAP_NANOS_MAX = 120 * SECOND;
    private static final byte ENDING = -1;

    private static final byte FINS = 0;
    private static final byte RESET = 1;
    private static final byte SILENCE = 2;

    private final Workload workload;
    private final Contestant keys;
    private final SplittableRandom random;

    private final byte[] step;
    private final byte[] close;
    private final byte[] generation;
    private final long[] key;
    private final int[] flows;
    private final double[] destinationShares;
    private final long[] gaps;
    private final long[] retries;

    private final int bucketBits;
    private final long[][] calendar;
    private final int[] calendarCounts;
    private long bucket = -1;
    private long[] due = new long[16];
    private int dueNext;
    private int dueCount;
    private long lastNanos;

    Traffic(Workload workload, Contestant keys, long seed) {
        this.workload = workload;
        this.keys = keys;
        random = new SplittableRandom(seed);
        int slots = workload.slots();
        step = new byte[slots];
        close = new byte[slots];
        generation = new byte[slots];
        key = new long[slots];
        flows = new int[workload.instances()];
        destinationShares = zipf(workload.destinations());
        int buckets = Math.max(1 << 13, Integer.highestOneBit(slots / 64));
        bucketBits = SPAN_BITS - Integer.numberOfTrailingZeros(buckets);
        gaps = exponentials(workload.gapSeconds());
        retries = exponentials(workload.retrySeconds());
        calendar = new long[buckets][16];
        calendarCounts = new int[buckets];
        long cycleNanos = LONG_HOLD_NANOS + (long) ((workload.packets() + 2) * workload.gapSeconds() * SECOND);
        for (int slot = 0; slot < slots; slot++) {
            generation[slot] = (byte) random.nextInt(GENERATIONS);
            schedule(slot, random.nextLong(cycleNanos), true);
        }
    }

    private static double[] zipf(int destinations) {
        double[] shares = new double[destinations];
        double sum = 0;
        for (int i = 0; i < destinations; i++) {
            sum += 1.0 / (i + 1);
            shares[i] = sum;
        }
        for (int i = 0; i < destinations; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /** Times to draw from, at least two buckets long. */
    private long[] exponentials(double meanSeconds) {
        long[] times = new long[GAPS];
        for (int i = 0; i < GAPS; i++) {
            double seconds = -StrictMath.log((i + 0.5) / GAPS) * meanSeconds;
            times[i] = Math.max(2L << bucketBits, Math.min(GAP_NANOS_MAX, (long) (seconds * SECOND)));
        }
        return times;
    }

    private long draw(long[] times) {
        return times[random.nextInt(GAPS)] + random.nextInt(1 << 16);
    }

    /** The time of the last event. */
    long nowNanos() {
        return lastNanos;
    }

    /** Replaces a batch's events by the next ones. */
    void fill(Batch batch) {
        for (int i = 0; i < batch.size(); ) {
            while (dueNext == dueCount) {
                nextBucket();
            }
            long entry = due[dueNext++];
            long timeNanos = (bucket << bucketBits) + (entry >>> (SLOT_BITS + 1));
            int slot = (int) entry & SLOT_MASK;
            if (step[slot] == ENDING) {
                end(timeNanos, slot);
            } else {
                lastNanos = timeNanos;
                emit(timeNanos, slot, batch, i++);
            }
        }
    }

    private void nextBucket() {
        bucket++;
        int at = (int) (bucket & calendar.length - 1);
        long[] spare = due;
        due = calendar[at];
        dueNext = 0;
        dueCount = calendarCounts[at];
        calendar[at] = spare;
        calendarCounts[at] = 0;
        Arrays.sort(due, 0, dueCount);
    }

    /** An end comes before a packet of the same instant, as the model has it (R6). */
    private void schedule(int slot, long timeNanos, boolean isPacket) {
        int at = (int) (timeNanos >>> bucketBits & calendar.length - 1);
        if (calendarCounts[at] == calendar[at].length) {
            calendar[at] = Arrays.copyOf(calendar[at], calendarCounts[at] * 2);
        }
        long offset = timeNanos & (1L << bucketBits) - 1;
        calendar[at][calendarCounts[at]++] = offset << (SLOT_BITS + 1) | (isPacket ? 1L << SLOT_BITS : 0) | slot;
    }

    private void end(long timeNanos, int slot) {
        flows[slot % workload.instances()]--;
        step[slot] = 0;
        schedule(slot, timeNanos + SECOND / 2 + random.nextInt((int) SECOND), true);
    }

    private void emit(long timeNanos, int slot, Batch batch, int i) {
        if (step[slot] == 0) {
            open(timeNanos, slot);
            write(batch, i, timeNanos, SYN, 0, slot);
            return;
        }
        int closing = close[slot];
        int left = workload.packets() + 2 - step[slot]++;
        Kind kind = left > 1 || closing == SILENCE ? PACKET : closing == FINS ? FIN : left == 0 ? RST : PACKET;
        // The responder answers the SYN; from then on the sides take turns, so the FINs come from both.
        write(batch, i, timeNanos, kind, workload.packets() - left & 1, slot);
        if (left == 0) {
            step[slot] = ENDING;
            schedule(slot, timeNanos + (closing == RESET ? RST_HOLD_NANOS : LONG_HOLD_NANOS), false);
        } else {
            schedule(slot, timeNanos + draw(gaps), true);
        }
    }

    private void write(Batch batch, int i, long timeNanos, Kind kind, int side, int slot) {
        batch.timeNanos[i] = timeNanos;
        batch.kind[i] = Batch.number(kind);
        batch.side[i] = (byte) side;
        batch.key[i] = key[slot];
    }

    private void open(long timeNanos, int slot) {
        int instance = slot % workload.instances();
        generation[slot] = (byte) ((generation[slot] + 1) % GENERATIONS);
        int sourcePort = 1_024 + slot / workload.instances() * GENERATIONS + generation[slot];
        key[slot] = keys.key(instance, sourcePort, destination());
        if (flows[instance] == workload.ports() && workload.destinations() == 1) {
            schedule(slot, timeNanos + draw(retries), true);
            return;
        }
        flows[instance]++;
        int percent = random.nextInt(100);
        close[slot] = percent < 88 ? FINS : percent < 98 ? RESET : SILENCE;
        step[slot] = 1;
        schedule(slot, timeNanos + draw(gaps), true);
    }

    private int destination() {
        if (destinationShares.length == 1) {
            return 0;
        }
        int at = Arrays.binarySearch(destinationShares, random.nextDouble());
        return Math.min(at < 0 ? -at - 1 : at, destinationShares.length - 1);
    }
}
