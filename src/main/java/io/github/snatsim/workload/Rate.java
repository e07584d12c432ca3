package io.github.snatsim.workload;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * How often something happens, as an exact fraction (rule C5), so that times are computed and never accumulated.
 * Immutable; threads may share it.
 *
 * @param count how many times, above zero
 * @param perNanos in how many nanoseconds, above zero
 */
public record Rate(long count, long perNanos) {
    /**
     * Checks the fraction and reduces it.
     *
     * @param count how many times, above zero
     * @param perNanos in how many nanoseconds, above zero
     * @throws IllegalArgumentException if a number is not above zero
     */
    public Rate {
        if (count < 1 || perNanos < 1) {
            throw new IllegalArgumentException("a rate of " + count + " in " + perNanos + " ns: expected above zero");
        }
        long divisor =
                BigInteger.valueOf(count).gcd(BigInteger.valueOf(perNanos)).longValueExact();
        count /= divisor;
        perNanos /= divisor;
    }

    /**
     * Returns a rate per second.
     *
     * @param times how often a second; decimals are exact
     * @return the rate
     * @throws IllegalArgumentException if the number is not above zero, or too large or too fine for a fraction of longs
     */
    public static Rate perSecond(BigDecimal times) {
        return of(times, 1_000_000_000L);
    }

    /**
     * Returns a rate per second.
     *
     * @param times how often a second
     * @return the rate
     * @throws IllegalArgumentException if the number is not above zero
     */
    public static Rate perSecond(long times) {
        return new Rate(times, 1_000_000_000L);
    }

    /**
     * Returns a rate over any unit of time.
     *
     * @param times how often in a unit; decimals are exact
     * @param unitNanos how long the unit is, in nanoseconds
     * @return the rate
     * @throws IllegalArgumentException if the number is not above zero, or too large or too fine for a fraction of longs
     */
    public static Rate of(BigDecimal times, long unitNanos) {
        if (times.signum() <= 0) {
            throw new IllegalArgumentException("a rate of " + times.toPlainString() + ": expected above zero");
        }
        BigDecimal plain = times.stripTrailingZeros();
        int scale = Math.max(0, plain.scale());
        BigInteger count = plain.movePointRight(scale).toBigIntegerExact();
        BigInteger per = BigInteger.valueOf(unitNanos).multiply(BigInteger.TEN.pow(Math.min(scale, 40)));
        BigInteger divisor = count.gcd(per);
        try {
            return new Rate(
                    count.divide(divisor).longValueExact(), per.divide(divisor).longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "a rate of " + times.toPlainString()
                            + " is too large or too fine: expected a fraction of 64-bit numbers",
                    e);
        }
    }

    /**
     * Returns a part or a multiple of this rate, exactly.
     *
     * @param numerator how many times, at least 1
     * @param denominator of how many parts, at least 1
     * @return this rate x numerator / denominator
     * @throws IllegalArgumentException if a number is below 1, or the rate becomes too large or too fine for a fraction of longs
     */
    public Rate times(long numerator, long denominator) {
        if (numerator < 1 || denominator < 1) {
            throw new IllegalArgumentException(
                    this + " times " + numerator + "/" + denominator + ": expected numbers of at least 1");
        }
        Rate factor = new Rate(numerator, denominator);
        Rate crossed = new Rate(count, factor.perNanos()); // what can be cancelled is, before anything overflows
        Rate rest = new Rate(factor.count(), perNanos);
        try {
            return new Rate(
                    Math.multiplyExact(crossed.count(), rest.count()),
                    Math.multiplyExact(crossed.perNanos(), rest.perNanos()));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    this + " times " + numerator + "/" + denominator
                            + " is too large or too fine a rate: expected a fraction of 64-bit numbers",
                    e);
        }
    }

    /**
     * Returns the time of an event when all are equally far apart: floor(k x per / count).
     *
     * @param k the event's number, from 0 on
     * @return nanoseconds after the first event
     * @throws ArithmeticException if it is more than 292 years
     */
    public long timeNanos(long k) {
        long high = Math.multiplyHigh(k, perNanos);
        if (high == 0 && k * perNanos >= 0) {
            return k * perNanos / count;
        }
        return BigInteger.valueOf(k)
                .multiply(BigInteger.valueOf(perNanos))
                .divide(BigInteger.valueOf(count))
                .longValueExact();
    }

    /**
     * Returns the mean distance of two events.
     *
     * @return nanoseconds, rounded
     */
    public double meanGapNanos() {
        return (double) perNanos / count;
    }

    /**
     * Returns the rate as a number.
     *
     * @return events per second
     */
    public double perSecond() {
        return count * 1e9 / perNanos;
    }

    /** Returns the rate per second as a decimal, for people. */
    @Override
    public String toString() {
        return new BigDecimal(BigInteger.valueOf(count).multiply(BigInteger.valueOf(1_000_000_000L)))
                        .divide(BigDecimal.valueOf(perNanos), MathContext.DECIMAL64)
                        .stripTrailingZeros()
                        .toPlainString()
                + "/s";
    }
}
