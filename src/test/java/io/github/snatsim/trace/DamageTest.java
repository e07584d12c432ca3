package io.github.snatsim.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever happens to a file, reading it ends, and ends well or with a {@link TraceException} of one line. */
class DamageTest {
    private static final int ROUNDS = 300;

    @ParameterizedTest
    @FieldSource("io.github.snatsim.trace.Traces#SAMPLES")
    void damagedBytesGiveTraceExceptionsOnly(String sample) {
        byte[] whole = Arrays.copyOf(Traces.sampleBytes(sample), 12_000);
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Random random = new Random(seed);
            byte[] damaged = random.nextInt(10) == 0 ? Traces.gzip(whole) : whole.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            read(Arrays.copyOf(damaged, damaged.length - random.nextInt(500)), sample + " seed " + seed);
        }
    }

    private static void read(byte[] trace, String context) {
        try (TraceReader reader = Traces.open(trace)) {
            long lastNanos = 0;
            while (reader.hasNext()) {
                long timeNanos = reader.next().timeNanos();
                assertThat(timeNanos).as(context).isGreaterThanOrEqualTo(lastNanos);
                lastNanos = timeNanos;
            }
        } catch (TraceException e) {
            assertThat(e.getMessage()).as(context).startsWith("test").doesNotContain("\n");
        } catch (RuntimeException e) {
            throw new AssertionError(context, e);
        }
    }
}
