package io.github.snatsim.flow;

import static io.github.snatsim.flow.Bench.seconds;
import static io.github.snatsim.flow.UdpSharing.NONE;
import static io.github.snatsim.flow.UdpSharing.PER_ADDRESS;
import static io.github.snatsim.flow.UdpSharing.PER_DESTINATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.snatsim.flow.NaiveSnat.Choice;
import io.github.snatsim.flow.NaiveSnat.Reading;
import io.github.snatsim.flow.TwinWorld.Size;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random operations on small worlds, where everything meets everything, against {@link NaiveSnat}; after every step both
 * must agree in every respect. {@code -Dsnatsim.random.steps=N} runs longer, {@code -Dsnatsim.random.seed=S} elsewhere.
 */
class FlowTableRandomTest {
    private static final int STEPS = Integer.getInteger("snatsim.random.steps", 100_000);
    private static final long SEED = Long.getLong("snatsim.random.seed", 20_261_122);

    private static final int STEPS_PER_WORLD = 500;

    /** Readings of the rules; times in nanoseconds unless they are the real ones. */
    private static List<Named<Reading>> readings() {
        return List.of(
                Named.of("classic", TwinWorld.classic()),
                Named.of(
                        "either FIN",
                        new Reading(9, 4, true, true, 12, 12, 12, PER_DESTINATION, Choice.SHARE_LOWEST, 0)),
                Named.of(
                        "a SYN in a hold is a packet",
                        new Reading(9, 4, false, false, 12, 12, 12, PER_DESTINATION, Choice.SHARE_LOWEST, 0)),
                Named.of(
                        "holds of zero", new Reading(0, 0, false, true, 10, 3, 7, PER_ADDRESS, Choice.NEXT_IN_TURN, 0)),
                Named.of(
                        "RST hold longer than FIN hold",
                        new Reading(5, 20, false, true, 8, 30, 8, PER_DESTINATION, Choice.SHARE_LOWEST, 0)),
                Named.of("equal times", new Reading(6, 6, true, false, 6, 6, 6, PER_ADDRESS, Choice.LOWEST_FREE, 0)),
                Named.of(
                        "UDP shares nothing",
                        new Reading(2_000_000, 70_000, false, true, 90_000_000, 300, 5_000, NONE, Choice.RANDOM, 11)),
                Named.of(
                        "years",
                        new Reading(
                                seconds(100_000_000),
                                seconds(3),
                                true,
                                true,
                                seconds(1_000_000),
                                seconds(20),
                                seconds(50_000),
                                PER_DESTINATION,
                                Choice.NEXT_IN_TURN,
                                0)));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void t1ToT7_t9_r1ToR9_everyStepAgreesWithTheRulesSpelledOut(Reading reading) {
        Random random = new Random(SEED);
        int opened = 0;
        int refused = 0;
        for (int step = 0; step < STEPS / readings().size(); ) {
            Size size = new Size(
                    2 + random.nextInt(2),
                    2 + random.nextInt(7),
                    2 + random.nextInt(8),
                    3,
                    random.nextInt(4) == 0,
                    random.nextInt(4) == 0,
                    random.nextBoolean());
            TwinWorld world = new TwinWorld(reading, size, random);
            for (int i = 0; i < STEPS_PER_WORLD; i++, step++) {
                stepAndCheck(world, reading, step);
            }
            world.checkEnd();
            opened += world.opened();
            refused += world.refused();
        }
        assertThat(opened).as("worlds in which something opens").isGreaterThan(0);
        assertThat(refused).as("worlds in which something is refused").isGreaterThan(0);
    }

    private static void stepAndCheck(TwinWorld world, Reading reading, int step) {
        try {
            world.step();
            world.check();
        } catch (AssertionError | RuntimeException e) {
            fail(
                    "%s, step %d, -Dsnatsim.random.seed=%d -Dsnatsim.random.steps=%d"
                            .formatted(reading, step, SEED, STEPS),
                    e);
        }
    }

    /** Hash tables that have grown, maps of ports that have spilled, numbers of destinations given out again. */
    @Test
    void t1ToT7_t9_r1ToR9_thousandsOfFlowsToDestinationsThatComeAndGo() {
        Random random = new Random(SEED);
        TwinWorld world = new TwinWorld(TwinWorld.classic(), new Size(3, 1_024, 20_000, 60, true, true, false), random);
        int most = 0;
        for (int step = 0; step < STEPS / 4; step++) {
            world.step();
            if (step % 500 == 0) {
                try {
                    world.check();
                } catch (AssertionError e) {
                    fail("step %d, -Dsnatsim.random.seed=%d".formatted(step, SEED), e);
                }
                most = Math.max(most, world.flows());
            }
        }
        world.checkEnd();
        assertThat(most).as("flows at one time").isGreaterThan(Math.min(1_000, STEPS / 100));
    }
}
