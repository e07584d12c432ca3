package io.github.snatsim.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A part or a multiple of what clients ask for: rates exactly; what is counted, such as the requests of a burst or the workers
 * of a loop, rounded up, so that no fewer are asked for (D).
 *
 * @param numerator how many times, at least 1
 * @param denominator of how many parts, at least 1
 */
record LoadScale(long numerator, long denominator) {
    /** 10^18 is the largest power of ten in a long. */
    private static final int DIGITS_MAX = 18;

    /** All but a share of it, exactly as a decimal. */
    static LoadScale allBut(double share) {
        BigDecimal exact = BigDecimal.ONE.subtract(BigDecimal.valueOf(share));
        if (exact.scale() > DIGITS_MAX) {
            throw new IllegalArgumentException(
                    "a share of " + BigDecimal.valueOf(share).toPlainString() + " is too fine: expected at most "
                            + DIGITS_MAX + " digits behind the point");
        }
        return new LoadScale(
                exact.unscaledValue().longValueExact(),
                BigInteger.TEN.pow(exact.scale()).longValueExact());
    }

    Client withRequestsMax(Client client) {
        OptionalLong requestsMax = client.timing().requestsMax();
        Client.Timing timing = new Client.Timing(
                client.timing().start(),
                client.timing().stop(),
                requestsMax.isPresent() ? OptionalLong.of(up(requestsMax.getAsLong())) : requestsMax,
                client.timing().timeout(),
                client.timing().refusalNotice(),
                client.timing().synRetransmissions());
        return client.withTiming(timing);
    }

    Arrivals of(Arrivals arrivals) {
        if (arrivals instanceof Arrivals.Even even) {
            return new Arrivals.Even(even.rate().times(numerator, denominator));
        } else if (arrivals instanceof Arrivals.Poisson poisson) {
            return new Arrivals.Poisson(poisson.rate().times(numerator, denominator));
        } else if (arrivals instanceof Arrivals.Bursts bursts) {
            return new Arrivals.Bursts(upToInt(bursts.size()), bursts.every());
        } else if (arrivals instanceof Arrivals.Daily daily) {
            return new Arrivals.Daily(daily.hourly().stream()
                    .map(hour -> hour.map(rate -> rate.times(numerator, denominator)))
                    .collect(toImmutableList()));
        } else if (arrivals instanceof Arrivals.Recorded recorded) {
            return recorded(recorded);
        }
        Arrivals.ClosedLoop loop = (Arrivals.ClosedLoop) arrivals;
        return new Arrivals.ClosedLoop(upToInt(loop.workers()), loop.think());
    }

    /** Of each time as many as are due by then: spread evenly, and one at the first time. */
    private Arrivals recorded(Arrivals.Recorded recorded) {
        ImmutableList.Builder<Duration> times = ImmutableList.builder();
        long made = 0;
        for (int i = 0; i < recorded.times().size(); i++) {
            for (long due = up(i + 1); made < due; made++) {
                times.add(recorded.times().get(i));
            }
        }
        return new Arrivals.Recorded(times.build());
    }

    private int upToInt(int count) {
        return (int) up(count, Integer.MAX_VALUE);
    }

    /** Whether nothing that the clients of a scenario ask for has to be rounded up. */
    boolean isExact(Scenario scenario) {
        return scenario.workload().clients().stream().allMatch(client -> {
            long counted = client.arrivals() instanceof Arrivals.Bursts bursts
                    ? bursts.size()
                    : client.arrivals() instanceof Arrivals.ClosedLoop loop ? loop.workers() : denominator;
            return isWhole(counted) && isWhole(client.timing().requestsMax().orElse(denominator));
        });
    }

    private boolean isWhole(long count) {
        return BigInteger.valueOf(count)
                        .multiply(BigInteger.valueOf(numerator))
                        .mod(BigInteger.valueOf(denominator))
                        .signum()
                == 0;
    }

    private long up(long count) {
        return up(count, Long.MAX_VALUE);
    }

    private long up(long count, long max) {
        BigInteger[] parts = BigInteger.valueOf(count)
                .multiply(BigInteger.valueOf(numerator))
                .divideAndRemainder(BigInteger.valueOf(denominator));
        BigInteger scaled = parts[0].add(BigInteger.valueOf(parts[1].signum()));
        if (scaled.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new IllegalArgumentException(scaled + " requests or workers: expected at most " + max);
        }
        return scaled.longValueExact();
    }
}
