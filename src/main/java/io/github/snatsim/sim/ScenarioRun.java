package io.github.snatsim.sim;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.NlbGateway;
import io.github.snatsim.aws.NlbMetrics;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.DeploymentGateway;
import io.github.snatsim.azure.DeploymentImpact;
import io.github.snatsim.azure.FirewallGateway;
import io.github.snatsim.gateway.Gateway;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.gateway.SnatGateway;
import io.github.snatsim.metrics.Metrics;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.workload.WorkloadRun;
import java.time.Duration;
import java.util.Optional;

/**
 * A scenario as it runs: to be run to its end, or stepped, looked at and changed on the way. Not for use by several threads
 * at once; runs are independent of each other.
 */
public final class ScenarioRun {
    private final Scenario scenario;
    private final SystemRun system;
    private final Simulation simulation;
    private final Metrics metrics;
    private final WorkloadRun workload;
    private final long endNanos;
    private final long warmUpNanos;
    private final ScaleLog scaleLog;
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
        Optional<UnitPorts> units = scenario.gateway() instanceof ApiManagementSetup setup
                ? Optional.of(UnitPorts.of(setup))
                : Optional.empty();
        Gateway gateway = units.map(UnitPorts::gateway).orElseGet(() -> gatewayOf(scenario));
        this.simulation = new Simulation(gateway, 0);
        this.metrics =
                new Metrics(gateway.keys(), scenario.gateway().profile().flows().finHold());
        Optional<NlbMetrics> nlbMetrics = scenario.gateway() instanceof NlbSetup setup
                ? Optional.of(new NlbMetrics(setup.balancer().activeFlows(), 0, setup.metricsPeriod()))
                : Optional.empty();
        gateway.listen(nlbMetrics
                .<GatewayListener>map(also -> new Listeners(metrics, also))
                .orElse(metrics));
        this.scaleLog = new ScaleLog(simulation, metrics, endNanos);
        this.workload = new WorkloadRun(scenario.workload(), simulation.network(), scenario.seed(), endNanos);
        if (warmUpNanos > 0) {
            simulation.schedule(warmUpNanos, this::endWarmUp);
        }
        simulation.schedule(halfNanos(), () -> openedAtHalf = metrics.opened());
        for (ScheduledAction action : scenario.actions()) {
            simulation.schedule(action.at().toNanos(), () -> perform(action));
        }
        this.system = units.<SystemRun>map(this::serviceOf)
                .or(() -> nlbMetrics.map(also -> balancerOf((NlbGateway) gateway, also)))
                .orElseGet(() -> systemOf(gateway));
        system.start();
    }

    private ApiManagementRun serviceOf(UnitPorts units) {
        return new ApiManagementRun(
                (ApiManagementSetup) scenario.gateway(), scenario, units, simulation, workload, metrics);
    }

    private NlbRun balancerOf(NlbGateway gateway, NlbMetrics nlbMetrics) {
        return new NlbRun((NlbSetup) scenario.gateway(), scenario, gateway, nlbMetrics, simulation, workload);
    }

    private void endWarmUp() {
        metrics.restart(warmUpNanos);
        system.restartCounts(warmUpNanos);
    }

    private static Gateway gatewayOf(Scenario scenario) {
        if (scenario.gateway() instanceof DeploymentSetup setup) {
            return new DeploymentGateway(setup.deployment(), setup.rules(), scenario.seed());
        } else if (scenario.gateway() instanceof FirewallSetup setup) {
            return new FirewallGateway(setup.firewall(), setup.profile());
        } else if (scenario.gateway() instanceof NlbSetup setup) {
            return new NlbGateway(setup.balancer().withSeed(setup.balancer().seed() + scenario.seed()));
        }
        return new SnatGateway(scenario.gateway().profile());
    }

    private SystemRun systemOf(Gateway gateway) {
        if (scenario.gateway() instanceof DeploymentSetup setup && gateway instanceof DeploymentGateway deployment) {
            return new DeploymentRun(setup, deployment, simulation, scenario.workload(), workload, scaleLog);
        } else if (gateway instanceof FirewallGateway firewall) {
            return new FirewallRun(firewall, scenario.instances(), workload);
        }
        return new SnatRun(
                (SnatSetup) scenario.gateway(),
                scenario.instances(),
                (SnatGateway) gateway,
                simulation,
                workload,
                scaleLog);
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
     * Returns the gateway, to ask.
     *
     * @return the gateway of the instances
     */
    public Gateway gateway() {
        return system.gateway();
    }

    /**
     * Returns the instances that are there now: those of a pool or deployment, every unit that a service ever had, or the hosts
     * of a load balancer's clients.
     *
     * @return their private addresses, in the order in which they joined
     */
    public ImmutableList<IpAddress> instances() {
        return system.instances();
    }

    /**
     * Explains why a SNAT port is held now, or that it is not.
     *
     * @param question which port
     * @return whose it is, what holds it, since when and until when, on each frontend
     * @throws IllegalArgumentException if the system has no SNAT ports, or the instance asked for is not there
     */
    public PortExplanation explain(PortQuestion question) {
        return question.answer(this, scenario.gateway().profile().udpSharing());
    }

    /**
     * Tells what an instance of a plain scenario, or a unit of a service, has to open flows with, now. Instances of a deployment
     * are explained by its gateway.
     *
     * @param instance the private address, as text
     * @return its ports
     * @throws IllegalArgumentException if it is not there, or has no ports of its own: behind a firewall or a load balancer
     */
    public InstancePorts portsOf(String instance) {
        if (!(gateway() instanceof SnatGateway snat)) {
            throw new IllegalArgumentException(
                    gateway() instanceof FirewallGateway
                            ? "no instance has ports of its own: all take those of the firewall (G3)"
                            : "has no instances with ports to explain: a load balancer has places in a table (N4)");
        }
        boolean needsPorts = !(scenario.gateway() instanceof ApiManagementSetup setup)
                || !setup.service().bypassesSnat();
        return InstancePorts.of(
                PortQuestion.address(instance, this),
                snat,
                scenario.gateway().profile().flows(),
                needsPorts);
    }

    /**
     * Returns the deployment's gateway, to ask.
     *
     * @return the gateway, empty if the scenario has no deployment
     */
    public Optional<DeploymentGateway> deployment() {
        return gateway() instanceof DeploymentGateway deployment ? Optional.of(deployment) : Optional.empty();
    }

    /**
     * Changes the deployment, now: its instances, their clients and their flows.
     *
     * @param change what happens; the end of a redeployment is scheduled with its beginning
     * @return what moved and which flows ended
     * @throws IllegalArgumentException if it cannot happen
     * @throws IllegalStateException if the scenario has no deployment
     */
    public DeploymentImpact change(DeploymentChange change) {
        if (system instanceof DeploymentRun run) {
            return run.change(change);
        }
        throw new IllegalStateException("the scenario has no deployment to change");
    }

    /**
     * Makes the scenario have so many instances, now: the last ones go, new ones join behind the highest address.
     *
     * @param count how many, at least 1
     * @throws IllegalArgumentException if the gateway cannot have so many
     * @throws IllegalStateException if the instances are not those of a plain pool
     */
    public void resize(int count) {
        if (!(system instanceof SnatRun run)) {
            throw new IllegalStateException("the scenario has no plain pool to resize");
        }
        run.resize(count);
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
                scaleLog.events(),
                system.probes(),
                scenario.gateway().portsShared(),
                system.http(),
                system.nlb(),
                secondHalf > 0 ? metrics.opened() - openedAtHalf : 0,
                secondHalf);
    }

    private long halfNanos() {
        return warmUpNanos + (endNanos - warmUpNanos) / 2;
    }

    private void perform(ScheduledAction action) {
        if (action instanceof ScheduledAction.StopClient stop) {
            workload.stop(stop.client());
        } else if (action instanceof ScheduledAction.ChangeArrivals change) {
            workload.changeArrivals(change.client(), change.arrivals());
        } else {
            system.perform(action);
        }
    }
}
