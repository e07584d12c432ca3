package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.report.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a port is still held: connections at times that are easy to reckon with. */
class ExplainPortTest {
    /** One connection from 1 s to 3.2 s. */
    private static final String ONE = """
            duration: 10min
            gateway: {ports-per-instance: 8}
            clients:
              - name: web
                arrivals: {recorded: [1s]}
                destinations: tcp 203.0.113.7:443
                lifetime: {fixed: 2200ms}
            """;

    @TempDir
    Path folder;

    private CliRun explain(String scenario, String... more) throws IOException {
        String file =
                Files.writeString(folder.resolve("scenario.yaml"), scenario).toString();
        String[] args = new String[more.length + 3];
        args[0] = "explain";
        args[1] = "port";
        args[2] = file;
        System.arraycopy(more, 0, args, 3, more.length);
        return CliRun.of(args);
    }

    private String said(String scenario, String... more) throws IOException {
        return explain(scenario, more).succeeds().out();
    }

    @Test
    void r1_afterBothFinsThePortWaits240Seconds() throws IOException {
        assertThat(said(ONE, "1024", "--at", "100s"))
                .startsWith("Port 1024 at 100.0 s\n")
                .contains("Owner  10.0.0.4, in its 8 ports 1024-1031\n")
                .contains("TCP    held by 1 flow, taken for 203.0.113.7:443, free for any other (T2, T3)\n")
                .contains(" -> 203.0.113.7:443\n      FIN hold: closed by FIN at 3.2 s, free at 243.2 s (R1)\n")
                .contains("UDP    free\n");
    }

    @Test
    void r2_afterAnRstItWaits15Seconds() throws IOException {
        assertThat(said(ONE + "    close: rst\n", "1024", "--at", "18s"))
                .contains("RST hold: reset at 3.2 s, free at 18.2 s (R2)\n");
        assertThat(said(ONE + "    close: rst\n", "1024", "--at", "18200ms")).contains("TCP    free\n");
    }

    @Test
    void r3_whatNobodyClosesIsFreedBySilence() throws IOException {
        assertThat(said(ONE, "1024", "--at", "2s"))
                .contains("open: silent since 1.0 s, idle time 240 s frees it at 241.0 s unless a packet comes (R3)\n");
        assertThat(said(ONE + "    close: none\n", "1024", "--at", "100s"))
                .contains("open: silent since 3.2 s, idle time 240 s frees it at 243.2 s unless a packet comes (R3)\n");
        assertThat(said(
                        ONE.replace("ports-per-instance: 8", "ports-per-instance: 8, idle: 90s") + "    close: none\n",
                        "1024",
                        "--at",
                        "50s"))
                .contains("idle time 90 s frees it at 93.2 s");
    }

    @Test
    void r4_udpHasIdleAlone() throws IOException {
        assertThat(said(ONE.replace("tcp 203", "udp 203"), "1024", "--at", "100s"))
                .contains("TCP    free\n")
                .contains("UDP    held by 1 flow")
                .contains("open: silent since 3.2 s, idle time 240 s frees it at 243.2 s unless a packet comes (R4)\n");
    }

    @Test
    void r3_keepalivesKeepItIfTheyComeInTime() throws IOException {
        // the connection is open from 1 s on, so keepalives are due at 61, 121 ...
        assertThat(said(ONE + "    close: none\n    keepalive: 60s\n", "1024", "--at", "100s"))
                .contains("silent since 61.0 s, idle time 240 s frees it at 301.0 s unless a packet comes (R3);"
                        + " a keepalive of client web every 60 s keeps it\n");
        assertThat(said(ONE + "    close: none\n    keepalive: 240s\n", "1024", "--at", "100s"))
                .contains("; a keepalive of client web every 240 s is too rare to keep it\n");
        assertThat(said(ONE + "    keepalive: 60s\n", "1024", "--at", "50s"))
                .as("closed: nothing is sent any more")
                .doesNotContain("keepalive");
        assertThat(said(ONE + "    close: none\n    keepalive: 60s\n", "1024"))
                .as("at the end, when the next one would come after it")
                .contains("Port 1024 at 600.0 s\n")
                .contains("silent since 541.0 s")
                .contains("every 60 s keeps it\n");
    }

    @Test
    void t3_flowsToDifferentDestinationsShareIt() throws IOException {
        String other = """
              - name: other
                arrivals: {recorded: [2s]}
                destinations: tcp 203.0.113.8:443
                lifetime: {fixed: 10s}
            """;
        assertThat(said(ONE + other, "1024", "--at", "5s"))
                .contains("held by 2 flows, taken for 203.0.113.7:443, 203.0.113.8:443, free for any other (T2, T3)\n")
                .contains("FIN hold: closed by FIN at 3.2 s, free at 243.2 s (R1)\n")
                .contains("open: silent since 2.0 s, idle time 240 s frees it at 242.0 s");
        assertThat(said(ONE + other, "1025", "--at", "5s"))
                .contains("TCP    free\n")
                .doesNotContain("203.0.113");
    }

    @Test
    void t7_udpThatSharesByAddressOrNotAtAll() throws IOException {
        String udp = ONE.replace("tcp 203", "udp 203");
        assertThat(said(udp.replace("8}", "8, udp-sharing: per-address}"), "1024", "--at", "5s"))
                .contains("held by 1 flow, free for destinations with another IP (T7)\n");
        assertThat(said(udp.replace("8}", "8, udp-sharing: none}"), "1024", "--at", "5s"))
                .contains("held by 1 flow, not to be shared (T7)\n");
    }

    @Test
    void p4_nobodyOwnsWhatIsBelow1024OrBetweenBlocks() throws IOException {
        assertThat(said(ONE, "1023"))
                .contains("Owner  nobody: 1023 is outside 1024-65535 (P4)\n")
                .doesNotContain("free");
        assertThat(said(ONE, "1032"))
                .contains("Owner  nobody: it is in no instance's block (P1)\n")
                .doesNotContain("free");
    }

    @Test
    void p1_inAPoolABlockHasOneOwner() throws IOException {
        // 51 instances own 512 each, in the order in which they joined: the second has 1536-2047
        String pool = ONE.replace("gateway: {ports-per-instance: 8}", "instances: 51\ngateway: {pool: classic}");
        assertThat(said(pool, "1600", "--at", "5s"))
                .contains("the pool's frontend, pool of 51\n")
                .contains("Owner  10.0.0.5, in its 512 ports 1536-2047\n")
                .contains("TCP    free\n");
        assertThat(said(pool, "1536", "--at", "5s")).contains("tcp 10.0.0.5:").contains("free at 243.2 s (R1)");
        assertThat(said(pool, "1536", "--at", "5s", "--instance", "10.0.0.5")).contains("free at 243.2 s (R1)");
        assertThat(said(pool, "1536", "--at", "5s", "--instance", "10.0.0.4"))
                .as("another's")
                .contains("Owner  10.0.0.5, in its 512 ports 1536-2047\n");
        assertThat(said(pool, "60000")).contains("nobody: it is in no instance's block (P1)");
    }

    @Test
    void frontendsOfTheirOwnAreListedEach() throws IOException {
        String two = ONE.replace("gateway", "instances: 2\ngateway");
        assertThat(said(two, "1024", "--at", "5s"))
                .contains("10.0.0.4's own frontend\n")
                .contains("10.0.0.5's own");
        assertThat(said(two, "1030", "--at", "5s"))
                .isEqualTo("Port 1030 at 5.0 s\n\nFree on 10.0.0.4's own frontend, 10.0.0.5's own frontend\n");
        assertThat(said(two, "1024", "--at", "5s", "--instance", "10.0.0.5"))
                .contains("10.0.0.5's own frontend")
                .doesNotContain("10.0.0.4");
    }

    @Test
    void s1ToS3_aDeploymentHasAFrontendForEachPublicIp() throws IOException {
        String deployment = ONE.replace("gateway: {ports-per-instance: 8}", """
                deployment:
                  endpoints: {web: 203.0.113.10}
                  roles:
                    - {name: front, instances: 2, endpoints: [web]}
                    - {name: jobs, instances: 1}
                    - {name: probe, instances: 1}
                  instance-level-ips: {probe-1: 198.51.100.7}
                """);
        String said = said(deployment, "1024", "--at", "100s");
        assertThat(said)
                .contains("203.0.113.10 (web), pool of 2\n  Owner  front-1 (10.0.0.4), in its 1,024 ports 1024-2047\n")
                .contains("(shared address), pool of 1\n  Owner  jobs-1 (10.0.0.6), in its 1,024 ports 1024-2047\n")
                .contains("    front-1: tcp 10.0.0.4:")
                .contains("    jobs-1: tcp 10.0.0.6:")
                .contains("Free on 198.51.100.7 (instance-level IP of probe-1 (10.0.0.7))\n");
        assertThat(said(deployment, "1024", "--at", "100s", "--instance", "jobs-1"))
                .contains("jobs-1: tcp")
                .doesNotContain("front-1");
        assertThat(explain(deployment, "1024", "--instance", "jobs-2")
                        .isRefused()
                        .err())
                .contains("there is no instance jobs-2: expected one of front-1");
    }

    @Test
    void s1_aHostPortHasNoIdleTime() throws IOException {
        String direct = ONE.replace("gateway: {ports-per-instance: 8}", """
                source-ports: {range: 5000-5000}
                deployment:
                  roles: [{name: probe, instances: 1}]
                  instance-level-ips: {probe-1: 198.51.100.7}
                """);
        assertThat(said(direct, "5000", "--at", "2s"))
                .contains("198.51.100.7 (instance-level IP of probe-1 (10.0.0.4))\n")
                .contains("Owner  probe-1 (10.0.0.4), as its host's port: not translated (S1)\n")
                .contains("open: no idle time, free when it is closed (S1)\n");
    }

    @Test
    void g1_g3_unitsHaveTheirOwnOrTheFirewalls() throws IOException {
        String service = ONE.replace("gateway: {ports-per-instance: 8}", """
                api-management:
                  units: 2
                  ports-per-unit: 8
                  in-vnet: true
                  mitigations: {firewall: {public-ips: 2, ports-per-ip: 16}}
                """);
        assertThat(said(service, "1024", "--at", "5s", "--protocol", "tcp"))
                .contains("10.0.0.4's own frontend\n")
                .contains("free at 243.2 s (R1)")
                .contains("Free on 10.0.0.5's own frontend\n")
                .doesNotContain("UDP");
        assertThat(said(service, "1024", "--at", "5s", "--with", "firewall"))
                .contains("the firewall's public IP 1 of 2\n")
                .contains("Owner  the firewall, for whoever is behind it: 1024-1039 (G3)\n")
                .contains("Free on the firewall's public IP 2 of 2\n");
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        assertThat(JsonText.object(said(ONE, "1024", "--at", "100s", "--json").strip()))
                .containsKeys("port", "seconds", "frontends");
        assertThat(said(ONE, "1024", "--at", "100s", "--json"))
                .contains("\"port\":1024,\"seconds\":100,")
                .contains("\"owner\":{\"address\":\"10.0.0.4\"},\"portsOwned\":8,\"ports\":\"1024-1031\"")
                .contains("\"state\":\"FIN_HOLD\",\"since\":3.2,\"until\":243.2");
    }

    @Test
    void whatCannotBeExplainedIsRefused() throws IOException {
        assertThat(explain(ONE, "0").isRefused().err()).contains("port 0: expected 1-65535");
        assertThat(explain(ONE, "65536").isRefused().err()).contains("port 65536: expected 1-65535");
        assertThat(explain(ONE, "x").isRefused().err()).contains("'x' is not an int");
        assertThat(explain(ONE, "1024", "--at", "11min").isRefused().err())
                .contains("--at 11min: expected at most the scenario's duration");
        assertThat(explain(ONE, "1024", "--protocol", "icmp").isRefused().err()).contains("--protocol");
        assertThat(explain(ONE, "1024", "--instance", "10.0.0.9").isRefused().err())
                .contains("no instance '10.0.0.9' at that time: expected 10.0.0.4\n");
        assertThat(CliRun.of("explain", "port", "docs/examples/15-load-balancer-late-sends.yaml", "1024")
                        .isRefused()
                        .err())
                .contains("has no SNAT ports to explain: flows of a load balancer take places in a table (N4)");
    }
}
