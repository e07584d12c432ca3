package io.github.snatsim.workload;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long something takes (rule C3). Draws use strict arithmetic, so that a seed gives the same numbers on every JDK; a
 * draw is at most 100 years. Immutable; threads may share it.
 */
public sealed interface Distribution {
    /** The longest draw, 100 years in nanoseconds; Pareto tails would leave the range of a {@code long}. */
    double LONGEST_NANOS = 100 * 365.25 * 86_400e9;

    /**
     * Draws a duration.
     *
     * @param random what to draw from
     * @return nanoseconds, not negative
     */
    long nextNanos(RandomGenerator random);

    /**
     * Returns the mean.
     *
     * @return nanoseconds; infinite for a Pareto shape up to 1
     */
    double meanNanos();

    /**
     * Returns a distribution whose draws are a part or a multiple of this one's.
     *
     * @param factor how long they are of what they were, above 0
     * @return the distribution; what must be above zero stays at least 1 ns
     */
    default Distribution scaledBy(double factor) {
        if (this instanceof Exponential exponential) {
            return new Exponential(scaled(exponential.mean(), factor));
        } else if (this instanceof LogNormal normal) {
            return new LogNormal(scaled(normal.median(), factor), normal.sigma());
        } else if (this instanceof Pareto pareto) {
            return new Pareto(scaled(pareto.min(), factor), pareto.shape());
        } else if (this instanceof Empirical empirical) {
            return new Empirical(empirical.values().stream()
                    .map(value -> scaled(value, factor))
                    .collect(ImmutableList.toImmutableList()));
        }
        return new Fixed(scaled(((Fixed) this).value(), factor));
    }

    private static Duration scaled(Duration value, double factor) {
        long nanos = StrictMath.round(value.toNanos() * factor);
        return Duration.ofNanos(value.isZero() ? 0 : Math.max(1, nanos));
    }

    /**
     * Always the same.
     *
     * @param value the duration, not negative
     */
    record Fixed(Duration value) implements Distribution {
        /**
         * Checks the value.
         *
         * @param value the duration, not negative
         * @throws IllegalArgumentException if it is negative
         */
        public Fixed {
            Checks.notNegative("a duration", value);
        }

        @Override
        public long nextNanos(RandomGenerator random) {
            return value.toNanos();
        }

        @Override
        public double meanNanos() {
            return value.toNanos();
        }
    }

    /**
     * Exponential: memoryless.
     *
     * @param mean the mean, above zero
     */
    record Exponential(Duration mean) implements Distribution {
        /**
         * Checks the mean.
         *
         * @param mean the mean, above zero
         * @throws IllegalArgumentException if it is not above zero
         */
        public Exponential {
            Checks.aboveZero("the mean", mean);
        }

        @Override
        public long nextNanos(RandomGenerator random) {
            return bounded(-StrictMath.log(openUnit(random)) * mean.toNanos());
        }

        @Override
        public double meanNanos() {
            return mean.toNanos();
        }
    }

    /**
     * Log-normal: its logarithm is normal.
     *
     * @param median the median, above zero
     * @param sigma the standard deviation of the natural logarithm, 0 to 10
     */
    record LogNormal(Duration median, double sigma) implements Distribution {
        /**
         * Checks the parameters.
         *
         * @param median the median, above zero
         * @param sigma the standard deviation of the natural logarithm, 0 to 10
         * @throws IllegalArgumentException if one is out of range
         */
        public LogNormal {
            Checks.aboveZero("the median", median);
            Checks.range("sigma", sigma, 0, 10);
        }

        @Override
        public long nextNanos(RandomGenerator random) {
            // Box-Muller: two uniforms make one normal; the other is not kept, so that draws stay independent.
            double normal = StrictMath.sqrt(-2 * StrictMath.log(openUnit(random)))
                    * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
            return bounded(median.toNanos() * StrictMath.exp(sigma * normal));
        }

        @Override
        public double meanNanos() {
            return median.toNanos() * StrictMath.exp(sigma * sigma / 2);
        }
    }

    /**
     * Pareto: a heavy tail.
     *
     * @param min the shortest duration, above zero
     * @param shape the tail's exponent, 0.1 to 100; the mean is infinite up to 1
     */
    record Pareto(Duration min, double shape) implements Distribution {
        /**
         * Checks the parameters.
         *
         * @param min the shortest duration, above zero
         * @param shape the tail's exponent, 0.1 to 100
         * @throws IllegalArgumentException if one is out of range
         */
        public Pareto {
            Checks.aboveZero("the minimum", min);
            Checks.range("shape", shape, 0.1, 100);
        }

        @Override
        public long nextNanos(RandomGenerator random) {
            return bounded(min.toNanos() * StrictMath.pow(openUnit(random), -1 / shape));
        }

        @Override
        public double meanNanos() {
            return shape <= 1 ? Double.POSITIVE_INFINITY : min.toNanos() * shape / (shape - 1);
        }
    }

    /**
     * Drawn with equal chance from measured values.
     *
     * @param values at least one, none negative
     */
    record Empirical(ImmutableList<Duration> values) implements Distribution {
        /**
         * Checks the values.
         *
         * @param values at least one, none negative
         * @throws IllegalArgumentException if there is none, or one is negative
         */
        public Empirical {
            if (values.isEmpty()) {
                throw new IllegalArgumentException("an empirical distribution needs at least one value");
            }
            values.forEach(value -> Checks.notNegative("a duration", value));
        }

        @Override
        public long nextNanos(RandomGenerator random) {
            return values.get(random.nextInt(values.size())).toNanos();
        }

        @Override
        public double meanNanos() {
            return values.stream().mapToDouble(Duration::toNanos).average().orElse(0);
        }
    }

    /**
     * Returns the distribution that is always one duration.
     *
     * @param value the duration
     * @return the distribution
     */
    static Distribution fixed(Duration value) {
        return new Fixed(value);
    }

    /** A uniform draw from (0, 1]: its logarithm exists. */
    private static double openUnit(RandomGenerator random) {
        return 1 - random.nextDouble();
    }

    private static long bounded(double nanos) {
        return (long) Math.min(nanos, LONGEST_NANOS);
    }
}
