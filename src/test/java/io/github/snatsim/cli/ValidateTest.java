package io.github.snatsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that is wrong with a file at once, each with the nearest valid value; and the arithmetic of what is right. */
class ValidateTest {
    private static final String CLIENTS = """
            clients:
              - name: web
                arrivals: {even: 1/s}
                destinations: tcp 203.0.113.7:443
            """;

    @TempDir
    Path folder;

    private CliRun validate(String scenario) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), "duration: 4h\n" + scenario + CLIENTS);
        return CliRun.of("validate", file.toString());
    }

    /** What stands behind the name of the file. */
    private List<String> wrong(String scenario) throws IOException {
        String err = validate(scenario).isRefusedInLines().err();
        return Splitter.on('\n')
                .omitEmptyStrings()
                .splitToStream(err)
                .map(line -> line.replace("snatsim: " + folder.resolve("s.yaml") + ":", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "instances: 401\\ngateway: {pool: classic}|a pool of 401 instances: expected 1-400; the Resource Manager table goes up to 1,000 (P2); nearest valid: 400|401|400",
                "instances: 1001\\ngateway: {pool: resource-manager}|a pool of 1001 instances: expected 1-1000 (P2); nearest valid: 1000|1001|1000",
                "instances: 64\\ngateway: {pool: {tiers: {fixed: 1024}}}|64 instances with 1024 ports each need 65536 ports, 1024-65535 has 64512: expected no more than that (P4); nearest valid: 63 instances at 1024 ports each, or 1008 ports each at 64 instances|64|63",
                "instances: 64\\ngateway: {pool: {tiers: {fixed: 1024}}}|or 1008 ports each at 64 instances|1024|1008",
                "gateway: {ports-per-instance: 64513}|64513 ports per instance: expected 1-64512 (P4); nearest valid: 64512|64513|64512",
                "gateway: {pool: {range: 1030-2055}}|port range 1030-2055: expected a first port that is a multiple of 8 (P4); nearest valid: 1032-2055|1030|1032",
                "gateway: {pool: {tiers: [{pool-size: 1-9, ports: 29}]}}|1-9 instances with 29 ports each: expected a multiple of 8 (P4); nearest valid: 32|29|32",
                "deployment: {roles: [{name: a, instances: 401}]}|the shared address: a pool of 401 instances: expected 1-400; the Resource Manager table goes up to 1,000 (P2); nearest valid: 400|401|400",
                "deployment: {reported-factor: 2.5, roles: [{name: a}]}|pools reported as 2.5 times their size: expected 1 to 2 (P8); nearest valid: 2|2.5|2",
                "deployment: {host-ports: 65536, roles: [{name: a}]}|65536 host ports: expected 1-65535 (S1); nearest valid: 65535|65536|65535",
                "deployment: {roles: [{name: a, instances: 2}]}\\nactions: [{at: 2h, scale-out: {role: a, count: 399}}]|the action at PT2H: the shared address: a pool of 401 instances: expected 1-400; the Resource Manager table goes up to 1,000 (P2); nearest valid: a scale-out by 398|399|398",
                "instances: 2\\ngateway: {pool: classic}\\nactions: [{at: 2h, instances: 402}]|the action at PT2H: a pool of 402 instances: expected 1-400; the Resource Manager table goes up to 1,000 (P2); nearest valid: 400|402|400",
                "deployment: {roles: [{name: a}]}\\nactions: [{at: 2h, redeploy: {factor: 2.1, takes: 1h}}]|a redeployment that reports 2.1 times the pool: expected above 1, up to 2 (P8); nearest valid: 2|2.1|2",
                "api-management: {units: 1001, ports-per-unit: 8}|1001 units: expected 1-1000; nearest valid: 1000|1001|1000",
                "api-management: {units: 2, ports-per-unit: 64513}|64513 ports per unit: expected 1-64512 (G1); nearest valid: 64512|64513|64512",
                "api-management: {units: 2, ports-per-unit: 8, on: [more-units], mitigations: {more-units: 2}}|more-units: 2 with 2 units: expected more than that (G3); nearest valid: 3|more-units: 2}|more-units: 3}",
                "api-management: {units: 2, ports-per-unit: 8, mitigations: {firewall: {public-ips: 251, ports-per-ip: 8}}}|a firewall with 251 public IPs: expected 1-250 (G3); nearest valid: 250|251|250",
                "api-management: {units: 2, ports-per-unit: 8, mitigations: {firewall: {instances: 26}}}|a firewall of 26 backend instances: expected 2-25 (G3); nearest valid: 25|26|25",
                "api-management: {units: 2, ports-per-unit: 8, autoscale: {metric: calls, scale-out-above: 5, scale-in-below: 1, units-min: 3, units-max: 2}}|at most 2 units and at least 3: expected the most not below the fewest (G4); nearest valid: at most 3|units-max: 2|units-max: 3"
            })
    void oneNumberIsWrong_andTheNearestIsRight(String lines, String message, String bad, String good)
            throws IOException {
        String scenario = lines.replace("\\n", "\n") + "\n";
        assertThat(wrong(scenario))
                .singleElement()
                .satisfies(line ->
                        assertThat(line).matches("[0-9]+:[0-9]+: key '.*").contains(message));
        validate(scenario.replace(bad, good)).succeeds();
    }

    @Test
    void n3_aListenersIdleTime() throws IOException {
        String balancer = """
                network-load-balancer:
                  flows-max: 10
                  targets: [10.0.1.10:443]
                  listeners:
                    - {arn: a, endpoint: 203.0.113.7:443, idle: 59s}
                    - {arn: b, endpoint: 203.0.113.8:443, idle: 6001s}
                """;
        assertThat(wrong(balancer))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("(N3); nearest valid: 60s"),
                        line -> assertThat(line).endsWith("(N3); nearest valid: 6000s"));
        validate(balancer.replace("59s", "60s").replace("6001s", "6000s")).succeeds();
    }

    @Test
    void p2_s1_s7_p8_everyViolationOfADeploymentIsTold() throws IOException {
        assertThat(wrong("""
                deployment:
                  endpoints: {one: 203.0.113.1, two: 203.0.113.2}
                  reported-factor: 3
                  host-ports: 70000
                  roles:
                    - {name: a, instances: 401, endpoints: [one]}
                    - {name: b, instances: 500, endpoints: [two]}
                """))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("4:20: ").contains("(P8); nearest valid: 2"),
                        line -> assertThat(line).startsWith("5:15: ").contains("(S1); nearest valid: 65535"),
                        line -> assertThat(line)
                                .contains("one: a pool of 401 instances")
                                .endsWith("nearest valid: 400"),
                        line -> assertThat(line)
                                .contains("two: a pool of 500 instances")
                                .endsWith("nearest valid: 400"));
    }

    @Test
    void g1_g3_everyViolationOfAServiceIsTold() throws IOException {
        assertThat(wrong("""
                api-management:
                  units: 5000
                  ports-per-unit: 70000
                  mitigations: {firewall: {public-ips: 300, ports-per-ip: 80000}, more-backends: {count: 1}}
                """))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("3:10: ").contains("5000 units"),
                        line -> assertThat(line).startsWith("4:19: ").contains("70000 ports per unit"),
                        line -> assertThat(line).contains("300 public IPs"),
                        line -> assertThat(line).contains("80000 ports for each public IP"),
                        line -> assertThat(line)
                                .contains("1 IPs or ports for each backend")
                                .contains("nearest valid: 2"));
    }

    @Test
    void p2_p4_whatIsWrongAtTheBeginningDoesNotHideWhatComesLater() throws IOException {
        assertThat(wrong("""
                instances: 401
                gateway: {pool: classic}
                actions:
                  - {at: 1h, instances: 500}
                  - {at: 2h, instances: 30}
                  - {at: 5h, stop: web}
                """))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("2:12: ").contains("a pool of 401"),
                        line -> assertThat(line)
                                .startsWith("5:5: ")
                                .contains("a pool of 500")
                                .endsWith("nearest valid: 400"),
                        line -> assertThat(line).startsWith("7:5: ").contains("an action at PT5H in a run of PT4H"));
    }

    @Test
    void p5_aScaleOutByTooManyCountsAsOneByAsManyAsCanBe() throws IOException {
        assertThat(wrong("""
                deployment: {roles: [{name: a, instances: 300}]}
                actions:
                  - {at: 1h, scale-out: {role: a, count: 200}}
                  - {at: 2h, scale-in: {role: a, count: 350}}
                  - {at: 3h, scale-out: {role: b, count: 1}}
                """))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("nearest valid: a scale-out by 100"),
                        line -> assertThat(line).contains("there is no role b"));
    }

    @Test
    void clientsAreReadWhateverTheGateway() throws IOException {
        assertThat(wrong("""
                gateway: {ports-per-instance: 70000, fin-trigger: both}
                outages: [{from: 2s, until: 1s, failure: rst}]
                warm-up: x
                """)).hasSize(4);
    }

    @Test
    void aThousandMistakesAreNotAllTold() throws IOException {
        assertThat(wrong("gateway: {ports-per-instance: 8}\nactions:\n" + "  - {at: x, stop: web}\n".repeat(1_000)))
                .hasSize(100);
    }

    @Test
    void p1_p8_p9_theArithmeticOfWhatIsRight() throws IOException {
        assertThat(validate("instances: 50\ngateway: {pool: classic}\n")
                        .succeeds()
                        .out())
                .endsWith("""
                          the pool's frontend: 50 instances x 1,024 ports = 51,200 of 64,512
                            redeploying at twice its size: 50 instances x 512 ports = 25,600 (P8)
                            one more instance: 512 each, 26,112 in all (P9)
                        """);
        assertThat(validate("instances: 400\ngateway: {pool: classic}\n")
                        .succeeds()
                        .out())
                .endsWith("""
                          the pool's frontend: 400 instances x 128 ports = 51,200 of 64,512
                            redeploying at twice its size: 400 instances x 64 ports = 25,600 (P8)
                        """);
        assertThat(validate("instances: 2\ngateway: {ports-per-instance: 128}\n")
                        .succeeds()
                        .out())
                .endsWith("  a frontend for each instance: 2 instances x 128 ports = 256\n");
    }

    @Test
    void s2_s3_g1_g3_eachFrontendHasItsOwn() throws IOException {
        assertThat(validate("""
                deployment:
                  endpoints: {web: 203.0.113.1, idle: 203.0.113.2}
                  roles:
                    - {name: a, instances: 99, endpoints: [web]}
                    - {name: b, instances: 1}
                """).succeeds().out()).endsWith("""
                          203.0.113.1 (web): 99 instances x 512 ports = 50,688 of 64,512
                            redeploying at twice its size: 99 instances x 256 ports = 25,344 (P8)
                            2 more instances: 256 each, 25,856 in all (P9)
                          the shared address: 1 instance x 1,024 ports = 1,024 of 64,512
                            redeploying at twice its size: 1 instance x 1,024 ports = 1,024 (P8)
                            50 more instances: 512 each, 26,112 in all (P9)
                        """);
        String service = """
                api-management:
                  units: 3
                  ports-per-unit: 256
                  in-vnet: true
                  mitigations: {firewall: {public-ips: 2, ports-per-ip: 1000}}
                """;
        assertThat(validate(service).succeeds().out()).endsWith("  each unit's own: 3 units x 256 ports = 768\n");
        assertThat(validate(service + "  on: [firewall]\n").succeeds().out())
                .endsWith("  the firewall: 2 public IPs x 1,000 ports = 2,000\n");
        assertThat(validate("gateway: {firewall: article}\n").succeeds().out())
                .endsWith("  the firewall: 1 public IP x 64,000 ports = 64,000\n");
    }

    @Test
    void s3_namesCannotMoveTheCursor() throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), """
                duration: 1s
                deployment: {roles: [{name: "r\\u001b[31m\\n"}]}
                clients: [{name: c, arrivals: {even: 1/s}, destinations: "tcp 203.0.113.7:443"}]
                """);
        assertThat(CliRun.of("validate", file.toString()).succeeds().out())
                .contains("note: r?[31m?-1: ")
                .doesNotContain("\u001b");
        assertThat(CliRun.of("explain", "instance", file.toString(), "x").err())
                .contains("r?[31m")
                .doesNotContain("\u001b");
    }
}
