package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.MathContext;

/** Round numbers along an axis: 1, 2 or 5 times a power of ten. Stateless. */
final class Ticks {
    private static final ImmutableList<BigDecimal> STEPS =
            ImmutableList.of(BigDecimal.ONE, BigDecimal.valueOf(2), BigDecimal.valueOf(5), BigDecimal.TEN);

    private Ticks() {}

    /**
     * From 0 on to at most a number.
     *
     * @param max where the axis ends; without a positive one there is only 0
     * @param most how many steps there may be
     * @param whole whether only whole numbers will do
     */
    static ImmutableList<BigDecimal> upTo(double max, int most, boolean whole) {
        ImmutableList.Builder<BigDecimal> ticks = ImmutableList.builder();
        ticks.add(BigDecimal.ZERO);
        if (max > 0 && Double.isFinite(max)) {
            BigDecimal end = new BigDecimal(max);
            BigDecimal step = step(end.divide(BigDecimal.valueOf(most), MathContext.DECIMAL64));
            if (whole) {
                step = step.max(BigDecimal.ONE);
            }
            for (BigDecimal tick = step; tick.compareTo(end) <= 0; tick = tick.add(step)) {
                ticks.add(tick);
            }
        }
        return ticks.build();
    }

    /** The least round number that is not below another. */
    static BigDecimal step(BigDecimal least) {
        int exponent = least.precision() - least.scale() - 1;
        for (BigDecimal step : STEPS) {
            if (step.scaleByPowerOfTen(exponent).compareTo(least) >= 0) {
                return step.scaleByPowerOfTen(exponent);
            }
        }
        throw new IllegalArgumentException(least + " has no exponent");
    }
}
