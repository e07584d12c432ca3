package io.github.snatsim.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.FirewallGateway;
import io.github.snatsim.flow.Outcome;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpPrefix;
import io.github.snatsim.port.AllocationRules;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rule G3 for instances without a service: all take the ports of one firewall. */
class FirewallScenarioTest {
    private static final Destination SERVER = Destination.parse("tcp 203.0.113.7:443");

    private static Scenario scenario(AzureFirewall firewall, int instances, int burst) {
        Client client = Client.of("c", new Arrivals.Bursts(burst, Duration.ofHours(1)), Destinations.one(SERVER));
        return Scenario.of(FirewallSetup.of(firewall), instances, Workload.of(client), Duration.ofMinutes(5));
    }

    @Test
    void g3_instancesShareThePortsOfAllPublicIps() {
        SimulationResult run = ScenarioRun.run(scenario(new AzureFirewall(2, 8), 3, 6));
        assertThat(run.metrics().opened()).isEqualTo(16);
        assertThat(run.metrics().refusedByReason()).containsEntry(Outcome.NO_FREE_PORT, 2L);
        assertThat(run.metrics().portUse())
                .singleElement()
                .satisfies(use -> assertThat(use.instance()).isEqualTo(FirewallGateway.ADDRESS));
    }

    @Test
    void g3_r1_portsComeBackAfterTheHoldForWhicheverInstanceAsksNext() {
        ScenarioRun run = new ScenarioRun(scenario(new AzureFirewall(1, 6), 1, 6)
                .withActions(
                        new ScheduledAction.Resize(Duration.ofMinutes(4), 2),
                        new ScheduledAction.ChangeArrivals(
                                Duration.ofMinutes(4), "c", new Arrivals.Even(Rate.perSecond(1)))));
        SimulationResult result = run.run();
        // the burst of 6 at 0 s is back at 240 s; from then on 6 of two instances' find a port until the end
        assertThat(result.metrics().opened()).isEqualTo(12);
        assertThat(result.metrics().firstRefusalNanos().orElseThrow())
                .isBetween(
                        Duration.ofSeconds(242).toNanos(),
                        Duration.ofSeconds(244).toNanos());
    }

    @Test
    void t8_privateDestinationsPassWithoutAPort() {
        Scenario before = scenario(new AzureFirewall(1, 1), 2, 5);
        FirewallSetup setup = (FirewallSetup) before.gateway();
        Scenario passing = before.withGateway(new FirewallSetup(
                setup.firewall(),
                setup.profile().withUntranslated(ImmutableList.of(IpPrefix.parse("203.0.113.0/24")))));
        assertThat(ScenarioRun.run(passing).metrics().attempts()).isZero();
        assertThat(ScenarioRun.run(passing).metrics().untranslated()).isPositive();
    }

    @Test
    void theAllocationOfTheProfileIsForgotten() {
        FirewallSetup setup = FirewallSetup.of(AzureFirewall.article());
        assertThat(new FirewallSetup(
                        setup.firewall(),
                        setup.profile().withAllocation(AllocationRules.of(TierTable.resourceManager()))))
                .isEqualTo(setup);
        assertThat(setup.portsOf(7)).isEqualTo(64_000);
    }
}
