package io.github.snatsim.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.flow.FlowState;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.gateway.GatewayListener;
import io.github.snatsim.gateway.SnatGateway;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.time.Nanos;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SimulationTest {
    private static final long IDLE = Nanos.ofSeconds(240);
    private static final IpAddress VM = IpAddress.parse("10.0.0.4");

    private final SnatGateway gateway = new SnatGateway(SnatProfile.classic());
    private final Simulation simulation = new Simulation(gateway, 0);

    /** What happened, in order. */
    private final List<String> log = new ArrayList<>();

    SimulationTest() {
        gateway.own(VM, PortSet.of(PortRange.parse("1024")));
        gateway.listen(new GatewayListener() {
            @Override
            public void opened(long timeNanos, long flow, int port) {
                log.add("opened at " + timeNanos);
            }

            @Override
            public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
                log.add("refused at " + timeNanos);
            }

            @Override
            public void ended(long timeNanos, long flow, int port, FlowState state, FlowEnd end) {
                log.add("released at " + timeNanos);
            }
        });
    }

    @Test
    void r6_atOneInstantReleasesComeFirstThenActionsThenPackets() {
        simulation.offer(syn(0, 1));
        simulation.schedule(IDLE, () -> log.add("action"));
        simulation.offer(syn(IDLE, 2));

        assertThat(log).containsExactly("opened at 0", "released at " + IDLE, "action", "opened at " + IDLE);
    }

    @Test
    void r6_aPacketBeforeTheDeadlineIsRefusedOneAtTheDeadlineOpens() {
        simulation.offer(syn(0, 1));
        assertThat(simulation.offer(syn(IDLE - 1, 2)).outcome()).isEqualTo(Outcome.NO_FREE_PORT);
        assertThat(simulation.offer(syn(IDLE, 3)).outcome()).isEqualTo(Outcome.OPENED);
    }

    @Test
    void r6_actionsOfOneInstantRunInTheOrderInWhichTheyWereScheduled() {
        simulation.schedule(7, () -> log.add("first"));
        simulation.schedule(5, () -> log.add("earlier"));
        simulation.schedule(7, () -> log.add("second"));
        simulation.schedule(7, () -> log.add("third"));
        simulation.advanceTo(7);

        assertThat(log).containsExactly("earlier", "first", "second", "third");
    }

    @Test
    void r6_anActionScheduledByAnActionForTheSameInstantRunsAfterThoseScheduledBefore() {
        simulation.schedule(7, () -> {
            log.add("first");
            simulation.schedule(7, () -> {
                log.add("third");
                simulation.schedule(7, () -> log.add("fourth"));
            });
        });
        simulation.schedule(7, () -> log.add("second"));
        simulation.offer(syn(7, 1));

        assertThat(log).containsExactly("first", "second", "third", "fourth", "opened at 7");
    }

    @Test
    void r6_anActionScheduledForNowByAPacketRunsAfterThatPacketAndBeforeTheNext() {
        gateway.listen(new GatewayListener() {
            @Override
            public void opened(long timeNanos, long flow, int port) {
                log.add("opening");
                simulation.schedule(timeNanos, () -> log.add("action"));
                log.add("opened");
            }

            @Override
            public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
                log.add("refused");
            }
        });
        simulation.offer(syn(7, 1));
        simulation.offer(syn(7, 2));

        assertThat(log).containsExactly("opening", "opened", "action", "refused");
    }

    @Test
    void r6_clientsWakeUpAfterTheActionsOfTheirInstant() {
        simulation.network().wakeAt(7, () -> {
            log.add("client 1");
            simulation.schedule(7, () -> log.add("late action"));
        });
        simulation.network().wakeAt(7, () -> log.add("client 2"));
        simulation.schedule(7, () -> log.add("action"));
        simulation.advanceTo(7);

        assertThat(log).containsExactly("action", "client 1", "late action", "client 2");
    }

    @Test
    void r6_releasesHappenAtTheirOwnTimesHoweverFarTheClockMoves() {
        simulation.offer(syn(5, 1));
        simulation.schedule(2 * IDLE, () -> log.add("action at " + simulation.nowNanos()));
        simulation.advanceTo(10 * IDLE);

        assertThat(log).containsExactly("opened at 5", "released at " + (IDLE + 5), "action at " + 2 * IDLE);
        assertThat(simulation.nowNanos()).isEqualTo(10 * IDLE);
    }

    /** A resize by an action at the instant of a packet: the packet meets the new ports. */
    @Test
    void r6_aPacketSeesWhatTheActionOfItsInstantChanged() {
        simulation.offer(syn(0, 1));
        simulation.schedule(9, () -> gateway.own(VM, PortSet.of(PortRange.parse("1024-1025"))));
        assertThat(simulation.offer(syn(8, 2)).outcome()).isEqualTo(Outcome.NO_FREE_PORT);
        assertThat(simulation.offer(syn(9, 2)).outcome()).isEqualTo(Outcome.OPENED);
    }

    @Test
    void whatHasPassedCannotBeScheduled() {
        simulation.advanceTo(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.schedule(6, () -> {}))
                .withMessage("cannot schedule at 6 ns: it is 7 ns already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.network().wakeAt(6, () -> {}));
        assertThat(simulation.step()).isFalse();
    }

    @Test
    void timeDoesNotRunBackwards() {
        simulation.offer(syn(7, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.advanceTo(6))
                .withMessage("time runs backwards: 6 ns after 7 ns");
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.offer(syn(6, 2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.run(List.of(syn(8, 2), syn(7, 3)).iterator()));

        assertThat(simulation.nowNanos()).isEqualTo(8);
        assertThat(log).containsExactly("opened at 7", "refused at 8");
    }

    @Test
    void eventsAreCountedAndAnswered() {
        assertThat(simulation.offer(syn(0, 1))).isEqualTo(new Verdict.Opened(1024));
        simulation.run(List.of(syn(1, 2), syn(2, 3)).iterator());
        assertThat(simulation.events()).isEqualTo(3);
    }

    @Test
    void aStepRunsOneActionOrOneWakeUp() {
        simulation.network().wakeAt(3, () -> log.add("client"));
        simulation.schedule(9, () -> log.add("action"));

        assertThat(simulation.step()).isTrue();
        assertThat(log).containsExactly("client");
        assertThat(simulation.nowNanos()).isEqualTo(3);
        assertThat(simulation.step()).isTrue();
        assertThat(simulation.nowNanos()).isEqualTo(9);
        assertThat(simulation.step()).isFalse();
        assertThat(simulation.nowNanos()).isEqualTo(9);
    }

    @Test
    void untilIdleNothingIsLeft() {
        simulation.offer(syn(0, 1));
        simulation.schedule(IDLE / 2, () -> log.add("action"));
        simulation.schedule(3 * IDLE, () -> simulation.offer(syn(3 * IDLE, 2)));
        simulation.runUntilIdle();

        assertThat(log)
                .containsExactly(
                        "opened at 0",
                        "action",
                        "released at " + IDLE,
                        "opened at " + 3 * IDLE,
                        "released at " + 4 * IDLE);
        assertThat(simulation.nowNanos()).isEqualTo(4 * IDLE);
        assertThat(gateway.nextDeadlineNanos()).isEmpty();
    }

    @Test
    void untilIdleOfAnIdleSimulationDoesNothing() {
        simulation.advanceTo(5);
        simulation.runUntilIdle();
        assertThat(simulation.nowNanos()).isEqualTo(5);
    }

    @Test
    void untilIdleActionsMayOpenFlowsAndReleasesMayComeBetween() {
        simulation.offer(syn(0, 1));
        simulation.schedule(IDLE, () -> simulation.offer(syn(IDLE, 2)));
        simulation.runUntilIdle();
        assertThat(log)
                .containsExactly("opened at 0", "released at " + IDLE, "opened at " + IDLE, "released at " + 2 * IDLE);
    }

    @Test
    void theClockCanBeMovedToTheEndOfTime() {
        simulation.offer(syn(0, 1));
        simulation.schedule(Long.MAX_VALUE, () -> log.add("action"));
        simulation.network().wakeAt(Long.MAX_VALUE, () -> log.add("client"));
        simulation.advanceTo(Long.MAX_VALUE);
        assertThat(log).containsExactly("opened at 0", "released at " + IDLE, "action", "client");
    }

    @Test
    void theLastActionOfAllTimeRunsUntilIdle() {
        simulation.schedule(Long.MAX_VALUE, () -> log.add("action"));
        simulation.runUntilIdle();
        assertThat(log).containsExactly("action");
    }

    @Test
    void theLastWakeUpOfAllTimeIsAStep() {
        simulation.network().wakeAt(Long.MAX_VALUE, () -> log.add("client"));
        assertThat(simulation.step()).isTrue();
        assertThat(simulation.step()).isFalse();
        assertThat(log).containsExactly("client");
    }

    @Test
    void simulationsMayStartBeforeZero() {
        Simulation early = new Simulation(new SnatGateway(SnatProfile.classic()), -100);
        early.schedule(-50, () -> log.add("at " + early.nowNanos()));
        early.advanceTo(-1);
        assertThat(log).containsExactly("at -50");
    }

    /** R6 as one sorted list: (time, releases, actions, packets, order) decides. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void r6_randomActionsAndPacketsComeInOrder(long seed) {
        Random random = new Random(seed);
        SnatGateway gateway = new SnatGateway(SnatProfile.classic());
        Simulation simulation = new Simulation(gateway, 0);
        List<String> happened = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<FlowEvent> packets = new ArrayList<>();
        for (long time = 0; time < 300; time++) {
            for (int i = random.nextInt(3); i > 0; i--) {
                String name = time + " action " + i;
                expected.add(name);
                simulation.schedule(time, () -> happened.add(name));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                expected.add(time + " packet");
                packets.add(syn(time, 1 + packets.size()));
            }
        }
        gateway.listen(new GatewayListener() {
            @Override
            public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
                happened.add(timeNanos + " packet");
            }
        });
        simulation.run(packets.iterator());
        simulation.runUntilIdle();
        assertThat(happened).as("seed %d", seed).isEqualTo(expected);
    }

    private static FlowEvent syn(long timeNanos, int sourcePort) {
        return new FlowEvent(
                timeNanos,
                Kind.SYN,
                Side.INITIATOR,
                FiveTuple.parse("tcp 10.0.0.4:" + sourcePort + " -> 203.0.113.7:443"));
    }
}
