package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Optional;

/** What the instances of a scenario are behind. Immutable; threads may share it. */
public sealed interface Setup permits SnatSetup, FirewallSetup, DeploymentSetup, ApiManagementSetup, NlbSetup {
    /**
     * Returns the readings of port translation.
     *
     * @return the profile
     */
    SnatProfile profile();

    /**
     * Returns the instances that the setup has by itself.
     *
     * @return their private addresses, empty if a scenario says which there are
     */
    default Optional<ImmutableList<IpAddress>> ownInstances() {
        return Optional.empty();
    }

    /**
     * Returns the ports that an instance owns, for each protocol; where they differ, the most that one owns.
     *
     * @param instances how many instances there are
     * @return ports
     * @throws IllegalArgumentException if there cannot be so many instances
     */
    int portsOf(int instances);

    /**
     * Tells whether all instances share these ports, those of a firewall (G3).
     *
     * @return false unless overridden: each instance has ports of its own
     */
    default boolean portsShared() {
        return false;
    }

    /**
     * Checks that a workload can run behind this for so long.
     *
     * @param workload what would run
     * @param duration for how long
     * @throws IllegalArgumentException if it cannot, with the reason
     */
    default void check(Workload workload, Duration duration) {}
}
