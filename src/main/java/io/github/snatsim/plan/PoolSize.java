package io.github.snatsim.plan;

/**
 * A pool of so many instances that share a total load. Immutable; threads may share it.
 *
 * @param instances how many share the public IP
 * @param perSecondPerInstance requests per second of each
 * @param erlangsPerInstance the load of each
 * @param normal what they have in normal life
 * @param redeploying what they have while a redeployment reports the pool at twice its size (P8)
 */
public record PoolSize(
        int instances,
        double perSecondPerInstance,
        double erlangsPerInstance,
        Allotment normal,
        Allotment redeploying) {
    /**
     * What the instances of a pool own, and how far it goes. Immutable; threads may share it.
     *
     * @param reportedSize the size that the ports follow
     * @param portsPerInstance ports of each instance, per protocol
     * @param portsTotal ports of all instances
     * @param publicIps how many public IPs have so many ports, 64,512 each (P4)
     * @param refusedShare the share of attempts that are refused
     * @param feasible whether that is within the target
     */
    public record Allotment(
            int reportedSize,
            int portsPerInstance,
            long portsTotal,
            int publicIps,
            double refusedShare,
            boolean feasible) {}

    /**
     * Returns the ports that a redeployment takes from each instance for as long as it lasts.
     *
     * @return 0 for pools up to 25 of the tables that Azure has
     */
    public int portsLostPerInstance() {
        return normal.portsPerInstance() - redeploying.portsPerInstance();
    }
}
