package io.github.snatsim.bench;

/**
 * How two contestants differ over the same events.
 *
 * @param opened verdicts of the first in the last third of the events, once the ports of workload D are full
 * @param refused likewise
 * @param dropped likewise
 * @param otherVerdicts events on which the second said something else, of all
 * @param otherPorts flows that both opened and that got different ports
 * @param otherSizes batches after which they had different numbers of live flows
 */
record Comparison(int opened, int refused, int dropped, int otherVerdicts, int otherPorts, int otherSizes) {
    private static final int BATCH = 1_000;

    static Comparison of(Workload workload, Contestant one, Contestant other, int events) {
        Batch oneBatch = new Batch(BATCH);
        Batch otherBatch = new Batch(BATCH);
        Traffic oneTraffic = new Traffic(workload, one, 1);
        Traffic otherTraffic = new Traffic(workload, other, 1);
        int[] verdicts = new int[4];
        int otherVerdicts = 0;
        int otherPorts = 0;
        int otherSizes = 0;
        for (int done = 0; done < events; done += BATCH) {
            oneTraffic.fill(oneBatch);
            otherTraffic.fill(otherBatch);
            for (int i = 0; i < BATCH; i++) {
                int verdict = offer(one, oneBatch, i);
                int otherVerdict = offer(other, otherBatch, i);
                if (done >= events / 3 * 2) {
                    verdicts[verdict]++;
                }
                if (verdict != otherVerdict) {
                    otherVerdicts++;
                } else if (verdict == Contestant.OPENED && one.port(oneBatch.key[i]) != other.port(otherBatch.key[i])) {
                    otherPorts++;
                }
            }
            otherSizes += one.size() == other.size() ? 0 : 1;
        }
        return new Comparison(
                verdicts[Contestant.OPENED],
                verdicts[Contestant.REFUSED],
                verdicts[Contestant.DROPPED],
                otherVerdicts,
                otherPorts,
                otherSizes);
    }

    private static int offer(Contestant contestant, Batch batch, int i) {
        return contestant.offer(batch.timeNanos[i], batch.kind[i], batch.side[i], batch.key[i]);
    }
}
