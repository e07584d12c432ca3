package io.github.snatsim.azure;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.gateway.ResizeImpact;
import io.github.snatsim.net.IpAddress;

/**
 * What a change of a deployment moves and which flows it ends. Immutable; threads may share it.
 *
 * @param after the deployment after it
 * @param ends flows that end first, because their instance's method changes or it leaves with an instance-level IP
 * @param pools every pool whose size or reported size changes, the shared address first
 */
public record DeploymentImpact(Deployment after, ImmutableList<InstanceEnds> ends, ImmutableList<PoolImpact> pools) {
    /**
     * Flows of one instance that end for one reason.
     *
     * @param instance the instance as it was
     * @param reason METHOD_CHANGED (S7) or INSTANCE_REMOVED (P6)
     * @param flows how many, holds included
     */
    public record InstanceEnds(RoleInstance instance, FlowEnd reason, long flows) {}

    /**
     * What happens to one pool.
     *
     * @param frontend the number of the frontend
     * @param publicIp its public IP
     * @param impact what moves and which flows that ends
     */
    public record PoolImpact(int frontend, IpAddress publicIp, ResizeImpact impact) {}

    /**
     * Returns how many flows end because their ports are reclaimed (P5).
     *
     * @return the sum over the pools
     */
    public long flowsCut() {
        return pools.stream().mapToLong(pool -> pool.impact().flowsCut()).sum();
    }

    /**
     * Returns the fewest that any reading of which ports go allows.
     *
     * @return the sum over the pools
     */
    public long flowsCutMin() {
        return pools.stream().mapToLong(pool -> pool.impact().flowsCutMin()).sum();
    }

    /**
     * Returns the most that any reading of which ports go allows.
     *
     * @return the sum over the pools
     */
    public long flowsCutMax() {
        return pools.stream().mapToLong(pool -> pool.impact().flowsCutMax()).sum();
    }

    /**
     * Returns how many flows end with their instances (P6).
     *
     * @return the sum
     */
    public long flowsRemoved() {
        return pools.stream().mapToLong(pool -> pool.impact().flowsRemoved()).sum()
                + flowsEnded(FlowEnd.INSTANCE_REMOVED);
    }

    /**
     * Returns how many flows end because their instance has another method, or another public IP of its method (S7).
     *
     * @return the sum over the instances
     */
    public long flowsMethodChanged() {
        return flowsEnded(FlowEnd.METHOD_CHANGED);
    }

    private long flowsEnded(FlowEnd reason) {
        return ends.stream()
                .filter(end -> end.reason() == reason)
                .mapToLong(InstanceEnds::flows)
                .sum();
    }
}
