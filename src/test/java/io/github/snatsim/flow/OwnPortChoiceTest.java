package io.github.snatsim.flow;

import static io.github.snatsim.flow.Bench.API;
import static io.github.snatsim.flow.Bench.WEB;
import static io.github.snatsim.flow.Bench.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.snatsim.flow.Verdict.Opened;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Side;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How a user writes a {@link PortChoice} or an {@link Admission} of one's own. */
class OwnPortChoiceTest {
    /** A gateway that gives out its highest free port. */
    private static final PortChoice HIGHEST_FREE = ports -> ports.free(ports.freeCount() - 1);

    @Test
    void t3_selectable_aChoiceOfOnesOwnIsAFunctionFromTheFreePortsToOneOfThem() {
        Bench bench = Bench.with(HIGHEST_FREE).withPorts(4);

        assertThat(bench.syn(0, tcp(40_000, WEB))).isEqualTo(new Opened(1_027));
        assertThat(bench.syn(0, tcp(40_001, WEB))).isEqualTo(new Opened(1_026));
        assertThat(bench.syn(0, tcp(40_000, API))).isEqualTo(new Opened(1_027));
    }

    @Test
    void aChoiceOfATakenPortIsAnErrorAndTakesNothing() {
        Bench bench = Bench.with(ports -> 1_024).withPorts(4);
        bench.syn(0, tcp(40_000, WEB));

        assertThatIllegalStateException()
                .isThrownBy(() -> bench.syn(0, tcp(40_001, WEB)))
                .withMessage("port 1024 was chosen for tcp 10.0.0.4:40001 -> 203.0.113.7:443 but is not free for it");
        assertThat(bench.table.size()).isEqualTo(1);
        assertThat(bench.ports.portsUsed(Bench.VM, tcp(1, WEB).to())).isEqualTo(1);
        assertThat(bench.syn(0, tcp(40_000, API))).isEqualTo(new Opened(1_024));
    }

    @Test
    void aChoiceSeesThePortsAsTheyStandForTheDestination() {
        Bench bench = Bench.with(ports -> {
                    if (ports.lastTaken() == PortView.NONE) {
                        return 1_025;
                    }
                    assertThat(ports.lastTaken()).isEqualTo(1_025);
                    assertThat(ports.freeCount()).isEqualTo(3);
                    assertThat(ports.free(0)).isEqualTo(1_024);
                    assertThat(ports.free(1)).isEqualTo(1_026);
                    assertThat(ports.nextFree(1_025)).isEqualTo(1_026);
                    assertThat(ports.nextFree(1_028)).isEqualTo(PortView.NONE);
                    assertThat(ports.lowestShareable()).isEqualTo(PortView.NONE);
                    assertThat(ports.lowestUnused()).isEqualTo(1_024);
                    return 1_026;
                })
                .withPorts(4);

        assertThat(bench.syn(0, tcp(40_000, WEB))).isEqualTo(new Opened(1_025));
        assertThat(bench.syn(0, tcp(40_001, WEB))).isEqualTo(new Opened(1_026));
    }

    /** Admission is the seam under SNAT: here a place in a bounded count, without any port. */
    @Nested
    class Places implements Admission {
        private static final int PLACES = 2;
        private int taken;

        @Override
        public int take(long flow) {
            if (taken == PLACES) {
                return Admission.refusal(Outcome.TABLE_FULL);
            }
            taken++;
            return 0;
        }

        @Override
        public void giveBack(long flow, int port) {
            taken--;
        }

        @Override
        public long idleNanos(long flow, boolean answered) {
            return FlowKeys.isUdp(flow) ? 120 : 350;
        }

        @Test
        void anAdmissionOfOnesOwnRefusesAndIsGivenBack() {
            FlowKeys keys = new FlowKeys();
            FlowTable table = new FlowTable(keys, this, FlowRules.classic(), new FlowListener() {});
            long[] flows = {keys.key(tcp(1, WEB)), keys.key(tcp(2, WEB)), keys.key(tcp(3, WEB))};

            assertThat(table.offer(0, Kind.SYN, Side.INITIATOR, flows[0])).isEqualTo(Outcome.OPENED);
            assertThat(table.offer(1, Kind.SYN, Side.INITIATOR, flows[1])).isEqualTo(Outcome.OPENED);
            assertThat(table.offer(2, Kind.SYN, Side.INITIATOR, flows[2])).isEqualTo(Outcome.TABLE_FULL);
            assertThat(table.offer(350, Kind.SYN, Side.INITIATOR, flows[2])).isEqualTo(Outcome.OPENED);
            assertThat(taken).isEqualTo(2);
        }
    }
}
