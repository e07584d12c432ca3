package io.github.snatsim.sim;

import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.Side;
import io.github.snatsim.time.VirtualClock;
import io.github.snatsim.workload.Answer;
import io.github.snatsim.workload.Network;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * One loop over one gateway on one virtual clock. At one instant releases come first, then scheduled actions in the order
 * in which they were scheduled, then events in the order given (rule R6). Not for use by several threads at once.
 */
public final class Simulation {
    private final Gateway gateway;
    private final VirtualClock clock;
    private final TimedQueue actions = new TimedQueue();
    private final TimedQueue wakeUps = new TimedQueue();
    private final Network network = new GatewayNetwork();
    private long events;
    private long roundTripNanos;

    /**
     * Makes a simulation whose clock stands at a time.
     *
     * @param gateway what the events are offered to
     * @param startNanos the clock's first reading
     */
    public Simulation(Gateway gateway, long startNanos) {
        this.gateway = gateway;
        this.clock = new VirtualClock(startNanos);
        gateway.advanceTo(startNanos);
    }

    /**
     * Returns the present virtual time.
     *
     * @return nanoseconds
     */
    public long nowNanos() {
        return clock.nanos();
    }

    /**
     * Returns how many events have been offered.
     *
     * @return events
     */
    public long events() {
        return events;
    }

    /**
     * Says how long a round trip takes: how long after its SYN a client sends its next packet, where that opens the flow.
     *
     * @param nanos not negative; 0 unless set
     * @throws IllegalArgumentException if it is negative
     */
    public void setRoundTripNanos(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("a round trip of " + nanos + " ns: expected not negative");
        }
        roundTripNanos = nanos;
    }

    /**
     * Returns what clients see of this simulation.
     *
     * @return the network; what it is asked to do happens on this simulation's clock
     */
    public Network network() {
        return network;
    }

    /**
     * Schedules work of one's own, for example a resize. Work scheduled for the present from within an event's handling
     * runs after that event, work scheduled by an action for the same instant after that action. What a listener schedules
     * on hearing a release, for a time that the present step passes over, runs at the step's end.
     *
     * @param timeNanos when to run it, not before the present
     * @param work what to run
     * @throws IllegalArgumentException if the time has passed
     */
    public void schedule(long timeNanos, Runnable work) {
        actions.add(checkNotPast(timeNanos), work);
    }

    private long checkNotPast(long timeNanos) {
        if (timeNanos < clock.nanos()) {
            throw new IllegalArgumentException(
                    "cannot schedule at " + timeNanos + " ns: it is " + clock.nanos() + " ns already");
        }
        return timeNanos;
    }

    /**
     * Does the next thing: moves the clock to the next scheduled action or client's wake-up and runs it. Releases on the
     * way happen at their own times.
     *
     * @return false if nothing is scheduled; the clock does not move then
     */
    public boolean step() {
        return step(Long.MAX_VALUE);
    }

    private boolean step(long untilNanos) {
        boolean wakeUp = actions.isEmpty() || wakeUps.earliestNanos() < actions.earliestNanos();
        TimedQueue next = wakeUp ? wakeUps : actions;
        if (next.isEmpty() || next.earliestNanos() > untilNanos) {
            return false;
        }
        moveTo(Math.max(next.earliestNanos(), clock.nanos()));
        next.remove().run();
        return true;
    }

    /**
     * Moves the clock on: everything due at or before the time happens.
     *
     * @param timeNanos the new time
     * @throws IllegalArgumentException if the clock would run backwards
     */
    public void advanceTo(long timeNanos) {
        while (step(timeNanos)) {
            // each step does its own work
        }
        moveTo(timeNanos);
    }

    private void moveTo(long timeNanos) {
        if (timeNanos != clock.nanos()) {
            gateway.advanceTo(timeNanos); // before the clock, so that a listener can schedule at the release it hears
            clock.advanceTo(timeNanos);
        }
    }

    /**
     * Moves the clock to an event's time and offers the event. Actions scheduled for that time run before it, clients'
     * wake-ups too.
     *
     * @param event the event
     * @return what the gateway did with it
     * @throws IllegalArgumentException if the clock would run backwards
     */
    public Verdict offer(FlowEvent event) {
        advanceTo(event.timeNanos());
        events++;
        return gateway.offer(event);
    }

    /**
     * Offers a packet now, as from within an action.
     *
     * @param kind what it is
     * @param side which end of the flow sends it
     * @param flow the flow
     * @return what the gateway did with it
     */
    Verdict offerNow(FlowEvent.Kind kind, Side side, FiveTuple flow) {
        events++;
        return gateway.offer(new FlowEvent(clock.nanos(), kind, side, flow));
    }

    /**
     * Offers all events of a source, in its order.
     *
     * @param source events whose times do not run backwards
     * @throws IllegalArgumentException if they do
     */
    public void run(Iterator<FlowEvent> source) {
        while (source.hasNext()) {
            offer(source.next());
        }
    }

    /** Moves the clock to the end of every flow: afterwards nothing is due and nothing is scheduled. */
    public void runUntilIdle() {
        do {
            while (step()) {
                // each step does its own work
            }
            gateway.lastDeadlineNanos().ifPresent(this::advanceTo);
        } while (gateway.lastDeadlineNanos().isPresent() || !actions.isEmpty() || !wakeUps.isEmpty());
    }

    /** Translates between the clients' words and the gateway's. */
    private final class GatewayNetwork implements Network {
        @Override
        public long nowNanos() {
            return clock.nanos();
        }

        @Override
        public void wakeAt(long timeNanos, Runnable wakeUp) {
            wakeUps.add(checkNotPast(timeNanos), wakeUp);
        }

        @Override
        public Answer send(FlowEvent.Kind kind, Side side, FiveTuple flow) {
            Outcome outcome = offerNow(kind, side, flow).outcome();
            return switch (outcome) {
                case OPENED -> Answer.OPENED;
                case TRANSLATED, UNTRANSLATED -> Answer.CARRIED;
                case DROPPED -> Answer.LOST;
                case RESET -> Answer.RESET;
                default -> Answer.REFUSED;
            };
        }

        @Override
        public OptionalLong handshakeNanos() {
            return gateway.opensOnHandshake() ? OptionalLong.of(roundTripNanos) : OptionalLong.empty();
        }

        @Override
        public boolean answersRefusals() {
            return gateway.answersRefusals();
        }

        @Override
        public boolean isLive(FiveTuple flow) {
            return gateway.isLive(flow);
        }
    }
}
