package io.github.snatsim.sim;

import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.gateway.SnatProfile;

/**
 * Instances whose flows all go through one firewall and share its ports (rule G3). Immutable; threads may share it.
 *
 * @param firewall the firewall
 * @param profile the readings to follow; its allocation, which has no effect, becomes the classic one
 */
public record FirewallSetup(AzureFirewall firewall, SnatProfile profile) implements Setup {
    /**
     * Forgets the allocation.
     *
     * @param firewall the firewall
     * @param profile the readings to follow
     */
    public FirewallSetup {
        profile = profile.withAllocation(SnatProfile.classic().allocation());
    }

    /**
     * Returns a firewall with the classic readings.
     *
     * @param firewall the firewall
     * @return the setup
     */
    public static FirewallSetup of(AzureFirewall firewall) {
        return new FirewallSetup(firewall, SnatProfile.classic());
    }

    /** Returns the firewall's ports, which all instances share. */
    @Override
    public int portsOf(int instances) {
        return firewall.ports();
    }

    @Override
    public boolean portsShared() {
        return true;
    }
}
