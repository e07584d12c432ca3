package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.azure.GatewayLogRecord;
import io.github.snatsim.azure.HttpOutcome;
import io.github.snatsim.metrics.CountsOverTime;
import io.github.snatsim.net.IpAddress;

/**
 * What an API Management service did behind the warm-up. Immutable; threads may share it.
 *
 * @param outcomes calls by how they ended
 * @param overTime the same over time; the kinds are {@link HttpOutcome}, in order
 * @param units what each unit that there ever was did
 * @param unitsAtEnd how many units take turns at the end
 * @param unitChanges changes of the number of units, in order, those in the warm-up too (G4)
 * @param exhaustedWithoutScaleOutNanos how long no SNAT port was free for some backend while the autoscale rule asked for no
 *     unit more (G4); without a rule, all of that time
 * @param failuresLogged calls that failed for want of a port
 * @param failures the first 100,000 of them
 * @param findings what whoever runs the service should know; sentences without full stops
 */
public record HttpResult(
        ImmutableMap<HttpOutcome, Long> outcomes,
        CountsOverTime overTime,
        ImmutableList<Unit> units,
        int unitsAtEnd,
        ImmutableList<UnitChange> unitChanges,
        long exhaustedWithoutScaleOutNanos,
        long failuresLogged,
        ImmutableList<GatewayLogRecord> failures,
        ImmutableList<String> findings) {
    /**
     * What one unit did.
     *
     * @param address its private address, as in the use of ports
     * @param calls calls that came to it
     * @param fromCache those that its cache answered
     * @param forwarded those that it sent to a backend
     * @param failures those that found no port in time
     */
    public record Unit(IpAddress address, long calls, long fromCache, long forwarded, long failures) {}

    /**
     * A change of the number of units.
     *
     * @param timeNanos when it was done
     * @param units how many take turns from then on
     */
    public record UnitChange(long timeNanos, int units) {}

    /**
     * Returns how many calls ended in one way.
     *
     * @param outcome how
     * @return the count
     */
    public long count(HttpOutcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /**
     * Returns how many calls have ended.
     *
     * @return the sum over all outcomes
     */
    public long calls() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }
}
