package io.github.snatsim.bench;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.RemovalNotification;
import java.time.Duration;
import java.util.List;

/**
 * A peer: a Guava cache for each of the three timeouts. A cache frees what is due when it is cleaned up; that is done
 * before each attempt to open, the only time at which free ports matter, so verdicts and ports are exact. What is not:
 * the release of a flow is heard late, and not in order of deadline across the caches.
 */
final class GuavaCaches implements Contestant {
    private final PeerPorts ports;
    private final Cache<Tuple, TupleFlow> open;
    private final Cache<Tuple, TupleFlow> finHolds;
    private final Cache<Tuple, TupleFlow> rstHolds;
    private long nowNanos;
    private long opened;

    GuavaCaches(Workload workload) {
        ports = new PeerPorts(workload);
        open = builder()
                .expireAfterAccess(Duration.ofNanos(PeerFlow.IDLE_NANOS))
                .build();
        finHolds = builder()
                .expireAfterWrite(Duration.ofNanos(PeerFlow.FIN_HOLD_NANOS))
                .build();
        rstHolds = builder()
                .expireAfterWrite(Duration.ofNanos(PeerFlow.RST_HOLD_NANOS))
                .build();
    }

    private CacheBuilder<Tuple, TupleFlow> builder() {
        return CacheBuilder.newBuilder()
                .concurrencyLevel(1)
                .ticker(new Ticker() {
                    @Override
                    public long read() {
                        return nowNanos;
                    }
                })
                .removalListener(this::removed);
    }

    private void removed(RemovalNotification<Tuple, TupleFlow> notification) {
        if (notification.wasEvicted()) {
            ports.giveBack(notification.getValue());
        }
    }

    @Override
    public int offer(long timeNanos, int kind, int side, long key) {
        nowNanos = timeNanos;
        Tuple tuple = Tuple.of(key);
        TupleFlow flow = open.getIfPresent(tuple);
        if (flow == null) {
            flow = finHolds.getIfPresent(tuple);
            if (flow == null) {
                flow = rstHolds.getIfPresent(tuple);
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

    private void move(TupleFlow flow, Cache<Tuple, TupleFlow> to) {
        open.invalidate(flow.tuple);
        finHolds.invalidate(flow.tuple);
        rstHolds.invalidate(flow.tuple);
        to.put(flow.tuple, flow);
    }

    private int open(long timeNanos, Tuple tuple, long key) {
        open.cleanUp();
        finHolds.cleanUp();
        rstHolds.cleanUp();
        if (ports.isExhausted(key)) {
            return REFUSED;
        }
        TupleFlow flow = new TupleFlow(tuple);
        ports.take(key, flow);
        flow.open(timeNanos, opened++);
        open.put(tuple, flow);
        return OPENED;
    }

    @Override
    public int size() {
        return (int) (open.size() + finHolds.size() + rstHolds.size());
    }

    @Override
    public int port(long key) {
        Tuple tuple = Tuple.of(key);
        for (Cache<Tuple, TupleFlow> cache : List.of(open, finHolds, rstHolds)) {
            TupleFlow flow = cache.asMap().get(tuple);
            if (flow != null) {
                return flow.port;
            }
        }
        return -1;
    }
}
