package io.github.snatsim.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.InstanceKind;
import io.github.snatsim.azure.Role;
import io.github.snatsim.net.Destination;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.plan.ExhaustionAfter.Change;
import io.github.snatsim.plan.InstancePlan.WithoutPools;
import io.github.snatsim.port.TierTable;
import io.github.snatsim.sim.DeploymentSetup;
import io.github.snatsim.sim.FirewallSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.SnatSetup;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScenarioPlanTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static ScenarioPlan plan(Scenario scenario) {
        return CapacityPlanner.plan(scenario, 0.01, 2, 2, 2);
    }

    private static Scenario pool(int instances, Client... clients) {
        return Scenario.of(SnatSetup.pool(), instances, Workload.of(clients), Duration.ofMinutes(1));
    }

    private static WithoutPools reason(Scenario scenario) {
        InstancePlan plan = plan(scenario).instances().get(0);
        assertThat(plan.pools()).isEmpty();
        assertThat(plan.destinations())
                .allSatisfy(destination -> assertThat(destination.pools()).isEmpty());
        return plan.withoutPools().orElseThrow();
    }

    /**
     * 1/s and 240 s: 240 ports in use of 256. Twice that takes one port more each second: the 33rd arrival after 16.5 s finds
     * none. 201 instances have 128 each, and so has a pool of 150 that is reported as 300: no later than arrival 128, from empty.
     */
    @Test
    void m2_timeToExhaustionAfterChanges() {
        DestinationPlan plan = plan(pool(150, Plans.even(Rate.perSecond(1))))
                .instances()
                .get(0)
                .destinations()
                .get(0);

        assertThat(plan.exhaustion())
                .extracting(
                        ExhaustionAfter::change,
                        ExhaustionAfter::instances,
                        ExhaustionAfter::ports,
                        after -> after.earliestNanos().orElse(-1),
                        after -> after.latestNanos().orElse(-1))
                .containsExactly(
                        tuple(Change.LOAD_DOUBLES, 150, 256, 16_500_000_000L, 16_500_000_000L),
                        tuple(Change.NEXT_TIER, 201, 128, 0L, 128_000_000_000L),
                        tuple(Change.REDEPLOYMENT, 300, 128, 0L, 128_000_000_000L));
    }

    @Test
    void p9_lastTierHasNoNext() {
        assertThat(plan(pool(201, Plans.even(new Rate(1, 10_000_000_000L))))
                        .instances()
                        .get(0)
                        .destinations()
                        .get(0)
                        .exhaustion())
                .extracting(ExhaustionAfter::change)
                .containsExactly(Change.LOAD_DOUBLES, Change.REDEPLOYMENT);
    }

    /** Ports of one's own do not follow a pool: no tier and no redeployment takes them. */
    @Test
    void p8_portsOfOnesOwnStay() {
        InstancePlan plan = plan(Plans.scenario(300, Duration.ofMinutes(1), Plans.even(Rate.perSecond(1))))
                .instances()
                .get(0);

        assertThat(plan.destinations().get(0).exhaustion())
                .extracting(ExhaustionAfter::change)
                .containsExactly(Change.LOAD_DOUBLES);
        assertThat(plan.destinations().get(0).normal())
                .isEqualTo(plan.destinations().get(0).redeploying());
        assertThat(plan.pools().orElseThrow().contains(1)).isTrue(); // as a pool by the classic table
    }

    @Test
    void m2_poolsOfAllDestinationsAreThoseThatEachHas() {
        long seed = 20_260_606;
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            FeasiblePools one = CapacityPlanner.feasiblePools(
                    Demand.poisson(20 + 180 * random.nextDouble(), Plans.exponential(1), Plans.FIN_HOLD),
                    TierTable.classic(),
                    0.001);
            FeasiblePools other = CapacityPlanner.feasiblePools(
                    Demand.even(Rate.perSecond(20 + random.nextInt(180)), Duration.ofSeconds(1), Plans.FIN_HOLD),
                    TierTable.classic(),
                    0.001);

            CommonPools common = CommonPools.of(ImmutableList.of(one, other));

            for (int size = 1; size <= 400; size++) {
                String what = "seed %d, case %d, size %d".formatted(seed, i, size);
                assertThat(common.contains(size)).as(what).isEqualTo(one.contains(size) && other.contains(size));
                assertThat(common.containsRedeploying(size))
                        .as(what)
                        .isEqualTo(one.containsRedeploying(size) && other.containsRedeploying(size));
                assertThat(common.sizesThatGrowingBreaks().contains(size))
                        .as(what)
                        .isEqualTo(size < 400 && common.contains(size) && !common.contains(size + 1));
            }
        }
    }

    @Test
    void m2_sizesThatCannotBePlannedHaveAReason() {
        Client even = Plans.even(Rate.perSecond(1));
        Client inside = Client.of("inside", even.arrivals(), Destinations.one(Destination.parse("tcp 10.1.2.3:80")));
        Deployment roles = Deployment.of(
                ImmutableList.of(),
                ImmutableMap.of(
                        new Role("web", InstanceKind.WEB_ROLE, ImmutableList.of()), 2,
                        new Role("worker", InstanceKind.WORKER_ROLE, ImmutableList.of()), 2));
        Scenario firewall =
                Scenario.of(FirewallSetup.of(AzureFirewall.article()), 2, Workload.of(even), Duration.ofMinutes(1));

        assertThat(reason(pool(2, inside))).isEqualTo(WithoutPools.NOTHING_ASKED);
        assertThat(reason(pool(2, even.withArrivals(new Arrivals.Bursts(5, Duration.ofMinutes(1))))))
                .isEqualTo(WithoutPools.NOT_SHARED_OUT);
        assertThat(reason(firewall)).isEqualTo(WithoutPools.FIREWALL);
        DeploymentSetup twoRoles = new DeploymentSetup(
                roles, DeploymentSetup.of(roles).rules(), ImmutableMap.of("web", ImmutableSet.of("c")));
        assertThat(reason(Scenario.of(twoRoles, Workload.of(even, other()), Duration.ofMinutes(1))))
                .isEqualTo(WithoutPools.INSTANCES_DIFFER);
    }

    private static Client other() {
        return Client.of("other", new Arrivals.Even(Rate.perSecond(2)), Plans.TO_DATABASE);
    }

    /** 50 instances behind one endpoint: the same as a plain pool of 50. */
    @Test
    void s7_deploymentOfOneKindIsAPool() {
        Deployment deployment = Deployment.behindOneEndpoint(50, IpAddress.parse("203.0.113.10"));
        Client client = Plans.even(Rate.perSecond(1));

        InstancePlan deployed = plan(Scenario.of(
                        DeploymentSetup.of(deployment), Workload.of(client), Duration.ofMinutes(1)))
                .instances()
                .get(0);

        assertThat(deployed).isEqualTo(plan(pool(50, client)).instances().get(0));
    }

    /** 240 ports to one destination, 480 to the other, of 300. */
    @Test
    void m2_theScarcestDestinationBreaksFirst() {
        Client twice = Client.of(
                "twice",
                new Arrivals.Even(Rate.perSecond(2)),
                Destinations.one(Destination.parse("tcp 203.0.113.9:443")));

        ScenarioPlan plan = plan(Plans.scenario(300, Duration.ofMinutes(1), Plans.even(Rate.perSecond(1)), twice));

        ScenarioPlan.Scarcest scarcest = plan.scarcest().orElseThrow();
        assertThat(scarcest.destination().demand().parts())
                .extracting(DemandPart::client)
                .containsExactly("twice");
        assertThat(scarcest.instance().portsNeeded()).hasValue(476); // 4 of 480 may be refused
    }

    /** Two runs of 3,600 attempts, and 64 times as many, are simulated; two of 255,000 are not doubled. */
    @Test
    void m2_loadStepsAreSimulatedAsFarAsTheyAreSmall() {
        Client even = Plans.even(Rate.perSecond(1));
        ScenarioPlan small = CapacityPlanner.plan(Plans.scenario(300, HOUR, even), 0, 6, 2, 2);
        ScenarioPlan large = CapacityPlanner.plan(
                Plans.scenario(60_000, Duration.ofMinutes(17), Plans.even(Rate.perSecond(250))), 0, 6, 2, 2);

        assertThat(small.simulated())
                .extracting(ScenarioPlan.SimulatedStep::multiple)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L);
        assertThat(small.simulatedMultipleThatBreaks()).hasValue(2); // 480 ports
        assertThat(small.simulated())
                .allSatisfy(step -> assertThat(step.confirmation().agrees()).isTrue());
        assertThat(large.simulated()).hasSize(1);
        assertThat(large.simulatedMultipleThatBreaks()).isEmpty();
    }
}
