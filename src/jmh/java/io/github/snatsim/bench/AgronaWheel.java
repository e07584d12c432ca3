package io.github.snatsim.bench;

import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * A peer: agrona's timer wheel and maps with long keys, polled at every event; its ticks hold about eight timers. A timer
 * whose flow got a later deadline stays where it is until it goes off, and is then scheduled anew. Exact at every event,
 * but flows that are due at one event end in no order.
 */
final class AgronaWheel implements Contestant {
    private static final int SPAN_BITS = 38;

    private final PeerPorts ports;
    private final Long2ObjectHashMap<WheelFlow> flows = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<WheelFlow> flowsByTimer = new Long2ObjectHashMap<>();
    private final DeadlineTimerWheel timers;
    private long opened;

    AgronaWheel(Workload workload) {
        ports = new PeerPorts(workload);
        int ticks = Integer.highestOneBit(workload.slots() / 8);
        timers = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, (1L << SPAN_BITS) / ticks, ticks);
    }

    private static final class WheelFlow extends PeerFlow {
        final long key;
        /** The handle of its valid timer, and when that goes off. */
        long timer;

        long timerNanos;

        WheelFlow(long key) {
            this.key = key;
        }
    }

    @Override
    public int offer(long timeNanos, int kind, int side, long key) {
        poll(timeNanos);
        WheelFlow flow = flows.get(key);
        if (flow == null) {
            return PeerFlow.opens(kind, side) ? open(timeNanos, key) : DROPPED;
        }
        boolean revived = flow.on(timeNanos, kind, side) == PeerFlow.Change.REVIVED;
        if (revived) {
            flow.open(timeNanos, opened++);
        }
        if (flow.deadline < flow.timerNanos) {
            timers.cancelTimer(flow.timer);
            flowsByTimer.remove(flow.timer);
            schedule(flow);
        }
        return revived ? OPENED : TRANSLATED;
    }

    private void poll(long timeNanos) {
        boolean behind;
        do {
            behind = timeNanos >= timers.currentTickTime();
            timers.poll(timeNanos, this::expired, Integer.MAX_VALUE);
        } while (behind);
    }

    private boolean expired(TimeUnit unit, long timeNanos, long timer) {
        WheelFlow flow = flowsByTimer.remove(timer);
        if (flow.deadline > timeNanos) {
            schedule(flow);
        } else {
            flows.remove(flow.key);
            ports.giveBack(flow);
        }
        return true;
    }

    private int open(long timeNanos, long key) {
        if (ports.isExhausted(key)) {
            return REFUSED;
        }
        WheelFlow flow = new WheelFlow(key);
        ports.take(key, flow);
        flow.open(timeNanos, opened++);
        flows.put(key, flow);
        schedule(flow);
        return OPENED;
    }

    private void schedule(WheelFlow flow) {
        flow.timerNanos = flow.deadline;
        flow.timer = timers.scheduleTimer(flow.deadline);
        flowsByTimer.put(flow.timer, flow);
    }

    @Override
    public int size() {
        return flows.size();
    }

    @Override
    public int port(long key) {
        return flows.get(key).port;
    }
}
