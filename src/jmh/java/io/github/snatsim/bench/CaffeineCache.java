package io.github.snatsim.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;

/**
 * A peer: one Caffeine cache with a time of its own for each flow, its maintenance on the caller's thread. It finds no
 * flow that is due, but frees ports when its timer wheel turns, up to 1.07 s late; so it may refuse for want of a port
 * that is about to come free, and hands out other ports. If it has none left it cleans up and looks again.
 */
final class CaffeineCache implements Contestant {
    private final PeerPorts ports;
    private final Cache<Tuple, TupleFlow> flows;
    private long nowNanos;
    private long opened;

    CaffeineCache(Workload workload) {
        ports = new PeerPorts(workload);
        flows = Caffeine.newBuilder()
                .ticker(() -> nowNanos)
                .executor(Runnable::run)
                .expireAfter(new Deadlines())
                .evictionListener(this::evicted)
                .build();
    }

    private void evicted(Tuple tuple, TupleFlow flow, RemovalCause cause) {
        ports.giveBack(flow);
    }

    private static final class Deadlines implements Expiry<Tuple, TupleFlow> {
        @Override
        public long expireAfterCreate(Tuple tuple, TupleFlow flow, long timeNanos) {
            return flow.deadline - timeNanos;
        }

        @Override
        public long expireAfterUpdate(Tuple tuple, TupleFlow flow, long timeNanos, long leftNanos) {
            return flow.deadline - timeNanos;
        }

        @Override
        public long expireAfterRead(Tuple tuple, TupleFlow flow, long timeNanos, long leftNanos) {
            return flow.isHeld() ? leftNanos : PeerFlow.IDLE_NANOS;
        }
    }

    @Override
    public int offer(long timeNanos, int kind, int side, long key) {
        nowNanos = timeNanos;
        Tuple tuple = Tuple.of(key);
        TupleFlow flow = flows.getIfPresent(tuple);
        if (flow == null) {
            return PeerFlow.opens(kind, side) ? open(timeNanos, tuple, key) : DROPPED;
        }
        switch (flow.on(timeNanos, kind, side)) {
            case FIN_HELD, RST_HELD -> flows.put(tuple, flow);
            case REVIVED -> {
                flow.open(timeNanos, opened++);
                flows.put(tuple, flow);
                return OPENED;
            }
            default -> {}
        }
        return TRANSLATED;
    }

    private int open(long timeNanos, Tuple tuple, long key) {
        if (ports.isExhausted(key)) {
            flows.cleanUp();
            if (ports.isExhausted(key)) {
                return REFUSED;
            }
        }
        TupleFlow flow = new TupleFlow(tuple);
        ports.take(key, flow);
        flow.open(timeNanos, opened++);
        flows.put(tuple, flow);
        return OPENED;
    }

    @Override
    public int size() {
        return (int) flows.estimatedSize();
    }

    @Override
    public int port(long key) {
        return flows.policy().getIfPresentQuietly(Tuple.of(key)).port;
    }
}
