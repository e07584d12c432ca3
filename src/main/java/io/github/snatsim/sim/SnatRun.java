package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.gateway.ResizeImpact;
import io.github.snatsim.gateway.SnatGateway;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.workload.WorkloadRun;
import java.util.Optional;

/** Instances that share one frontend by a tier table, or have one each. */
final class SnatRun implements SystemRun {
    private final SnatSetup setup;
    private final ImmutableList<IpAddress> atStart;
    private final SnatGateway gateway;
    private final Simulation simulation;
    private final WorkloadRun workload;
    private final ScaleLog scaleLog;
    private ImmutableList<IpAddress> instances = ImmutableList.of();

    SnatRun(
            SnatSetup setup,
            ImmutableList<IpAddress> atStart,
            SnatGateway gateway,
            Simulation simulation,
            WorkloadRun workload,
            ScaleLog scaleLog) {
        this.setup = setup;
        this.atStart = atStart;
        this.gateway = gateway;
        this.simulation = simulation;
        this.workload = workload;
        this.scaleLog = scaleLog;
    }

    @Override
    public Gateway gateway() {
        return gateway;
    }

    @Override
    public ImmutableList<IpAddress> instances() {
        return instances;
    }

    @Override
    public void start() {
        changeInstances(ImmutableSet.copyOf(atStart));
    }

    @Override
    public void perform(ScheduledAction action) {
        if (action instanceof ScheduledAction.Resize resize) {
            resize(resize.instances());
        }
    }

    void resize(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a resize to " + count + " instances: expected at least 1");
        }
        changeInstances(ImmutableSet.copyOf(Scenario.resized(instances, count)));
    }

    private void changeInstances(ImmutableSet<IpAddress> next) {
        ImmutableSet<IpAddress> before = ImmutableSet.copyOf(instances);
        if (setup.portsPerInstance().isPresent()) {
            PortRange range = setup.profile().allocation().range();
            PortSet ports = PortSet.of(range).lowest(setup.portsPerInstance().getAsInt());
            Sets.difference(next, before).forEach(added -> gateway.own(added, ports));
            Sets.difference(before, next).forEach(gateway::disown);
        } else {
            if (!before.isEmpty()) {
                ResizeImpact impact = gateway.whatIf(next, next.size());
                String cause = "resize from " + before.size() + " to " + next.size();
                scaleLog.add(ScaleEvent.of(simulation.nowNanos(), cause, Optional.empty(), impact));
            }
            gateway.resize(next, next.size());
        }
        Sets.difference(before, next).forEach(workload::stopOn);
        next.forEach(workload::startOn);
        instances = next.asList();
    }
}
