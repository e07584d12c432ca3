package io.github.snatsim.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualClockTest {
    @Test
    void standsAtZeroUntilTold() {
        VirtualClock clock = new VirtualClock();

        assertThat(clock.nanos()).isZero();
        assertThat(clock.nanos()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE})
    void startsWhereItIsSet(long start) {
        assertThat(new VirtualClock(start).nanos()).isEqualTo(start);
    }

    @Test
    void advancesByDurations() {
        VirtualClock clock = new VirtualClock(-1);
        clock.advance(Duration.ofNanos(1));
        assertThat(clock.nanos()).isZero();

        clock.advance(Duration.ofMinutes(4));
        assertThat(clock.nanos()).isEqualTo(240 * Nanos.PER_SECOND);

        clock.advance(Duration.ZERO);
        assertThat(clock.nanos()).isEqualTo(240 * Nanos.PER_SECOND);
    }

    @Test
    void advancesToTimes() {
        VirtualClock clock = new VirtualClock(10);
        clock.advanceTo(10);
        assertThat(clock.nanos()).isEqualTo(10);

        clock.advanceTo(Long.MAX_VALUE);
        assertThat(clock.nanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void oneStepOrManyLeadToTheSameTime() {
        VirtualClock one = new VirtualClock();
        VirtualClock many = new VirtualClock();
        one.advance(Duration.ofSeconds(7));
        for (int second = 0; second < 7; second++) {
            many.advance(Duration.ofSeconds(1));
        }
        assertThat(many.nanos()).isEqualTo(one.nanos());
    }

    @Test
    void neverRunsBackwards() {
        VirtualClock clock = new VirtualClock(10);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advanceTo(9))
                .withMessage("time runs backwards: 9 ns after 10 ns");
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofNanos(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advanceTo(Long.MIN_VALUE));
        assertThat(clock.nanos()).as("after refusals").isEqualTo(10);
    }

    @Test
    void neverLeavesTheRangeOfALong() {
        VirtualClock clock = new VirtualClock(Long.MAX_VALUE - 1);

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> clock.advance(Duration.ofNanos(2)));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> clock.advance(Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(clock.nanos()).as("after refusals").isEqualTo(Long.MAX_VALUE - 1);

        clock.advance(Duration.ofNanos(1));
        assertThat(clock.nanos()).isEqualTo(Long.MAX_VALUE);
    }
}
