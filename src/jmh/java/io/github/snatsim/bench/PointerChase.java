package io.github.snatsim.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The machine's own limit: one dependent random load per event, in an array of 64 bytes for each live flow. No table can
 * do with less than one such load per event unless it overlaps those of several events.
 */
final class PointerChase implements Contestant {
    private static final int STRIDE = 64 / Integer.BYTES;

    private final int[] next;
    private int at;

    PointerChase(Workload workload) {
        int lines = workload.destinations() == 1 ? workload.instances() * 1_000 : workload.slots();
        next = new int[lines * STRIDE];
        int[] order = new int[lines];
        Arrays.setAll(order, i -> i * STRIDE);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = lines - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        for (int i = 0; i < lines; i++) {
            next[order[i]] = order[(i + 1) % lines];
        }
    }

    @Override
    public int offer(long timeNanos, int kind, int side, long key) {
        at = next[at];
        return at;
    }

    @Override
    public void offerAll(Batch batch) {
        int here = at;
        for (int i = 0; i < batch.size(); i++) {
            here = next[here];
        }
        at = here;
        batch.verdict[0] = (byte) here;
    }

    @Override
    public int size() {
        return next.length / STRIDE;
    }

    @Override
    public int port(long key) {
        return 0;
    }
}
