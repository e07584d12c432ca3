package io.github.snatsim.plan;

import io.github.snatsim.workload.Distribution;
import java.time.Duration;

/** Moments of lifetimes, whole and cut, in nanoseconds. The cap of draws at 100 years is not in them. */
final class Lifetimes {
    private static final int STEPS = 256;

    /** The normal density beyond this many standard deviations does not count. */
    private static final double TAIL = 9;

    private Lifetimes() {}

    /** The share of lifetimes below a time. */
    static double shareBelow(Distribution lifetime, double nanos) {
        if (lifetime instanceof Distribution.Exponential exponential) {
            return -StrictMath.expm1(-nanos / exponential.mean().toNanos());
        } else if (lifetime instanceof Distribution.LogNormal normal) {
            return normalBelow(deviations(normal, nanos));
        } else if (lifetime instanceof Distribution.Pareto pareto) {
            double min = pareto.min().toNanos();
            return nanos <= min ? 0 : 1 - StrictMath.pow(min / nanos, pareto.shape());
        } else if (lifetime instanceof Distribution.Empirical empirical) {
            return empirical.values().stream()
                            .filter(value -> value.toNanos() < nanos)
                            .count()
                    / (double) empirical.values().size();
        }
        return ((Distribution.Fixed) lifetime).value().toNanos() < nanos ? 1 : 0;
    }

    /** The mean of lifetimes, each counted up to a time at most. */
    static double meanUpTo(Distribution lifetime, double nanos) {
        if (nanos == Double.POSITIVE_INFINITY) {
            return lifetime.meanNanos();
        } else if (lifetime instanceof Distribution.Exponential exponential) {
            return exponential.mean().toNanos() * shareBelow(lifetime, nanos);
        } else if (lifetime instanceof Distribution.LogNormal normal) {
            double below = lifetime.meanNanos() * normalBelow(deviations(normal, nanos) - normal.sigma());
            return below + nanos * (1 - shareBelow(lifetime, nanos));
        } else if (lifetime instanceof Distribution.Pareto pareto) {
            return meanUpTo(pareto, nanos);
        } else if (lifetime instanceof Distribution.Empirical empirical) {
            return empirical.values().stream()
                            .mapToDouble(value -> Math.min((double) value.toNanos(), nanos))
                            .reduce(0, Double::sum)
                    / empirical.values().size();
        }
        return Math.min(lifetime.meanNanos(), nanos);
    }

    private static double meanUpTo(Distribution.Pareto pareto, double nanos) {
        double min = pareto.min().toNanos();
        double shape = pareto.shape();
        if (nanos <= min) {
            return nanos;
        } else if (shape == 1) {
            return min * (1 + StrictMath.log(nanos / min));
        }
        return (min * shape - nanos * StrictMath.pow(min / nanos, shape)) / (shape - 1);
    }

    /** The standard deviation. */
    static double deviation(Distribution lifetime) {
        double mean = lifetime.meanNanos();
        if (lifetime instanceof Distribution.Exponential) {
            return mean;
        } else if (lifetime instanceof Distribution.LogNormal normal) {
            return mean * StrictMath.sqrt(StrictMath.expm1(normal.sigma() * normal.sigma()));
        } else if (lifetime instanceof Distribution.Pareto pareto) {
            double shape = pareto.shape();
            return shape <= 2
                    ? Double.POSITIVE_INFINITY
                    : pareto.min().toNanos() / (shape - 1) * StrictMath.sqrt(shape / (shape - 2));
        } else if (lifetime instanceof Distribution.Empirical empirical) {
            return StrictMath.sqrt(empirical.values().stream()
                            .mapToDouble(Duration::toNanos)
                            .map(value -> (value - mean) * (value - mean))
                            .reduce(0, Double::sum)
                    / empirical.values().size());
        }
        return 0;
    }

    /** How many standard deviations of the logarithm a time lies above the median. */
    private static double deviations(Distribution.LogNormal normal, double nanos) {
        double log = StrictMath.log(nanos / normal.median().toNanos());
        return normal.sigma() == 0 ? log < 0 ? -TAIL : log > 0 ? TAIL : 0 : log / normal.sigma();
    }

    /** The standard normal distribution, by Simpson's rule from 0 on: within 1e-10. */
    static double normalBelow(double x) {
        double end = Math.max(-TAIL, Math.min(TAIL, x));
        double width = end / STEPS;
        double sum = density(0) + density(end);
        for (int i = 1; i < STEPS; i++) {
            sum += density(i * width) * (i % 2 == 0 ? 2 : 4);
        }
        return 0.5 + sum * width / 3;
    }

    private static double density(double x) {
        return StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI);
    }
}
