package io.github.snatsim.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.github.snatsim.azure.ApiMitigation;
import io.github.snatsim.azure.AzureFirewall;
import io.github.snatsim.sim.ApiManagementSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.workload.Rate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to try if nobody says (D): each mitigation once, where a service describes one as it does. Stateless. */
final class UsualMitigations {
    private static final int DIGITS = 3;

    /** Connections of a pool for each that is busy on average: a pool has room to breathe. */
    private static final double POOL_FACTOR = 2;

    private UsualMitigations() {}

    static ImmutableList<ImmutableList<ScenarioMitigation>> of(Scenario scenario) {
        int instances = scenario.instances().size();
        ScenarioMitigation reuse = new ScenarioMitigation.Reuse(Optional.empty());
        ScenarioMitigation backoff = new ScenarioMitigation.Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
        List<ScenarioMitigation> each = new ArrayList<>(List.of(
                reuse,
                new ScenarioMitigation.Pool(poolSize(scenario)),
                backoff,
                new ScenarioMitigation.Keepalive(Duration.ofMinutes(1)),
                new ScenarioMitigation.RstClose(),
                new ScenarioMitigation.InstanceLevelIp(),
                new ScenarioMitigation.Instances(2 * Math.max(1, instances))));
        if (instances > 1) {
            each.add(new ScenarioMitigation.Instances(instances / 2));
        }
        each.addAll(List.of(
                new ScenarioMitigation.PublicIps(2),
                new ScenarioMitigation.DestinationIps(2),
                new ScenarioMitigation.DestinationPorts(2),
                new ScenarioMitigation.Caching(0.5)));
        sustainable(scenario).map(ScenarioMitigation.RateLimit::new).ifPresent(each::add);
        each.addAll(List.of(
                new ScenarioMitigation.Firewall(AzureFirewall.documented(1, 2)),
                new ScenarioMitigation.PrivateEndpoint(),
                new ScenarioMitigation.FasterBackend(0.5)));
        List<ImmutableList<ScenarioMitigation>> choices =
                new ArrayList<>(Lists.transform(each, mitigation -> ImmutableList.of(described(scenario, mitigation))));
        choices.add(ImmutableList.of(reuse, backoff));
        return choices.stream().distinct().collect(toImmutableList());
    }

    /** As many connections as are busy at any time, and as many again. */
    private static int poolSize(Scenario scenario) {
        double busy = InstanceDemand.of(scenario).stream()
                .flatMap(instance -> instance.demands().stream())
                .flatMap(demand -> demand.parts().stream())
                .mapToDouble(
                        part -> part.arrivals().perSecond() * part.lifetime().meanNanos() / 1e9)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        return (int) Math.max(2, Math.min(Integer.MAX_VALUE, StrictMath.ceil(POOL_FACTOR * busy)));
    }

    /** What the ports of an instance carry of its heaviest demand, cut off behind three digits. */
    private static Optional<Rate> sustainable(Scenario scenario) {
        return InstanceDemand.of(scenario).stream()
                .flatMap(instance -> instance.demands().stream()
                        .map(demand -> instance.ports()
                                * demand.perSecond()
                                / demand.erlangs()
                                * (scenario.gateway() instanceof ApiManagementSetup ? instance.instances() : 1)))
                .filter(rate -> Double.isFinite(rate) && rate > 0)
                .min(Double::compare)
                .map(rate -> new BigDecimal(rate).setScale(DIGITS, RoundingMode.DOWN))
                .filter(rate -> rate.signum() > 0)
                .map(Rate::perSecond);
    }

    /** With the values that a service has for it. */
    private static ScenarioMitigation described(Scenario scenario, ScenarioMitigation mitigation) {
        if (!(scenario.gateway() instanceof ApiManagementSetup setup)) {
            return mitigation;
        }
        return setup.service().mitigations().stream()
                .map(UsualMitigations::of)
                .flatMap(Optional::stream)
                .filter(own -> own.kind() == mitigation.kind())
                .findFirst()
                .orElse(mitigation);
    }

    private static Optional<ScenarioMitigation> of(ApiMitigation mitigation) {
        if (mitigation instanceof ApiMitigation.FasterBackend faster) {
            return Optional.of(new ScenarioMitigation.FasterBackend(faster.latencyFactor()));
        } else if (mitigation instanceof ApiMitigation.MoreUnits more) {
            return Optional.of(new ScenarioMitigation.Instances(more.units()));
        } else if (mitigation instanceof ApiMitigation.MoreBackends more) {
            return Optional.of(
                    more.differ() == ApiMitigation.Differ.BY_ADDRESS
                            ? new ScenarioMitigation.DestinationIps(more.count())
                            : new ScenarioMitigation.DestinationPorts(more.count()));
        } else if (mitigation instanceof ApiMitigation.Firewall firewall) {
            return Optional.of(new ScenarioMitigation.Firewall(firewall.firewall()));
        } else if (mitigation instanceof ApiMitigation.Caching caching && caching.hitRatio() < 1) {
            return Optional.of(new ScenarioMitigation.Caching(caching.hitRatio()));
        } else if (mitigation instanceof ApiMitigation.ConnectionReuse reuse) {
            return Optional.of(new ScenarioMitigation.Reuse(reuse.idleLimit()));
        } else if (mitigation instanceof ApiMitigation.RateLimitByKey limit) {
            return Optional.of(new ScenarioMitigation.RateLimit(
                    new Rate(limit.calls(), limit.renewalPeriod().toNanos())));
        }
        return Optional.empty();
    }
}
