package io.github.snatsim.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
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
    /** All but a share of it, exactly as a decimal. */
    static LoadScale allBut(double share) {
        BigDecimal exact = BigDecimal.ONE.subtract(BigDecimal.valueOf(share));
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
            return new Arrivals.Bursts(Math.toIntExact(up(bursts.size())), bursts.every());
        } else if (arrivals instanceof Arrivals.Daily daily) {
            return new Arrivals.Daily(daily.hourly().stream()
                    .map(hour -> hour.map(rate -> rate.times(numerator, denominator)))
                    .collect(toImmutableList()));
        } else if (arrivals instanceof Arrivals.Recorded recorded) {
            return recorded(recorded);
        }
        Arrivals.ClosedLoop loop = (Arrivals.ClosedLoop) arrivals;
        return new Arrivals.ClosedLoop(Math.toIntExact(up(loop.workers())), loop.think());
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

    private long up(long count) {
        BigInteger[] parts = BigInteger.valueOf(count)
                .multiply(BigInteger.valueOf(numerator))
                .divideAndRemainder(BigInteger.valueOf(denominator));
        return parts[0].longValueExact() + parts[1].signum();
    }
}
