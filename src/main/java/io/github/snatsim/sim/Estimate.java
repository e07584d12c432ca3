package io.github.snatsim.sim;

import com.google.common.collect.ImmutableList;

/**
 * A mean over independent replications with its 95 % confidence interval by Student's t. Events within one run cluster, so
 * only whole runs count as observations. Immutable; threads may share it.
 *
 * @param mean the mean
 * @param low the lower end of the interval; negative infinity for one run
 * @param high the upper end of the interval; infinity for one run
 * @param n how many runs
 */
public record Estimate(double mean, double low, double high, int n) {
    /** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom. */
    private static final double[] QUANTILES = {
        12.706204736, 4.302652730, 3.182446305, 2.776445105, 2.570581836, 2.446911851, 2.364624252, 2.306004135,
        2.262157163, 2.228138852, 2.200985160, 2.178812830, 2.160368656, 2.144786688, 2.131449546, 2.119905299,
        2.109815578, 2.100922040, 2.093024054, 2.085963447, 2.079613845, 2.073873068, 2.068657610, 2.063898562,
        2.059538553, 2.055529439, 2.051830516, 2.048407142, 2.045229642, 2.042272456
    };

    /** The same for the normal distribution. */
    private static final double NORMAL_QUANTILE = 1.959963985;

    /**
     * Estimates from one number for each run.
     *
     * @param values one for each run, at least one
     * @return the estimate
     * @throws IllegalArgumentException if there is none
     */
    public static Estimate of(ImmutableList<Double> values) {
        int n = values.size();
        if (n == 0) {
            throw new IllegalArgumentException("an estimate needs at least one run");
        }
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
        if (n == 1) {
            return new Estimate(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double half = quantile(n - 1) * StrictMath.sqrt(squares / (n - 1) / n);
        return new Estimate(mean, mean - half, mean + half, n);
    }

    /** Beyond the table by the first terms of the Cornish-Fisher expansion, within 1e-6 there. */
    static double quantile(int degrees) {
        if (degrees <= QUANTILES.length) {
            return QUANTILES[degrees - 1];
        }
        double z = NORMAL_QUANTILE;
        double z3 = z * z * z;
        double z5 = z3 * z * z;
        double z7 = z5 * z * z;
        double z9 = z7 * z * z;
        double squared = (double) degrees * degrees;
        return z
                + (z3 + z) / (4.0 * degrees)
                + (5 * z5 + 16 * z3 + 3 * z) / (96 * squared)
                + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * squared * degrees)
                + (79 * z9 + 776 * z7 + 1_482 * z5 - 1_920 * z3 - 945 * z) / (92_160 * squared * squared);
    }
}
