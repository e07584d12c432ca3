package io.github.snatsim.workload;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.Set;

/**
 * What runs on the instances: clients, the failures of their destinations, and the hosts' source ports. Immutable; threads
 * may share it.
 *
 * @param clients each runs on every instance; their names differ
 * @param outages when destinations fail; the first that covers a request and draws it decides
 * @param sourcePorts which source ports the hosts use
 */
public record Workload(ImmutableList<Client> clients, ImmutableList<Outage> outages, SourcePorts sourcePorts) {
    /**
     * Checks the names.
     *
     * @param clients each runs on every instance; their names differ
     * @param outages when destinations fail
     * @param sourcePorts which source ports the hosts use
     * @throws IllegalArgumentException if two clients have one name
     */
    public Workload {
        Set<String> names = new HashSet<>();
        for (Client client : clients) {
            if (!names.add(client.name())) {
                throw new IllegalArgumentException("two clients are named " + client.name());
            }
        }
    }

    /**
     * Returns a workload of some clients without outages.
     *
     * @param clients the clients
     * @return the workload
     */
    public static Workload of(Client... clients) {
        return new Workload(ImmutableList.copyOf(clients), ImmutableList.of(), SourcePorts.all());
    }

    /**
     * Returns this workload with failures.
     *
     * @param outages when destinations fail
     * @return the new workload
     */
    public Workload withOutages(Outage... outages) {
        return new Workload(clients, ImmutableList.copyOf(outages), sourcePorts);
    }
}
