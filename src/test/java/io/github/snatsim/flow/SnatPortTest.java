package io.github.snatsim.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnatPortTest {
    private static final IpAddress VM = IpAddress.parse("10.0.0.4");
    private static final IpAddress OTHER_VM = IpAddress.parse("10.0.0.5");
    private static final IpAddress FIREWALL = IpAddress.parse("10.255.0.1");

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 65535", "1, 0", "1, 1024", "32767, 65535"})
    void aNumberIsAFrontendAndAPort(int frontend, int port) {
        int number = SnatPort.of(frontend, port);

        assertThat(number).isNotNegative();
        assertThat(SnatPort.frontend(number)).isEqualTo(frontend);
        assertThat(SnatPort.port(number)).isEqualTo(port);
    }

    @Test
    void aNumberedFrontendIsPartOfThePortsAndOfTheRefusals() {
        FlowKeys keys = new FlowKeys();
        SnatProfile classic = SnatProfile.classic();
        SnatPorts ports =
                SnatPorts.ofFrontend(7, keys, classic.portChoice().get(), classic.udpSharing(), classic.idle());
        ports.assign(VM, PortSet.of(PortRange.parse("1024")));
        List<String> heard = new ArrayList<>();
        FlowTable table = new FlowTable(keys, ports, classic.flows(), new FlowListener() {
            @Override
            public void opened(long timeNanos, long flow, int port) {
                heard.add("opened " + SnatPort.frontend(port) + ":" + SnatPort.port(port));
            }

            @Override
            public void refused(long timeNanos, long flow, int frontend, Outcome reason) {
                heard.add(reason + " " + frontend);
            }
        });

        assertThat(table.offer(syn(VM, 1))).isEqualTo(new Verdict.Opened(1_024));
        assertThat(table.offer(syn(VM, 2)).outcome()).isEqualTo(Outcome.NO_FREE_PORT);
        assertThat(table.flows()).singleElement().satisfies(flow -> {
            assertThat(flow.frontend()).isEqualTo(7);
            assertThat(flow.port()).isEqualTo(1_024);
        });
        assertThat(heard).containsExactly("opened 7:1024", "NO_FREE_PORT 7");
    }

    @Test
    void t2_sharedPortsServeEverySourceAndStayUnique() {
        FlowKeys keys = new FlowKeys();
        SnatProfile classic = SnatProfile.classic();
        SnatPorts ports =
                SnatPorts.shared(0, FIREWALL, keys, classic.portChoice().get(), classic.udpSharing(), classic.idle());
        ports.assign(FIREWALL, PortSet.of(PortRange.parse("1024-1025")));
        FlowTable table = new FlowTable(keys, ports, classic.flows(), new FlowListener() {});

        assertThat(table.offer(syn(VM, 1))).isEqualTo(new Verdict.Opened(1_024));
        assertThat(table.offer(syn(OTHER_VM, 1))).isEqualTo(new Verdict.Opened(1_025));
        assertThat(table.offer(syn(OTHER_VM, 2)).outcome()).isEqualTo(Outcome.NO_FREE_PORT);
        table.delete(FiveTuple.parse("tcp 10.0.0.4:1 -> 203.0.113.7:443"));
        assertThat(table.offer(syn(OTHER_VM, 3))).isEqualTo(new Verdict.Opened(1_024));
    }

    private static FlowEvent syn(IpAddress source, int port) {
        return new FlowEvent(
                0,
                FlowEvent.Kind.SYN,
                Side.INITIATOR,
                FiveTuple.parse("tcp " + source + ":" + port + " -> 203.0.113.7:443"));
    }
}
