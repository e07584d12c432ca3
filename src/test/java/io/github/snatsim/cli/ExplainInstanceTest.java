package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snatsim.report.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an instance has to open flows with. Expected: the tier table by hand, and ports / hold. */
class ExplainInstanceTest {
    private static final String CLIENTS = """
            clients:
              - name: web
                arrivals: {recorded: [1s]}
                destinations: tcp 203.0.113.7:443
            """;

    @TempDir
    Path folder;

    private CliRun explain(String scenario, String... more) throws IOException {
        String file = Files.writeString(folder.resolve("scenario.yaml"), "duration: 10min\n" + scenario + CLIENTS)
                .toString();
        String[] args = new String[more.length + 3];
        args[0] = "explain";
        args[1] = "instance";
        args[2] = file;
        System.arraycopy(more, 0, args, 3, more.length);
        return CliRun.of(args);
    }

    @Test
    void p1_p8_anInstanceOfAPool() throws IOException {
        assertThat(explain("instances: 51\ngateway: {pool: classic}\n", "10.0.0.5", "--at", "5s")
                        .succeeds()
                        .out())
                .isEqualTo("""
                        Instance      10.0.0.5
                        Frontend      one for the pool of 51
                        Tier          pools of 51 to 100: 512 ports each (P1, P2)
                        Ports         512 for each destination, TCP and UDP each (T2, P3)
                        Owns          1536-2047; in use 1 TCP, 0 UDP
                        Redeployed    256 ports while the pool is reported at twice its size, 102 (P8)
                        Sustains      to one destination at most 2.13 connections/s closed by FIN (R1), 34.13 connections/s by RST (R2); a lifetime makes it fewer
                        """);
    }

    @Test
    void anInstanceWithAFrontendOfItsOwn() throws IOException {
        assertThat(explain("gateway: {ports-per-instance: 128, rst-hold: 0s}\n", "10.0.0.4")
                        .succeeds()
                        .out())
                .isEqualTo("""
                        Instance      10.0.0.4
                        Frontend      one of its own
                        Ports         128 for each destination, TCP and UDP each (T2, P3)
                        Owns          1024-1151; in use 0 TCP, 0 UDP
                        Sustains      to one destination at most 0.53 connections/s closed by FIN (R1), as many as it likes by RST (R2); a lifetime makes it fewer
                        """);
    }

    @Test
    void p5_itTellsOfTheTimeAskedFor() throws IOException {
        String growing = "instances: 50\ngateway: {pool: classic}\nactions: [{at: 1min, instances: 51}]\n";
        assertThat(explain(growing, "10.0.0.4").succeeds().out()).contains("Owns          1024-2047;");
        assertThat(explain(growing, "10.0.0.4", "--at", "1min").succeeds().out())
                .contains("Owns          1024-1535;");
        assertThat(explain(growing, "10.0.0.54").isRefused().err())
                .contains("no instance '10.0.0.54' at that time: expected 10.0.0.4 to 10.0.0.53");
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        String json = explain("instances: 25\ngateway: {pool: classic}\n", "10.0.0.4", "--json")
                .succeeds()
                .out();
        assertThat(JsonText.object(json.strip()))
                .containsEntry("address", "10.0.0.4")
                .containsEntry("poolSize", 25L)
                .containsEntry("portsOwned", 1_024L)
                .containsEntry("portsRedeploying", 1_024L)
                .containsEntry("ports", "1024-2047")
                .containsEntry("needsPorts", true);
    }

    @Test
    void g1_g3_aUnitOfAService() throws IOException {
        String service = """
                api-management:
                  units: 2
                  ports-per-unit: 480
                  in-vnet: true
                  hosting: azure
                  mitigations: {firewall: article, private-endpoint: }
                """;
        assertThat(explain(service, "10.0.0.5").succeeds().out())
                .contains("Ports         480 for each destination")
                .contains("at most 2.00 connections/s closed by FIN (R1), 32.00 connections/s by RST")
                .doesNotContain("Note");
        assertThat(explain(service, "10.0.0.5", "--with", "private-endpoint")
                        .succeeds()
                        .out())
                .contains("Note          calls take an endpoint of the VNet and need none of these ports (G3)");
        assertThat(explain(service, "10.0.0.5", "--with", "firewall")
                        .isRefused()
                        .err())
                .contains("no instance has ports of its own: all take those of the firewall (G3)");
    }

    @Test
    void s2_p1_anInstanceOfADeploymentHasAMethodAReasonAPublicIpAndPorts() throws IOException {
        String deployment = """
                deployment:
                  endpoints: {web: 203.0.113.10}
                  roles: [{name: front, instances: 51, endpoints: [web]}]
                """;
        assertThat(explain(deployment, "front-2").succeeds().out())
                .contains("Method        2, public load-balanced endpoint\n")
                .contains("Because       it has no instance-level public IP and is behind web (S2)")
                .contains("Public IP     203.0.113.10")
                .contains("Ports         512 for each destination")
                .contains("512 ports of 203.0.113.10 (web), pool of 51: 1536-2047");
    }

    @Test
    void aLoadBalancerHasNone() {
        assertThat(CliRun.of("explain", "instance", "docs/examples/15-load-balancer-late-sends.yaml", "10.0.0.4")
                        .isRefused()
                        .err())
                .contains("has no instances with ports to explain: a load balancer has places in a table (N4)");
    }
}
