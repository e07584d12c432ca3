package io.github.snatsim.metrics;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.FlowKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The (instance, frontend, destination) pairs with the highest peaks of ports, exactly, though only the live pairs and the best
 * are remembered: peaks only rise, so a pair that was pushed out can only come back by rising above those that pushed it
 * out, and then it is live.
 */
final class BusiestDestinations {
    /** A ranked pair; {@code pair} is 0 once it has no flow, because its number may then mean another destination. */
    private static final class Ranked {
        private long pair;
        private DestinationPeak peak;

        Ranked(long pair, DestinationPeak peak) {
            this.pair = pair;
            this.peak = peak;
        }
    }

    private final FlowKeys keys;
    private final FrontendNames frontends;
    private final int ranksMax;
    private final List<Ranked> ranked = new ArrayList<>();

    /** A count below this cannot change the ranking. */
    private int enoughToRank = 1;

    BusiestDestinations(FlowKeys keys, FrontendNames frontends, int ranksMax) {
        this.keys = keys;
        this.frontends = frontends;
        this.ranksMax = ranksMax;
    }

    /** A pair has so many ports now, more than before. */
    void opened(long pair, int ports) {
        if (ports >= enoughToRank && !isKnown(pair, ports)) {
            rank(
                    pair,
                    new DestinationPeak(
                            keys.sourceAddress(pair),
                            frontends.publicIp(FlowKeys.frontendOfPair(pair)),
                            keys.destinationOf(pair),
                            ports));
        }
    }

    /** A pair has no flow any more. */
    void gone(long pair) {
        for (Ranked entry : ranked) {
            if (entry.pair == pair) {
                entry.pair = 0;
            }
        }
    }

    /** Forgets the ranking. */
    void restart() {
        ranked.clear();
        enoughToRank = 1;
    }

    private boolean isKnown(long pair, int ports) {
        for (Ranked entry : ranked) {
            if (entry.pair == pair) {
                return entry.peak.portsUsedMax() >= ports;
            }
        }
        return false;
    }

    private void rank(long pair, DestinationPeak peak) {
        for (Ranked entry : ranked) {
            if (entry.peak.instance().equals(peak.instance())
                    && entry.peak.frontend().equals(peak.frontend())
                    && entry.peak.destination().equals(peak.destination())) {
                entry.pair = pair;
                entry.peak = entry.peak.compareTo(peak) >= 0 ? entry.peak : peak;
                updateThreshold();
                return;
            }
        }
        ranked.add(new Ranked(pair, peak));
        if (ranked.size() > ranksMax) {
            ranked.remove(lowest());
        }
        updateThreshold();
    }

    private void updateThreshold() {
        enoughToRank = ranked.size() < ranksMax ? 1 : lowest().peak.portsUsedMax();
    }

    private Ranked lowest() {
        return Collections.min(ranked, Comparator.comparing((Ranked entry) -> entry.peak));
    }

    /** The ranking, highest first. */
    ImmutableList<DestinationPeak> ranking() {
        return ranked.stream()
                .map(entry -> entry.peak)
                .sorted(Comparator.reverseOrder())
                .collect(ImmutableList.toImmutableList());
    }
}
