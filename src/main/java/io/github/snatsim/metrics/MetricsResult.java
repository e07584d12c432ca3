package io.github.snatsim.metrics;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.Outcome;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What {@link Metrics} counted. Immutable; threads may share it.
 *
 * @param opened attempts that opened a flow, revivals included (T5)
 * @param refusedByReason attempts that were refused, by reason
 * @param firstRefusalNanos when the first attempt was refused, empty if none was
 * @param latePackets packets that belonged to no flow and could not open one (T9)
 * @param untranslated initiators' packets to destinations that need no SNAT (T8)
 * @param ends flows that ended, by reason
 * @param portUse the peak of every instance and protocol that used a port, highest first
 * @param busiest the ten pairs of instance and destination with the highest peaks, highest first
 * @param destinations the use of each pair of instance and destination, highest peak first, at most the first 1,000 met
 * @param exhaustedNanos how long some instance had no free port for some destination, exact for the
 *     default reading of T7
 * @param portsInUse distinct ports in use at the end, of all instances and protocols together
 * @param portsOverTime how that number went
 * @param refusalsOverTime refused attempts over time, of one kind; without slices where none was refused
 * @param episodeCount how many exhaustion episodes began
 * @param episodes the episodes in the order of their first refusals, at most 10,000
 */
public record MetricsResult(
        long opened,
        ImmutableMap<Outcome, Long> refusedByReason,
        OptionalLong firstRefusalNanos,
        long latePackets,
        long untranslated,
        ImmutableMap<FlowEnd, Long> ends,
        ImmutableList<PortUse> portUse,
        ImmutableList<DestinationPeak> busiest,
        ImmutableList<DestinationUse> destinations,
        long exhaustedNanos,
        PortsByState portsInUse,
        PortsOverTime portsOverTime,
        CountsOverTime refusalsOverTime,
        long episodeCount,
        ImmutableList<Episode> episodes) {

    /**
     * Returns this result without what takes most of its memory: courses over time, destinations beyond the ranking,
     * episodes.
     *
     * @return the totals and peaks
     */
    public MetricsResult totals() {
        PortsOverTime none =
                new PortsOverTime(portsOverTime.startNanos(), portsOverTime.sliceNanos(), ImmutableList.of());
        return new MetricsResult(
                opened,
                refusedByReason,
                firstRefusalNanos,
                latePackets,
                untranslated,
                ends,
                portUse.stream().map(PortUse::withoutCourse).collect(ImmutableList.toImmutableList()),
                busiest,
                ImmutableList.of(),
                exhaustedNanos,
                portsInUse,
                none,
                new CountsOverTime(refusalsOverTime.startNanos(), refusalsOverTime.sliceNanos(), ImmutableList.of()),
                episodeCount,
                ImmutableList.of());
    }

    /**
     * Returns why attempts were refused, for people.
     *
     * @return attempts by {@link Outcome#sentence}
     */
    public ImmutableMap<String, Long> refusedBySentence() {
        return refusedByReason.entrySet().stream()
                .collect(ImmutableMap.toImmutableMap(entry -> entry.getKey().sentence(), Map.Entry::getValue));
    }

    /**
     * Returns how many attempts were refused.
     *
     * @return the sum over all reasons
     */
    public long refused() {
        return refusedByReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns how many attempts there were (invariant 8).
     *
     * @return opened + refused
     */
    public long attempts() {
        return opened + refused();
    }

    /**
     * Returns the highest number of ports that any instance had taken for one destination at one instant.
     *
     * @return ports, 0 if no flow opened
     */
    public int peakPortsAtOneDestination() {
        int ranked = busiest.isEmpty() ? 0 : busiest.get(0).portsUsedMax();
        int kept = destinations.isEmpty() ? 0 : destinations.get(0).portsUsedMax();
        return Math.max(ranked, kept);
    }
}
