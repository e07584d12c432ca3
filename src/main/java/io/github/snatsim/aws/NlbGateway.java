package io.github.snatsim.aws;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.flow.FinTrigger;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.FlowKeys;
import io.github.snatsim.flow.FlowRules;
import io.github.snatsim.flow.FlowTable;
import io.github.snatsim.flow.HoldSyn;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * A Network Load Balancer as it runs (rules N1-N4). The initiator of a flow is the client, its destination a listener; where
 * SNAT has a port, verdicts and the listener's reports have the number of the flow's target, from 0.
 *
 * <p>A client's SYN begins a handshake, which is carried but not tracked. The packet that completes it takes a place in the
 * flow table, where the flow stays until it is silent for its idle time, both sides have sent a FIN, or either an RST. A TCP
 * packet without a flow is answered with an RST, unless it is one itself; a client's UDP datagram opens a flow, a target's is
 * dropped. What is sent to no listener is dropped.
 *
 * <p>A flow whose handshake met a full table is forgotten: later packets of it are packets without a flow, a SYN is a new
 * attempt. The last ACK of a graceful close comes after the entry has gone and is answered with an RST, too.
 *
 * <p>A call costs amortized constant time, a flow what {@link FlowTable} says, a handshake some 200 bytes. Not for use by
 * several threads at once; gateways are independent.
 */
public final class NlbGateway implements Gateway {
    /** N1: entries leave at once when their flow is closed or reset. */
    static final FlowRules NO_HOLDS =
            new FlowRules(Duration.ZERO, Duration.ZERO, FinTrigger.BOTH_SIDES, HoldSyn.IS_A_PACKET);

    private NetworkLoadBalancer balancer;
    private ImmutableMap<Destination, Listener> listeners;
    private final TargetDraw targets;
    private final Places places;
    private final FlowTable flows;
    private final HalfOpenFlows halfOpen;
    private GatewayListener listener = GatewayListener.NONE;

    /**
     * Makes a gateway without flows.
     *
     * @param balancer what to run
     */
    public NlbGateway(NetworkLoadBalancer balancer) {
        this.balancer = balancer;
        listeners = byDestination(balancer);
        targets = new TargetDraw(balancer.seed(), balancer.targets().size());
        FlowKeys keys = new FlowKeys();
        places = new Places(keys, balancer.flowsMax(), targets, this::listenerAt);
        flows = new FlowTable(keys, places, NO_HOLDS, listener);
        halfOpen = new HalfOpenFlows(balancer.halfOpenIdle());
    }

    private static ImmutableMap<Destination, Listener> byDestination(NetworkLoadBalancer balancer) {
        return balancer.listeners().stream().collect(toImmutableMap(Listener::destination, Function.identity()));
    }

    private Listener listenerAt(Destination destination) {
        Listener found = listeners.get(destination);
        if (found == null) {
            throw new IllegalStateException("a flow to " + destination + ", where no listener is");
        }
        return found;
    }

    /**
     * {@inheritDoc}
     *
     * @return opened for a client's UDP datagram that opens a flow and for the TCP packet that completes a handshake (not for
     *     its SYN); refused, with {@code TABLE_FULL}, for either if the table is full; translated for other packets of a flow
     *     or handshake; reset or dropped for packets without one
     */
    @Override
    public Verdict offer(FlowEvent event) {
        advanceTo(event.timeNanos());
        FiveTuple flow = event.flow();
        if (flows.isLive(flow)) {
            return flows.offer(event);
        }
        Handshake handshake = halfOpen.find(flow);
        if (handshake != null) {
            return onHandshake(event, handshake);
        }
        if (!listeners.containsKey(flow.to())) {
            return dropped(event);
        }
        return flow.protocol() == Protocol.UDP ? onDatagramWithoutFlow(event) : onPacketWithoutFlow(event);
    }

    private Verdict dropped(FlowEvent event) {
        listener.dropped(event.timeNanos());
        return new Verdict.Dropped();
    }

    private Verdict onDatagramWithoutFlow(FlowEvent event) {
        Verdict verdict = flows.offer(event);
        if (event.side() == Side.RESPONDER) {
            listener.lateDatagram(event.timeNanos());
        }
        return verdict;
    }

    private Verdict onPacketWithoutFlow(FlowEvent event) {
        if (event.kind() == Kind.RST) {
            return dropped(event);
        }
        if (event.kind() == Kind.SYN && event.side() == Side.INITIATOR) {
            int target = targets.next(event.flow());
            halfOpen.begin(event, target);
            return new Verdict.Translated(target);
        }
        listener.reset(event.timeNanos(), event.side());
        return new Verdict.Reset();
    }

    private Verdict onHandshake(FlowEvent event, Handshake handshake) {
        if (event.kind() != Kind.RST) {
            handshake.note(event);
            if (handshake.isComplete(balancer.targetPackets())) {
                halfOpen.end(event.flow());
                return establish(event, handshake);
            }
        }
        halfOpen.carry(event);
        return new Verdict.Translated(handshake.target());
    }

    private Verdict establish(FlowEvent event, Handshake handshake) {
        places.handOver(handshake.target());
        Verdict verdict = put(Kind.SYN, Side.INITIATOR, event);
        if (verdict instanceof Verdict.Refused) {
            if (answersRefusals()) {
                listener.reset(event.timeNanos(), Side.INITIATOR);
            }
            return verdict;
        }
        // N3: the table asks for the idle time again when the target first sends. Were that later, an attribute changed
        // meanwhile would reach a running flow.
        put(Kind.PACKET, Side.RESPONDER, event);
        for (Side side : Side.values()) {
            if (handshake.hasFin(side)) {
                put(Kind.FIN, side, event);
            }
        }
        return verdict;
    }

    private Verdict put(Kind kind, Side side, FlowEvent now) {
        return flows.offer(new FlowEvent(now.timeNanos(), kind, side, now.flow()));
    }

    /**
     * {@inheritDoc}
     *
     * <p>What ends, ends in order of time; at one instant flows come before handshakes.
     */
    @Override
    public void advanceTo(long timeNanos) {
        for (long next = quietUntilNanos(); next <= timeNanos && next != Long.MAX_VALUE; next = quietUntilNanos()) {
            flows.advanceTo(next);
            halfOpen.advanceTo(next);
        }
        flows.advanceTo(timeNanos);
        halfOpen.advanceTo(timeNanos);
    }

    /** Tells whether a flow is in the table or its handshake under way. */
    @Override
    public boolean isLive(FiveTuple flow) {
        return flows.isLive(flow) || halfOpen.find(flow) != null;
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
        return deadlines(flows.nextDeadlineNanos(), halfOpen.nextDeadlineNanos())
                .min();
    }

    @Override
    public long quietUntilNanos() {
        return Math.min(flows.quietUntilNanos(), halfOpen.quietUntilNanos());
    }

    @Override
    public OptionalLong lastDeadlineNanos() {
        return deadlines(flows.lastDeadlineNanos(), halfOpen.lastDeadlineNanos())
                .max();
    }

    private static LongStream deadlines(OptionalLong one, OptionalLong other) {
        return LongStream.concat(one.stream(), other.stream());
    }

    @Override
    public boolean opensOnHandshake() {
        return true;
    }

    @Override
    public boolean answersRefusals() {
        return balancer.fullTable() == FullTable.RST;
    }

    @Override
    public void listen(GatewayListener listener) {
        this.listener = listener;
        flows.listen(listener);
        halfOpen.listen(listener);
    }

    @Override
    public FlowKeys keys() {
        return flows.keys();
    }

    /**
     * Returns the load balancer as it is configured now.
     *
     * @return with the attributes that {@link #modify} has set
     */
    public NetworkLoadBalancer balancer() {
        return balancer;
    }

    /**
     * Returns a listener's present attributes; see {@link NetworkLoadBalancer#describe}.
     *
     * @param listenerArn the listener
     * @return its attributes
     * @throws ListenerNotFoundException if there is no such listener
     */
    public ImmutableList<ListenerAttribute> describe(String listenerArn) {
        return balancer.describe(listenerArn);
    }

    /**
     * Sets attributes of a listener, now: flows established from now on follow them, running ones keep what they began with
     * for life (rule N3). A handshake under way gets what holds when it completes.
     *
     * @param listenerArn the listener
     * @param attributes what to set, see {@link NetworkLoadBalancer#modified}
     * @return its attributes from now on
     * @throws ListenerAttributeException as {@link NetworkLoadBalancer#modified}; nothing changes then
     */
    public ImmutableList<ListenerAttribute> modify(String listenerArn, List<ListenerAttribute> attributes) {
        balancer = balancer.modified(listenerArn, attributes);
        listeners = byDestination(balancer);
        return balancer.describe(listenerArn);
    }

    /**
     * Returns where a flow's packets go: one target for the flow's life, from its SYN or first datagram on (rule N1).
     *
     * @param flow the client's 5-tuple to the listener
     * @return the target, empty if there is neither flow nor handshake
     */
    public Optional<Endpoint> targetOf(FiveTuple flow) {
        Optional<Flow> live = flows.flow(flow);
        if (live.isPresent()) {
            return live.map(found -> balancer.targets().get(found.port()));
        }
        return Optional.ofNullable(halfOpen.find(flow))
                .map(found -> balancer.targets().get(found.target()));
    }

    /**
     * Returns the flow table, for queries: the flows that hold a place.
     *
     * @return the table; events offered to it directly skip rules N1-N4
     */
    public FlowTable table() {
        return flows;
    }

    /**
     * Returns how many handshakes are under way.
     *
     * @return flows that take no place yet
     */
    public int halfOpenFlows() {
        return halfOpen.size();
    }
}
