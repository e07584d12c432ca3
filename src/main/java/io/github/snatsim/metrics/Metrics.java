package io.github.snatsim.metrics;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.SnatPort;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.IpAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a gateway reports (rule M1). Give it to {@code Gateway.listen} before the first event. Not for use by
 * several threads at once; its results are immutable.
 */
public final class Metrics implements GatewayListener {
    private static final FlowState[] STATES = FlowState.values();
    private static final int RANKS = 10;
    private static final int EPISODES_KEPT = 10_000;

    private final FlowKeys keys;
    private final FrontendNames frontends = new FrontendNames();
    private final DestinationUses destinations;
    private final Episodes episodes;
    private final Timeline timeline = new Timeline();

    /** By frontend, then by source number * 2, + 1 for UDP. */
    private @Nullable InstanceUse[][] uses = {new InstanceUse[32]};

    /** By source number: the source that owns the ports of its flows, 0 for itself; empty where no ports are shared. */
    private int[] owners = new int[0];

    /** Distinct ports in use of all instances and protocols, by state. */
    private final int[] portsInUse = new int[FlowState.values().length];

    private final Map<Outcome, Long> refusals = new EnumMap<>(Outcome.class);
    private final Map<FlowEnd, Long> ends = new EnumMap<>(FlowEnd.class);
    private long opened;
    private long refused;

    /** Never forgotten. */
    private long refusedEver;

    private long dropped;
    private long untranslated;
    private OptionalLong firstRefusalNanos = OptionalLong.empty();

    /** Made with the first refusal. */
    private @Nullable CountTimeline refusalsOverTime;

    /** When counting began: with the first ports or the first flow, or at the end of the warm-up. */
    private OptionalLong sinceNanos = OptionalLong.empty();

    /**
     * Makes metrics for one gateway.
     *
     * @param keys the gateway's keys
     * @param quiet how long an exhaustion episode may be without a refusal: the profile's FIN hold
     */
    public Metrics(FlowKeys keys, Duration quiet) {
        this.keys = keys;
        this.destinations = new DestinationUses(keys, frontends, RANKS);
        this.episodes = new Episodes(quiet.toNanos(), EPISODES_KEPT);
    }

    @Override
    public void frontendNamed(int frontend, IpAddress publicIp) {
        frontends.name(frontend, publicIp);
    }

    @Override
    public void portsAssigned(long timeNanos, int source, int frontend, int ports) {
        begin(timeNanos);
        destinations.portsAssigned(timeNanos, source, frontend, ports);
    }

    @Override
    public void portsShared(int source, int owner) {
        if (source >= owners.length) {
            owners = Arrays.copyOf(owners, Math.max(source + 1, owners.length * 2));
        }
        owners[source] = owner;
    }

    @Override
    public void opened(long timeNanos, long flow, int port) {
        opened++;
        long pair = pair(flow, SnatPort.frontend(port));
        InstanceUse use = use(timeNanos, pair);
        subtract(use);
        use.add(timeNanos, counted(flow, port));
        add(timeNanos, use);
        destinations.opened(timeNanos, pair);
    }

    @Override
    public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
        countRefusal(timeNanos, reason);
        long pair = pair(flow, frontend);
        destinations.refused(pair);
        if (reason == Outcome.NO_FREE_PORT || reason == Outcome.NO_PORTS) {
            episodes.refused(
                    timeNanos,
                    keys.sourceAddress(pair),
                    frontends.publicIp(frontend),
                    keys.destinationOf(flow),
                    reason);
        }
    }

    @Override
    public void notCarried(long timeNanos) {
        countRefusal(timeNanos, Outcome.PROTOCOL_NOT_CARRIED);
    }

    private void countRefusal(long timeNanos, Outcome reason) {
        refused++;
        refusedEver++;
        refusals.merge(reason, 1L, Long::sum);
        if (firstRefusalNanos.isEmpty()) {
            firstRefusalNanos = OptionalLong.of(timeNanos);
        }
        if (refusalsOverTime == null) {
            refusalsOverTime = new CountTimeline(1, sinceNanos.orElse(timeNanos));
        }
        refusalsOverTime.add(timeNanos, 0);
    }

    @Override
    public void stateChanged(long timeNanos, long flow, int port, FlowState before, FlowState after) {
        long pair = pair(flow, SnatPort.frontend(port));
        InstanceUse use = use(timeNanos, pair);
        subtract(use);
        use.move(timeNanos, counted(flow, port), before, after);
        add(timeNanos, use);
        destinations.stateChanged(timeNanos, pair, before, after);
    }

    @Override
    public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
        ends.merge(end, 1L, Long::sum);
        long pair = pair(flow, SnatPort.frontend(port));
        InstanceUse use = use(timeNanos, pair);
        subtract(use);
        use.remove(timeNanos, counted(flow, port), state);
        add(timeNanos, use);
        destinations.ended(timeNanos, pair, state);
    }

    /** What a flow's ports are counted under: who owns them, of which frontend, and where to. */
    private long pair(long flow, int frontend) {
        int owner = owner(flow);
        return owner == 0 ? FlowKeys.pair(flow, frontend) : FlowKeys.pair(FlowKeys.withSource(flow, owner));
    }

    /** The source that owns the ports of a flow, 0 for its own; the frontends of such an owner count as one. */
    private int owner(long flow) {
        int source = FlowKeys.source(flow);
        return source < owners.length ? owners[source] : 0;
    }

    private int counted(long flow, int port) {
        return owner(flow) == 0 ? SnatPort.port(port) : port;
    }

    @Override
    public void dropped(long timeNanos) {
        dropped++;
    }

    @Override
    public void untranslated(long timeNanos, FiveTuple flow) {
        untranslated++;
    }

    /** Counting begins with the first thing that is heard at a time; a gateway without a time yet has the lowest one. */
    private long begin(long timeNanos) {
        if (sinceNanos.isEmpty() && timeNanos != Long.MIN_VALUE) {
            sinceNanos = OptionalLong.of(timeNanos);
        }
        return sinceNanos.orElse(timeNanos);
    }

    private InstanceUse use(long timeNanos, long pair) {
        int frontend = FlowKeys.frontendOfPair(pair);
        int i = 2 * FlowKeys.source(pair) + (FlowKeys.isUdp(pair) ? 1 : 0);
        if (frontend >= uses.length) {
            int known = uses.length;
            uses = Arrays.copyOf(uses, frontend + 1);
            Arrays.fill(uses, known, uses.length, new InstanceUse[0]);
        }
        if (i >= uses[frontend].length) {
            uses[frontend] = Arrays.copyOf(uses[frontend], Math.max(i + 1, uses[frontend].length * 2));
        }
        InstanceUse use = uses[frontend][i];
        if (use == null) {
            use = new InstanceUse(
                    keys.sourceAddress(pair), frontends.publicIp(frontend), keys.protocol(pair), begin(timeNanos));
            uses[frontend][i] = use;
        }
        return use;
    }

    private Stream<InstanceUse> uses() {
        return Arrays.stream(uses).flatMap(Arrays::stream).filter(Objects::nonNull);
    }

    private void subtract(InstanceUse use) {
        for (FlowState state : STATES) {
            portsInUse[state.ordinal()] -= use.count(state);
        }
    }

    private void add(long timeNanos, InstanceUse use) {
        for (FlowState state : STATES) {
            portsInUse[state.ordinal()] += use.count(state);
        }
        timeline.change(timeNanos, portsInUse[0], portsInUse[1], portsInUse[2]);
    }

    /**
     * Returns how many attempts have been counted so far.
     *
     * @return opened and refused
     */
    public long attempts() {
        return opened + refused;
    }

    /**
     * Returns how many attempts were refused so far.
     *
     * @return refused attempts
     */
    public long refused() {
        return refused;
    }

    /**
     * Returns how many attempts were refused since these metrics were made, those before a {@link #restart} included.
     *
     * @return refused attempts
     */
    public long refusedEver() {
        return refusedEver;
    }

    /**
     * Returns how long some instance had no free port for some destination so far.
     *
     * @param timeNanos the present
     * @return nanoseconds since counting began
     */
    public long exhaustedNanos(long timeNanos) {
        return destinations.exhaustedNanos(timeNanos);
    }

    /**
     * Returns how many flows have opened so far.
     *
     * @return opened attempts
     */
    public long opened() {
        return opened;
    }

    /**
     * Forgets what has been counted, but not what is in use: the end of a warm-up.
     *
     * @param timeNanos when
     */
    public void restart(long timeNanos) {
        opened = 0;
        refused = 0;
        dropped = 0;
        untranslated = 0;
        refusals.clear();
        ends.clear();
        firstRefusalNanos = OptionalLong.empty();
        refusalsOverTime = null;
        sinceNanos = OptionalLong.of(timeNanos);
        destinations.restart(timeNanos);
        timeline.restart(timeNanos);
        episodes.restart();
        uses().forEach(use -> use.restart(timeNanos));
    }

    /**
     * Returns what has been counted until a time.
     *
     * @param timeNanos the end of the run, not before the last event
     * @return the result so far
     */
    public MetricsResult result(long timeNanos) {
        timeline.lastUntil(timeNanos);
        episodes.advanceTo(timeNanos);
        ImmutableList<PortUse> portUse = uses().map(use -> use.result(timeNanos))
                .sorted(Comparator.comparingInt(PortUse::portsUsedMax)
                        .reversed()
                        .thenComparing(PortUse::instance)
                        .thenComparing(PortUse::protocol)
                        .thenComparing(
                                use -> use.frontend().map(IpAddress::toString).orElse("")))
                .collect(toImmutableList());
        return new MetricsResult(
                opened,
                Maps.immutableEnumMap(refusals),
                firstRefusalNanos,
                dropped,
                untranslated,
                Maps.immutableEnumMap(ends),
                portUse,
                destinations.ranking(),
                destinations.uses(timeNanos),
                destinations.exhaustedNanos(timeNanos),
                new PortsByState(portsInUse[0], portsInUse[1], portsInUse[2]),
                timeline.result(),
                refusalsOverTime == null
                        ? new CountsOverTime(sinceNanos.orElse(timeNanos), 1, ImmutableList.of())
                        : refusalsOverTime.result(timeNanos),
                episodes.count(),
                episodes.all());
    }
}
