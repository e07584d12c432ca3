package io.github.snatsim.metrics;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.time.Nanos;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds exhaustion episodes. An episode ends when the quiet time (240 s, the FIN hold, unless the profile says otherwise)
 * has passed without a refusal. Logs a WARN when one begins and an INFO when it has ended, nothing per attempt.
 */
final class Episodes {
    private static final Logger LOG = LoggerFactory.getLogger(Episodes.class);

    private record Pair(IpAddress instance, Optional<IpAddress> frontend, Destination destination) {}

    private static final class Open {
        private final Pair pair;
        private final long firstRefusalNanos;
        private long lastRefusalNanos;
        private long refused;

        Open(Pair pair, long timeNanos) {
            this.pair = pair;
            firstRefusalNanos = timeNanos;
        }

        Episode soFar() {
            return new Episode(
                    pair.instance, pair.frontend, pair.destination, firstRefusalNanos, lastRefusalNanos, refused);
        }
    }

    private final long quietNanos;
    private final int keptMax;

    /** By time of the last refusal, the longest quiet one first. */
    private final Map<Pair, Open> open = new LinkedHashMap<>(16, 0.75f, true);

    /** The first by their beginning, ended or not. */
    private final List<Open> kept = new ArrayList<>();

    private long count;

    Episodes(long quietNanos, int keptMax) {
        this.quietNanos = quietNanos;
        this.keptMax = keptMax;
    }

    void refused(
            long timeNanos, IpAddress instance, Optional<IpAddress> frontend, Destination destination, Outcome reason) {
        endQuiet(timeNanos);
        Open episode = open.computeIfAbsent(new Pair(instance, frontend, destination), pair -> {
            LOG.warn(
                    "Exhaustion begins at {}: {} to {}, {}",
                    Nanos.instant(timeNanos),
                    instance,
                    destination,
                    reason.sentence());
            return begin(pair, timeNanos);
        });
        episode.lastRefusalNanos = timeNanos;
        episode.refused++;
    }

    private Open begin(Pair pair, long timeNanos) {
        Open episode = new Open(pair, timeNanos);
        count++;
        if (kept.size() < keptMax) {
            kept.add(episode);
        }
        return episode;
    }

    private void endQuiet(long timeNanos) {
        Iterator<Open> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Open episode = oldest.next();
            if (timeNanos - episode.lastRefusalNanos < quietNanos) {
                return;
            }
            oldest.remove();
            logEnd(episode.soFar());
        }
    }

    private static void logEnd(Episode episode) {
        LOG.info(
                "Exhaustion ended at {}: {} to {}, {} refused since {}",
                Nanos.instant(episode.lastRefusalNanos()),
                episode.instance(),
                episode.destination(),
                episode.refused(),
                Nanos.instant(episode.firstRefusalNanos()));
    }

    /** Lets time pass: episodes that have been quiet for long enough end. */
    void advanceTo(long timeNanos) {
        endQuiet(timeNanos);
    }

    /** Forgets all episodes: what goes on counts as new with its next refusal. */
    void restart() {
        open.clear();
        kept.clear();
        count = 0;
    }

    long count() {
        return count;
    }

    /** The first episodes by their beginning, those that have not ended included. */
    ImmutableList<Episode> all() {
        return kept.stream().map(Open::soFar).collect(ImmutableList.toImmutableList());
    }
}
