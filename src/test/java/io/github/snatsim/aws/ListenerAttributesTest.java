package io.github.snatsim.aws;

import static io.github.snatsim.aws.ListenerAttribute.tcpIdleTimeoutSeconds;
import static io.github.snatsim.aws.NlbBench.DNS;
import static io.github.snatsim.aws.NlbBench.OTHER;
import static io.github.snatsim.aws.NlbBench.TLS;
import static io.github.snatsim.aws.NlbBench.WEB;
import static io.github.snatsim.aws.NlbBench.seconds;
import static io.github.snatsim.aws.NlbBench.web;
import static io.github.snatsim.flow.Outcome.OPENED;
import static io.github.snatsim.net.FlowEvent.Kind.PACKET;
import static io.github.snatsim.net.FlowEvent.Kind.SYN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.Side;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N3: a TCP listener's idle time by the API's words, on the value and on a running gateway. */
class ListenerAttributesTest {
    private final NlbBench bench = NlbBench.withPlaces(100);
    private final NlbGateway gateway = bench.gateway;

    private static ListenerAttribute attribute(String key, String value) {
        return new ListenerAttribute(key, value);
    }

    @Test
    void n3_describeAndModifyAsTheArticlePrintsThem() {
        assertThat(gateway.describe(WEB)).containsExactly(attribute("tcp.idle_timeout.seconds", "350"));
        assertThat(gateway.modify(WEB, List.of(attribute("tcp.idle_timeout.seconds", "600"))))
                .containsExactly(attribute("tcp.idle_timeout.seconds", "600"));
        assertThat(gateway.describe(WEB)).containsExactly(attribute("tcp.idle_timeout.seconds", "600"));
        assertThat(gateway.describe(OTHER))
                .as("another listener")
                .containsExactly(attribute("tcp.idle_timeout.seconds", "350"));
        assertThat(gateway.describe(WEB).get(0)).hasToString("Key=tcp.idle_timeout.seconds,Value=600");
    }

    @Test
    void n3_theValueIsModifiedWithoutAGateway() {
        NetworkLoadBalancer before = NlbBench.balancer(5);
        NetworkLoadBalancer after = before.modified(WEB, List.of(tcpIdleTimeoutSeconds("61")));
        assertThat(before.describe(WEB)).containsExactly(tcpIdleTimeoutSeconds("350"));
        assertThat(after.describe(WEB)).containsExactly(tcpIdleTimeoutSeconds("61"));
        assertThat(after.listeners()).map(Listener::arn).containsExactly(WEB, OTHER, TLS, DNS);
        assertThat(after.modified(WEB, List.of(tcpIdleTimeoutSeconds("350")))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "350", "6000"})
    void n3_from60To6000SecondsAreAllowed(String value) {
        assertThat(gateway.modify(WEB, List.of(tcpIdleTimeoutSeconds(value))))
                .containsExactly(tcpIdleTimeoutSeconds(value));
        assertThat(bench.handshake(0, web(40_000))).isEqualTo(OPENED);
        assertThat(bench.releaseSeconds(web(40_000))).isEqualTo(Long.parseLong(value));
    }

    @Test
    void n3_59SecondsIsRefused() {
        assertRefused(
                WEB,
                "value '59' of tcp.idle_timeout.seconds: expected whole seconds from 60 to 6000, such as 350",
                tcpIdleTimeoutSeconds("59"));
    }

    @Test
    void n3_6001SecondsIsRefused() {
        assertRefused(
                WEB,
                "value '6001' of tcp.idle_timeout.seconds: expected whole seconds from 60 to 6000, such as 350",
                tcpIdleTimeoutSeconds("6001"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "",
                " ",
                " 350",
                "350 ",
                "350.0",
                "350,5",
                "3.5e2",
                "+350",
                "-350",
                "0350",
                "0x15e",
                "350s",
                "0",
                "٣٥٠",
                "99999999999999999999",
                "350\n",
                "null"
            })
    void n3_aValueThatIsNotWholeSecondsInDigitsIsRefused(String value) {
        assertRefused(
                WEB,
                "value '" + value
                        + "' of tcp.idle_timeout.seconds: expected whole seconds from 60 to 6000, such as 350",
                tcpIdleTimeoutSeconds(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp.idle_timeout.second", "TCP.IDLE_TIMEOUT.SECONDS", "", "routing.http.foo"})
    void n3_anUnknownKeyIsRefused(String key) {
        assertRefused(
                WEB, "unknown attribute key '" + key + "': expected tcp.idle_timeout.seconds", attribute(key, "350"));
    }

    @Test
    void n3_severalAttributesAllApplyOrNone() {
        assertRefused(
                WEB,
                "unknown attribute key 'other': expected tcp.idle_timeout.seconds",
                tcpIdleTimeoutSeconds("600"),
                attribute("other", "1"));
    }

    @Test
    void n3_aKeyGivenTwiceIsRefused() {
        assertRefused(
                WEB,
                "attribute key 'tcp.idle_timeout.seconds' is there 2 times: expected once",
                tcpIdleTimeoutSeconds("600"),
                tcpIdleTimeoutSeconds("600"));
    }

    @Test
    void n3_noAttributesAreRefused() {
        assertRefused(WEB, "no attributes: expected tcp.idle_timeout.seconds with a value");
    }

    @ParameterizedTest
    @CsvSource({DNS + ", UDP, 120", TLS + ", TLS, 350"})
    void n3_udpAndTlsListenersCannotBeModified(String arn, String protocol, int idle) {
        assertThat(gateway.describe(arn)).isEmpty();
        assertRefused(
                arn,
                "tcp.idle_timeout.seconds on listener " + arn + ", which is " + protocol + " with a fixed idle time of "
                        + idle + " s: expected a TCP listener",
                tcpIdleTimeoutSeconds("350"));
    }

    private void assertRefused(String arn, String message, ListenerAttribute... attributes) {
        NetworkLoadBalancer before = gateway.balancer();
        assertThatExceptionOfType(InvalidConfigurationRequestException.class)
                .isThrownBy(() -> gateway.modify(arn, List.of(attributes)))
                .withMessage(message);
        assertThatExceptionOfType(InvalidConfigurationRequestException.class)
                .isThrownBy(() -> before.modified(arn, List.of(attributes)))
                .withMessage(message);
        assertThat(gateway.balancer()).as("nothing changed").isEqualTo(before).isEqualTo(NlbBench.balancer(100));
        bench.handshake(0, web(50_000));
        assertThat(bench.releaseSeconds(web(50_000))).as("nothing changed").isEqualTo(350);
    }

    @Test
    void n3_anUnknownListenerIsNotFound() {
        String message =
                "no listener 'nobody': expected one of [listener/web, listener/other, listener/tls, listener/dns]";
        assertThatExceptionOfType(ListenerNotFoundException.class)
                .isThrownBy(() -> gateway.describe("nobody"))
                .withMessage(message);
        assertThatExceptionOfType(ListenerNotFoundException.class)
                .isThrownBy(() -> gateway.modify("nobody", List.of(tcpIdleTimeoutSeconds("600"))))
                .withMessage(message);
        assertThat(gateway.balancer()).as("nothing changed").isEqualTo(NlbBench.balancer(100));
    }

    @Test
    void n3_bothErrorsAreOneKind() {
        assertThat(List.of(new ListenerNotFoundException("a"), new InvalidConfigurationRequestException("b")))
                .allMatch(ListenerAttributeException.class::isInstance)
                .allMatch(IllegalArgumentException.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void n3_runningFlowsKeepTheirTimeForLifeAlsoWhenKeepalivesCome(Side side) {
        FiveTuple old = web(40_000);
        FiveTuple young = web(40_001);
        bench.handshake(0, old);
        gateway.modify(WEB, List.of(tcpIdleTimeoutSeconds("600")));
        bench.handshake(1, young);
        assertThat(bench.releaseSeconds(old)).isEqualTo(350);
        assertThat(bench.releaseSeconds(young)).isEqualTo(601);
        for (int second = 100; second <= 300; second += 100) {
            keepalive(second, side, old);
            keepalive(second, side, young);
            assertThat(bench.releaseSeconds(old)).isEqualTo(second + 350);
            assertThat(bench.releaseSeconds(young)).isEqualTo(second + 600);
        }
        gateway.modify(WEB, List.of(tcpIdleTimeoutSeconds("60")));
        keepalive(301, side, old);
        keepalive(301, side, young);
        gateway.advanceTo(seconds(301 + 350) - 1);
        assertThat(bench.isTracked(old)).isTrue();
        gateway.advanceTo(seconds(301 + 350));
        assertThat(bench.isTracked(old)).isFalse();
        gateway.advanceTo(seconds(301 + 600) - 1);
        assertThat(bench.isTracked(young)).isTrue();
        gateway.advanceTo(seconds(301 + 600));
        assertThat(bench.isTracked(young)).isFalse();
    }

    private void keepalive(long second, Side side, FiveTuple flow) {
        gateway.offer(new FlowEvent(seconds(second), PACKET, side, flow));
    }

    /** The flow table asks for the idle time again at the responder's first packet: here that comes after the change. */
    @Test
    void n3_aTargetsFirstPacketAfterTheChangeDoesNotBringTheNewTime() {
        NlbBench oneSided = NlbBench.with(10, balancer -> balancer.withTargetPackets(TargetPackets.NOT_SEEN));
        FiveTuple flow = web(40_000);
        oneSided.clientSends(0, SYN, flow);
        oneSided.clientSends(0, PACKET, flow);
        oneSided.gateway.modify(WEB, List.of(tcpIdleTimeoutSeconds("6000")));
        oneSided.targetSends(10, PACKET, flow);
        assertThat(oneSided.releaseSeconds(flow)).isEqualTo(360);
    }

    @Test
    void n3_aHandshakeUnderWayGetsWhatHoldsWhenItIsCompleted() {
        FiveTuple flow = web(40_000);
        bench.clientSends(0, SYN, flow);
        gateway.modify(WEB, List.of(tcpIdleTimeoutSeconds("100")));
        assertThat(gateway.nextDeadlineNanos()).as("the handshake's own time").hasValue(seconds(60));
        bench.targetSends(1, PACKET, flow);
        bench.clientSends(1, PACKET, flow);
        assertThat(bench.releaseSeconds(flow)).isEqualTo(101);
    }

    @Test
    void n3_aFlowThatOpensAgainTakesTheNewTime() {
        FiveTuple flow = web(40_000);
        bench.handshake(0, flow);
        gateway.modify(WEB, List.of(tcpIdleTimeoutSeconds("77")));
        gateway.advanceTo(seconds(350));
        bench.handshake(350, flow);
        assertThat(bench.releaseSeconds(flow)).isEqualTo(427);
    }

    @Test
    void n3_oneListenersTimeIsNotAnothers() {
        gateway.modify(WEB, List.of(tcpIdleTimeoutSeconds("77")));
        FiveTuple other = FiveTuple.parse("tcp 203.0.113.9:40000 -> 198.51.100.1:81");
        bench.handshake(0, other);
        assertThat(bench.releaseSeconds(other)).isEqualTo(350);
        assertThat(gateway.balancer().listeners())
                .map(listener -> listener.idle())
                .containsExactly(
                        Duration.ofSeconds(77),
                        Duration.ofSeconds(350),
                        Duration.ofSeconds(350),
                        Duration.ofMinutes(2));
    }
}
