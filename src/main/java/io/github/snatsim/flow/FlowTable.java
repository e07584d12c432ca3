package io.github.snatsim.flow;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.time.Nanos;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;

/**
 * The live flows of a gateway by 5-tuple, each with its port and its deadline. Opens a flow if {@link Admission} lets
 * it, and releases it when it is due: idle, after the FIN hold or after the RST hold (rules T1-T5, T9, R1-R9).
 *
 * <p>There are three entries, one implementation: {@link #offer(FlowEvent)} takes and returns values; {@link
 * #offer(long, FlowEvent.Kind, Side, long)} takes a key from {@link #keys} and allocates nothing; {@link #offer(FlowBatch)}
 * takes many such events, which is faster where the flows do not fit the cache.
 *
 * <p>Time is given with every call and must not run backwards. Whatever is due at or before it happens first, at its own
 * time, in order of deadline and then of opening (R6); so one step of the clock does what many would (R7).
 *
 * <p>A call costs amortized constant time: a packet one cache line, an open, an end and a move of a timer two or three each. All
 * included a flow costs
 *
 * <pre>
 *   33.1 / fill  +  4.1 timers  +  16 / pair fill * pairs  +  (ports / 4 + 4 ports in use) / flows of an instance   bytes
 * </pre>
 *
 * where {@code fill} is 0.6 to 0.75 in a store of more than 60,000 flows, a flow has one timer, or two if its deadline was once
 * brought forward (an RST), and {@code pairs}, of instance and destination, are counted per flow, their fill 0.375 to 0.75: with
 * 10^6 flows 45 to 60 bytes and what the pairs take. The opening order, which R6 needs, is {@code 8 / fill} of them.
 *
 * <p>Not for use by several threads at once; tables of different instances are independent.
 */
public final class FlowTable {
    private static final int BOTH_SIDES = 3;

    private static final Outcome[] OUTCOMES = Outcome.values();

    private final FlowKeys keys;
    private final Admission admission;
    private FlowListener listener;
    private final long finHoldNanos;
    private final long rstHoldNanos;
    private final boolean eitherFin;
    private final boolean synRevives;

    private final FlowStore store = new FlowStore();
    private final Ahead ahead;
    private final DeadlineQueue timers;
    private final LiveFlows live;
    private final TiedFlows tied = new TiedFlows();
    private final IdleTimes idleTimes = new IdleTimes();
    private long nowNanos = Long.MIN_VALUE;

    /** No timer is due before this time. */
    private long nextTimerNanos = Long.MAX_VALUE;

    private long flowsOpened;

    /** The port of the flow that the last offered event opened or met. */
    private int offeredPort;

    /**
     * Makes an empty table.
     *
     * @param keys the keys that {@code admission} reads, used for this table only
     * @param admission what opening a flow costs
     * @param rules timers and readings
     * @param listener hears every change
     */
    public FlowTable(FlowKeys keys, Admission admission, FlowRules rules, FlowListener listener) {
        this.keys = keys;
        this.admission = admission;
        this.listener = listener;
        this.finHoldNanos = Nanos.of(rules.finHold());
        this.rstHoldNanos = Nanos.of(rules.rstHold());
        this.eitherFin = rules.finTrigger() == FinTrigger.EITHER_SIDE;
        this.synRevives = rules.holdSyn() == HoldSyn.REVIVES;
        ahead = new Ahead(store, admission);
        timers = new DeadlineQueue(store, ahead);
        live = new LiveFlows(store, keys, idleTimes, rules);
    }

    /**
     * Sets the one listener, in place of the one before.
     *
     * @param listener hears every change from now on
     */
    public void listen(FlowListener listener) {
        this.listener = listener;
    }

    /**
     * Returns the keys of this table.
     *
     * @return what the primitive entry and the listener name flows by
     */
    public FlowKeys keys() {
        return keys;
    }

    /**
     * Offers an event: the comfortable entry.
     *
     * @param event what happens, not before the last event's time
     * @return what the gateway does with it
     * @throws IllegalArgumentException if time runs backwards
     */
    public Verdict offer(FlowEvent event) {
        // Before the key is looked up: a release can take away the number of its destination.
        advanceTo(event.timeNanos());
        boolean mayOpen = mayOpen(event.kind(), event.side(), event.flow().protocol() == Protocol.UDP);
        long flow = mayOpen ? keys.intern(event.flow()) : keys.find(event.flow());
        if (flow == FlowKeys.NONE) {
            listener.dropped(event.timeNanos());
            return new Verdict.Dropped();
        }
        Outcome outcome = offer(event.timeNanos(), event.kind(), event.side(), flow);
        Verdict verdict = switch (outcome) {
            case OPENED -> new Verdict.Opened(SnatPort.port(offeredPort));
            case TRANSLATED -> new Verdict.Translated(SnatPort.port(offeredPort));
            case DROPPED -> new Verdict.Dropped();
            default -> new Verdict.Refused(outcome, event.flow().to());
        };
        if (outcome != Outcome.OPENED && outcome != Outcome.TRANSLATED) {
            keys.dropIfUnheld(flow);
        }
        return verdict;
    }

    /**
     * Offers an event: the primitive entry.
     *
     * @param timeNanos when, not before the last event's time
     * @param kind what
     * @param side who sent it
     * @param flow the flow's key, from {@link FlowKeys#key}
     * @return what the gateway does with it
     * @throws IllegalArgumentException if time runs backwards
     */
    public Outcome offer(long timeNanos, FlowEvent.Kind kind, Side side, long flow) {
        advanceTo(timeNanos);
        int slot = store.find(flow);
        if (slot == FlowStore.NONE) {
            if (mayOpen(kind, side, FlowKeys.isUdp(flow))) {
                return open(timeNanos, flow);
            }
            listener.dropped(timeNanos);
            return Outcome.DROPPED;
        }
        offeredPort = store.port(slot);
        if (store.isOpen(slot)) {
            onOpenFlow(timeNanos, kind, side, flow, slot);
            return Outcome.TRANSLATED;
        }
        return onHeldFlow(timeNanos, kind, side, flow, slot);
    }

    /**
     * Offers events of a batch, one after the other: the outcomes are those of the primitive entry. Faster where flows do not
     * fit the cache, for the misses of many events overlap.
     *
     * @param batch the events, in order of time; gets their outcomes
     * @throws IllegalArgumentException if time runs backwards; the events before have happened
     */
    public void offer(FlowBatch batch) {
        for (int from = 0; from < batch.size(); from += Ahead.EVENTS) {
            int to = Math.min(batch.size(), from + Ahead.EVENTS);
            ahead.loadEvents(batch, from, to);
            for (int i = from; i < to; i++) {
                batch.outcome(i, offer(batch.timeNanos(i), batch.kind(i), batch.side(i), batch.flow(i)));
            }
        }
    }

    /** T9: TCP opens on the initiator's SYN only, UDP on any packet of the initiator. */
    private static boolean mayOpen(FlowEvent.Kind kind, Side side, boolean udp) {
        return side == Side.INITIATOR && (udp || kind == FlowEvent.Kind.SYN);
    }

    private Outcome open(long timeNanos, long flow) {
        ahead.loadOpening(flow);
        int port = admission.take(flow);
        if (port < 0) {
            Outcome reason = OUTCOMES[SnatPort.port(~port)];
            listener.refused(timeNanos, flow, SnatPort.frontend(~port), reason);
            return reason;
        }
        if (store.isFull()) {
            timers.renumber(store.grow());
        }
        keys.hold(flow);
        offeredPort = port;
        start(timeNanos, flow, store.insert(flow), port);
        return Outcome.OPENED;
    }

    private void start(long timeNanos, long flow, int slot, int port) {
        int idleClass = idleTimes.classOf(admission.idleNanos(flow, false));
        store.open(slot, flowsOpened++, port, idleClass);
        store.deadline(slot, Nanos.later(timeNanos, idleTimes.nanos(idleClass)));
        schedule(slot);
        listener.opened(timeNanos, flow, port);
    }

    private void onOpenFlow(long timeNanos, FlowEvent.Kind kind, Side side, long flow, int slot) {
        if (side == Side.RESPONDER && !store.answered(slot)) {
            store.answered(slot, idleTimes.classOf(admission.idleNanos(flow, true)));
        }
        if (!FlowKeys.isUdp(flow)) {
            if (kind == FlowEvent.Kind.RST) {
                hold(timeNanos, flow, slot, FlowState.RST_HOLD, afterHold(timeNanos, flow, rstHoldNanos));
                return;
            }
            if (kind == FlowEvent.Kind.FIN && addFin(side, slot)) {
                hold(timeNanos, flow, slot, FlowState.FIN_HOLD, afterHold(timeNanos, flow, finHoldNanos));
                return;
            }
        }
        long deadline = Nanos.later(timeNanos, idleTimes.nanos(store.idleClass(slot)));
        boolean earlier = deadline < store.deadline(slot);
        store.deadline(slot, deadline);
        if (earlier) {
            schedule(slot);
        }
    }

    private long afterHold(long timeNanos, long flow, long holdNanos) {
        return admission.waitsInHold(flow) ? Nanos.later(timeNanos, holdNanos) : timeNanos;
    }

    /** Records a FIN; returns whether the FIN hold begins (R1). */
    private boolean addFin(Side side, int slot) {
        int fins = store.fins(slot) | (side == Side.INITIATOR ? 1 : 2);
        store.fins(slot, fins);
        return eitherFin || fins == BOTH_SIDES;
    }

    /** R5: in a hold packets are translated, but only an earlier deadline of an RST or a completed pair counts. */
    private Outcome onHeldFlow(long timeNanos, FlowEvent.Kind kind, Side side, long flow, int slot) {
        if (kind == FlowEvent.Kind.SYN && side == Side.INITIATOR && synRevives) {
            int port = store.port(slot);
            listener.ended(timeNanos, flow, port, store.state(slot), FlowEnd.REVIVED);
            start(timeNanos, flow, slot, port);
            return Outcome.OPENED;
        }
        if (kind == FlowEvent.Kind.RST) {
            holdIfEarlier(timeNanos, flow, slot, FlowState.RST_HOLD, Nanos.later(timeNanos, rstHoldNanos));
        } else if (kind == FlowEvent.Kind.FIN && store.fins(slot) != BOTH_SIDES && addFin(side, slot)) {
            holdIfEarlier(timeNanos, flow, slot, FlowState.FIN_HOLD, Nanos.later(timeNanos, finHoldNanos));
        }
        return Outcome.TRANSLATED;
    }

    private void holdIfEarlier(long timeNanos, long flow, int slot, FlowState state, long deadline) {
        if (deadline < store.deadline(slot)) {
            hold(timeNanos, flow, slot, state, deadline);
        }
    }

    private void hold(long timeNanos, long flow, int slot, FlowState state, long deadline) {
        boolean earlier = deadline < store.deadline(slot);
        FlowState before = store.state(slot);
        store.deadline(slot, deadline);
        store.state(slot, state);
        if (before != state) {
            listener.stateChanged(timeNanos, flow, store.port(slot), before, state);
        }
        if (deadline <= timeNanos) {
            end(timeNanos, slot);
        } else if (earlier) {
            schedule(slot);
        }
    }

    /** Queues a timer at the flow's deadline. */
    private void schedule(int slot) {
        timers.add(slot);
        nextTimerNanos = Math.min(nextTimerNanos, store.deadline(slot));
    }

    /**
     * Returns the present time.
     *
     * @return the time last given, {@link Long#MIN_VALUE} before the first
     */
    public long nowNanos() {
        return nowNanos;
    }

    /**
     * Moves time on: everything due at or before it ends, at its own time.
     *
     * @param timeNanos the new time, not before the last
     * @throws IllegalArgumentException if time runs backwards
     */
    public void advanceTo(long timeNanos) {
        if (timeNanos < nowNanos) {
            throw new IllegalArgumentException("time runs backwards: " + timeNanos + " ns after " + nowNanos + " ns");
        }
        if (timeNanos >= nextTimerNanos) {
            releaseUntil(timeNanos);
        }
        nowNanos = timeNanos;
    }

    private void releaseUntil(long timeNanos) {
        for (int due = timers.poll(timeNanos); due > 0; due = timers.poll(timeNanos)) {
            nowNanos = timers.dueNanos();
            if (due == 1) {
                end(nowNanos, timers.due(0));
            } else {
                releaseTied(due);
            }
        }
        nextTimerNanos = timers.earliestNanos();
    }

    /** R6: flows with one deadline end in the order in which they opened. */
    private void releaseTied(int due) {
        tied.clear();
        for (int i = 0; i < due; i++) {
            tied.add(timers.due(i), store.order(timers.due(i)));
        }
        tied.sort();
        for (int i = 0; i < tied.size(); i++) {
            end(nowNanos, tied.slot(i));
        }
    }

    /** Ends a flow whose time has come. */
    private void end(long timeNanos, int slot) {
        end(
                timeNanos,
                slot,
                switch (store.state(slot)) {
                    case OPEN -> FlowEnd.IDLE;
                    case FIN_HOLD -> FlowEnd.FIN;
                    case RST_HOLD -> FlowEnd.RST;
                });
    }

    private void end(long timeNanos, int slot, FlowEnd end) {
        long flow = store.key(slot);
        int port = store.port(slot);
        FlowState state = store.state(slot);
        store.remove(slot);
        admission.giveBack(flow, port);
        listener.ended(timeNanos, flow, port, state, end);
        keys.drop(flow);
    }

    /**
     * Deletes a flow by hand (rule R9): its port is free at once.
     *
     * @param flow the flow's 5-tuple
     * @return whether there was such a flow
     */
    public boolean delete(FiveTuple flow) {
        int slot = slotOf(flow);
        if (slot == FlowStore.NONE) {
            return false;
        }
        end(nowNanos, slot, FlowEnd.DELETED);
        return true;
    }

    /**
     * Ends all flows of an instance on some ports, in the order in which they opened. Costs a pass over the table.
     *
     * @param instance its private address
     * @param frontend the number of the frontend whose ports they are
     * @param ports the ports, for example those reclaimed (P5)
     * @param end the reason to report
     * @return how many flows ended
     */
    public int endFlows(IpAddress instance, int frontend, PortSet ports, FlowEnd end) {
        return ports.isEmpty()
                ? 0
                : endFlows(
                        instance,
                        snatPort -> SnatPort.frontend(snatPort) == frontend && ports.contains(SnatPort.port(snatPort)),
                        end);
    }

    /**
     * Ends all flows of an instance, in the order in which they opened. Costs a pass over the table.
     *
     * @param instance its private address
     * @param end the reason to report
     * @return how many flows ended
     */
    public int endFlows(IpAddress instance, FlowEnd end) {
        return endFlows(instance, snatPort -> true, end);
    }

    private int endFlows(IpAddress instance, IntPredicate snatPorts, FlowEnd end) {
        int source = keys.sourceNumber(instance);
        long[] doomed = live.slots(
                        slot -> FlowKeys.source(store.key(slot)) == source && snatPorts.test(store.port(slot)))
                .mapToLong(store::key)
                .toArray();
        for (long flow : doomed) {
            end(nowNanos, store.find(flow), end);
        }
        return doomed.length;
    }

    /**
     * Returns the live flows in the order in which they opened. Costs a pass over the table and a sort.
     *
     * @return a snapshot
     */
    public ImmutableList<Flow> flows() {
        return live.flows(slot -> true);
    }

    /**
     * Returns the live flows that hold a port, of whatever frontend, in the order in which they opened. Costs a pass over the
     * table.
     *
     * @param port the port alone, 0-65,535
     * @return a snapshot
     */
    public ImmutableList<Flow> flowsOn(int port) {
        return live.flows(slot -> SnatPort.port(store.port(slot)) == port);
    }

    /**
     * Returns a live flow.
     *
     * @param tuple its 5-tuple
     * @return the flow, empty if there is none
     */
    public Optional<Flow> flow(FiveTuple tuple) {
        int slot = slotOf(tuple);
        return slot == FlowStore.NONE ? Optional.empty() : Optional.of(live.flow(slot));
    }

    /**
     * Tells whether a flow is live, holds included.
     *
     * @param tuple its 5-tuple
     * @return true if it is in the table
     */
    public boolean isLive(FiveTuple tuple) {
        return slotOf(tuple) != FlowStore.NONE;
    }

    private int slotOf(FiveTuple tuple) {
        long flow = keys.find(tuple);
        return flow == FlowKeys.NONE ? FlowStore.NONE : store.find(flow);
    }

    /**
     * Returns the port that a live flow holds.
     *
     * @param flow its key
     * @return the port, a {@link SnatPort}; -1 if there is no such flow
     */
    public int port(long flow) {
        int slot = store.find(flow);
        return slot == FlowStore.NONE ? -1 : store.port(slot);
    }

    /**
     * Returns how many flows are live, holds included.
     *
     * @return flows
     */
    public int size() {
        return store.size();
    }

    /**
     * Returns a time before which no flow ends whatever is not sent, in constant time: at or before the next deadline,
     * and after the present.
     *
     * @return the time, {@link Long#MAX_VALUE} if no flow is live
     */
    public long quietUntilNanos() {
        return nextTimerNanos;
    }

    /**
     * Returns when the next flow ends if nothing more is sent. Costs a pass over the table.
     *
     * @return the earliest deadline, empty if no flow is live
     */
    public OptionalLong nextDeadlineNanos() {
        return live.firstDeadlineNanos(slot -> true);
    }

    /**
     * Returns when the last flow ends if nothing more is sent. Costs a pass over the table.
     *
     * @return the latest deadline, empty if no flow is live
     */
    public OptionalLong lastDeadlineNanos() {
        return live.lastDeadlineNanos();
    }

    /**
     * Returns when an instance's next port for a destination comes free at the earliest: the earliest deadline of its
     * flows there if nothing more is sent. Costs a pass over the table, so ask after a refusal, not at each.
     *
     * @param instance the private address
     * @param destination where it wants to go
     * @return the time, empty if the instance has no flow there
     */
    public OptionalLong nextReleaseNanos(IpAddress instance, Destination destination) {
        int source = keys.sourceNumber(instance);
        return live.firstDeadlineNanos(slot -> FlowKeys.source(store.key(slot)) == source
                && keys.destinationOf(store.key(slot)).equals(destination));
    }
}
