package io.github.snatsim.plan;

import io.github.snatsim.workload.Rate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the ports of one instance carry of a demand within a target share of refusals. Immutable; threads may share it.
 *
 * @param ports how many there are
 * @param refusedShare the share of attempts that are refused, 0 to 1
 * @param portsNeeded the fewest that meet the target; empty if no number does
 * @param loadMultipleMax the highest multiple of the load that meets the target; infinite where load takes no more ports
 * @param perSecondMax the highest rate that does, requests per second
 * @param rateMax the same as an exact fraction, for even arrivals
 * @param busySecondsMax the longest mean time that a port can be taken at the present rate
 * @param holdSecondsMax the longest hold of that, behind the mean lifetime; empty if the lifetime alone is too long or is not
 *     one
 * @param busyNanosMax the longest time exactly, for even arrivals
 * @param firstRefusalNanos when the first attempt is refused if arrivals begin with all ports free, for even arrivals; empty
 *     if never, or not known
 */
public record PortCapacity(
        int ports,
        double refusedShare,
        OptionalInt portsNeeded,
        double loadMultipleMax,
        double perSecondMax,
        Optional<Rate> rateMax,
        double busySecondsMax,
        OptionalDouble holdSecondsMax,
        OptionalLong busyNanosMax,
        OptionalLong firstRefusalNanos) {
    /**
     * Returns how many ports are left over.
     *
     * @return ports less ports needed, negative if they are too few; empty if no number is enough
     */
    public OptionalInt headroomPorts() {
        return portsNeeded.isPresent() ? OptionalInt.of(ports - portsNeeded.getAsInt()) : OptionalInt.empty();
    }
}
