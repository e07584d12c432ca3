package io.github.snatsim.plan;

import io.github.snatsim.workload.Rate;

/** How one instance's requests for a destination arrive. Immutable; threads may share it. */
public sealed interface Arriving {
    /**
     * Returns the mean rate.
     *
     * @return requests per second, above 0
     */
    double perSecond();

    /**
     * Returns the same kind of arrivals at a multiple of the rate.
     *
     * @param multiple at least 1
     * @return the new arrivals
     * @throws IllegalArgumentException if it is below 1, or the rate becomes too large for a fraction of longs
     */
    Arriving times(long multiple);

    /**
     * Returns what one of several instances gets of these arrivals: even ones go round in turn and stay even, others are dealt
     * out at random.
     *
     * @param instances how many share them, at least 1
     * @return the arrivals of one
     * @throws IllegalArgumentException if it is below 1, or the rate becomes too fine for a fraction of longs
     */
    Arriving sharedBy(int instances);

    /**
     * Equally far apart.
     *
     * @param rate how often, exactly
     */
    record Even(Rate rate) implements Arriving {
        @Override
        public double perSecond() {
            return rate.perSecond();
        }

        @Override
        public Even times(long multiple) {
            try {
                return new Even(new Rate(Math.multiplyExact(rate.count(), checked(multiple)), rate.perNanos()));
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(multiple + " times " + rate + " is too large a rate", e);
            }
        }

        @Override
        public Even sharedBy(int instances) {
            try {
                return new Even(new Rate(rate.count(), Math.multiplyExact(rate.perNanos(), checked(instances))));
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(rate + " by " + instances + " is too fine a rate", e);
            }
        }
    }

    /**
     * A Poisson process: what many independent callers make together.
     *
     * @param perSecond the mean rate, above 0
     */
    record Poisson(double perSecond) implements Arriving {
        /**
         * Checks the rate.
         *
         * @param perSecond the mean rate, above 0
         * @throws IllegalArgumentException if it is not above 0, or not finite
         */
        public Poisson {
            check(perSecond);
        }

        @Override
        public Poisson times(long multiple) {
            return new Poisson(perSecond * checked(multiple));
        }

        @Override
        public Poisson sharedBy(int instances) {
            return new Poisson(perSecond / checked(instances));
        }
    }

    /**
     * Anything else, reckoned with as if it were a Poisson process; a caveat says why.
     *
     * @param perSecond the mean rate, above 0
     */
    record Other(double perSecond) implements Arriving {
        /**
         * Checks the rate.
         *
         * @param perSecond the mean rate, above 0
         * @throws IllegalArgumentException if it is not above 0, or not finite
         */
        public Other {
            check(perSecond);
        }

        @Override
        public Other times(long multiple) {
            return new Other(perSecond * checked(multiple));
        }

        @Override
        public Other sharedBy(int instances) {
            return new Other(perSecond / checked(instances));
        }
    }

    private static void check(double perSecond) {
        if (!(perSecond > 0 && perSecond < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(perSecond + " requests per second: expected above 0");
        }
    }

    private static long checked(long number) {
        if (number < 1) {
            throw new IllegalArgumentException("a rate times or shared by " + number + ": expected at least 1");
        }
        return number;
    }
}
