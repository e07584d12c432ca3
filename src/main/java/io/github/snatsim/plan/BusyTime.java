package io.github.snatsim.plan;

import io.github.snatsim.workload.Distribution;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long an attempt takes its port: the lifetime of its connection and the hold after it (rules R1-R4). A connection that
 * sends nothing while it lives loses its port at the idle time, without a hold. Immutable; threads may share it.
 *
 * @param meanSeconds the mean; infinite if it has none, or if the port is never free again
 * @param variation standard deviation by mean, of lifetimes that nothing cuts; infinite if there is none
 * @param constantNanos the time itself where it is always the same
 */
public record BusyTime(double meanSeconds, double variation, OptionalLong constantNanos) {
    /**
     * Below this {@link #variation} busy times count as nearly constant (D): of the simulations that this project checks
     * against, those at 0 and 0.01 need too long to settle, those from 0.2 on do not.
     */
    public static final double NEARLY_CONSTANT = 0.1;

    private static final double NANOS = 1e9;

    /**
     * Returns the busy time of connections that nothing cuts.
     *
     * @param lifetime how long connections live
     * @param hold how long ports wait after that, not negative
     * @return the sum
     */
    public static BusyTime of(Distribution lifetime, Duration hold) {
        return of(lifetime, OptionalLong.of(hold.toNanos()), OptionalLong.empty());
    }

    /**
     * Returns the busy time of connections.
     *
     * @param lifetime how long they live
     * @param holdNanos how long their ports wait after that, empty for ever
     * @param cutNanos when a connection that still lives loses its port, empty for never
     */
    static BusyTime of(Distribution lifetime, OptionalLong holdNanos, OptionalLong cutNanos) {
        if (lifetime instanceof Distribution.Fixed fixed) {
            return ofFixed(fixed.value().toNanos(), holdNanos, cutNanos);
        }
        double hold = holdNanos.isPresent() ? holdNanos.getAsLong() : Double.POSITIVE_INFINITY;
        double cut = cutNanos.isPresent() ? cutNanos.getAsLong() : Double.POSITIVE_INFINITY;
        double ended = cutNanos.isPresent() ? Lifetimes.shareBelow(lifetime, cut) : 1;
        double held = ended == 0 ? 0 : hold * ended;
        double mean = Lifetimes.meanUpTo(lifetime, cut) + held;
        double deviation = Lifetimes.deviation(lifetime);
        double whole = lifetime.meanNanos() + hold;
        boolean neverFree = whole == Double.POSITIVE_INFINITY;
        return new BusyTime(
                mean / NANOS, neverFree ? Double.POSITIVE_INFINITY : deviation / whole, OptionalLong.empty());
    }

    private static BusyTime ofFixed(long nanos, OptionalLong holdNanos, OptionalLong cutNanos) {
        boolean isCut = cutNanos.isPresent() && nanos >= cutNanos.getAsLong();
        if (!isCut && holdNanos.isEmpty()) {
            return new BusyTime(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, OptionalLong.empty());
        }
        long busy = isCut ? cutNanos.getAsLong() : Math.addExact(nanos, holdNanos.getAsLong());
        return new BusyTime(busy / NANOS, 0, OptionalLong.of(busy));
    }

    /**
     * Tells whether a full pool runs in waves.
     *
     * @return true if the time varies by less than a tenth
     */
    public boolean isNearlyConstant() {
        return variation < NEARLY_CONSTANT;
    }
}
