package io.github.snatsim.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.flow.Flow;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.metrics.Metrics;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.Side;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirewallGatewayTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Destination BACKEND = Destination.parse("tcp 203.0.113.20:443");

    private static FirewallGateway gateway(int publicIps, int portsPerIp, int sources) {
        FirewallGateway gateway = new FirewallGateway(new AzureFirewall(publicIps, portsPerIp), SnatProfile.classic());
        for (int i = 0; i < sources; i++) {
            gateway.connect(IpAddress.ofIpv4(IpAddress.parse("10.0.0.4").ipv4Bits() + i));
        }
        gateway.advanceTo(0);
        return gateway;
    }

    private static FiveTuple flow(int source, int port, Destination to) {
        return FiveTuple.parse(to.protocol() + " 10.0.0." + (4 + source) + ":" + port + " -> " + to.endpoint());
    }

    private static Verdict send(FirewallGateway gateway, long time, FlowEvent.Kind kind, Side side, FiveTuple flow) {
        return gateway.offer(new FlowEvent(time, kind, side, flow));
    }

    private static Verdict syn(FirewallGateway gateway, long time, FiveTuple flow) {
        return send(gateway, time, FlowEvent.Kind.SYN, Side.INITIATOR, flow);
    }

    @Test
    void g3_allSourcesTakeOneFirewallsPortsThoseOfTheFirstPublicIpFirst() {
        FirewallGateway gateway = gateway(2, 2, 2); // 2 IPs x 2 ports
        assertThat(gateway.portsFree(BACKEND)).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            assertThat(syn(gateway, 0, flow(i % 2, 1_000 + i, BACKEND))).isInstanceOf(Verdict.Opened.class);
            assertThat(gateway.portsFree(BACKEND)).isEqualTo(3 - i);
        }
        assertThat(gateway.table().flows())
                .extracting(flow -> flow.frontend() + " " + flow.port())
                .containsExactly("0 1024", "0 1025", "1 1024", "1 1025");
        assertThat(syn(gateway, 0, flow(0, 1_004, BACKEND)))
                .isEqualTo(new Verdict.Refused(Outcome.NO_FREE_PORT, BACKEND));
        // another destination has all of them, and UDP ports are apart (P3)
        Destination other = Destination.parse("tcp 203.0.113.20:444");
        assertThat(gateway.portsFree(other)).isEqualTo(4);
        assertThat(syn(gateway, 0, flow(0, 1_004, other))).isInstanceOf(Verdict.Opened.class);
        assertThat(gateway.portsFree(BACKEND)).isZero();
        assertThat(gateway.portsFree(other)).isEqualTo(3);
        assertThat(gateway.portsFree(Destination.parse("udp 203.0.113.20:443"))).isEqualTo(4);
    }

    @Test
    void g3_aPortOfTheFirstPublicIpThatComesBackIsTakenFirst() {
        FirewallGateway gateway = gateway(2, 1, 2);
        syn(gateway, 0, flow(0, 1_000, BACKEND));
        syn(gateway, 0, flow(1, 1_000, BACKEND));
        send(gateway, SECOND, FlowEvent.Kind.RST, Side.INITIATOR, flow(0, 1_000, BACKEND));

        gateway.advanceTo(16 * SECOND - 1);
        assertThat(gateway.portsFree(BACKEND)).isZero();
        gateway.advanceTo(16 * SECOND); // 1 + 15
        assertThat(gateway.portsFree(BACKEND)).isEqualTo(1);
        syn(gateway, 16 * SECOND, flow(1, 1_001, BACKEND));
        assertThat(gateway.table().flow(flow(1, 1_001, BACKEND)).map(Flow::frontend))
                .contains(0);
    }

    @Test
    void g3_metricsCountUnderTheFirewallsAddress() {
        FirewallGateway gateway = gateway(2, 1, 2);
        Metrics metrics = new Metrics(gateway.keys(), Duration.ofMinutes(4));
        gateway.listen(metrics);
        syn(gateway, 10 * SECOND, flow(0, 1_000, BACKEND));
        syn(gateway, 20 * SECOND, flow(1, 1_000, BACKEND)); // both ports are taken from here ...
        syn(gateway, 30 * SECOND, flow(0, 1_001, BACKEND)); // refused
        syn(gateway, 40 * SECOND, flow(1, 1_001, BACKEND)); // refused
        gateway.advanceTo(300 * SECOND); // ... until the first idles out, at 250 s

        MetricsResult result = metrics.result(300 * SECOND);
        assertThat(result.opened()).isEqualTo(2);
        assertThat(result.refused()).isEqualTo(2);
        assertThat(result.exhaustedNanos()).isEqualTo(230 * SECOND);
        assertThat(result.portUse()).singleElement().satisfies(use -> {
            assertThat(use.instance()).isEqualTo(FirewallGateway.ADDRESS);
            assertThat(use.portsUsedMax()).isEqualTo(2); // one port number, of two public IPs
        });
        assertThat(result.episodes()).singleElement().satisfies(episode -> {
            assertThat(episode.instance()).isEqualTo(FirewallGateway.ADDRESS);
            assertThat(episode.firstRefusalNanos()).isEqualTo(30 * SECOND);
            assertThat(episode.lastRefusalNanos()).isEqualTo(40 * SECOND);
            assertThat(episode.refused()).isEqualTo(2);
        });
    }

    @Test
    void t8_whatNeedsNoSnatPasses() {
        FirewallGateway gateway = gateway(1, 1, 1);
        Metrics metrics = new Metrics(gateway.keys(), Duration.ofMinutes(4));
        gateway.listen(metrics);
        FiveTuple inside = flow(0, 1_000, Destination.parse("tcp 10.9.9.9:443"));

        assertThat(syn(gateway, 5, inside)).isEqualTo(new Verdict.Untranslated());
        assertThat(send(gateway, 6, FlowEvent.Kind.PACKET, Side.RESPONDER, inside))
                .isEqualTo(new Verdict.Untranslated());
        assertThat(metrics.result(10).untranslated()).isEqualTo(1);
        assertThat(metrics.result(10).attempts()).isZero();
        assertThat(gateway.isLive(inside)).isFalse();
    }

    /** T2 across all sources, and free + taken = owned, after each of random packets. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void t2_noTwoFlowsShareAPublicIpPortAndDestination(long seed) {
        Random random = new Random(seed);
        int publicIps = 1 + random.nextInt(3);
        int portsPerIp = 1 + random.nextInt(6);
        FirewallGateway gateway = gateway(publicIps, portsPerIp, 4);
        List<Destination> destinations = List.of(BACKEND, Destination.parse("tcp 203.0.113.21:443"));
        List<FlowEvent.Kind> kinds = List.of(
                FlowEvent.Kind.SYN, FlowEvent.Kind.SYN, FlowEvent.Kind.FIN, FlowEvent.Kind.RST, FlowEvent.Kind.PACKET);
        long time = 0;
        for (int step = 0; step < 1_500; step++) {
            time += random.nextInt(10) * SECOND;
            send(
                    gateway,
                    time,
                    kinds.get(random.nextInt(kinds.size())),
                    random.nextInt(3) == 0 ? Side.RESPONDER : Side.INITIATOR,
                    flow(random.nextInt(4), 1_000 + random.nextInt(8), destinations.get(random.nextInt(2))));
            List<Flow> flows = gateway.table().flows();
            assertThat(flows.stream()
                            .map(flow -> flow.frontend() + " " + flow.port() + " "
                                    + flow.tuple().to()))
                    .as("seed %d, step %d", seed, step)
                    .doesNotHaveDuplicates();
            for (Destination each : destinations) {
                long taken = flows.stream()
                        .filter(flow -> flow.tuple().to().equals(each))
                        .count();
                assertThat(gateway.portsFree(each) + taken)
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo((long) publicIps * portsPerIp);
            }
        }
    }
}
