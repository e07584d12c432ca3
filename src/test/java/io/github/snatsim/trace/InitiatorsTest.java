package io.github.snatsim.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.FlowEvent.Kind;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.net.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitiatorsTest {
    private static final Endpoint A = Endpoint.parse("10.0.0.1:40000");
    private static final Endpoint B = Endpoint.parse("203.0.113.7:443");
    private static final long MEMORY_NANOS = 1_000;

    private final Initiators initiators = new Initiators(MEMORY_NANOS, 100);
    private long nowNanos;

    private FlowEvent see(Endpoint from, Endpoint to, long packet) {
        PackedEvent event = new PackedEvent();
        event.set(nowNanos++, 0, packet | end(from), end(to));
        FlowEvent oriented = initiators.orient(event);
        assertThat(oriented.timeNanos()).isEqualTo(event.timeNanos);
        assertThat(
                        oriented.side() == Side.INITIATOR
                                ? oriented.flow().source()
                                : oriented.flow().destination())
                .as("sender")
                .isEqualTo(from);
        return oriented;
    }

    private FlowEvent see(Endpoint from, Endpoint to, Kind kind) {
        return see(from, to, PackedEvent.packet(Protocol.TCP, kind));
    }

    private static long end(Endpoint endpoint) {
        return PackedEvent.end(endpoint.address().ipv4Bits(), endpoint.port());
    }

    @Test
    void senderOfTheSynInitiates() {
        assertThat(see(B, A, Kind.SYN).side()).isEqualTo(Side.INITIATOR);
        assertThat(see(A, B, Kind.PACKET).side()).isEqualTo(Side.RESPONDER);
        assertThat(see(B, A, Kind.FIN).flow()).hasToString("tcp 203.0.113.7:443 -> 10.0.0.1:40000");
    }

    @Test
    void withoutSynTheFirstSenderInitiates() {
        assertThat(see(B, A, Kind.PACKET).side()).isEqualTo(Side.INITIATOR);
        assertThat(see(A, B, Kind.PACKET).side()).isEqualTo(Side.RESPONDER);
    }

    @Test
    void receiverOfASynAckInitiates() {
        assertThat(see(B, A, PackedEvent.synAck())).satisfies(event -> {
            assertThat(event.side()).isEqualTo(Side.RESPONDER);
            assertThat(event.kind()).isEqualTo(Kind.PACKET);
        });
        assertThat(see(A, B, Kind.PACKET).side()).isEqualTo(Side.INITIATOR);
    }

    @Test
    void synOfTheOtherEndDoesNotTurnAnOpenFlowRound() {
        see(A, B, Kind.SYN);
        assertThat(see(B, A, Kind.SYN).side()).isEqualTo(Side.RESPONDER);
        see(A, B, Kind.FIN);
        see(A, B, Kind.FIN);
        assertThat(see(B, A, Kind.SYN).side()).isEqualTo(Side.RESPONDER);
    }

    @Test
    void synOfTheOtherEndWinsOverAGuess() {
        see(A, B, Kind.PACKET);
        assertThat(see(B, A, Kind.SYN).side()).isEqualTo(Side.INITIATOR);
        assertThat(see(A, B, Kind.SYN).side()).isEqualTo(Side.RESPONDER);
    }

    @Test
    void synOfTheOtherEndOpensAnewAfterRstOrBothFins() {
        see(A, B, Kind.SYN);
        see(B, A, Kind.RST);
        assertThat(see(B, A, Kind.SYN).side()).isEqualTo(Side.INITIATOR);
        see(B, A, Kind.FIN);
        see(A, B, Kind.FIN);
        assertThat(see(A, B, Kind.PACKET).side()).isEqualTo(Side.RESPONDER);
        assertThat(see(A, B, Kind.SYN).side()).isEqualTo(Side.INITIATOR);
    }

    @Test
    void protocolsAreApart() {
        see(A, B, Kind.SYN);
        assertThat(see(B, A, PackedEvent.packet(Protocol.UDP, Kind.PACKET)).side())
                .isEqualTo(Side.INITIATOR);
        assertThat(see(B, A, Kind.PACKET).side()).isEqualTo(Side.RESPONDER);
    }

    @ParameterizedTest
    @ValueSource(longs = {MEMORY_NANOS, MEMORY_NANOS + 1})
    void silentFlowIsForgottenAfterTheMemory(long silenceNanos) {
        see(A, B, Kind.SYN);
        nowNanos += silenceNanos - 1;
        boolean remembered = silenceNanos <= MEMORY_NANOS;
        assertThat(see(B, A, Kind.PACKET).side()).isEqualTo(remembered ? Side.RESPONDER : Side.INITIATOR);
        assertThat(initiators.forgotten()).isZero();
    }

    @Test
    void flowToItselfIsHarmless() {
        assertThat(see(A, A, Kind.SYN).side()).isEqualTo(Side.INITIATOR);
        assertThat(see(A, A, Kind.FIN).side()).isEqualTo(Side.INITIATOR);
    }

    @Test
    void sameFlowGivesTheSameObject() {
        assertThat(see(A, B, Kind.SYN).flow()).isSameAs(see(B, A, Kind.PACKET).flow());
    }

    @Test
    void tooManyFlowsAreCountedWhenForgotten() {
        for (int port = 1; port <= 150; port++) {
            see(new Endpoint(A.address(), port), B, Kind.SYN);
        }
        assertThat(initiators.forgotten()).isEqualTo(50);
        assertThat(see(B, new Endpoint(A.address(), 50), Kind.PACKET).side()).isEqualTo(Side.INITIATOR);
        assertThat(see(B, new Endpoint(A.address(), 52), Kind.PACKET).side()).isEqualTo(Side.RESPONDER);
    }
}
