package io.github.snatsim.bench;

/**
 * A flow table as somebody might write it. All do the same work by the classic rules of docs/model.md: take the port
 * that T3 names or refuse (T4), find and refresh flows, hold ports (R1, R2, R5), and free at its deadline what is due.
 */
interface Contestant {
    int OPENED = 0;
    int TRANSLATED = 1;
    int REFUSED = 2;
    int DROPPED = 3;

    /**
     * Returns what the contestant names a TCP flow by. Not measured.
     *
     * @param instance its number, from 0, below 2^20
     * @param sourcePort its port
     * @param destination its number, from 0, below 2^24
     */
    default long key(int instance, int sourcePort, int destination) {
        return (long) instance << 40 | (long) sourcePort << 24 | destination;
    }

    /** Returns the verdict on an event. */
    int offer(long timeNanos, int kind, int side, long key);

    /** Puts a verdict on every event of a batch: what is measured. */
    default void offerAll(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            batch.verdict[i] = (byte) offer(batch.timeNanos[i], batch.kind[i], batch.side[i], batch.key[i]);
        }
    }

    /** Returns the live flows. */
    int size();

    /** Returns the port of a live flow, counted from 0. Not measured. */
    int port(long key);
}
