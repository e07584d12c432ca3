package io.github.snatsim.aws;

import static io.github.snatsim.aws.NlbBench.dns;
import static io.github.snatsim.aws.NlbBench.seconds;
import static io.github.snatsim.aws.NlbBench.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Side;
import io.github.snatsim.sim.Simulation;
import io.github.snatsim.workload.Answer;
import io.github.snatsim.workload.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A load balancer is driven by the loop like any other gateway. */
class NlbInTheLoopTest {
    private final NlbBench bench = NlbBench.withPlaces(1);
    private final Simulation simulation = new Simulation(bench.gateway, 0);

    @Test
    void n1_n4_clientsSeeAFlowOpenWhenItsHandshakeIsComplete() {
        Network network = simulation.network();
        assertThat(network.send(Kind.SYN, Side.INITIATOR, web(1))).isEqualTo(Answer.CARRIED);
        assertThat(network.isLive(web(1))).as("its source port serves no other").isTrue();
        assertThat(network.send(Kind.PACKET, Side.RESPONDER, web(1))).isEqualTo(Answer.CARRIED);
        assertThat(network.send(Kind.PACKET, Side.INITIATOR, web(1))).isEqualTo(Answer.OPENED);
        assertThat(network.send(Kind.PACKET, Side.INITIATOR, dns(1))).isEqualTo(Answer.REFUSED);
        assertThat(network.send(Kind.PACKET, Side.INITIATOR, web(2)))
                .as("answered with an RST")
                .isEqualTo(Answer.RESET);
    }

    @Test
    void n2_theLoopRunsUntilTheLastFlowAndHandshakeAreGone() {
        bench.handshake(0, web(1));
        bench.clientSends(0, Kind.SYN, web(2));
        simulation.runUntilIdle();
        assertThat(simulation.nowNanos()).isEqualTo(seconds(350));
        assertThat(bench.gateway.halfOpenFlows()).isZero();
        assertThat(bench.gateway.table().size()).isZero();
    }

    @Test
    void n3_anAttributeIsChangedByAScheduledAction() {
        simulation.schedule(
                seconds(10),
                () -> bench.gateway.modify(NlbBench.WEB, List.of(ListenerAttribute.tcpIdleTimeoutSeconds("60"))));
        simulation.advanceTo(seconds(10));
        bench.handshake(10, web(1));
        simulation.runUntilIdle();
        assertThat(simulation.nowNanos()).isEqualTo(seconds(70));
    }
}
