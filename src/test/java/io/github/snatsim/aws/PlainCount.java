package io.github.snatsim.aws;

import io.github.snatsim.aws.NlbLog.Heard;
import io.github.snatsim.net.Protocol;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The metrics of a period worked out anew from a whole log: what {@link NlbMetrics} must agree with. */
final class PlainCount {
    private final List<Heard> log;
    private final ActiveFlows reading;
    private final long start;
    private final long end;

    /** What happens then does not belong to the period any more. */
    private final long until;

    private PlainCount(List<Heard> log, ActiveFlows reading, long start, long end, long until) {
        this.log = log;
        this.reading = reading;
        this.start = start;
        this.end = end;
        this.until = until;
    }

    /** The last period has its last instant, others leave it to the next one. */
    static MetricPeriod of(List<Heard> log, ActiveFlows reading, long start, long end, boolean last) {
        PlainCount count = new PlainCount(log, reading, start, end, last ? end + 1 : end);
        return new MetricPeriod(
                start,
                end,
                count.sum("opened", heard -> true),
                count.sum("opened", PlainCount::isTcp),
                count.sum("refused TABLE_FULL", heard -> true),
                count.sum("refused TABLE_FULL", PlainCount::isTcp),
                count.flowNanos(heard -> true),
                count.flowNanos(PlainCount::isTcp),
                count.most(heard -> true),
                count.most(PlainCount::isTcp));
    }

    private static boolean isTcp(Heard heard) {
        return heard.flow().protocol() == Protocol.TCP;
    }

    private long sum(String what, Predicate<Heard> counted) {
        return log.stream()
                .filter(heard -> heard.timeNanos() >= start
                        && heard.timeNanos() < until
                        && heard.what().equals(what))
                .filter(counted)
                .count();
    }

    /** Flows and, if they count, handshakes that were active after the first {@code reports} lines of the log. */
    private long activeAfter(int reports, Predicate<Heard> counted) {
        long tracked = 0;
        for (Heard heard : log.subList(0, reports)) {
            if (heard.what().equals("opened") && counted.test(heard)) {
                tracked++;
            } else if (heard.what().startsWith("ended") && counted.test(heard)) {
                tracked--;
            }
        }
        boolean none = reports == 0 || reading == ActiveFlows.ESTABLISHED;
        return tracked + (none ? 0 : log.get(reports - 1).halfOpen());
    }

    private int reportsBefore(long time) {
        return (int) log.stream().filter(heard -> heard.timeNanos() < time).count();
    }

    private long flowNanos(Predicate<Heard> counted) {
        long sum = 0;
        long since = start;
        int last = reportsBefore(until);
        for (int i = reportsBefore(start); i < last; i++) {
            long time = log.get(i).timeNanos();
            if (time > since) {
                sum += (time - since) * activeAfter(i, counted);
                since = time;
            }
        }
        return sum + (end - since) * activeAfter(last, counted);
    }

    private long most(Predicate<Heard> counted) {
        int last = reportsBefore(until);
        return IntStream.rangeClosed(reportsBefore(start), last)
                .mapToLong(reports -> activeAfter(reports, counted))
                .max()
                .orElseThrow();
    }
}
