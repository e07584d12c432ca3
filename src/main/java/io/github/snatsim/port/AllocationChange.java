package io.github.snatsim.port;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.IpAddress;

/**
 * What a resize moved. Immutable; threads may share it.
 *
 * @param poolSizeBefore reported pool size before
 * @param poolSizeAfter reported pool size after
 * @param portsPerInstanceBefore ports that each instance owned before
 * @param portsPerInstanceAfter ports that each instance owns after
 * @param instances every instance that is new, gone, or owns other ports than before, in the order in which they joined
 */
public record AllocationChange(
        int poolSizeBefore,
        int poolSizeAfter,
        int portsPerInstanceBefore,
        int portsPerInstanceAfter,
        ImmutableList<InstanceChange> instances) {

    /** What happened to an instance's membership. Immutable; threads may share it. */
    public enum Membership {
        /** It came with this resize. */
        JOINED,
        /** It was and is in the pool. */
        STAYED,
        /** It left with this resize; its flows end with reason INSTANCE_REMOVED (rule P6). */
        REMOVED
    }

    /**
     * What happened to one instance.
     *
     * @param instance its private address
     * @param membership whether it came, stayed or went
     * @param before the ports it owned before
     * @param after the ports it owns after
     */
    public record InstanceChange(IpAddress instance, Membership membership, PortSet before, PortSet after) {
        /**
         * Returns the ports that were taken from the instance; flows on them end (rule P5).
         *
         * @return ports owned before and not after
         */
        public PortSet reclaimed() {
            return before.minus(after);
        }

        /**
         * Returns the ports that the instance won.
         *
         * @return ports owned after and not before
         */
        public PortSet gained() {
            return after.minus(before);
        }
    }
}
