package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.NlbGateway;
import io.github.snatsim.aws.NlbMetrics;
import io.github.snatsim.aws.NlbMetricsResult;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.workload.WorkloadRun;
import java.util.Optional;

/** A Network Load Balancer, and the hosts of its clients. */
final class NlbRun implements SystemRun {
    private final NlbSetup setup;
    private final Scenario scenario;
    private final NlbGateway gateway;
    private final NlbMetrics metrics;
    private final Simulation simulation;
    private final WorkloadRun workload;
    private ImmutableList<IpAddress> hosts;

    NlbRun(
            NlbSetup setup,
            Scenario scenario,
            NlbGateway gateway,
            NlbMetrics metrics,
            Simulation simulation,
            WorkloadRun workload) {
        this.setup = setup;
        this.scenario = scenario;
        this.gateway = gateway;
        this.metrics = metrics;
        this.simulation = simulation;
        this.workload = workload;
        this.hosts = scenario.instances();
        simulation.setRoundTripNanos(setup.cost().roundTrip().toNanos());
    }

    @Override
    public ImmutableList<IpAddress> instances() {
        return hosts;
    }

    @Override
    public Gateway gateway() {
        return gateway;
    }

    @Override
    public void start() {
        hosts.forEach(workload::startOn);
    }

    @Override
    public void perform(ScheduledAction action) {
        if (action instanceof ScheduledAction.ModifyListener modify) {
            gateway.modify(modify.listenerArn(), modify.attributes());
        } else if (action instanceof ScheduledAction.Resize resize) {
            changeHosts(resize.instances());
        }
    }

    /** The last hosts go, new ones join; what has begun goes on. */
    private void changeHosts(int count) {
        ImmutableList<IpAddress> next = Scenario.resized(hosts, count);
        hosts.stream().filter(host -> !next.contains(host)).forEach(workload::stopOn);
        hosts = next;
        hosts.forEach(workload::startOn);
    }

    @Override
    public Optional<NlbResult> nlb() {
        NlbMetricsResult result = metrics.result(simulation.nowNanos());
        return Optional.of(new NlbResult(
                result,
                setup.alarm().map(alarm -> alarm.changes(result)).orElse(ImmutableList.of()),
                setup.cost(),
                NlbFindings.of(setup, scenario, result)));
    }
}
