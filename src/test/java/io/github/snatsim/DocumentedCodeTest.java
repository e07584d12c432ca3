package io.github.snatsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.Listener;
import io.github.snatsim.aws.ListenerAttribute;
import io.github.snatsim.aws.ListenerProtocol;
import io.github.snatsim.aws.NetworkLoadBalancer;
import io.github.snatsim.aws.NlbGateway;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.azure.DeploymentGateway;
import io.github.snatsim.azure.DeploymentImpact;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.plan.CapacityPlanner;
import io.github.snatsim.plan.ScenarioPlan;
import io.github.snatsim.report.PlanReport;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.SnatSetup;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code of the documents beside the README compiles and runs because it stands here too. */
class DocumentedCodeTest {
    private static final Path SOURCE = Path.of("src/test/java/io/github/snatsim/DocumentedCodeTest.java");
    private static final Pattern JAVA = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    static Stream<Path> documents() {
        return Stream.of(Path.of("docs/azure.md"), Path.of("docs/aws-nlb.md"), Path.of("docs/planning.md"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyJavaBlockStandsInThisFile(Path document) throws IOException {
        String source = withoutSpace(Files.readString(SOURCE));
        assertThat(JAVA.matcher(Files.readString(document)).results())
                .isNotEmpty()
                .allSatisfy(block -> assertThat(source).contains(withoutSpace(block.group(1))));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAFile(Path document) throws IOException {
        assertThat(Pattern.compile("\\]\\(([^)#:]+)")
                        .matcher(Files.readString(document))
                        .results())
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Path.of("docs", link.group(1))).exists());
    }

    @Test
    void aDeploymentAnswersBeforeItGrows() {
        Deployment deployment = Deployment.behindOneEndpoint(50, IpAddress.parse("203.0.113.10"));
        DeploymentGateway gateway = new DeploymentGateway(deployment, OutboundRules.classic(), 1);
        DeploymentImpact impact = gateway.whatIf(new DeploymentChange.ScaleOut("vm", 1));
        System.out.println(
                impact.flowsCut() + " flows would be cut, " + impact.flowsCutMin() + " to " + impact.flowsCutMax());
        gateway.change(new DeploymentChange.ScaleOut("vm", 1));
        System.out.println(gateway.explain("vm-1").portsPerDestination() + " ports from "
                + gateway.publicIpOf("vm-1").orElseThrow());

        assertThat(impact.flowsCutMax()).isZero();
        assertThat(gateway.explain("vm-1").portsPerDestination()).isEqualTo(512);
    }

    @Test
    void aLoadBalancerTakesAnAttribute() {
        Listener iot = Listener.of("iot", ListenerProtocol.TCP, Endpoint.parse("203.0.113.50:8883"));
        NlbGateway gateway =
                new NlbGateway(NetworkLoadBalancer.of(List.of(iot), List.of(Endpoint.parse("10.0.1.10:8883")), 50_000));
        gateway.modify("iot", List.of(ListenerAttribute.tcpIdleTimeoutSeconds("600")));
        System.out.println(gateway.describe("iot"));

        assertThat(gateway.describe("iot"))
                .isEqualTo(ImmutableList.of(new ListenerAttribute("tcp.idle_timeout.seconds", "600")));
    }

    @Test
    void aPlanIsOneCall() {
        Client orders = Client.of(
                "orders",
                new Arrivals.Even(Rate.perSecond(4)),
                Destinations.one(Destination.parse("tcp 203.0.113.20:443")));
        Scenario scenario = Scenario.of(SnatSetup.pool(), 30, Workload.of(orders), Duration.ofMinutes(40))
                .withWarmUp(Duration.ofMinutes(20));
        ScenarioPlan plan = CapacityPlanner.plan(scenario, 0.001, 4, 2, 1);
        System.out.println(new PlanReport("orders", plan).text());

        assertThat(plan.instances().get(0).portsNeeded()).hasValue(960);
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }
}
