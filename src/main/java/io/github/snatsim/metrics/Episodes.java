package io.github.snatsim.metrics;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.time.Nanos;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds exhaustion episodes. An episode ends when the quiet time (240 s, the FIN hold, unless the profile says otherwise)
 * has passed without a refusal. Logs a WARN when one begins and an INFO when it has ended, nothing per attempt.
 */
final class Episodes {
    private static final Logger LOG = LoggerFactory.getLogger(Episodes.class);

    private record Pair(IpAddress instance, Destination destination) {}

    private static final class Open {
        private final long firstRefusalNanos;
        private long lastRefusalNanos;
        private long refused;

        Open(long timeNanos) {
            firstRefusalNanos = timeNanos;
        }
    }

    private final long quietNanos;
    private final int keptMax;

    /** By time of the last refusal, the longest quiet one first. */
    private final Map<Pair, Open> open = new LinkedHashMap<>(16, 0.75f, true);

    private final List<Episode> ended = new ArrayList<>();
    private long count;

    Episodes(long quietNanos, int keptMax) {
        this.quietNanos = quietNanos;
        this.keptMax = keptMax;
    }

    void refused(long timeNanos, IpAddress instance, Destination destination, Outcome reason) {
        endQuiet(timeNanos);
        Open episode = open.computeIfAbsent(new Pair(instance, destination), pair -> {
            count++;
            LOG.warn(
                    "Exhaustion begins at {}: {} to {}, {}",
                    Nanos.instant(timeNanos),
                    instance,
                    destination,
                    reason.sentence());
            return new Open(timeNanos);
        });
        episode.lastRefusalNanos = timeNanos;
        episode.refused++;
    }

    private void endQuiet(long timeNanos) {
        var oldest = open.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Pair, Open> entry = oldest.next();
            if (timeNanos - entry.getValue().lastRefusalNanos < quietNanos) {
                return;
            }
            oldest.remove();
            end(entry.getKey(), entry.getValue());
        }
    }

    private void end(Pair pair, Open open) {
        Episode episode = episode(pair, open);
        LOG.info(
                "Exhaustion ended at {}: {} to {}, {} refused since {}",
                Nanos.instant(episode.lastRefusalNanos()),
                pair.instance(),
                pair.destination(),
                episode.refused(),
                Nanos.instant(episode.firstRefusalNanos()));
        if (ended.size() < keptMax) {
            ended.add(episode);
        }
    }

    private static Episode episode(Pair pair, Open open) {
        return new Episode(
                pair.instance(), pair.destination(), open.firstRefusalNanos, open.lastRefusalNanos, open.refused);
    }

    /** Lets time pass: episodes that have been quiet for long enough end. */
    void advanceTo(long timeNanos) {
        endQuiet(timeNanos);
    }

    long count() {
        return count;
    }

    /** The first episodes by their beginning, those that have not ended included. */
    ImmutableList<Episode> all() {
        List<Episode> episodes = new ArrayList<>(ended);
        open.forEach((pair, episode) -> episodes.add(episode(pair, episode)));
        return episodes.stream()
                .sorted(Comparator.comparingLong(Episode::firstRefusalNanos))
                .limit(keptMax)
                .collect(ImmutableList.toImmutableList());
    }
}
