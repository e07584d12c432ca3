package io.github.snatsim.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.base.Stopwatch;
import com.google.common.base.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NanoClockTest {
    @Test
    void readsAnInstantSourceSinceTheEpoch() {
        InstantSource source = InstantSource.fixed(Instant.parse("1970-01-01T00:00:01.000000002Z"));

        assertThat(NanoClock.of(source).nanos()).isEqualTo(1_000_000_002L);
        assertThat(NanoClock.of(source).instant()).isEqualTo(source.instant());
    }

    @Test
    void readsAnInstantSourceBeforeTheEpoch() {
        Instant before = Instant.parse("1969-12-31T23:59:59.999999999Z");

        assertThat(NanoClock.of(InstantSource.fixed(before)).nanos()).isEqualTo(-1);
        assertThat(NanoClock.of(InstantSource.fixed(before)).instant()).isEqualTo(before);
    }

    @Test
    void instantSourceBeyondALongIsRefused() {
        NanoClock clock = NanoClock.of(InstantSource.fixed(Instant.MAX));

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(clock::nanos);
    }

    @Test
    void readsATickerEachTime() {
        AtomicLong nanos = new AtomicLong(-5);
        NanoClock clock = NanoClock.of(new Ticker() {
            @Override
            public long read() {
                return nanos.getAndIncrement();
            }
        });

        assertThat(clock.nanos()).isEqualTo(-5);
        assertThat(clock.nanos()).isEqualTo(-4);
    }

    @Test
    void isATickerThatMovesWithIt() {
        VirtualClock clock = new VirtualClock(100);
        Ticker ticker = clock.asTicker();
        Stopwatch stopwatch = Stopwatch.createStarted(ticker);

        clock.advance(Duration.ofSeconds(15));

        assertThat(ticker.read()).isEqualTo(15 * Nanos.PER_SECOND + 100);
        assertThat(stopwatch.elapsed()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void isAnInstantSourceThatMovesWithIt() {
        VirtualClock clock = new VirtualClock(-1);
        InstantSource source = clock.asInstantSource();
        assertThat(source.instant()).isEqualTo("1969-12-31T23:59:59.999999999Z");

        clock.advance(Duration.ofSeconds(15));

        assertThat(source.instant()).isEqualTo("1970-01-01T00:00:14.999999999Z").isEqualTo(clock.instant());
        assertThat(source.millis()).isEqualTo(14_999);
    }

    @Test
    void adaptersAreInverse() {
        VirtualClock clock = new VirtualClock(Long.MIN_VALUE);
        NanoClock throughTicker = NanoClock.of(clock.asTicker());
        NanoClock throughInstants = NanoClock.of(clock.asInstantSource());

        for (long now :
                new long[] {Long.MIN_VALUE, -Nanos.PER_SECOND, -1, 0, 1, 1_767_225_600_000_001_000L, Long.MAX_VALUE}) {
            clock.advanceTo(now);
            assertThat(throughTicker.nanos()).isEqualTo(now);
            assertThat(throughInstants.nanos()).isEqualTo(now);
        }
    }
}
