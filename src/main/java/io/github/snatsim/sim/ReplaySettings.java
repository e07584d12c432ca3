package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.port.Violation;
import java.util.OptionalInt;

/**
 * Behind what recorded traffic is replayed. Immutable; threads may share it.
 *
 * @param profile the readings to follow
 * @param poolSize the size of the pool that all instances share, empty if each has a frontend of its own with the ports
 *     that {@code profile} gives a pool of one
 * @param instances where instances live; flows opened from elsewhere are skipped. Empty: every initiator is an instance
 */
public record ReplaySettings(SnatProfile profile, OptionalInt poolSize, ImmutableList<IpPrefix> instances) {
    private static final SnatProfile EVERYTHING = SnatProfile.classic().withUntranslated(ImmutableList.of());

    /**
     * Returns settings where every initiator has ports of its own.
     *
     * @param ports ports per instance and protocol, 1-64,512
     * @return the settings; all destinations are translated
     * @throws IllegalArgumentException if the number is out of range
     */
    public static ReplaySettings portsPerInstance(int ports) {
        int portsMax = AllocationRules.EPHEMERAL.size();
        Violation.refuse(Violation.ifOutside(ports, 1, portsMax, ports + " ports per instance", "P4"));
        return new ReplaySettings(
                EVERYTHING.withAllocation(AllocationRules.of(TierTable.fixed(ports))),
                OptionalInt.empty(),
                ImmutableList.of());
    }

    /**
     * Returns settings where all initiators share one frontend by a tier table.
     *
     * @param poolSize the size of the pool, at least as many as there are initiators
     * @param tiers the table
     * @return the settings; all destinations are translated
     * @throws IllegalArgumentException if the table does not know the size
     */
    public static ReplaySettings poolSize(int poolSize, TierTable tiers) {
        tiers.tier(poolSize);
        return new ReplaySettings(
                EVERYTHING.withAllocation(AllocationRules.of(tiers)), OptionalInt.of(poolSize), ImmutableList.of());
    }

    /**
     * Returns these settings with instances in some blocks only.
     *
     * @param instances where instances live
     * @return the new settings
     */
    public ReplaySettings withInstances(ImmutableList<IpPrefix> instances) {
        return new ReplaySettings(profile, poolSize, instances);
    }

    /**
     * Returns these settings with destinations that need no SNAT (T8).
     *
     * @param untranslated where they are
     * @return the new settings
     */
    public ReplaySettings withUntranslated(ImmutableList<IpPrefix> untranslated) {
        return new ReplaySettings(profile.withUntranslated(untranslated), poolSize, instances);
    }

    /**
     * Returns the ports that each instance owns for each protocol.
     *
     * @return ports
     */
    public int portsPerInstance() {
        return profile.allocation().tiers().portsPerInstance(poolSize.orElse(1));
    }
}
