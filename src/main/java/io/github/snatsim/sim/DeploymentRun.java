package io.github.snatsim.sim;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.DeploymentGateway;
import io.github.snatsim.azure.DeploymentImpact;
import io.github.snatsim.azure.IpProtocol;
import io.github.snatsim.azure.RoleInstance;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Side;
import io.github.snatsim.sim.ScaleEvent.InstanceLoss;
import io.github.snatsim.workload.Workload;
import io.github.snatsim.workload.WorkloadRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A classic deployment through its life. */
final class DeploymentRun implements SystemRun {
    private final DeploymentSetup setup;
    private final DeploymentGateway gateway;
    private final Simulation simulation;
    private final Workload clients;
    private final WorkloadRun workload;
    private final ScaleLog scaleLog;
    private final List<ProbeResult> probes = new ArrayList<>();

    DeploymentRun(
            DeploymentSetup setup,
            DeploymentGateway gateway,
            Simulation simulation,
            Workload clients,
            WorkloadRun workload,
            ScaleLog scaleLog) {
        this.setup = setup;
        this.gateway = gateway;
        this.simulation = simulation;
        this.clients = clients;
        this.workload = workload;
        this.scaleLog = scaleLog;
    }

    @Override
    public Gateway gateway() {
        return gateway;
    }

    @Override
    public ImmutableList<IpAddress> instances() {
        return addresses().asList();
    }

    @Override
    public void start() {
        gateway.deployment().instances().forEach(this::startOn);
    }

    private void startOn(RoleInstance instance) {
        ImmutableSet<String> names = setup.clientsByRole().get(instance.role());
        workload.startOn(instance.address(), client -> names == null || names.contains(client));
    }

    @Override
    public void perform(ScheduledAction action) {
        if (action instanceof ScheduledAction.Change change) {
            change(change.change());
        } else if (action instanceof ScheduledAction.AskPublicIp ask) {
            askPublicIp(ask);
        } else if (action instanceof ScheduledAction.Ping ping) {
            ping(ping);
        }
    }

    DeploymentImpact change(DeploymentChange change) {
        ImmutableSet<IpAddress> before = addresses();
        DeploymentImpact impact = gateway.change(change);
        log(change.title(), impact, before.size());
        ImmutableSet<IpAddress> after = addresses();
        before.stream().filter(address -> !after.contains(address)).forEach(workload::stopOn);
        gateway.deployment().instances().forEach(this::startOn);
        if (change instanceof DeploymentChange.Redeploy redeploy) {
            simulation.schedule(
                    Math.addExact(simulation.nowNanos(), redeploy.duration().toNanos()),
                    () -> log(
                            "redeployment over",
                            gateway.redeployed(),
                            addresses().size()));
        }
        return impact;
    }

    private ImmutableSet<IpAddress> addresses() {
        return gateway.deployment().instances().stream()
                .map(RoleInstance::address)
                .collect(ImmutableSet.toImmutableSet());
    }

    private void log(String cause, DeploymentImpact impact, int instancesBefore) {
        long now = simulation.nowNanos();
        ImmutableList<InstanceLoss> apartFromPools =
                impact.ends().stream().map(InstanceLoss::of).collect(toImmutableList());
        if (impact.pools().isEmpty() || !apartFromPools.isEmpty()) {
            scaleLog.add(new ScaleEvent(
                    now,
                    cause,
                    Optional.empty(),
                    instancesBefore,
                    gateway.deployment().instances().size(),
                    0,
                    0,
                    apartFromPools,
                    ImmutableList.of()));
        }
        impact.pools()
                .forEach(pool -> scaleLog.add(ScaleEvent.of(now, cause, Optional.of(pool.publicIp()), pool.impact())));
    }

    /** S5: a UDP query, a flow like any other, that the resolver answers with the source that it saw. */
    private void askPublicIp(ScheduledAction.AskPublicIp ask) {
        RoleInstance instance = gateway.deployment().instance(ask.instance());
        Endpoint resolver = ask.resolver().endpoint();
        FiveTuple flow = new FiveTuple(ask.resolver().protocol(), freeSource(instance.address(), ask), resolver);
        Outcome outcome = send(FlowEvent.Kind.PACKET, Side.INITIATOR, flow);
        boolean arrived = !outcome.refused();
        Optional<IpAddress> publicIp =
                arrived && outcome != Outcome.UNTRANSLATED ? gateway.publicIpOf(flow) : Optional.empty();
        if (arrived) {
            send(FlowEvent.Kind.PACKET, Side.RESPONDER, flow);
        }
        probes.add(new ProbeResult(
                simulation.nowNanos(), instance.name(), IpProtocol.UDP, resolver.address(), outcome, publicIp));
    }

    private Outcome send(FlowEvent.Kind kind, Side side, FiveTuple flow) {
        return simulation.offerNow(kind, side, flow).outcome();
    }

    /** A source port of the host without a live flow to the resolver, the highest first: clients begin at the other end. */
    private Endpoint freeSource(IpAddress instance, ScheduledAction.AskPublicIp ask) {
        PortRange range = clients.sourcePorts().range();
        for (int port = range.last(); port > range.first(); port--) {
            Endpoint source = new Endpoint(instance, port);
            if (!gateway.isLive(new FiveTuple(
                    ask.resolver().protocol(), source, ask.resolver().endpoint()))) {
                return source;
            }
        }
        return new Endpoint(instance, range.first());
    }

    private void ping(ScheduledAction.Ping ping) {
        RoleInstance instance = gateway.deployment().instance(ping.instance());
        Outcome outcome = gateway.offer(simulation.nowNanos(), ping.protocol(), instance.address(), ping.to());
        boolean isPrivate = IpPrefix.anyContains(setup.profile().untranslated(), ping.to());
        probes.add(new ProbeResult(
                simulation.nowNanos(),
                instance.name(),
                ping.protocol(),
                ping.to(),
                outcome,
                outcome.refused() || isPrivate ? Optional.empty() : gateway.publicIpOf(instance.name())));
    }

    @Override
    public ImmutableList<ProbeResult> probes() {
        return ImmutableList.copyOf(probes);
    }
}
