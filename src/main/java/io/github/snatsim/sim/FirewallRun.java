package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.FirewallGateway;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.workload.WorkloadRun;

/** Instances behind a firewall. */
final class FirewallRun implements SystemRun {
    private final FirewallGateway gateway;
    private final WorkloadRun workload;
    private ImmutableList<IpAddress> instances;

    FirewallRun(FirewallGateway gateway, ImmutableList<IpAddress> atStart, WorkloadRun workload) {
        this.gateway = gateway;
        this.instances = atStart;
        this.workload = workload;
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
        for (IpAddress instance : instances) {
            gateway.connect(instance);
            workload.startOn(instance);
        }
    }

    @Override
    public void perform(ScheduledAction action) {
        if (action instanceof ScheduledAction.Resize resize) {
            changeInstances(resize.instances());
        }
    }

    /** The last ones go, and the firewall keeps their flows until they are due; new ones join. */
    private void changeInstances(int count) {
        ImmutableList<IpAddress> next = Scenario.resized(instances, count);
        instances.stream().filter(instance -> !next.contains(instance)).forEach(workload::stopOn);
        instances = next;
        start();
    }
}
