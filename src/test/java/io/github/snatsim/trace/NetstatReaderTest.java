package io.github.snatsim.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetstatReaderTest {
    private static final String LINUX = """
            Active Internet connections (servers and established)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State
            tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN
            tcp        0     64 10.0.0.4:22             198.51.100.9:51000      ESTABLISHED
            tcp        0      0 10.0.0.4:43210          203.0.113.7:443         ESTABLISHED
            tcp        0      0 10.0.0.4:43211          203.0.113.7:443         TIME_WAIT
            tcp        0      0 10.0.0.4:43212          203.0.113.7:443         TIME_WAIT
            tcp        0      0 10.0.0.4:43210          203.0.113.8:443         CLOSE_WAIT
            tcp6       0      0 :::80                   :::*                    LISTEN
            udp        0      0 0.0.0.0:68              0.0.0.0:*
            udp        0      0 10.0.0.4:50000          203.0.113.53:53         ESTABLISHED
            Active UNIX domain sockets (servers and established)
            Proto RefCnt Flags       Type       State         I-Node   Path
            unix  2      [ ACC ]     STREAM     LISTENING     12345    /run/x
            """;

    private static final String WINDOWS = """

            Active Connections

              Proto  Local Address          Foreign Address        State           PID
              TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       900
              TCP    10.0.0.4:49677         203.0.113.7:443        ESTABLISHED     1234
              TCP    10.0.0.4:49678         203.0.113.7:443        TIME_WAIT       0
              TCP    [::]:445               [::]:0                 LISTENING       4
              UDP    0.0.0.0:123            *:*                                    1000
            """;

    private static NetstatSnapshot read(String text) throws IOException {
        return NetstatReader.read(new StringReader(text), "netstat.txt");
    }

    private static NetstatSnapshot.Use use(String destination, ImmutableMap<String, Integer> byState) {
        return new NetstatSnapshot.Use(IpAddress.parse("10.0.0.4"), Destination.parse(destination), byState);
    }

    @Test
    void s6_countsOutboundConnectionsByDestinationAndState() throws IOException {
        NetstatSnapshot snapshot = read(LINUX);

        assertThat(snapshot.uses())
                .containsExactly(
                        use("tcp 203.0.113.7:443", ImmutableMap.of("ESTABLISHED", 1, "TIME_WAIT", 2)),
                        use("tcp 203.0.113.8:443", ImmutableMap.of("CLOSE_WAIT", 1)),
                        use("udp 203.0.113.53:53", ImmutableMap.of("", 1)));
        assertThat(snapshot.uses().get(0).connections()).isEqualTo(3);
        assertThat(snapshot.inbound()).as("the session on port 22").isEqualTo(1);
        assertThat(snapshot.skipped()).containsEntry("IPv6", 1).containsEntry("no connection", 2);
    }

    @Test
    void s6_readsWhatWindowsPrintsToo() throws IOException {
        NetstatSnapshot snapshot = read(WINDOWS.replace("\n", "\r\n"));

        assertThat(snapshot.uses())
                .containsExactly(use("tcp 203.0.113.7:443", ImmutableMap.of("ESTABLISHED", 1, "TIME_WAIT", 1)));
        assertThat(snapshot.inbound()).isZero();
        assertThat(snapshot.skipped()).containsEntry("IPv6", 1).containsEntry("no connection", 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello\nworld\n", "Proto Recv-Q\n"})
    void whatIsNoNetstatIsRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(TraceException.class)
                .hasMessage("netstat.txt: no row begins with tcp or udp: expected what netstat -an prints");
    }

    @Test
    void aDamagedRowIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("tcp 0 0 10.0.0.4:1 203.0.113.7:443 ESTABLISHED\ntcp 0 0 10.0.0.4:1\n"))
                .isInstanceOf(TraceException.class)
                .hasMessageStartingWith("netstat.txt:2: expected a local and a foreign address");
        assertThatThrownBy(() -> read("tcp 0 0 10.0.0.4:99999 203.0.113.7:443 ESTABLISHED\n"))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("99999");
    }
}
