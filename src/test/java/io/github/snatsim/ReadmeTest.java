package io.github.snatsim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.flow.Verdict;
import io.github.snatsim.gateway.SnatGateway;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.net.FiveTuple;
import io.github.snatsim.net.FlowEvent;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.net.PortRange;
import io.github.snatsim.net.Side;
import io.github.snatsim.port.PortSet;
import io.github.snatsim.report.ReplayReport;
import io.github.snatsim.report.SimulationReport;
import io.github.snatsim.scenario.ScenarioFile;
import io.github.snatsim.sim.Replay;
import io.github.snatsim.sim.ReplaySettings;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScenarioRun;
import io.github.snatsim.sim.SimulationResult;
import io.github.snatsim.sim.SnatSetup;
import io.github.snatsim.time.Nanos;
import io.github.snatsim.trace.TraceReader;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import io.github.snatsim.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's code compiles and runs because it stands here too; its output is the real one. */
class ReadmeTest {
    private static final Path SOURCE = Path.of("src/test/java/io/github/snatsim/ReadmeTest.java");

    @Test
    void fiveLinesEmbedAGateway() {
        SnatGateway gateway = SnatGateway.withPool(SnatProfile.classic(), List.of(IpAddress.parse("10.0.0.4")));
        FiveTuple flow = FiveTuple.parse("tcp 10.0.0.4:40000 -> 203.0.113.7:443");
        Verdict verdict = gateway.offer(new FlowEvent(0, FlowEvent.Kind.SYN, Side.INITIATOR, flow));
        System.out.println(verdict + ", free again at "
                + gateway.table().nextDeadlineNanos().getAsLong() + " ns");
        gateway.advanceTo(Nanos.ofSeconds(240));

        assertThat(verdict).isEqualTo(new Verdict.Opened(1024));
        assertThat(gateway.table().size()).isZero();
    }

    @Test
    void aBurstOf129ConnectionsExhausts128Ports() {
        SnatGateway gateway = new SnatGateway(SnatProfile.classic());
        gateway.own(IpAddress.parse("10.0.0.4"), PortSet.of(PortRange.parse("1024-1151")));
        Destination database = Destination.parse("tcp 203.0.113.7:5432");
        for (int i = 0; i < 128; i++) {
            assertThat(gateway.offer(syn(40_000 + i, database)).outcome()).isEqualTo(Outcome.OPENED);
        }
        assertThat(gateway.offer(syn(40_128, database))).isEqualTo(new Verdict.Refused(Outcome.NO_FREE_PORT, database));
    }

    private static FlowEvent syn(int sourcePort, Destination to) {
        Endpoint source = new Endpoint(IpAddress.parse("10.0.0.4"), sourcePort);
        return new FlowEvent(
                0, FlowEvent.Kind.SYN, Side.INITIATOR, new FiveTuple(to.protocol(), source, to.endpoint()));
    }

    @Test
    void everyJavaBlockOfTheReadmeStandsInThisFile() throws IOException {
        String source = withoutSpace(Files.readString(SOURCE));
        assertThat(blocks("java"))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(source).contains(withoutSpace(block)));
    }

    @Test
    void aClientInJava() {
        Client web = Client.of(
                        "web",
                        new Arrivals.Poisson(Rate.perSecond(5)),
                        Destinations.one(Destination.parse("tcp 203.0.113.7:443")))
                .withLifetime(Distribution.fixed(Duration.ofMillis(200)))
                .withRetry(Retry.immediate(3));
        SimulationResult result = ScenarioRun.run(
                Scenario.of(SnatSetup.portsPerInstance(1_024), 1, Workload.of(web), Duration.ofHours(1)));
        System.out.println(
                result.metrics().refused() + " of " + result.metrics().attempts() + " attempts refused");

        assertThat(result.metrics().refused()).isPositive();
    }

    @Test
    void theReplayShownIsWhatTheCommandPrints() throws IOException {
        List<String> words = words("replay");
        String file = words.get(words.size() - 1);
        int ports = Integer.parseInt(words.get(words.indexOf("--ports-per-instance") + 1));
        try (TraceReader trace = TraceReader.open(Path.of(file))) {
            ReplayReport report = new ReplayReport(
                    file,
                    trace.format().toString(),
                    Replay.run(trace, ReplaySettings.portsPerInstance(ports)),
                    ImmutableSortedMap.of(),
                    0);
            assertThat(blocks("text").get(0)).isEqualTo(report.text());
        }
    }

    @Test
    void theSimulationShownIsWhatTheCommandPrints() throws IOException {
        List<String> words = words("simulate");
        String file = words.get(words.size() - 1);
        Scenario scenario = ScenarioFile.read(Path.of(file));
        int instances = scenario.instances().size();
        SimulationReport report = new SimulationReport(
                file,
                scenario.gateway().portsOf(instances),
                instances,
                new Replications(ImmutableList.of(ScenarioRun.run(scenario))));
        assertThat(blocks("text").get(1)).isEqualTo(report.text());
    }

    /** The words of the line of the first shell block that runs a command. */
    private static List<String> words(String command) throws IOException {
        return Splitter.on('\n')
                .splitToStream(blocks("sh").get(0))
                .filter(line -> line.contains(" " + command + " "))
                .map(line -> Splitter.on(' ').splitToList(line))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> blocks(String language) throws IOException {
        Matcher fences = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("README.md")));
        return fences.results().map(result -> result.group(1)).toList();
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }
}
