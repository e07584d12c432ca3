package io.github.snatsim.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScheduledAction;
import io.github.snatsim.sim.Setup;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Outage;
import io.github.snatsim.workload.Workload;
import java.util.function.UnaryOperator;

/** Parts of a scenario replaced by others, all else as it was. Stateless. */
final class ScenarioEdit {
    private ScenarioEdit() {}

    static Scenario withClients(Scenario scenario, UnaryOperator<Client> change) {
        Workload workload = scenario.workload();
        return scenario.withWorkload(
                new Workload(changed(workload, change), workload.outages(), workload.sourcePorts()));
    }

    static Scenario withClients(Scenario scenario, UnaryOperator<Client> change, ImmutableList<Outage> outages) {
        Workload workload = scenario.workload();
        return scenario.withWorkload(new Workload(changed(workload, change), outages, workload.sourcePorts()));
    }

    private static ImmutableList<Client> changed(Workload workload, UnaryOperator<Client> change) {
        return workload.clients().stream().map(change).collect(toImmutableList());
    }

    /** Changes the arrivals of some clients, now and as it is scheduled. */
    static Scenario withArrivals(Scenario scenario, ImmutableSet<String> clients, UnaryOperator<Arrivals> change) {
        Scenario changed = withClients(
                scenario,
                client -> clients.contains(client.name())
                        ? client.withArrivals(change.apply(client.arrivals()))
                        : client);
        return changed.withActions(changed.actions().stream()
                .map(action -> action instanceof ScheduledAction.ChangeArrivals later
                                && clients.contains(later.client())
                        ? new ScheduledAction.ChangeArrivals(later.at(), later.client(), change.apply(later.arrivals()))
                        : action)
                .toArray(ScheduledAction[]::new));
    }

    /** Changes what some clients ask for on each instance, now and as it is scheduled. */
    static Scenario scaled(Scenario scenario, ImmutableSet<String> clients, LoadScale scale) {
        Scenario counted = withClients(
                scenario, client -> clients.contains(client.name()) ? scale.withRequestsMax(client) : client);
        return withArrivals(counted, clients, scale::of);
    }

    static Scenario with(Scenario scenario, Setup gateway, ImmutableList<IpAddress> instances) {
        return new Scenario(
                gateway,
                instances,
                scenario.workload(),
                scenario.actions(),
                scenario.duration(),
                scenario.warmUp(),
                scenario.seed());
    }

    static ImmutableSet<String> clientNames(Scenario scenario) {
        return scenario.workload().clients().stream().map(Client::name).collect(ImmutableSet.toImmutableSet());
    }
}
