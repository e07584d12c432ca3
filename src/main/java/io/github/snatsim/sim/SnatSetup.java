package io.github.snatsim.sim;

import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.Violation;
import java.util.OptionalInt;

/**
 * Instances that share one frontend by a tier table, or have one each. Immutable; threads may share it.
 *
 * @param profile the readings to follow
 * @param portsPerInstance ports that each instance has of a frontend of its own, for each protocol; empty if they share
 *     one frontend by the profile's tier table
 */
public record SnatSetup(SnatProfile profile, OptionalInt portsPerInstance) implements Setup {
    /**
     * Checks the number.
     *
     * @param profile the readings to follow
     * @param portsPerInstance ports that each instance has of a frontend of its own
     * @throws IllegalArgumentException if the profile's range has not as many
     */
    public SnatSetup {
        int portsMax = profile.allocation().range().size();
        portsPerInstance.ifPresent(ports ->
                Violation.refuse(Violation.ifOutside(ports, 1, portsMax, ports + " ports per instance", "P4")));
    }

    /**
     * Returns the classic profile with so many ports for each instance.
     *
     * @param ports ports per instance and protocol, 1-64,512
     * @return the setup
     * @throws IllegalArgumentException if the number is out of range
     */
    public static SnatSetup portsPerInstance(int ports) {
        return new SnatSetup(SnatProfile.classic(), OptionalInt.of(ports));
    }

    /**
     * Returns the classic profile with one frontend for all instances.
     *
     * @return the setup
     */
    public static SnatSetup pool() {
        return new SnatSetup(SnatProfile.classic().withAllocation(AllocationRules.classic()), OptionalInt.empty());
    }

    /**
     * Returns the ports that each instance owns, for each protocol.
     *
     * @param instances how many there are
     * @return ports
     * @throws IllegalArgumentException if the tier table does not know so many, or the range has too few ports
     */
    @Override
    public int portsOf(int instances) {
        if (portsPerInstance.isPresent()) {
            return portsPerInstance.getAsInt();
        }
        Violation.refuse(profile.allocation().violations(instances));
        return profile.allocation().tiers().portsPerInstance(instances);
    }
}
