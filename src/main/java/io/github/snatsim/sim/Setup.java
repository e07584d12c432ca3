package io.github.snatsim.sim;

import io.github.snatsim.gateway.SnatProfile;

/** What the instances of a scenario are behind. Immutable; threads may share it. */
public sealed interface Setup permits SnatSetup, DeploymentSetup {
    /**
     * Returns the readings of port translation.
     *
     * @return the profile
     */
    SnatProfile profile();

    /**
     * Returns the ports that an instance owns, for each protocol; where they differ, the most that one owns.
     *
     * @param instances how many instances there are
     * @return ports
     * @throws IllegalArgumentException if there cannot be so many instances
     */
    int portsOf(int instances);
}
