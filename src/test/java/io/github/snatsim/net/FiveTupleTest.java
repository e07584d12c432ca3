package io.github.snatsim.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiveTupleTest {
    private static final FiveTuple FLOW = FiveTuple.parse("tcp 10.0.0.1:40000 -> 203.0.113.7:443");

    @Test
    void t1_eachOfTheFiveTellsFlowsApart() {
        List<String> others = List.of(
                "udp 10.0.0.1:40000 -> 203.0.113.7:443",
                "tcp 10.0.0.2:40000 -> 203.0.113.7:443",
                "tcp 10.0.0.1:40001 -> 203.0.113.7:443",
                "tcp 10.0.0.1:40000 -> 203.0.113.8:443",
                "tcp 10.0.0.1:40000 -> 203.0.113.7:444");

        assertThat(FLOW)
                .isEqualTo(FiveTuple.parse(FLOW.toString()))
                .hasSameHashCodeAs(FiveTuple.parse(FLOW.toString()));
        assertThat(others).map(FiveTuple::parse).doesNotContain(FLOW).doesNotHaveDuplicates();
    }

    @Test
    void partsAreWhatTheTextSays() {
        assertThat(FLOW.protocol()).isEqualTo(Protocol.TCP);
        assertThat(FLOW.source()).isEqualTo(new Endpoint(IpAddress.parse("10.0.0.1"), 40_000));
        assertThat(FLOW.destination()).isEqualTo(new Endpoint(IpAddress.parse("203.0.113.7"), 443));
    }

    @Test
    void reversedExchangesTheEnds() {
        assertThat(FLOW.reversed()).hasToString("tcp 203.0.113.7:443 -> 10.0.0.1:40000");
        assertThat(FLOW.reversed()).isNotEqualTo(FLOW);
        assertThat(FLOW.reversed().reversed()).isEqualTo(FLOW);
    }

    @Test
    void destinationIsAddressPortAndProtocol() {
        assertThat(FLOW.to()).isEqualTo(Destination.parse("tcp 203.0.113.7:443"));
        assertThat(FLOW.to())
                .isNotEqualTo(Destination.parse("udp 203.0.113.7:443"))
                .isNotEqualTo(Destination.parse("tcp 203.0.113.8:443"))
                .isNotEqualTo(Destination.parse("tcp 203.0.113.7:80"));
    }

    @Test
    void protocolsHaveTheirNumbersInTheIpHeader() {
        assertThat(Protocol.TCP.number()).isEqualTo(6);
        assertThat(Protocol.UDP.number()).isEqualTo(17);
    }

    @Test
    void eventTellsTimeKindSideAndFlow() {
        assertThat(new FlowEvent(1_500, FlowEvent.Kind.SYN, Side.INITIATOR, FLOW))
                .hasToString("1500ns SYN from INITIATOR tcp 10.0.0.1:40000 -> 203.0.113.7:443");
    }
}
