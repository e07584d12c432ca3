package io.github.snatsim.metrics;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
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

    /** The ports of one instance and protocol, with their peak. */
    private static final class Use {
        private final IpAddress instance;
        private final Protocol protocol;
        private final PortStates ports = new PortStates();
        private int peak;
        private long peakTimeNanos;
        private PortsByState atPeak = PortsByState.NONE;

        Use(IpAddress instance, Protocol protocol) {
            this.instance = instance;
            this.protocol = protocol;
        }

        PortUse result() {
            return new PortUse(instance, protocol, peak, peakTimeNanos, atPeak);
        }
    }

    private final FlowKeys keys;
    private final BusiestDestinations busiest;
    private final Episodes episodes;
    private final Timeline timeline = new Timeline();

    /** By source number * 2, + 1 for UDP. */
    private @Nullable Use[] uses = new Use[32];

    /** Distinct ports in use of all instances and protocols, by state. */
    private final int[] portsInUse = new int[FlowState.values().length];

    private final Map<Outcome, Long> refusals = new EnumMap<>(Outcome.class);
    private final Map<FlowEnd, Long> ends = new EnumMap<>(FlowEnd.class);
    private long opened;
    private long dropped;
    private long untranslated;
    private OptionalLong firstRefusalNanos = OptionalLong.empty();

    /**
     * Makes metrics for one gateway.
     *
     * @param keys the gateway's keys
     * @param quiet how long an exhaustion episode may be without a refusal: the profile's FIN hold
     */
    public Metrics(FlowKeys keys, Duration quiet) {
        this.keys = keys;
        this.busiest = new BusiestDestinations(keys, RANKS);
        this.episodes = new Episodes(quiet.toNanos(), EPISODES_KEPT);
    }

    @Override
    public void opened(long timeNanos, long flow, int port) {
        opened++;
        Use use = use(flow);
        subtract(use);
        use.ports.add(port, FlowState.OPEN);
        add(timeNanos, use);
        if (use.ports.total() > use.peak) {
            use.peak = use.ports.total();
            use.peakTimeNanos = timeNanos;
            use.atPeak = use.ports.snapshot();
        }
        busiest.opened(flow);
    }

    @Override
    public void refused(long timeNanos, long flow, Outcome reason) {
        refusals.merge(reason, 1L, Long::sum);
        if (firstRefusalNanos.isEmpty()) {
            firstRefusalNanos = OptionalLong.of(timeNanos);
        }
        episodes.refused(timeNanos, keys.sourceAddress(flow), keys.destinationOf(flow), reason);
    }

    @Override
    public void stateChanged(long timeNanos, long flow, int port, FlowState before, FlowState after) {
        Use use = use(flow);
        subtract(use);
        use.ports.move(port, before, after);
        add(timeNanos, use);
    }

    @Override
    public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
        ends.merge(end, 1L, Long::sum);
        Use use = use(flow);
        subtract(use);
        use.ports.remove(port, state);
        add(timeNanos, use);
        busiest.ended(flow);
    }

    @Override
    public void dropped(long timeNanos) {
        dropped++;
    }

    @Override
    public void untranslated(long timeNanos, FiveTuple flow) {
        untranslated++;
    }

    private Use use(long flow) {
        int i = 2 * FlowKeys.source(flow) + (FlowKeys.isUdp(flow) ? 1 : 0);
        if (i >= uses.length) {
            uses = Arrays.copyOf(uses, Math.max(i + 1, uses.length * 2));
        }
        Use use = uses[i];
        if (use == null) {
            use = new Use(keys.sourceAddress(flow), keys.protocol(flow));
            uses[i] = use;
        }
        return use;
    }

    private void subtract(Use use) {
        for (FlowState state : STATES) {
            portsInUse[state.ordinal()] -= use.ports.count(state);
        }
    }

    private void add(long timeNanos, Use use) {
        for (FlowState state : STATES) {
            portsInUse[state.ordinal()] += use.ports.count(state);
        }
        timeline.change(timeNanos, portsInUse[0], portsInUse[1], portsInUse[2]);
    }

    /**
     * Returns what has been counted until a time.
     *
     * @param timeNanos the end of the run, not before the last event
     * @return the result so far
     */
    public MetricsResult result(long timeNanos) {
        if (opened > 0) {
            timeline.lastUntil(timeNanos);
        }
        episodes.advanceTo(timeNanos);
        ImmutableMap<Outcome, Long> refused = Maps.immutableEnumMap(refusals);
        ImmutableList<PortUse> portUse = Arrays.stream(uses)
                .filter(Objects::nonNull)
                .map(Use::result)
                .sorted(Comparator.comparingInt(PortUse::portsUsedMax)
                        .reversed()
                        .thenComparing(PortUse::instance)
                        .thenComparing(PortUse::protocol))
                .collect(toImmutableList());
        return new MetricsResult(
                opened,
                refused,
                firstRefusalNanos,
                dropped,
                untranslated,
                Maps.immutableEnumMap(ends),
                portUse,
                busiest.ranking(),
                new PortsByState(portsInUse[0], portsInUse[1], portsInUse[2]),
                timeline.result(),
                episodes.count(),
                episodes.all());
    }
}
