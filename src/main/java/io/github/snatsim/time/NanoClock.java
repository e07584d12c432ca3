package io.github.snatsim.time;

import com.google.common.base.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells the time in nanoseconds. What zero means is the clock's own affair: the epoch for {@link #of(InstantSource)},
 * the start of a simulation for {@link VirtualClock}. Implementations say whether threads may share them; those made
 * here are as safe as what they wrap.
 */
@FunctionalInterface
public interface NanoClock {
    /**
     * Returns the present time.
     *
     * @return nanoseconds since this clock's zero; never less than before on a clock fit for a gateway
     */
    long nanos();

    /**
     * Returns a clock over an instant source, in nanoseconds since the epoch.
     *
     * @param source for example {@link InstantSource#system()}
     * @return the clock; it throws {@link ArithmeticException} before 1677 and after 2262
     */
    static NanoClock of(InstantSource source) {
        return () -> Nanos.sinceEpoch(source.instant());
    }

    /**
     * Returns a clock over a Guava ticker, in the ticker's own nanoseconds.
     *
     * @param ticker for example {@link Ticker#systemTicker()} or a fake one
     * @return the clock
     */
    static NanoClock of(Ticker ticker) {
        return ticker::read;
    }

    /**
     * Returns this clock as a Guava ticker.
     *
     * @return a view; it reads this clock
     */
    default Ticker asTicker() {
        NanoClock clock = this;
        return new Ticker() {
            @Override
            public long read() {
                return clock.nanos();
            }
        };
    }

    /**
     * Returns this clock as an instant source whose epoch is the clock's zero.
     *
     * @return a view; it reads this clock
     */
    default InstantSource asInstantSource() {
        return () -> Nanos.instant(nanos());
    }

    /**
     * Returns the present time as an instant, the clock's zero taken as the epoch.
     *
     * @return the instant
     */
    default Instant instant() {
        return Nanos.instant(nanos());
    }
}
