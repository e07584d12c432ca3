package io.github.snatsim.sim;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.snatsim.flow.Flow;
import io.github.snatsim.gateway.SnatGateway;
import io.github.snatsim.metrics.Metrics;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.AllocationChange;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.workload.WorkloadRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A scenario as it runs: to be run to its end, or stepped, looked at and changed on the way. Not for use by several threads
 * at once; runs are independent of each other.
 */
public final class ScenarioRun {
    private final Scenario scenario;
    private final SnatGateway gateway;
    private final Simulation simulation;
    private final Metrics metrics;
    private final WorkloadRun workload;
    private final long endNanos;
    private final long warmUpNanos;
    private ImmutableList<IpAddress> instances = ImmutableList.of();
    private final List<ScaleEvent> scaleEvents = new ArrayList<>();
    private long openedAtHalf;

    /**
     * Makes a run that stands at time zero.
     *
     * @param scenario what to simulate
     * @throws IllegalArgumentException if the run would need more memory than there is; the message shows the arithmetic
     */
    public ScenarioRun(Scenario scenario) {
        MemoryEstimate.of(scenario).check(Runtime.getRuntime().maxMemory());
        this.scenario = scenario;
        this.endNanos = scenario.duration().toNanos();
        this.warmUpNanos = scenario.warmUp().toNanos();
        this.gateway = new SnatGateway(scenario.gateway().profile());
        this.simulation = new Simulation(gateway, 0);
        this.metrics =
                new Metrics(gateway.keys(), scenario.gateway().profile().flows().finHold());
        gateway.listen(metrics);
        this.workload = new WorkloadRun(scenario.workload(), simulation.network(), scenario.seed(), endNanos);
        if (warmUpNanos > 0) {
            simulation.schedule(warmUpNanos, () -> metrics.restart(warmUpNanos));
        }
        simulation.schedule(halfNanos(), () -> openedAtHalf = metrics.opened());
        for (ScheduledAction action : scenario.actions()) {
            simulation.schedule(action.at().toNanos(), () -> perform(action));
        }
        changeInstances(ImmutableSet.copyOf(scenario.instances()));
    }

    /**
     * Runs a scenario to its end.
     *
     * @param scenario what to simulate
     * @return what it showed
     * @throws IllegalArgumentException if the run would need more memory than there is
     */
    public static SimulationResult run(Scenario scenario) {
        return new ScenarioRun(scenario).run();
    }

    /**
     * Runs to the scenario's end, from wherever the run stands.
     *
     * @return what it showed
     */
    public SimulationResult run() {
        simulation.advanceTo(endNanos);
        return result();
    }

    /**
     * Runs on to a time.
     *
     * @param time after the beginning, not before the present
     * @throws IllegalArgumentException if the clock would run backwards
     */
    public void advanceTo(Duration time) {
        simulation.advanceTo(time.toNanos());
    }

    /**
     * Returns the loop, to step it, to schedule actions, and to run it until it is idle.
     *
     * @return the simulation
     */
    public Simulation simulation() {
        return simulation;
    }

    /**
     * Returns the gateway, to ask and to change.
     *
     * @return the gateway of the instances
     */
    public SnatGateway gateway() {
        return gateway;
    }

    /**
     * Returns the clients, to stop and to change.
     *
     * @return the workload on all instances
     */
    public WorkloadRun workload() {
        return workload;
    }

    /**
     * Returns what has been counted so far.
     *
     * @return the running metrics
     */
    public Metrics metrics() {
        return metrics;
    }

    /**
     * Returns what the run has shown so far.
     *
     * @return the result up to the present
     */
    public SimulationResult result() {
        long now = simulation.nowNanos();
        long counted = Math.max(0, now - warmUpNanos);
        long secondHalf = Math.max(0, now - halfNanos());
        return new SimulationResult(
                scenario.seed(),
                now,
                counted,
                simulation.events(),
                metrics.result(now),
                workload.counters().entrySet().stream()
                        .map(client -> ClientResult.of(client.getKey(), client.getValue()))
                        .collect(toImmutableList()),
                ImmutableList.copyOf(scaleEvents),
                secondHalf > 0 ? metrics.opened() - openedAtHalf : 0,
                secondHalf);
    }

    private void resizePool(ImmutableSet<IpAddress> next, boolean isEvent) {
        ImmutableList<Flow> flowsBefore = gateway.table().flows();
        AllocationChange change = gateway.resize(next, next.size());
        if (isEvent) {
            scaleEvents.add(ScaleEvent.of(
                    simulation.nowNanos(), change, flowsBefore, gateway.table().flows()));
        }
    }

    private long halfNanos() {
        return warmUpNanos + (endNanos - warmUpNanos) / 2;
    }

    private void perform(ScheduledAction action) {
        if (action instanceof ScheduledAction.Resize resize) {
            resize(resize.instances());
        } else if (action instanceof ScheduledAction.StopClient stop) {
            workload.stop(stop.client());
        } else if (action instanceof ScheduledAction.ChangeArrivals change) {
            workload.changeArrivals(change.client(), change.arrivals());
        }
    }

    /**
     * Makes the scenario have so many instances, now: the last ones go, new ones join behind the highest address.
     *
     * @param count how many, at least 1
     * @throws IllegalArgumentException if the gateway cannot have so many
     */
    public void resize(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a resize to " + count + " instances: expected at least 1");
        }
        List<IpAddress> next = new ArrayList<>(instances.subList(0, Math.min(count, instances.size())));
        int highest = Collections.max(instances).ipv4Bits();
        if (Integer.toUnsignedLong(highest) + count - next.size() > 0xffff_ffffL) {
            throw new IllegalArgumentException("no addresses are left behind " + IpAddress.ofIpv4(highest));
        }
        while (next.size() < count) {
            next.add(IpAddress.ofIpv4(++highest));
        }
        changeInstances(ImmutableSet.copyOf(next));
    }

    private void changeInstances(ImmutableSet<IpAddress> next) {
        ImmutableSet<IpAddress> before = ImmutableSet.copyOf(instances);
        if (scenario.gateway().portsPerInstance().isPresent()) {
            PortRange range = scenario.gateway().profile().allocation().range();
            PortSet ports = PortSet.of(range)
                    .lowest(scenario.gateway().portsPerInstance().getAsInt());
            Sets.difference(next, before).forEach(added -> gateway.own(added, ports));
            Sets.difference(before, next).forEach(gateway::disown);
        } else {
            resizePool(next, !before.isEmpty());
        }
        Sets.difference(before, next).forEach(workload::stopOn);
        next.forEach(workload::startOn);
        instances = next.asList();
    }
}
