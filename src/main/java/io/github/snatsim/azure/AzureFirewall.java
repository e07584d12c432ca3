package io.github.snatsim.azure;

import io.github.snatsim.port.Violation;

/**
 * An Azure Firewall that a service's calls are routed through: its SNAT ports serve all units (rule G3). Immutable; threads may
 * share it.
 *
 * @param publicIps how many public IPs it has, 1-250
 * @param portsPerIp the SNAT ports of each, for each destination and protocol, 1-64,512
 */
public record AzureFirewall(int publicIps, int portsPerIp) {
    /** SNAT ports of a public IP for each backend instance of the firewall, in today's documentation (R). */
    public static final int PORTS_PER_IP_AND_INSTANCE = 2_496;

    private static final int PUBLIC_IPS_MAX = 250;
    private static final int PORTS_MAX = 64_512;
    private static final int INSTANCES_MIN = 2;

    /**
     * Checks the numbers.
     *
     * @param publicIps how many public IPs it has, 1-250
     * @param portsPerIp the SNAT ports of each, 1-64,512
     * @throws IllegalArgumentException if one is out of range
     */
    public AzureFirewall {
        Violation.refuse(
                Violation.ifOutside(publicIps, 1, PUBLIC_IPS_MAX, "a firewall with " + publicIps + " public IPs", "G3"),
                Violation.ifOutside(
                        portsPerIp, 1, PORTS_MAX, "a firewall with " + portsPerIp + " ports for each public IP", "G3"));
    }

    /**
     * Returns the firewall as the source describes it (A): 64,000 ports that all units share.
     *
     * @return one public IP with 64,000 ports
     */
    public static AzureFirewall article() {
        return new AzureFirewall(1, 64_000);
    }

    /**
     * Returns the firewall of today's documentation (R): 2,496 ports for each public IP and backend instance.
     *
     * @param publicIps how many public IPs it has, 1-250
     * @param instances how many backend instances it has, 2-25
     * @return the firewall
     * @throws IllegalArgumentException if a number is out of range
     */
    public static AzureFirewall documented(int publicIps, int instances) {
        int instancesMax = PORTS_MAX / PORTS_PER_IP_AND_INSTANCE;
        Violation.refuse(
                Violation.ifOutside(publicIps, 1, PUBLIC_IPS_MAX, "a firewall with " + publicIps + " public IPs", "G3"),
                Violation.ifOutside(
                        instances,
                        INSTANCES_MIN,
                        instancesMax,
                        "a firewall of " + instances + " backend instances",
                        "G3"));
        return new AzureFirewall(publicIps, instances * PORTS_PER_IP_AND_INSTANCE);
    }

    /**
     * Returns the ports that all units together have to one destination.
     *
     * @return public IPs x ports of each
     */
    public int ports() {
        return publicIps * portsPerIp;
    }
}
