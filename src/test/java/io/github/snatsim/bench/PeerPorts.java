package io.github.snatsim.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The ports of the peers by rule T3: the lowest in use that is free for the destination, else the lowest unused. */
final class PeerPorts {
    private final int ports;
    private final Instance[] instances;
    private final Map<Pair, Taken> pairs = new HashMap<>();

    PeerPorts(Workload workload) {
        ports = workload.ports();
        instances = new Instance[workload.instances()];
        Arrays.setAll(instances, i -> new Instance(ports));
    }

    private record Pair(int instance, int destination) {
        @Override
        public int hashCode() {
            return Tuple.hash(instance, destination);
        }
    }

    /** Which ports an instance uses, and for how many flows. */
    private static final class Instance {
        final long[] used;
        final int[] flows;
        int usedCount;

        Instance(int ports) {
            used = new long[(ports + 63) / 64];
            flows = new int[ports];
        }
    }

    /** The ports that the flows of an instance to a destination have. */
    static final class Taken {
        private final Pair pair;
        private final Instance instance;
        private long[] words = new long[1];
        private int count;

        Taken(Pair pair, Instance instance) {
            this.pair = pair;
            this.instance = instance;
        }

        private long word(int i) {
            return i < words.length ? words[i] : 0;
        }

        private int choose() {
            if (instance.usedCount > count) {
                for (int i = 0; i < instance.used.length; i++) {
                    long shareable = instance.used[i] & ~word(i);
                    if (shareable != 0) {
                        return i * 64 + Long.numberOfTrailingZeros(shareable);
                    }
                }
            }
            for (int i = 0; ; i++) {
                if (instance.used[i] != -1) {
                    return i * 64 + Long.numberOfTrailingZeros(~instance.used[i]);
                }
            }
        }
    }

    /** Takes a port for a flow that can have one. */
    void take(long key, PeerFlow flow) {
        Taken taken = of(key);
        int port = taken.choose();
        int word = port / 64;
        if (word >= taken.words.length) {
            taken.words = Arrays.copyOf(taken.words, word + 1);
        }
        taken.words[word] |= 1L << port;
        taken.count++;
        Instance instance = taken.instance;
        if (instance.flows[port]++ == 0) {
            instance.used[word] |= 1L << port;
            instance.usedCount++;
        }
        flow.port = port;
        flow.taken = taken;
    }

    private Taken of(long key) {
        Pair pair = new Pair(Tuple.instance(key), Tuple.destination(key));
        Taken taken = pairs.get(pair);
        if (taken == null) {
            taken = new Taken(pair, instances[pair.instance]);
            pairs.put(pair, taken);
        }
        return taken;
    }

    /** Tells whether a flow cannot have a port. */
    boolean isExhausted(long key) {
        Taken taken = pairs.get(new Pair(Tuple.instance(key), Tuple.destination(key)));
        return taken != null && taken.count == ports;
    }

    void giveBack(PeerFlow flow) {
        Taken taken = flow.taken;
        int port = flow.port;
        taken.words[port / 64] &= ~(1L << port);
        if (--taken.count == 0) {
            pairs.remove(taken.pair);
        }
        Instance instance = taken.instance;
        if (--instance.flows[port] == 0) {
            instance.used[port / 64] &= ~(1L << port);
            instance.usedCount--;
        }
    }
}
