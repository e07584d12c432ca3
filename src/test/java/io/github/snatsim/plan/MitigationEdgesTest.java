package io.github.snatsim.plan;

import static io.github.snatsim.plan.Plans.TO_DATABASE;
import static io.github.snatsim.plan.Plans.even;
import static io.github.snatsim.plan.Plans.scenario;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.snatsim.azure.ApiManagement;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.EndpointDraw;
import io.github.snatsim.azure.InstanceKind;
import io.github.snatsim.azure.OutboundRules;
import io.github.snatsim.azure.PublicEndpoint;
import io.github.snatsim.azure.Role;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.DeploymentSetup;
import io.github.snatsim.sim.FirewallSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Workload;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule M3 where values are extreme, stand already, or meet each other. */
class MitigationEdgesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Scenario EVEN = scenario(64, HOUR, even(Rate.perSecond(1)));
    private static final IpAddress FIRST = IpAddress.parse("203.0.113.10");
    private static final IpAddress SECOND = IpAddress.parse("203.0.113.11");

    private static Client client(Scenario scenario) {
        return scenario.workload().clients().get(0);
    }

    private static Scenario deployment(EndpointDraw draw) {
        Deployment deployment = Deployment.of(
                ImmutableList.of(new PublicEndpoint("web", FIRST), new PublicEndpoint("api", SECOND)),
                ImmutableMap.of(new Role("front", InstanceKind.VM, ImmutableList.of("web", "api")), 3));
        return Scenario.of(
                new DeploymentSetup(deployment, OutboundRules.classic().withDraw(draw), ImmutableMap.of()),
                EVEN.workload(),
                HOUR);
    }

    @ParameterizedTest
    @EnumSource(EndpointDraw.class)
    void m3_s2_aPartnerMustAllowWhateverEndpointIsDrawn(EndpointDraw draw) {
        assertThat(PublicSources.of(deployment(draw)).known()).containsExactlyInAnyOrder(FIRST, SECOND);
        Mitigated four = Mitigated.of(deployment(draw), new ScenarioMitigation.PublicIps(4));
        assertThat(PublicSources.of(four.scenario()).count()).isEqualTo(4);
    }

    @Test
    void m3_publicIpsOfBothKindsGoTogether() {
        ScenarioMitigation more = new ScenarioMitigation.PublicIps(4);
        ScenarioMitigation own = new ScenarioMitigation.InstanceLevelIp();
        Scenario before = deployment(EndpointDraw.PER_FLOW);
        for (ImmutableList<ScenarioMitigation> order :
                ImmutableList.of(ImmutableList.of(more, own), ImmutableList.of(own, more))) {
            Comparison comparison = MitigationAdvisor.compare(before, ImmutableList.of(order), 1, 1);
            assertThat(comparison.unavailable()).isEmpty();
        }
    }

    @Test
    void m3_aRarerKeepaliveDoesNotReplaceOneThatIsSent() {
        Scenario before = scenario(64, HOUR, even(Rate.perSecond(1)).withKeepalive(Duration.ofSeconds(30)));
        Mitigated rarer = Mitigated.of(before, new ScenarioMitigation.Keepalive(Duration.ofMinutes(5)));
        assertThat(rarer.scenario()).isEqualTo(before);
        assertThat(rarer.reason()).endsWith("it does nothing");
        Mitigated oftener = Mitigated.of(before, new ScenarioMitigation.Keepalive(Duration.ofSeconds(10)));
        assertThat(client(oftener.scenario()).keepalive()).contains(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-20, 0.0012345678901234567})
    void m3_aHitRatioTooFineToCountWithIsRefused(double ratio) {
        assertThatThrownBy(() -> Mitigated.of(EVEN, new ScenarioMitigation.Caching(ratio)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too fine: expected at most 18 digits");
    }

    @Test
    void m3_burstsTooLargeForOneInstanceAreRefused() {
        Client burst = Client.of("c", new Arrivals.Bursts(Integer.MAX_VALUE, HOUR), TO_DATABASE);
        LoadScale onOneOfTwo = new LoadScale(2, 1);
        assertThatThrownBy(() -> onOneOfTwo.of(burst.arrivals()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4294967294");
    }

    @Test
    void m3_cachingSaysWhenRoundingLeavesNothingToIt() {
        Client one = Client.of("c", new Arrivals.Bursts(1, Duration.ofMinutes(1)), TO_DATABASE);
        Scenario before = scenario(1, HOUR, one);
        Mitigated caching = Mitigated.of(before, new ScenarioMitigation.Caching(0.5));
        assertThat(caching.scenario()).isEqualTo(before);
        assertThat(caching.reason()).endsWith("it does nothing");
    }

    /** One request a minute is more than one in four minutes. */
    @Test
    void m3_aRateLimitBelowOneRequestOfABurstSpacesThem() {
        Client one = Client.of("c", new Arrivals.Bursts(3, Duration.ofMinutes(1)), TO_DATABASE);
        Mitigated limited = Mitigated.of(
                scenario(1, HOUR, one),
                new ScenarioMitigation.RateLimit(
                        new Rate(1, Duration.ofMinutes(4).toNanos())));
        assertThat(client(limited.scenario()).arrivals()).isEqualTo(new Arrivals.Bursts(1, Duration.ofMinutes(4)));
    }

    @Test
    void m3_g3_aRateLimitOfAServiceIsExact() {
        Scenario before =
                Scenario.of(ApiManagementSetup.of(ApiManagement.of(1, 64)), Workload.of(even(Rate.perSecond(1))), HOUR);
        for (int calls = 1; calls <= 2_000; calls++) {
            Rate rate = new Rate(calls, Duration.ofMinutes(1).toNanos());
            Scenario after =
                    Mitigated.of(before, new ScenarioMitigation.RateLimit(rate)).scenario();
            assertThat(((ApiManagementSetup) after.gateway()).service().active(ApiMitigation.RateLimitByKey.class))
                    .contains(new ApiMitigation.RateLimitByKey(calls, Duration.ofMinutes(1)));
        }
    }

    /** Behind 9.255.255.255 is 10.0.0.0. */
    @Test
    void m3_t8_moreDestinationIpsAreNotTakenFromPrivateSpace() {
        Destinations last = Destinations.one(Destination.parse("tcp 9.255.255.255:443"));
        Scenario before = scenario(64, HOUR, even(Rate.perSecond(1)).withDestinations(last));
        assertThatThrownBy(() -> Mitigated.of(before, new ScenarioMitigation.DestinationIps(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.0.0");
    }

    @Test
    void m3_t8_morePlacesDoNothingForDestinationsThatTakeNoPort() {
        Scenario within =
                Mitigated.of(EVEN, new ScenarioMitigation.PrivateEndpoint()).scenario();
        for (ScenarioMitigation more : ImmutableList.of(
                new ScenarioMitigation.DestinationIps(2), new ScenarioMitigation.DestinationPorts(2))) {
            Mitigated both = Mitigated.of(within, more);
            assertThat(both.scenario()).isEqualTo(within);
            assertThat(both.reason()).endsWith("it does nothing");
        }
    }

    @Test
    void m3_asManyFirewallIpsAsThereAreDoNothing() {
        Scenario before = Scenario.of(FirewallSetup.of(AzureFirewall.documented(3, 2)), 1, EVEN.workload(), HOUR);
        assertThat(Mitigated.of(before, new ScenarioMitigation.PublicIps(3)).reason())
                .endsWith("it does nothing");
        assertThat(Mitigated.of(before, new ScenarioMitigation.PublicIps(4)).reason())
                .contains("19,968 in all");
    }

    @Test
    void m3_g3_asManyUnitsAsAMitigationGaveDoNothing() {
        ApiMitigation four = new ApiMitigation.MoreUnits(4);
        ApiManagement service = ApiManagement.of(1, 64).with(four).with(new ApiMitigation.FasterBackend(0.5));
        Scenario before = Scenario.of(ApiManagementSetup.of(service), Workload.of(even(Rate.perSecond(1))), HOUR);
        Mitigated same = Mitigated.of(before, new ScenarioMitigation.Instances(4));
        assertThat(same.scenario()).isEqualTo(before);
        assertThat(same.reason()).endsWith("it does nothing");
    }

    @Test
    void m3_aMeanLifetimeWithoutBoundIsNotCountedInSeconds() {
        Distribution heavy = new Distribution.Pareto(Duration.ofSeconds(1), 0.5);
        Scenario before = scenario(64, HOUR, even(Rate.perSecond(1)).withLifetime(heavy));
        assertThat(Mitigated.of(before, new ScenarioMitigation.FasterBackend(0.5))
                        .reason())
                .contains("no bound")
                .doesNotContain("unlimited");
    }

    @Test
    void m3_moreInstancesThanAScenarioCanHaveAreRefusedAtOnce() {
        assertThatThrownBy(() -> Mitigated.of(EVEN, new ScenarioMitigation.Instances(Integer.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65,532");
    }

    @Test
    void m3_aDeploymentWithoutInstancesHasNoSources() {
        Deployment none = new Deployment(
                ImmutableList.of(),
                ImmutableList.of(new Role("front", InstanceKind.VM, ImmutableList.of())),
                ImmutableList.of(),
                BigDecimal.ONE);
        Scenario before = Scenario.of(
                new DeploymentSetup(none, OutboundRules.classic(), ImmutableMap.of()), EVEN.workload(), HOUR);
        assertThat(PublicSources.of(before).what()).isEqualTo("none: there are no instances");
    }
}
