package io.github.snatsim.trace;

import java.io.Closeable;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Events on disk: sorted runs, merged as they are read. When {@value #FAN_IN} runs of one level have gathered they are
 * merged into one of the next, so that n events are rewritten about log n times and few files are open at once.
 */
final class SpilledRuns implements Waiting, Closeable {
    static final int FAN_IN = 32;

    private final PriorityQueue<SpilledRun> runs = newQueue();

    private static PriorityQueue<SpilledRun> newQueue() {
        return new PriorityQueue<>(Comparator.<SpilledRun>comparingLong(run -> run.head().timeNanos)
                .thenComparingLong(run -> run.head().sequence));
    }

    /** Moves all that waits there into a run. */
    void spill(Waiting waiting) throws IOException {
        try {
            write(waiting, 0);
            for (int level = 0; countOf(level) == FAN_IN; level++) {
                merge(level);
            }
        } catch (IOException e) {
            throw new IOException("no temporary file to put it in order with: " + e.getMessage(), e);
        }
    }

    private void write(Waiting waiting, int level) throws IOException {
        PackedEvent event = new PackedEvent();
        SpilledRun run = new SpilledRun(level);
        try {
            while (!waiting.isEmpty()) {
                waiting.take(event);
                run.append(event);
            }
            run.rewind();
        } catch (IOException e) {
            run.close();
            throw e;
        }
        runs.add(run);
    }

    private long countOf(int level) {
        return runs.stream().filter(run -> run.level() == level).count();
    }

    private void merge(int level) throws IOException {
        try (SpilledRuns merged = new SpilledRuns()) {
            List<SpilledRun> moved =
                    runs.stream().filter(run -> run.level() == level).toList();
            runs.removeAll(moved);
            merged.runs.addAll(moved);
            write(merged, level + 1);
        }
    }

    @Override
    public boolean isEmpty() {
        return runs.isEmpty();
    }

    private SpilledRun earliest() {
        return runs.element();
    }

    @Override
    public long timeNanos() {
        return earliest().head().timeNanos;
    }

    @Override
    public long sequence() {
        return earliest().head().sequence;
    }

    @Override
    public void take(PackedEvent event) throws IOException {
        SpilledRun run = runs.remove();
        PackedEvent head = run.head();
        event.set(head.timeNanos, head.sequence, head.from, head.to);
        run.advance();
        if (run.isEmpty()) {
            run.close();
        } else {
            runs.add(run);
        }
    }

    @Override
    public void close() throws IOException {
        for (SpilledRun run : runs) {
            run.close();
        }
        runs.clear();
    }
}
