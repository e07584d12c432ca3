package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.net.IpAddress;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.DeploymentSetup;
import io.github.snatsim.sim.FirewallSetup;
import io.github.snatsim.sim.NlbSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScheduledAction;
import io.github.snatsim.sim.SnatSetup;
import io.github.snatsim.workload.Outage;
import io.github.snatsim.workload.SourcePorts;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Writes a scenario: the inverse of {@link ScenarioBinder}. What the reader would add is left out. */
final class ScenarioWriter {
    /** What {@link Scenario#instances} allows. */
    private static final int COUNTED_MAX = 65_532;

    private ScenarioWriter() {}

    static Block scenario(Scenario scenario) {
        Block block = new Block()
                .putUnless(1L, "seed", scenario.seed(), seed -> Long.toString(seed))
                .put("duration", Units.write(scenario.duration()))
                .putUnless(Duration.ZERO, "warm-up", scenario.warmUp(), Units::write);
        if (scenario.gateway() instanceof DeploymentSetup deployment) {
            block.put("deployment", DeploymentWriter.setup(deployment));
        } else if (scenario.gateway() instanceof ApiManagementSetup service) {
            block.put("api-management", ApiManagementWriter.setup(service));
        } else if (scenario.gateway() instanceof NlbSetup balancer) {
            block.put("instances", instances(scenario.instances()))
                    .put("network-load-balancer", NlbWriter.setup(balancer));
        } else if (scenario.gateway() instanceof FirewallSetup firewall) {
            block.put("instances", instances(scenario.instances())).put("gateway", GatewayWriter.setup(firewall));
        } else {
            block.put("instances", instances(scenario.instances()))
                    .put("gateway", GatewayWriter.setup((SnatSetup) scenario.gateway()));
        }
        return block.putUnless(
                        SourcePorts.all(),
                        "source-ports",
                        scenario.workload().sourcePorts(),
                        ScenarioWriter::sourcePorts)
                .put("clients", list(scenario.workload().clients(), ClientWriter::client))
                .putUnless(
                        ImmutableList.<Outage>of(),
                        "outages",
                        scenario.workload().outages(),
                        all -> list(all, ScenarioWriter::outage))
                .putUnless(
                        ImmutableList.<ScheduledAction>of(),
                        "actions",
                        scenario.actions(),
                        all -> list(all, ActionWriter::action));
    }

    private static Object instances(ImmutableList<IpAddress> instances) {
        boolean counted = instances.get(0).equals(Scenario.FIRST_INSTANCE)
                && instances.size() <= COUNTED_MAX
                && instances.equals(Scenario.instances(instances.size()));
        return counted ? Integer.toString(instances.size()) : list(instances, IpAddress::toString);
    }

    private static Object sourcePorts(SourcePorts ports) {
        return ports.equals(SourcePorts.linux())
                ? "linux"
                : new Block()
                        .put("range", ports.range().toString())
                        .putUnless(SourcePorts.Order.SEQUENTIAL, "order", ports.order(), Words::of);
    }

    private static Block outage(Outage outage) {
        return new Block()
                .putIfPresent("destination", outage.destination(), to -> to.toString())
                .put("from", Units.write(outage.from()))
                .put("until", Units.write(outage.until()))
                .putUnless(1.0, "share", outage.share(), Units::write)
                .put("failure", Words.of(outage.failure()));
    }

    static <T> List<Object> list(List<T> items, Function<T, ?> write) {
        return items.stream().<Object>map(write).toList();
    }

    /** For a variant that was added to the interface but not here; a test finds it first. */
    static IllegalArgumentException unknown(Object variant) {
        return new IllegalArgumentException(
                "a scenario file cannot say " + variant.getClass().getSimpleName());
    }
}
