package io.github.snatsim.metrics;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Maps;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.net.FiveTuple;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
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
    private final DestinationUses destinations;
    private final Episodes episodes;
    private final Timeline timeline = new Timeline();

    /** By source number * 2, + 1 for UDP. */
    private @Nullable InstanceUse[] uses = new InstanceUse[32];

    /** Distinct ports in use of all instances and protocols, by state. */
    private final int[] portsInUse = new int[FlowState.values().length];

    private final Map<Outcome, Long> refusals = new EnumMap<>(Outcome.class);
    private final Map<FlowEnd, Long> ends = new EnumMap<>(FlowEnd.class);
    private long opened;
    private long refused;
    private long dropped;
    private long untranslated;
    private OptionalLong firstRefusalNanos = OptionalLong.empty();

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
        this.destinations = new DestinationUses(keys, RANKS);
        this.episodes = new Episodes(quiet.toNanos(), EPISODES_KEPT);
    }

    @Override
    public void portsAssigned(long timeNanos, int source, int ports) {
        begin(timeNanos);
        destinations.portsAssigned(timeNanos, source, ports);
    }

    @Override
    public void opened(long timeNanos, long flow, int port) {
        opened++;
        InstanceUse use = use(timeNanos, flow);
        subtract(use);
        use.add(timeNanos, port);
        add(timeNanos, use);
        destinations.opened(timeNanos, flow);
    }

    @Override
    public void refused(long timeNanos, long flow, Outcome reason) {
        refused++;
        refusals.merge(reason, 1L, Long::sum);
        if (firstRefusalNanos.isEmpty()) {
            firstRefusalNanos = OptionalLong.of(timeNanos);
        }
        destinations.refused(flow);
        if (reason == Outcome.NO_FREE_PORT || reason == Outcome.NO_PORTS) {
            episodes.refused(timeNanos, keys.sourceAddress(flow), keys.destinationOf(flow), reason);
        }
    }

    @Override
    public void stateChanged(long timeNanos, long flow, int port, FlowState before, FlowState after) {
        InstanceUse use = use(timeNanos, flow);
        subtract(use);
        use.move(timeNanos, port, before, after);
        add(timeNanos, use);
        destinations.stateChanged(timeNanos, flow, before, after);
    }

    @Override
    public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
        ends.merge(end, 1L, Long::sum);
        InstanceUse use = use(timeNanos, flow);
        subtract(use);
        use.remove(timeNanos, port, state);
        add(timeNanos, use);
        destinations.ended(timeNanos, flow, state);
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

    private InstanceUse use(long timeNanos, long flow) {
        int i = 2 * FlowKeys.source(flow) + (FlowKeys.isUdp(flow) ? 1 : 0);
        if (i >= uses.length) {
            uses = Arrays.copyOf(uses, Math.max(i + 1, uses.length * 2));
        }
        InstanceUse use = uses[i];
        if (use == null) {
            use = new InstanceUse(keys.sourceAddress(flow), keys.protocol(flow), begin(timeNanos));
            uses[i] = use;
        }
        return use;
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
        sinceNanos = OptionalLong.of(timeNanos);
        destinations.restart(timeNanos);
        timeline.restart(timeNanos);
        episodes.restart();
        for (InstanceUse use : uses) {
            if (use != null) {
                use.restart(timeNanos);
            }
        }
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
        ImmutableList<PortUse> portUse = Arrays.stream(uses)
                .filter(Objects::nonNull)
                .map(use -> use.result(timeNanos))
                .sorted(Comparator.comparingInt(PortUse::portsUsedMax)
                        .reversed()
                        .thenComparing(PortUse::instance)
                        .thenComparing(PortUse::protocol))
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
                episodes.count(),
                episodes.all());
    }
}
