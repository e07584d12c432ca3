package io.github.snatsim.sim;

import static io.github.snatsim.sim.Scenarios.TO_DATABASE;
import static io.github.snatsim.sim.Scenarios.ms;
import static io.github.snatsim.sim.Scenarios.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.azure.Deployment;
import io.github.snatsim.azure.DeploymentChange;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Retry;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An instance that gets the address of one that has gone: what the one still meant to send is lost. */
class ReusedAddressTest {
    private static final DeploymentSetup VMS =
            DeploymentSetup.of(Deployment.behindOneEndpoint(2, IpAddress.parse("203.0.113.10")));

    private static ScheduledAction.Change at(long seconds, DeploymentChange change) {
        return new ScheduledAction.Change(seconds(seconds), change);
    }

    /** One connection when an instance begins. */
    private static Client one(Duration lifetime) {
        return Client.of("one", new Arrivals.Recorded(ImmutableList.of(ms(0))), TO_DATABASE)
                .withLifetime(Distribution.fixed(lifetime));
    }

    @Test
    void p6_aNewInstanceAtTheAddressOfARemovedOneHasItsConnectionsForItself() {
        // vm-2 opens one connection of 60 s at 0 and goes at 10 s. Its successor opens one of 60 s at 20 s, from the
        // same
        // address and source port. Nothing that vm-2 still meant to send at 60 s may close it: it lives until 80 s, and
        // then for its FIN hold.
        Client one = one(seconds(60));
        Scenario scenario = Scenario.of(VMS, Workload.of(one), seconds(100))
                .withActions(
                        at(10, new DeploymentChange.ScaleIn("vm", 1)), at(20, new DeploymentChange.ScaleOut("vm", 1)));
        ScenarioRun run = new ScenarioRun(scenario);

        run.advanceTo(seconds(79));
        assertThat(run.metrics().result(seconds(79).toNanos()).portsInUse().open())
                .isEqualTo(1);
        SimulationResult result = run.run();
        assertThat(result.metrics().portsInUse().open()).isZero();
        assertThat(result.clients().get(0).completed())
                .as("those of vm-1 and of the second vm-2")
                .isEqualTo(2);
    }

    @Test
    void p6_aRetryOfARemovedInstanceOpensNothingAtItsSuccessor() {
        Client retrying = one(seconds(60)).withRetry(Retry.fixed(5, seconds(1)));
        Scenario scenario = Scenario.of(VMS, Workload.of(retrying), seconds(300))
                .withActions(
                        at(10, new DeploymentChange.ScaleIn("vm", 1)), at(20, new DeploymentChange.ScaleOut("vm", 1)));

        // one flow each of vm-1, vm-2 and its successor
        assertThat(ScenarioRun.run(scenario).metrics().opened()).isEqualTo(3);
    }

    @Test
    void p6_aPlainPoolIsNoDifferent() {
        Scenario scenario = Scenario.of(SnatSetup.pool(), 2, Workload.of(one(seconds(60))), seconds(100))
                .withActions(new ScheduledAction.Resize(seconds(10), 1), new ScheduledAction.Resize(seconds(20), 2));
        ScenarioRun run = new ScenarioRun(scenario);

        run.advanceTo(seconds(79));
        assertThat(run.metrics().result(seconds(79).toNanos()).portsInUse().open())
                .isEqualTo(1);
        assertThat(run.run().clients().get(0).completed()).isEqualTo(2);
    }
}
