package io.github.snatsim.sim;

import io.github.snatsim.flow.Flow;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.port.AllocationChange;
import io.github.snatsim.port.AllocationChange.InstanceChange;
import io.github.snatsim.port.AllocationChange.Membership;
import io.github.snatsim.port.CutRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A resize of the pool and what it cost (rules P5, P6). Immutable; threads may share it.
 *
 * @param timeNanos when
 * @param instancesBefore pool size before
 * @param instancesAfter pool size after
 * @param portsBefore ports that each instance owned before
 * @param portsAfter ports that each instance owns after
 * @param flowsCut flows of staying instances that ended because their ports were reclaimed
 * @param flowsCutMin the fewest that any reading of which ports go allows
 * @param flowsCutMax the most that any reading allows
 * @param flowsRemoved flows that ended with their instances
 */
public record ScaleEvent(
        long timeNanos,
        int instancesBefore,
        int instancesAfter,
        int portsBefore,
        int portsAfter,
        long flowsCut,
        long flowsCutMin,
        long flowsCutMax,
        long flowsRemoved) {
    private record Pair(IpAddress instance, Destination destination) {}

    /** Works out what a change has cost from the flows before and after it. */
    static ScaleEvent of(long timeNanos, AllocationChange change, List<Flow> before, List<Flow> after) {
        Map<Pair, Integer> flowsBefore = count(before);
        Map<Pair, Integer> flowsAfter = count(after);
        Map<IpAddress, InstanceChange> changes = new HashMap<>();
        change.instances().forEach(instance -> changes.put(instance.instance(), instance));
        long cut = 0;
        long min = 0;
        long max = 0;
        long removed = 0;
        for (Map.Entry<Pair, Integer> entry : flowsBefore.entrySet()) {
            InstanceChange instance = changes.get(entry.getKey().instance());
            int flows = entry.getValue();
            if (instance != null && instance.membership() == Membership.REMOVED) {
                removed += flows;
            } else if (instance != null && !instance.reclaimed().isEmpty()) {
                CutRange range = CutRange.of(
                        flows,
                        instance.before().size(),
                        instance.before().size() - instance.reclaimed().size());
                cut += flows - flowsAfter.getOrDefault(entry.getKey(), 0);
                min += range.min();
                max += range.max();
            }
        }
        return new ScaleEvent(
                timeNanos,
                change.poolSizeBefore(),
                change.poolSizeAfter(),
                change.portsPerInstanceBefore(),
                change.portsPerInstanceAfter(),
                cut,
                min,
                max,
                removed);
    }

    private static Map<Pair, Integer> count(List<Flow> flows) {
        Map<Pair, Integer> counts = new HashMap<>();
        flows.forEach(flow -> counts.merge(
                new Pair(flow.tuple().source().address(), flow.tuple().to()), 1, Integer::sum));
        return counts;
    }
}
