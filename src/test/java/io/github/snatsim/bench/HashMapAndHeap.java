package io.github.snatsim.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A peer: a map, and a heap of timers. A timer whose flow got a later deadline stays where it is until it goes off, and
 * is then queued anew. Exact.
 */
final class HashMapAndHeap implements Contestant {
    private final PeerPorts ports;
    private final Map<Tuple, QueuedFlow> flows = new HashMap<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long opened;

    HashMapAndHeap(Workload workload) {
        ports = new PeerPorts(workload);
    }

    private static final class QueuedFlow extends TupleFlow {
        /** When its valid timer goes off. */
        long timerNanos;

        QueuedFlow(Tuple tuple) {
            super(tuple);
        }
    }

    private record Timer(long timeNanos, QueuedFlow flow) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(timeNanos, other.timeNanos);
            return byTime != 0 ? byTime : Long.compare(flow.order, other.flow.order);
        }
    }

    @Override
    public int offer(long timeNanos, int kind, int side, long key) {
        while (!timers.isEmpty() && timers.peek().timeNanos <= timeNanos) {
            Timer timer = timers.poll();
            QueuedFlow flow = timer.flow;
            if (flow.timerNanos == timer.timeNanos) {
                if (flow.deadline > timer.timeNanos) {
                    schedule(flow);
                } else {
                    flow.timerNanos = -1;
                    flows.remove(flow.tuple);
                    ports.giveBack(flow);
                }
            }
        }
        Tuple tuple = Tuple.of(key);
        QueuedFlow flow = flows.get(tuple);
        if (flow == null) {
            return PeerFlow.opens(kind, side) ? open(timeNanos, tuple, key) : DROPPED;
        }
        PeerFlow.Change change = flow.on(timeNanos, kind, side);
        boolean revived = change == PeerFlow.Change.REVIVED;
        if (revived) {
            flow.open(timeNanos, opened++);
        }
        if (flow.deadline < flow.timerNanos) {
            schedule(flow);
        }
        return revived ? OPENED : TRANSLATED;
    }

    private int open(long timeNanos, Tuple tuple, long key) {
        if (ports.isExhausted(key)) {
            return REFUSED;
        }
        QueuedFlow flow = new QueuedFlow(tuple);
        ports.take(key, flow);
        flow.open(timeNanos, opened++);
        flows.put(tuple, flow);
        schedule(flow);
        return OPENED;
    }

    private void schedule(QueuedFlow flow) {
        flow.timerNanos = flow.deadline;
        timers.add(new Timer(flow.deadline, flow));
    }

    @Override
    public int size() {
        return flows.size();
    }

    @Override
    public int port(long key) {
        return flows.get(Tuple.of(key)).port;
    }
}
