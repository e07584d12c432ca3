package io.github.snatsim.workload;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;

/** When a client's requests begin (rules C2, C5). Immutable; threads may share it. */
public sealed interface Arrivals {
    /**
     * Open loop, equally far apart: the k-th at floor(k x 10^9 / rate) ns, from k = 0 on.
     *
     * @param rate how often
     */
    record Even(Rate rate) implements Arrivals {}

    /**
     * Open loop, a Poisson process: independent exponential gaps, the first before the first request.
     *
     * @param rate the mean
     */
    record Poisson(Rate rate) implements Arrivals {}

    /**
     * Open loop, many at once and then again.
     *
     * @param size requests of a burst, all at one instant, at least 1
     * @param every from one burst to the next, above zero; the first comes at once
     */
    record Bursts(int size, Duration every) implements Arrivals {
        /**
         * Checks the numbers.
         *
         * @param size requests of a burst, at least 1
         * @param every from one burst to the next, above zero
         * @throws IllegalArgumentException if one is out of range
         */
        public Bursts {
            Checks.atLeastOne("a burst of", size);
            Checks.aboveZero("the time between bursts", every);
        }
    }

    /**
     * Open loop, a Poisson process whose rate follows the hour of the day and repeats after 24 of them; virtual time 0 is
     * midnight.
     *
     * @param hourly 24 rates, one for each hour; an empty place is an hour without requests
     */
    record Daily(ImmutableList<Optional<Rate>> hourly) implements Arrivals {
        /**
         * Checks the number of rates.
         *
         * @param hourly 24 rates, at least one of them present
         * @throws IllegalArgumentException if there are not 24, or none is present
         */
        public Daily {
            if (hourly.size() != 24 || hourly.stream().allMatch(Optional::isEmpty)) {
                throw new IllegalArgumentException(
                        "a daily curve of " + hourly.size() + " rates: expected 24, at least one above zero");
            }
        }
    }

    /**
     * Open loop, at recorded times.
     *
     * @param times after the client's start, none negative, in order
     */
    record Recorded(ImmutableList<Duration> times) implements Arrivals {
        /**
         * Checks the order.
         *
         * @param times after the client's start, none negative, in order
         * @throws IllegalArgumentException if a time is negative or before its predecessor
         */
        public Recorded {
            Duration last = Duration.ZERO;
            for (Duration time : times) {
                if (time.compareTo(last) < 0) {
                    throw new IllegalArgumentException("a recorded arrival at " + time + " after one at " + last);
                }
                last = time;
            }
        }
    }

    /**
     * Closed loop: each worker makes a request, waits for its end, thinks, and makes the next. All begin at once.
     *
     * @param workers how many, at least 1
     * @param think how long a worker waits between requests
     */
    record ClosedLoop(int workers, Distribution think) implements Arrivals {
        /**
         * Checks the number.
         *
         * @param workers how many, at least 1
         * @param think how long a worker waits between requests
         * @throws IllegalArgumentException if there is no worker
         */
        public ClosedLoop {
            Checks.atLeastOne("workers", workers);
        }
    }
}
