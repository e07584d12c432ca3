package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.time.VirtualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final String ERASE = "\r\u001b[K";

    private final StringWriter err = new StringWriter();
    private final VirtualClock clock = new VirtualClock();

    @Test
    void silentWhereThereIsNoTerminal() {
        run(new Progress(new PrintWriter(err), false, "big.pcap", 1_000, clock), 1_200);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void silentForWhatIsDoneAtOnce() {
        run(new Progress(new PrintWriter(err), true, "big.pcap", 1_000, clock), 0);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void afterASecondItSaysHowFarAndErasesItselfInTheEnd() {
        run(new Progress(new PrintWriter(err), true, "big.pcap", 1_000, clock), 1_200);
        assertThat(err.toString())
                .startsWith(ERASE + "big.pcap: 25 % ")
                .contains(" events")
                .endsWith(ERASE);
        assertThat(err.toString()).doesNotContain("\n");
    }

    @Test
    void withoutATotalThereAreNoPercents() {
        run(new Progress(new PrintWriter(err), true, "-", 0, clock), 1_200);
        assertThat(err.toString()).startsWith(ERASE + "-: ").doesNotContain("%");
    }

    /** A file that grows while it is read is never more than all read. */
    @Test
    void neverMoreThanAll() {
        run(new Progress(new PrintWriter(err), true, "growing", 100, clock), 1_200);
        assertThat(err.toString()).contains("growing: 100 % ");
    }

    private void run(Progress progress, long pauseMillis) {
        progress.step(0);
        clock.advance(Duration.ofMillis(pauseMillis));
        for (int i = 0; i < 20_000; i++) {
            progress.step(250);
        }
        progress.end();
    }
}
