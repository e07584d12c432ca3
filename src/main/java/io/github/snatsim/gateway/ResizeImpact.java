package io.github.snatsim.gateway;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
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
 * What a resize of a pool costs the flows that are live when it happens (rules P5, P6). Immutable; threads may share it.
 *
 * @param change what it moves
 * @param instances every instance that loses ports or leaves, in the order in which they joined
 */
public record ResizeImpact(AllocationChange change, ImmutableList<InstanceImpact> instances) {
    /**
     * What one instance loses.
     *
     * @param instance its private address
     * @param portsBefore ports that it owned, for each protocol
     * @param portsAfter ports that it owns after
     * @param portsReclaimed ports that were taken from it
     * @param flowsCut flows that end because their ports are reclaimed
     * @param flowsCutMin the fewest that any reading of which ports go allows (P5), summed over destinations
     * @param flowsCutMax the most that any reading allows, summed over destinations
     * @param flowsRemoved flows that end because the instance leaves
     */
    public record InstanceImpact(
            IpAddress instance,
            int portsBefore,
            int portsAfter,
            int portsReclaimed,
            long flowsCut,
            long flowsCutMin,
            long flowsCutMax,
            long flowsRemoved) {}

    /**
     * Works out what a change costs. Costs time in the number of flows.
     *
     * @param change what moves
     * @param frontend the number of the frontend whose ports move
     * @param flows the flows that are live before
     * @return the cost
     */
    public static ResizeImpact of(AllocationChange change, int frontend, List<Flow> flows) {
        Map<IpAddress, InstanceChange> losing = new HashMap<>();
        for (InstanceChange instance : change.instances()) {
            if (!instance.reclaimed().isEmpty()) {
                losing.put(instance.instance(), instance);
            }
        }
        Map<IpAddress, Map<Destination, Integer>> before = new HashMap<>();
        Map<IpAddress, Long> cut = new HashMap<>();
        for (Flow flow : losing.isEmpty() ? List.<Flow>of() : flows) {
            IpAddress instance = flow.tuple().source().address();
            InstanceChange loss = losing.get(instance);
            if (loss != null && flow.frontend() == frontend) {
                before.computeIfAbsent(instance, unused -> new HashMap<>())
                        .merge(flow.tuple().to(), 1, Integer::sum);
                cut.merge(instance, loss.reclaimed().contains(flow.port()) ? 1L : 0L, Long::sum);
            }
        }
        return new ResizeImpact(
                change,
                change.instances().stream()
                        .filter(instance -> losing.containsKey(instance.instance()))
                        .map(instance -> impact(
                                instance,
                                before.getOrDefault(instance.instance(), Map.of()),
                                cut.getOrDefault(instance.instance(), 0L)))
                        .collect(toImmutableList()));
    }

    private static InstanceImpact impact(InstanceChange change, Map<Destination, Integer> flows, long cut) {
        int before = change.before().size();
        int kept = before - change.reclaimed().size();
        boolean removed = change.membership() == Membership.REMOVED;
        List<CutRange> ranges = removed
                ? List.of()
                : flows.values().stream()
                        .map(count -> CutRange.of(count, before, kept))
                        .toList();
        return new InstanceImpact(
                change.instance(),
                before,
                change.after().size(),
                removed ? 0 : before - kept,
                removed ? 0 : cut,
                ranges.stream().mapToLong(CutRange::min).sum(),
                ranges.stream().mapToLong(CutRange::max).sum(),
                removed ? cut : 0);
    }

    /**
     * Returns how many flows of staying instances end.
     *
     * @return the sum over the instances
     */
    public long flowsCut() {
        return instances.stream().mapToLong(InstanceImpact::flowsCut).sum();
    }

    /**
     * Returns the fewest that any reading of which ports go allows.
     *
     * @return the sum over the instances
     */
    public long flowsCutMin() {
        return instances.stream().mapToLong(InstanceImpact::flowsCutMin).sum();
    }

    /**
     * Returns the most that any reading of which ports go allows.
     *
     * @return the sum over the instances
     */
    public long flowsCutMax() {
        return instances.stream().mapToLong(InstanceImpact::flowsCutMax).sum();
    }

    /**
     * Returns how many flows end with their instances.
     *
     * @return the sum over the instances
     */
    public long flowsRemoved() {
        return instances.stream().mapToLong(InstanceImpact::flowsRemoved).sum();
    }
}
