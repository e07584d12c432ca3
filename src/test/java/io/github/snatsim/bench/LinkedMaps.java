package io.github.snatsim.bench;

import java.util.LinkedHashMap;

/**
 * A peer: a linked map for each of the three timeouts, its flows in order of deadline because all wait equally long.
 * Exact but for ties of a map, which end in the order of their last packets.
 */
@SuppressWarnings("NonApiType") // the order of a linked map is what it is about
final class LinkedMaps implements Contestant {
    private final PeerPorts ports;
    private final LinkedHashMap<Tuple, TupleFlow> open = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<Tuple, TupleFlow> finHolds = new LinkedHashMap<>();
    private final LinkedHashMap<Tuple, TupleFlow> rstHolds = new LinkedHashMap<>();
    private long opened;

    /** Nothing is due before. */
    private long nextNanos = Long.MAX_VALUE;

    LinkedMaps(Workload workload) {
        ports = new PeerPorts(workload);
    }

    @Override
    public int offer(long timeNanos, int kind, int side, long key) {
        if (timeNanos >= nextNanos) {
            release(timeNanos);
        }
        Tuple tuple = Tuple.of(key);
        TupleFlow flow = open.get(tuple);
        if (flow == null) {
            flow = finHolds.get(tuple);
            if (flow == null) {
                flow = rstHolds.get(tuple);
                if (flow == null) {
                    return PeerFlow.opens(kind, side) ? open(timeNanos, tuple, key) : DROPPED;
                }
            }
        }
        switch (flow.on(timeNanos, kind, side)) {
            case FIN_HELD -> move(flow, finHolds);
            case RST_HELD -> move(flow, rstHolds);
            case REVIVED -> {
                flow.open(timeNanos, opened++);
                move(flow, open);
                return OPENED;
            }
            default -> {}
        }
        return TRANSLATED;
    }

    private void move(TupleFlow flow, LinkedHashMap<Tuple, TupleFlow> to) {
        if (open.remove(flow.tuple) == null && finHolds.remove(flow.tuple) == null) {
            rstHolds.remove(flow.tuple);
        }
        add(flow, to);
    }

    private void add(TupleFlow flow, LinkedHashMap<Tuple, TupleFlow> to) {
        to.put(flow.tuple, flow);
        nextNanos = Math.min(nextNanos, flow.deadline);
    }

    private int open(long timeNanos, Tuple tuple, long key) {
        if (ports.isExhausted(key)) {
            return REFUSED;
        }
        TupleFlow flow = new TupleFlow(tuple);
        ports.take(key, flow);
        flow.open(timeNanos, opened++);
        add(flow, open);
        return OPENED;
    }

    private void release(long timeNanos) {
        while (true) {
            LinkedHashMap<Tuple, TupleFlow> map = earlier(earlier(open, finHolds), rstHolds);
            nextNanos = deadline(map);
            if (nextNanos > timeNanos) {
                return;
            }
            TupleFlow flow = first(map);
            map.remove(flow.tuple);
            ports.giveBack(flow);
        }
    }

    private static LinkedHashMap<Tuple, TupleFlow> earlier(
            LinkedHashMap<Tuple, TupleFlow> one, LinkedHashMap<Tuple, TupleFlow> other) {
        long difference = deadline(one) - deadline(other);
        boolean isOne = (difference != 0 || one.isEmpty()) ? difference < 0 : first(one).order < first(other).order;
        return isOne ? one : other;
    }

    private static long deadline(LinkedHashMap<Tuple, TupleFlow> map) {
        return map.isEmpty() ? Long.MAX_VALUE : first(map).deadline;
    }

    private static TupleFlow first(LinkedHashMap<Tuple, TupleFlow> map) {
        return map.values().iterator().next();
    }

    @Override
    public int size() {
        return open.size() + finHolds.size() + rstHolds.size();
    }

    @Override
    public int port(long key) {
        Tuple tuple = Tuple.of(key);
        TupleFlow flow = open.get(tuple);
        return (flow != null ? flow : finHolds.getOrDefault(tuple, rstHolds.get(tuple))).port;
    }
}
