package io.github.snatsim.sim;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.DeploymentImpact;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.gateway.ResizeImpact;
import io.github.snatsim.gateway.ResizeImpact.InstanceImpact;
import io.github.snatsim.net.IpAddress;
import java.util.Optional;

/**
 * A change of a pool or a deployment and what it cost (rules P5-P8, S7). Immutable; threads may share it.
 *
 * @param timeNanos when
 * @param cause what happened, in a few words
 * @param frontend the public IP of the pool; empty for a pool without a name, and for what concerns no pool
 * @param instancesBefore pool size that ports followed before, as reported (P8); without a pool, the deployment's instances
 * @param instancesAfter the same after
 * @param portsBefore ports of the pool that each instance owned before; 0 without a pool
 * @param portsAfter ports of the pool that each instance owns after
 * @param instances every instance that lost ports, got another method or left
 * @param refusedByMinute attempts of all instances that were refused in each of the five minutes that followed; the last may
 *     not be over yet
 */
public record ScaleEvent(
        long timeNanos,
        String cause,
        Optional<IpAddress> frontend,
        int instancesBefore,
        int instancesAfter,
        int portsBefore,
        int portsAfter,
        ImmutableList<InstanceLoss> instances,
        ImmutableList<Long> refusedByMinute) {

    /**
     * What one instance lost. Immutable; threads may share it.
     *
     * @param instance its private address
     * @param portsBefore ports that it owned, for each protocol
     * @param portsAfter ports that it owns after
     * @param portsReclaimed ports that were taken from it while it stayed
     * @param flowsCut flows that ended because their ports were reclaimed
     * @param flowsCutMin the fewest that any reading of which ports go allows (P5)
     * @param flowsCutMax the most that any reading allows
     * @param flowsRemoved flows that ended because the instance left
     * @param flowsMethodChanged flows that ended because the instance got another method (S7)
     */
    public record InstanceLoss(
            IpAddress instance,
            int portsBefore,
            int portsAfter,
            int portsReclaimed,
            long flowsCut,
            long flowsCutMin,
            long flowsCutMax,
            long flowsRemoved,
            long flowsMethodChanged) {
        /** What ended apart from a pool: an instance with an IP of its own left, or one got another method. */
        static InstanceLoss of(DeploymentImpact.InstanceEnds ends) {
            boolean left = ends.reason() == FlowEnd.INSTANCE_REMOVED;
            IpAddress instance = ends.instance().address();
            return new InstanceLoss(instance, 0, 0, 0, 0, 0, 0, left ? ends.flows() : 0, left ? 0 : ends.flows());
        }

        private static InstanceLoss of(InstanceImpact impact) {
            return new InstanceLoss(
                    impact.instance(),
                    impact.portsBefore(),
                    impact.portsAfter(),
                    impact.portsReclaimed(),
                    impact.flowsCut(),
                    impact.flowsCutMin(),
                    impact.flowsCutMax(),
                    impact.flowsRemoved(),
                    0);
        }
    }

    /** A resize of a pool, before anybody was refused. */
    static ScaleEvent of(long timeNanos, String cause, Optional<IpAddress> frontend, ResizeImpact impact) {
        return new ScaleEvent(
                timeNanos,
                cause,
                frontend,
                impact.change().poolSizeBefore(),
                impact.change().poolSizeAfter(),
                impact.change().portsPerInstanceBefore(),
                impact.change().portsPerInstanceAfter(),
                impact.instances().stream().map(InstanceLoss::of).collect(toImmutableList()),
                ImmutableList.of());
    }

    ScaleEvent withRefusedByMinute(ImmutableList<Long> refusedByMinute) {
        return new ScaleEvent(
                timeNanos,
                cause,
                frontend,
                instancesBefore,
                instancesAfter,
                portsBefore,
                portsAfter,
                instances,
                refusedByMinute);
    }

    /**
     * Returns how many ports were taken from staying instances, for each protocol.
     *
     * @return the sum over the instances
     */
    public long portsReclaimed() {
        return instances.stream().mapToLong(InstanceLoss::portsReclaimed).sum();
    }

    /**
     * Returns how many flows of staying instances ended because their ports were reclaimed.
     *
     * @return the sum over the instances
     */
    public long flowsCut() {
        return instances.stream().mapToLong(InstanceLoss::flowsCut).sum();
    }

    /**
     * Returns the fewest that any reading of which ports go allows.
     *
     * @return the sum over the instances
     */
    public long flowsCutMin() {
        return instances.stream().mapToLong(InstanceLoss::flowsCutMin).sum();
    }

    /**
     * Returns the most that any reading of which ports go allows.
     *
     * @return the sum over the instances
     */
    public long flowsCutMax() {
        return instances.stream().mapToLong(InstanceLoss::flowsCutMax).sum();
    }

    /**
     * Returns how many flows ended with their instances.
     *
     * @return the sum over the instances
     */
    public long flowsRemoved() {
        return instances.stream().mapToLong(InstanceLoss::flowsRemoved).sum();
    }

    /**
     * Returns how many flows ended because their instances got another method (S7).
     *
     * @return the sum over the instances
     */
    public long flowsMethodChanged() {
        return instances.stream().mapToLong(InstanceLoss::flowsMethodChanged).sum();
    }

    /**
     * Returns how many attempts were refused in the minutes that followed.
     *
     * @return the sum over at most five minutes
     */
    public long refusedAfter() {
        return refusedByMinute.stream().mapToLong(Long::longValue).sum();
    }
}
