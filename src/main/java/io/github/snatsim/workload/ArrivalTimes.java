package io.github.snatsim.workload;

import io.github.snatsim.time.Nanos;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The times of an open loop's requests, one after the other. */
abstract sealed class ArrivalTimes {
    /** There are no more. */
    static final long NONE = Long.MAX_VALUE;

    private static final long HOUR_NANOS = Nanos.ofSeconds(3_600);

    /** Returns the next time, in nanoseconds after the arrivals' start, or {@link #NONE}. */
    abstract long next();

    /** Makes the times of open-loop arrivals; a closed loop has none of its own. */
    static ArrivalTimes of(Arrivals arrivals, long startNanos, RandomGenerator random) {
        if (arrivals instanceof Arrivals.Even even) {
            return new Even(even.rate());
        } else if (arrivals instanceof Arrivals.Poisson poisson) {
            return new Poisson(poisson.rate(), random);
        } else if (arrivals instanceof Arrivals.Bursts bursts) {
            return new Bursts(bursts);
        } else if (arrivals instanceof Arrivals.Daily daily) {
            return new Daily(daily, startNanos, random);
        } else if (arrivals instanceof Arrivals.Recorded recorded) {
            return new Recorded(recorded);
        }
        throw new IllegalArgumentException(arrivals + " has no times of its own");
    }

    /** C5: computed, never accumulated. */
    private static final class Even extends ArrivalTimes {
        private final Rate rate;
        private long k;

        Even(Rate rate) {
            this.rate = rate;
        }

        @Override
        long next() {
            return rate.timeNanos(k++);
        }
    }

    private static final class Poisson extends ArrivalTimes {
        private final Rate rate;
        private final RandomGenerator random;
        private long timeNanos;

        Poisson(Rate rate, RandomGenerator random) {
            this.rate = rate;
            this.random = random;
        }

        @Override
        long next() {
            double gap = -StrictMath.log(1 - random.nextDouble()) * rate.meanGapNanos();
            timeNanos = Nanos.later(timeNanos, StrictMath.round(gap));
            return timeNanos;
        }
    }

    private static final class Bursts extends ArrivalTimes {
        private final Arrivals.Bursts bursts;
        private long k;

        Bursts(Arrivals.Bursts bursts) {
            this.bursts = bursts;
        }

        @Override
        long next() {
            return Math.multiplyExact(k++ / bursts.size(), bursts.every().toNanos());
        }
    }

    /** Thinning: candidates at the highest rate, each kept with the share that its hour has of it. */
    private static final class Daily extends ArrivalTimes {
        private final Arrivals.Daily daily;
        private final RandomGenerator random;
        private final Poisson candidates;
        private final double rateMax;
        private final long startNanos;

        Daily(Arrivals.Daily daily, long startNanos, RandomGenerator random) {
            this.daily = daily;
            this.random = random;
            this.startNanos = startNanos;
            Rate highest = daily.hourly().stream()
                    .flatMap(Optional::stream)
                    .max((one, other) -> Double.compare(one.perSecond(), other.perSecond()))
                    .orElseThrow();
            this.candidates = new Poisson(highest, random);
            this.rateMax = highest.perSecond();
        }

        @Override
        long next() {
            while (true) {
                long time = candidates.next();
                int hour = (int) (Nanos.later(startNanos, time) / HOUR_NANOS % 24);
                double rate = daily.hourly().get(hour).map(Rate::perSecond).orElse(0.0);
                if (time == NONE || random.nextDouble() * rateMax < rate) {
                    return time;
                }
            }
        }
    }

    private static final class Recorded extends ArrivalTimes {
        private final Arrivals.Recorded recorded;
        private int k;

        Recorded(Arrivals.Recorded recorded) {
            this.recorded = recorded;
        }

        @Override
        long next() {
            return k < recorded.times().size() ? recorded.times().get(k++).toNanos() : NONE;
        }
    }
}
