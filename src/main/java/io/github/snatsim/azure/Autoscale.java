package io.github.snatsim.azure;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.port.Violation;
import java.time.Duration;

/**
 * An autoscale rule of an API Management service (rule G4): it sees calls or CPU, not SNAT ports. At the end of each period it
 * asks for one unit more or fewer; while a change is on its way it asks for nothing. Immutable; threads may share it.
 *
 * @param metric what it sees
 * @param scaleOutAbove above what it asks for a unit more: calls per second and unit, or per cent of CPU
 * @param scaleInBelow below what it asks for a unit fewer, less than {@code scaleOutAbove}
 * @param unitsMin the fewest units that it leaves, at least 1
 * @param unitsMax the most units that it asks for, not below {@code unitsMin}
 * @param period how long it looks, above zero
 * @param takes how long a change takes, not negative
 * @param cpuPerCall how long a call keeps a unit's CPU busy, for {@link Metric#CPU}
 */
public record Autoscale(
        Metric metric,
        double scaleOutAbove,
        double scaleInBelow,
        int unitsMin,
        int unitsMax,
        Duration period,
        Duration takes,
        Duration cpuPerCall) {
    /** What a rule can see (G4). Immutable; threads may share it. */
    public enum Metric {
        /** Calls per second and unit. */
        CALLS,
        /** Per cent of a unit's CPU. */
        CPU
    }

    /** What a rule asks for. Immutable; threads may share it. */
    public enum Decision {
        /** One unit more. */
        SCALE_OUT,
        /** Nothing. */
        STAY,
        /** One unit fewer. */
        SCALE_IN
    }

    /**
     * Checks the numbers.
     *
     * @param metric what it sees
     * @param scaleOutAbove above what it asks for a unit more
     * @param scaleInBelow below what it asks for a unit fewer
     * @param unitsMin the fewest units that it leaves
     * @param unitsMax the most units that it asks for
     * @param period how long it looks
     * @param takes how long a change takes
     * @param cpuPerCall how long a call keeps a unit's CPU busy
     * @throws IllegalArgumentException if one is out of range
     */
    public Autoscale {
        if (!(scaleInBelow >= 0 && scaleInBelow < scaleOutAbove && scaleOutAbove < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "autoscale thresholds out of order: expected 0 <= scale-in-below < scale-out-above");
        }
        Violation.refuse(ApiManagement.unitsOutOfRange(unitsMin), ApiManagement.unitsOutOfRange(unitsMax));
        if (unitsMax < unitsMin) {
            Violation.refuse(ImmutableList.of(new Violation(
                    "at most " + unitsMax + " units and at least " + unitsMin,
                    "the most not below the fewest",
                    "G4",
                    "at most " + unitsMin)));
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("an autoscale period of " + period + ": expected above zero");
        }
        if (takes.isNegative()) {
            throw new IllegalArgumentException("a change of units that takes " + takes + ": expected not negative");
        }
        if (metric == Metric.CPU && (cpuPerCall.isNegative() || cpuPerCall.isZero())) {
            throw new IllegalArgumentException("CPU time of " + cpuPerCall + " for a call: expected above zero");
        }
    }

    /**
     * Decides at the end of a period.
     *
     * @param calls how many calls the service got in the period
     * @param units how many units it has
     * @return what the rule asks for, within the fewest and the most units
     */
    public Decision decide(long calls, int units) {
        double value = value(calls, units);
        if (value > scaleOutAbove && units < unitsMax) {
            return Decision.SCALE_OUT;
        }
        return value < scaleInBelow && units > unitsMin ? Decision.SCALE_IN : Decision.STAY;
    }

    private double value(long calls, int units) {
        double perSecondAndUnit = calls / (period.toNanos() / 1e9) / units;
        return metric == Metric.CALLS ? perSecondAndUnit : 100 * perSecondAndUnit * (cpuPerCall.toNanos() / 1e9);
    }
}
