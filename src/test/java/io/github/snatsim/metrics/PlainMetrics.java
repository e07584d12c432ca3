package io.github.snatsim.metrics;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.time.Nanos;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what a gateway reports as plainly as can be: everything is remembered, and counted anew whenever asked. */
final class PlainMetrics implements GatewayListener {
    private record Block(IpAddress instance, Protocol protocol) {}

    private record Pair(IpAddress instance, Destination destination) {
        static Pair of(FiveTuple flow) {
            return new Pair(flow.source().address(), flow.to());
        }
    }

    private record Live(FiveTuple flow, int port, FlowState state) {}

    private record Refusal(long timeNanos, Pair pair, Outcome reason) {}

    private final FlowKeys keys;
    private final Map<FiveTuple, Live> live = new LinkedHashMap<>();
    private final Map<IpAddress, Integer> owned = new HashMap<>();
    private final Map<Block, Levels> blocks = new LinkedHashMap<>();
    private final Map<Pair, Levels> pairs = new LinkedHashMap<>();
    private final Levels all = new Levels();
    private final List<Pair> opened = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<FlowEnd> ends = new ArrayList<>();
    private final Map<Pair, Integer> peaks = new HashMap<>();
    private long dropped;
    private long untranslated;

    /** Until this time, how long each pair was exhausted, and how long any was. */
    private long checkedNanos;

    private final Map<Pair, Long> exhausted = new HashMap<>();
    private long anyExhausted;

    /** When counting began, {@link Long#MIN_VALUE} before. */
    private long since = Long.MIN_VALUE;

    PlainMetrics(FlowKeys keys) {
        this.keys = keys;
    }

    @Override
    public void portsAssigned(long timeNanos, int source, int frontend, int ports) {
        pass(timeNanos);
        since = since == Long.MIN_VALUE ? timeNanos : since;
        owned.put(keys.sourceAddress((long) source << 40), ports);
    }

    @Override
    public void opened(long timeNanos, long flow, int port) {
        pass(timeNanos);
        since = since == Long.MIN_VALUE ? timeNanos : since;
        FiveTuple tuple = keys.tuple(flow);
        live.put(tuple, new Live(tuple, port, FlowState.OPEN));
        opened.add(Pair.of(tuple));
        changed(timeNanos, tuple);
        peaks.merge(Pair.of(tuple), flowsOf(Pair.of(tuple)).size(), Math::max);
    }

    @Override
    public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
        Pair pair = Pair.of(keys.tuple(flow));
        pairs.computeIfAbsent(pair, unused -> new Levels());
        refusals.add(new Refusal(timeNanos, pair, reason));
    }

    @Override
    public void stateChanged(long timeNanos, long flow, int port, FlowState before, FlowState after) {
        pass(timeNanos);
        FiveTuple tuple = keys.tuple(flow);
        live.put(tuple, new Live(tuple, port, after));
        changed(timeNanos, tuple);
    }

    @Override
    public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
        pass(timeNanos);
        FiveTuple tuple = keys.tuple(flow);
        live.remove(tuple);
        ends.add(end);
        changed(timeNanos, tuple);
    }

    @Override
    public void dropped(long timeNanos) {
        dropped++;
    }

    @Override
    public void untranslated(long timeNanos, FiveTuple flow) {
        untranslated++;
    }

    private void changed(long timeNanos, FiveTuple tuple) {
        Block block = new Block(tuple.source().address(), tuple.protocol());
        blocks.computeIfAbsent(block, unused -> new Levels())
                .add(
                        timeNanos,
                        byState(live.values().stream()
                                .filter(flow -> flow.flow().source().address().equals(block.instance())
                                        && flow.flow().protocol() == block.protocol())
                                .toList()));
        Pair pair = Pair.of(tuple);
        pairs.computeIfAbsent(pair, unused -> new Levels()).add(timeNanos, byState(flowsOf(pair)));
        all.add(timeNanos, inUse());
    }

    private List<Live> flowsOf(Pair pair) {
        return live.values().stream()
                .filter(flow -> Pair.of(flow.flow()).equals(pair))
                .toList();
    }

    private PortsByState inUse() {
        return blocks.values().stream()
                .map(Levels::last)
                .reduce(
                        PortsByState.NONE,
                        (a, b) -> new PortsByState(
                                a.open() + b.open(), a.finHold() + b.finHold(), a.rstHold() + b.rstHold()));
    }

    /** Distinct ports, each by the most alive of its flows. */
    private static PortsByState byState(Collection<Live> flows) {
        Map<FlowState, Long> ports = flows.stream().collect(groupingBy(Live::port)).values().stream()
                .map(shared -> shared.stream()
                        .map(Live::state)
                        .min(Comparator.naturalOrder())
                        .orElseThrow())
                .collect(groupingBy(state -> state, counting()));
        return new PortsByState(
                ports.getOrDefault(FlowState.OPEN, 0L).intValue(),
                ports.getOrDefault(FlowState.FIN_HOLD, 0L).intValue(),
                ports.getOrDefault(FlowState.RST_HOLD, 0L).intValue());
    }

    /** Lets time pass: a pair with as many flows as its instance has ports is exhausted meanwhile. */
    private void pass(long timeNanos) {
        long passed = timeNanos - checkedNanos;
        checkedNanos = timeNanos;
        boolean any = false;
        for (Map.Entry<Pair, Levels> pair : pairs.entrySet()) {
            int taken = pair.getValue().last().total();
            if (taken > 0 && taken == owned.getOrDefault(pair.getKey().instance(), -1)) {
                exhausted.merge(pair.getKey(), passed, Long::sum);
                any = true;
            }
        }
        anyExhausted += any ? passed : 0;
    }

    void restart(long timeNanos) {
        pass(timeNanos);
        exhausted.clear();
        anyExhausted = 0;
        opened.clear();
        refusals.clear();
        ends.clear();
        dropped = 0;
        untranslated = 0;
        since = timeNanos;
        all.restart(timeNanos);
        blocks.values().forEach(levels -> levels.restart(timeNanos));
        pairs.values().forEach(levels -> levels.restart(timeNanos));
    }

    /** The result; only how wide its slices are is taken from the one that it is compared with. */
    MetricsResult result(long timeNanos, MetricsResult other) {
        pass(timeNanos);
        return new MetricsResult(
                opened.size(),
                ImmutableMap.copyOf(new TreeMap<>(refusals.stream().collect(groupingBy(Refusal::reason, counting())))),
                refusals.stream().mapToLong(Refusal::timeNanos).findFirst(),
                dropped,
                untranslated,
                ImmutableMap.copyOf(new TreeMap<>(ends.stream().collect(groupingBy(end -> end, counting())))),
                portUse(timeNanos, other),
                busiest(),
                destinations(timeNanos, other),
                anyExhausted,
                inUse(),
                all.slices(timeNanos, other.portsOverTime().sliceNanos()),
                refusalsOverTime(timeNanos, other.refusalsOverTime()),
                episodes().size(),
                episodes());
    }

    private CountsOverTime refusalsOverTime(long timeNanos, CountsOverTime other) {
        if (refusals.isEmpty()) {
            return new CountsOverTime(other.startNanos(), other.sliceNanos(), ImmutableList.of());
        }
        long last = Math.max(refusals.get(refusals.size() - 1).timeNanos(), timeNanos - 1);
        ImmutableList.Builder<ImmutableList<Long>> slices = ImmutableList.builder();
        for (long from = other.startNanos(); from <= last; from += other.sliceNanos()) {
            long begin = from;
            slices.add(ImmutableList.of(refusals.stream()
                    .filter(refusal -> refusal.timeNanos() >= begin && refusal.timeNanos() < begin + other.sliceNanos())
                    .count()));
        }
        return new CountsOverTime(other.startNanos(), other.sliceNanos(), slices.build());
    }

    private ImmutableList<PortUse> portUse(long timeNanos, MetricsResult other) {
        Map<Block, Long> widths = new HashMap<>();
        other.portUse()
                .forEach(use -> widths.put(
                        new Block(use.instance(), use.protocol()),
                        use.overTime().sliceNanos()));
        return blocks.entrySet().stream()
                .map(entry -> {
                    Levels levels = entry.getValue();
                    return new PortUse(
                            entry.getKey().instance(),
                            Optional.empty(),
                            entry.getKey().protocol(),
                            levels.peak(),
                            levels.peakTimeNanos(),
                            levels.atPeak(),
                            levels.last(),
                            new PortPercentiles(
                                    levels.percentile(50, since, timeNanos),
                                    levels.percentile(95, since, timeNanos),
                                    levels.percentile(99, since, timeNanos)),
                            levels.slices(timeNanos, widths.getOrDefault(entry.getKey(), 1L)));
                })
                .sorted(Comparator.comparing((PortUse use) -> -use.portsUsedMax())
                        .thenComparing(PortUse::instance)
                        .thenComparing(PortUse::protocol))
                .collect(toImmutableList());
    }

    private ImmutableList<DestinationPeak> busiest() {
        return peaks.entrySet().stream()
                .map(peak -> new DestinationPeak(
                        peak.getKey().instance(),
                        Optional.empty(),
                        peak.getKey().destination(),
                        peak.getValue()))
                .sorted(Comparator.reverseOrder())
                .limit(10)
                .collect(toImmutableList());
    }

    private ImmutableList<DestinationUse> destinations(long timeNanos, MetricsResult other) {
        Map<Pair, Long> widths = new HashMap<>();
        other.destinations()
                .forEach(use -> widths.put(
                        new Pair(use.instance(), use.destination()),
                        use.overTime().sliceNanos()));
        return pairs.entrySet().stream()
                .map(entry -> {
                    Pair pair = entry.getKey();
                    Levels levels = entry.getValue();
                    PortsOverTime course = levels.slices(timeNanos, widths.getOrDefault(pair, 1L));
                    return new DestinationUse(
                            pair.instance(),
                            Optional.empty(),
                            pair.destination(),
                            opened.stream().filter(pair::equals).count(),
                            refusals.stream()
                                    .filter(refusal -> refusal.pair().equals(pair))
                                    .count(),
                            course.peaks().stream()
                                    .mapToInt(PortsByState::total)
                                    .max()
                                    .orElse(0),
                            exhausted.getOrDefault(pair, 0L),
                            levels.last(),
                            course);
                })
                .sorted(Comparator.comparing((DestinationUse use) -> new DestinationPeak(
                                use.instance(), Optional.empty(), use.destination(), use.portsUsedMax()))
                        .reversed())
                .collect(toImmutableList());
    }

    private ImmutableList<Episode> episodes() {
        List<Episode> episodes = new ArrayList<>();
        for (Refusal refusal : refusals) {
            if (refusal.reason() != Outcome.NO_FREE_PORT && refusal.reason() != Outcome.NO_PORTS) {
                continue; // not a lack of ports
            }
            Pair pair = refusal.pair();
            long time = refusal.timeNanos();
            Episode running = episodes.stream()
                    .filter(episode -> episode.instance().equals(pair.instance())
                            && episode.destination().equals(pair.destination())
                            && time - episode.lastRefusalNanos() < Nanos.ofSeconds(240))
                    .findFirst()
                    .orElse(null);
            if (running == null) {
                episodes.add(new Episode(pair.instance(), Optional.empty(), pair.destination(), time, time, 1));
            } else {
                episodes.set(
                        episodes.indexOf(running),
                        new Episode(
                                pair.instance(),
                                Optional.empty(),
                                pair.destination(),
                                running.firstRefusalNanos(),
                                time,
                                running.refused() + 1));
            }
        }
        return ImmutableList.copyOf(episodes);
    }
}
