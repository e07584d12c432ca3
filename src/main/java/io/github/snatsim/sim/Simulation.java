package io.github.snatsim.sim;

import io.github.snatsim.flow.Verdict;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.time.VirtualClock;
import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;

/**
 * One loop over one gateway on one virtual clock. At one instant releases come first, then scheduled actions in the order
 * in which they were scheduled, then events in the order given (rule R6). Not for use by several threads at once.
 */
public final class Simulation {
    private record Action(long timeNanos, long order, Runnable work) {}

    private final Gateway gateway;
    private final VirtualClock clock;
    private final PriorityQueue<Action> actions =
            new PriorityQueue<>(Comparator.comparingLong(Action::timeNanos).thenComparingLong(Action::order));
    private long actionsScheduled;
    private long events;

    /**
     * Makes a simulation whose clock stands at a time.
     *
     * @param gateway what the events are offered to
     * @param startNanos the clock's first reading
     */
    public Simulation(Gateway gateway, long startNanos) {
        this.gateway = gateway;
        this.clock = new VirtualClock(startNanos);
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
     * Schedules work of one's own, for example a resize. Work scheduled for the present from within an event's handling
     * runs after that event, work scheduled by an action for the same instant after that action.
     *
     * @param timeNanos when to run it, not before the present
     * @param work what to run
     * @throws IllegalArgumentException if the time has passed
     */
    public void schedule(long timeNanos, Runnable work) {
        if (timeNanos < clock.nanos()) {
            throw new IllegalArgumentException(
                    "cannot schedule at " + timeNanos + " ns: it is " + clock.nanos() + " ns already");
        }
        actions.add(new Action(timeNanos, actionsScheduled++, work));
    }

    /**
     * Moves the clock on: everything due at or before the time happens, releases before actions at each instant.
     *
     * @param timeNanos the new time
     * @throws IllegalArgumentException if the clock would run backwards
     */
    public void advanceTo(long timeNanos) {
        while (!actions.isEmpty() && actions.peek().timeNanos() <= timeNanos) {
            Action action = actions.remove();
            moveTo(action.timeNanos());
            action.work().run();
        }
        moveTo(timeNanos);
    }

    private void moveTo(long timeNanos) {
        clock.advanceTo(timeNanos);
        gateway.advanceTo(timeNanos);
    }

    /**
     * Moves the clock to an event's time and offers the event.
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

    /** Moves the clock to the end of every flow: afterwards nothing is due and no action waits. */
    public void runUntilIdle() {
        for (long next = nextNanos(); next != Long.MAX_VALUE; next = nextNanos()) {
            advanceTo(next);
        }
    }

    private long nextNanos() {
        long deadline = gateway.nextDeadlineNanos().orElse(Long.MAX_VALUE);
        return actions.isEmpty() ? deadline : Math.min(deadline, actions.peek().timeNanos());
    }
}
