package io.github.snatsim.workload;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What a client does after a refusal or an application failure (rules C1, C6, C7): the n-th retry comes
 * {@code min(cap, delay x factor^(n-1))} later, less a random part of that up to {@code jitter}. Immutable; threads may
 * share it.
 *
 * @param retriesMax how often a request is tried again, not negative
 * @param delay before the first retry, not negative
 * @param factor how the delay grows from retry to retry, 1 to 100
 * @param cap the longest delay, not below {@code delay}
 * @param jitter the share of a delay that is random, 0 to 1
 */
public record Retry(int retriesMax, Duration delay, double factor, Duration cap, double jitter) {
    /** What "immediately" means (rule C7): the time a program needs to notice and to call again. */
    public static final Duration IMMEDIATE_DELAY = Duration.ofMillis(1);

    private static final Retry NONE = new Retry(0, Duration.ZERO, 1, Duration.ZERO, 0);

    /**
     * Checks the numbers.
     *
     * @param retriesMax how often a request is tried again, not negative
     * @param delay before the first retry, not negative
     * @param factor how the delay grows from retry to retry, 1 to 100
     * @param cap the longest delay, not below {@code delay}
     * @param jitter the share of a delay that is random, 0 to 1
     * @throws IllegalArgumentException if one is out of range
     */
    public Retry {
        if (retriesMax < 0) {
            throw new IllegalArgumentException(retriesMax + " retries: expected at least 0");
        }
        Checks.notNegative("the retry delay", delay);
        Checks.notNegative("the longest retry delay", cap);
        if (cap.compareTo(delay) < 0) {
            throw new IllegalArgumentException("the longest retry delay " + cap + " is below the first, " + delay);
        }
        Checks.range("the backoff factor", factor, 1, 100);
        Checks.range("the jitter", jitter, 0, 1);
    }

    /**
     * Returns no retries.
     *
     * @return the policy
     */
    public static Retry none() {
        return NONE;
    }

    /**
     * Returns retries at once, that is after {@link #IMMEDIATE_DELAY}.
     *
     * @param retriesMax how often
     * @return the policy
     */
    public static Retry immediate(int retriesMax) {
        return fixed(retriesMax, IMMEDIATE_DELAY);
    }

    /**
     * Returns retries with one delay.
     *
     * @param retriesMax how often
     * @param delay before each
     * @return the policy
     */
    public static Retry fixed(int retriesMax, Duration delay) {
        return new Retry(retriesMax, delay, 1, delay, 0);
    }

    /**
     * Returns retries with a delay that doubles.
     *
     * @param retriesMax how often
     * @param delay before the first
     * @param cap the longest delay
     * @param jitter the share of a delay that is random
     * @return the policy
     */
    public static Retry exponential(int retriesMax, Duration delay, Duration cap, double jitter) {
        return new Retry(retriesMax, delay, 2, cap, jitter);
    }

    /** Draws the delay before the n-th retry, n from 1 on; draws nothing without jitter. */
    long delayNanos(int n, RandomGenerator random) {
        double full = Math.min((double) cap.toNanos(), delay.toNanos() * StrictMath.pow(factor, n - 1));
        return (long) (jitter == 0 ? full : full * (1 - jitter * random.nextDouble()));
    }
}
