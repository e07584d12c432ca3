package io.github.snatsim.plan;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.sim.Scenario;
import java.util.OptionalDouble;

/**
 * Instances of a scenario that are alike, what each owns and what each asks. Immutable; threads may share it.
 *
 * @param instances how many there are, at least 1
 * @param ports ports that each owns per protocol, or flows to one destination that its host can have (S1)
 * @param portsRedeploying the same while a redeployment reports the pool at twice its size (P8)
 * @param translatesPorts false behind an instance-level IP: its ports are the host's own
 * @param demands what each asks of every public destination, the highest load first
 * @param udpErlangsOnePerFlow the load of all UDP flows together: what counts if none may share a port (T7); empty without UDP
 */
public record InstanceDemand(
        int instances,
        int ports,
        int portsRedeploying,
        boolean translatesPorts,
        ImmutableList<Demand> demands,
        OptionalDouble udpErlangsOnePerFlow) {
    /**
     * So many mean busy times must pass before counting begins (D): what was there at the beginning is down to exp(-5), 0.7 %,
     * by then.
     */
    public static final int WARM_UP_BUSY_TIMES = 5;

    /**
     * Reads the demand of a scenario's clients as it begins. Names and Zipf's law give each destination its share, private
     * destinations ask for nothing (T8), a closed loop is reckoned with at the highest rate that its workers can make, a
     * daily curve at that of its highest hour.
     *
     * @param scenario what would be simulated
     * @return instances that own and run the same together, in the order of the first of each
     * @throws IllegalArgumentException if the scenario has no SNAT ports, as behind a load balancer (N1)
     */
    public static ImmutableList<InstanceDemand> of(Scenario scenario) {
        return new ScenarioReading(scenario).instances();
    }

    /**
     * Returns the fewest ports with which a share of UDP attempts at most is refused if every flow needs a port of its own
     * (T7), to be shown beside the default.
     *
     * @param targetShare the share that may be refused, 1e-50 to below 1
     * @return ports, 0 without UDP
     * @throws IllegalArgumentException if the share is out of range, or the load has no end
     */
    public int udpPortsNeededOnePerFlow(double targetShare) {
        return ErlangB.ports(udpErlangsOnePerFlow.orElse(0), targetShare);
    }
}
