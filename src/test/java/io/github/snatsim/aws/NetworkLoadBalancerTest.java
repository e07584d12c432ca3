package io.github.snatsim.aws;

import static io.github.snatsim.aws.NlbBench.LISTENERS;
import static io.github.snatsim.aws.NlbBench.TARGETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.IpAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a load balancer may be. */
class NetworkLoadBalancerTest {
    private static final Endpoint HERE = Endpoint.parse("198.51.100.1:80");

    @ParameterizedTest
    @CsvSource({"TCP, 350", "UDP, 120", "TLS, 350"})
    void n2_defaultIdleTimes(ListenerProtocol protocol, long seconds) {
        assertThat(Listener.of("a", protocol, HERE).idle()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59S", "PT59.999999999S", "PT60.5S", "PT6000.000000001S", "PT6001S", "PT0S", "PT-60S"})
    void n3_aTcpListenerHasWholeSecondsFrom60To6000(String idle) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Listener("a", ListenerProtocol.TCP, HERE, Duration.parse(idle)))
                .withMessageStartingWith("idle time " + Duration.parse(idle)
                        + " of TCP listener a: expected whole seconds from 60 to 6000 (N3); nearest valid: ");
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 350, 6_000})
    void n3_bothEndsOfTheRangeAreAllowed(long seconds) {
        Duration idle = Duration.ofSeconds(seconds);
        assertThat(new Listener("a", ListenerProtocol.TCP, HERE, idle).idle()).isEqualTo(idle);
    }

    @ParameterizedTest
    @EnumSource(names = {"UDP", "TLS"})
    void n2_otherListenersHaveAnyIdleTimeAboveZero(ListenerProtocol protocol) {
        assertThat(new Listener("a", protocol, HERE, Duration.ofNanos(1)).idle())
                .isEqualTo(Duration.ofNanos(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Listener("a", protocol, HERE, Duration.ZERO))
                .withMessage("idle time PT0S of " + protocol + " listener a: expected above zero");
    }

    @Test
    void n1_aListenerHasAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Listener.of(" ", ListenerProtocol.TCP, HERE))
                .withMessage("listener name ' ' is blank: expected an ARN or another name");
    }

    @Test
    void n1_thereAreListenersWithNamesAndPlacesOfTheirOwn() {
        Listener web = Listener.of("web", ListenerProtocol.TCP, HERE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkLoadBalancer.of(List.of(), TARGETS, 1))
                .withMessage("no listeners: expected at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkLoadBalancer.of(
                        List.of(web, Listener.of("web", ListenerProtocol.UDP, HERE)), TARGETS, 1))
                .withMessage("two listeners are called web: expected one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkLoadBalancer.of(
                        List.of(web, Listener.of("tls", ListenerProtocol.TLS, HERE)), TARGETS, 1))
                .withMessage("two listeners at tcp 198.51.100.1:80: expected one per protocol, address and port");
    }

    @Test
    void n1_tcpAndUdpMayListenAtOneEndpoint() {
        List<Listener> both =
                List.of(Listener.of("t", ListenerProtocol.TCP, HERE), Listener.of("u", ListenerProtocol.UDP, HERE));
        assertThat(NetworkLoadBalancer.of(both, TARGETS, 1).listeners()).isEqualTo(both);
    }

    @Test
    void n1_thereAreTargetsEachOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkLoadBalancer.of(LISTENERS, List.of(), 1))
                .withMessage("0 targets: expected 1 to 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkLoadBalancer.of(LISTENERS, Collections.nCopies(2, HERE), 1))
                .withMessage("target 198.51.100.1:80 is there twice: expected once");
        assertThat(NetworkLoadBalancer.of(LISTENERS, targets(65_536), 1).targets())
                .hasSize(65_536);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkLoadBalancer.of(LISTENERS, targets(65_537), 1))
                .withMessage("65537 targets: expected 1 to 65536");
    }

    private static ImmutableList<Endpoint> targets(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Endpoint(IpAddress.ofIpv4(0x0a000000 + i), 80))
                .collect(ImmutableList.toImmutableList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void n4_aTableHasAtLeastOnePlace(int flowsMax) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkLoadBalancer.of(LISTENERS, TARGETS, flowsMax))
                .withMessage("a flow table for " + flowsMax + " flows: expected at least 1");
    }

    @Test
    void n1_handshakesAreForgottenAfterSomeTime() {
        NetworkLoadBalancer balancer = NlbBench.balancer(1);
        assertThat(balancer.halfOpenIdle()).isEqualTo(Duration.ofSeconds(60));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> balancer.withHalfOpenIdle(Duration.ZERO))
                .withMessage("half-open idle time PT0S: expected above zero");
    }

    @Test
    void n1_n4_readingsAreSelectedOneByOne() {
        NetworkLoadBalancer balancer = NlbBench.balancer(7);
        assertThat(balancer.fullTable()).isEqualTo(FullTable.SILENT);
        assertThat(balancer.targetPackets()).isEqualTo(TargetPackets.SEEN);
        assertThat(balancer.activeFlows()).isEqualTo(ActiveFlows.ESTABLISHED);
        assertThat(balancer.withFlowsMax(8)
                        .withHalfOpenIdle(Duration.ofSeconds(3))
                        .withFullTable(FullTable.RST)
                        .withTargetPackets(TargetPackets.NOT_SEEN)
                        .withActiveFlows(ActiveFlows.SYN_SENT_AND_ESTABLISHED)
                        .withSeed(9))
                .isEqualTo(new NetworkLoadBalancer(
                        balancer.listeners(),
                        balancer.targets(),
                        8,
                        Duration.ofSeconds(3),
                        FullTable.RST,
                        TargetPackets.NOT_SEEN,
                        ActiveFlows.SYN_SENT_AND_ESTABLISHED,
                        9));
    }
}
