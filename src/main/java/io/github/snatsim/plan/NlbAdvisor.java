package io.github.snatsim.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.Listener;
import io.github.snatsim.aws.ListenerProtocol;
import io.github.snatsim.aws.NlbMetric;
import io.github.snatsim.aws.NlbMetricsResult;
import io.github.snatsim.flow.FlowEnd;
import io.github.snatsim.plan.NlbAdvice.Kind;
import io.github.snatsim.plan.NlbAdvice.Occupancy;
import io.github.snatsim.plan.NlbAdvice.Option;
import io.github.snatsim.plan.NlbAdvice.Rejections;
import io.github.snatsim.sim.NlbResult;
import io.github.snatsim.sim.NlbSetup;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.sim.ScenarioRun;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * Tries what can be done about a load balancer's idle time-out: runs the scenario as it stands, with keepalives, and with other
 * time-outs. Costs some twenty runs. Stateless.
 */
public final class NlbAdvisor {
    private static final long TIMEOUT_SECONDS_MIN = 60;
    private static final long TIMEOUT_SECONDS_MAX = 6_000;

    /** A keepalive comes three times within a time-out, so that one or two may be lost. */
    private static final int KEEPALIVES_PER_TIMEOUT = 3;

    /** Keeps a run without length from dividing by zero. */
    private static final double SECONDS_MIN = 1e-9;

    private static final ImmutableList<Long> TIMEOUTS_SHOWN = ImmutableList.of(60L, 120L, 350L, 600L, 1_800L, 6_000L);

    private NlbAdvisor() {}

    /**
     * Advises on the first TCP listener of a scenario that clients connect to.
     *
     * @param scenario a scenario with a load balancer
     * @return the advice
     * @throws IllegalArgumentException if the scenario has no load balancer, or no client connects to a TCP listener
     */
    public static NlbAdvice advise(Scenario scenario) {
        if (!(scenario.gateway() instanceof NlbSetup setup)) {
            throw new IllegalArgumentException(
                    "there is no load balancer to advise on: expected network-load-balancer");
        }
        Listener listener = scenario.workload().clients().stream()
                .flatMap(client -> client.destinations().all().stream())
                .flatMap(destination -> setup.listenerAt(destination).stream())
                .filter(found -> found.protocol() == ListenerProtocol.TCP)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no client connects to a TCP listener: expected one, since only those have a time-out to set"));
        NlbResult asIs = run(scenario);
        Option today = option(Kind.AS_IS, listener.idle(), true, asIs);
        Option keepalive = keepalive(scenario, listener);
        Option timeout = timeout(scenario, listener, today);
        return new NlbAdvice(
                listener.arn(),
                ImmutableList.of(today, keepalive, timeout),
                rejections(scenario, listener, asIs),
                occupancy(scenario, listener, asIs),
                decision(today, keepalive, timeout));
    }

    private static NlbResult run(Scenario scenario) {
        return ScenarioRun.run(scenario).nlb().orElseThrow();
    }

    private static NlbResult run(Scenario scenario, Listener listener, long timeoutSeconds) {
        NlbSetup setup = (NlbSetup) scenario.gateway();
        ImmutableList<Listener> listeners = setup.balancer().listeners().stream()
                .map(other -> other.equals(listener) ? other.withIdle(Duration.ofSeconds(timeoutSeconds)) : other)
                .collect(toImmutableList());
        return run(scenario.withGateway(setup.withBalancer(setup.balancer().withListeners(listeners))));
    }

    private static Option option(Kind kind, Duration value, boolean possible, NlbResult result) {
        return new Option(
                kind,
                value,
                possible,
                result.metrics().resetsToClients(),
                result.metrics().total(NlbMetric.REJECTED_FLOW_COUNT),
                result.connections(),
                result.roundTrips(),
                result.bytes(),
                most(result.metrics()));
    }

    private static long most(NlbMetricsResult metrics) {
        return metrics.periods().stream()
                .mapToLong(NlbMetric.ACTIVE_FLOW_COUNT::valueIn)
                .max()
                .orElse(0);
    }

    private static Option keepalive(Scenario scenario, Listener listener) {
        Duration interval = Duration.ofSeconds(listener.idle().toSeconds() / KEEPALIVES_PER_TIMEOUT);
        Workload workload = scenario.workload();
        ImmutableList<Client> clients = workload.clients().stream()
                .map(client -> isKeptAt(listener, client) ? client.withKeepalive(interval) : client)
                .collect(toImmutableList());
        NlbResult result =
                run(scenario.withWorkload(new Workload(clients, workload.outages(), workload.sourcePorts())));
        return option(Kind.KEEPALIVE, interval, result.metrics().resetsToClients() == 0, result);
    }

    /** A keepalive is for connections that are used again; others it would only pin. */
    private static boolean isKeptAt(Listener listener, Client client) {
        return client.connections() instanceof Connections.Kept
                && client.destinations().all().contains(listener.destination());
    }

    /** The shortest time-out in whole minutes with which no client meets an RST. */
    private static Option timeout(Scenario scenario, Listener listener, Option today) {
        if (today.resetsToClients() == 0) {
            return new Option(
                    Kind.TIMEOUT,
                    listener.idle(),
                    true,
                    0,
                    today.rejectedFlows(),
                    today.connections(),
                    today.roundTrips(),
                    today.bytes(),
                    today.activeFlowsMax());
        }
        long minutes = least(
                listener.idle().toMinutes() + 1,
                TIMEOUT_SECONDS_MAX / 60,
                candidate -> run(scenario, listener, 60 * candidate).metrics().resetsToClients() == 0);
        long seconds = Math.min(TIMEOUT_SECONDS_MAX, 60 * minutes);
        NlbResult result = run(scenario, listener, seconds);
        return option(
                Kind.TIMEOUT, Duration.ofSeconds(seconds), result.metrics().resetsToClients() == 0, result);
    }

    /** The least number of a range that is good, if all from it on are; the greatest of the range if none is. */
    private static long least(long from, long to, LongPredicate isGood) {
        long low = from;
        long high = to;
        while (low < high) {
            long middle = (low + high) / 2;
            if (isGood.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** N5: rejections ask for a shorter time-out; Little's law gives a first one, runs the longest that rejects nothing. */
    private static Optional<Rejections> rejections(Scenario scenario, Listener listener, NlbResult asIs) {
        long rejected = asIs.metrics().total(NlbMetric.REJECTED_FLOW_COUNT);
        if (rejected == 0) {
            return Optional.empty();
        }
        int places = ((NlbSetup) scenario.gateway()).balancer().flowsMax();
        double computed = places / offeredPerSecond(asIs.metrics()) - besideSeconds(asIs.metrics(), listener);
        LongPredicate rejects =
                candidate -> run(scenario, listener, candidate).metrics().total(NlbMetric.REJECTED_FLOW_COUNT) > 0;
        Optional<Duration> confirmed = Optional.empty();
        if (!rejects.test(TIMEOUT_SECONDS_MIN)) {
            long firstThatRejects =
                    least(TIMEOUT_SECONDS_MIN + 1, listener.idle().toSeconds(), rejects);
            confirmed = Optional.of(Duration.ofSeconds(firstThatRejects - 1));
        }
        return Optional.of(new Rejections(
                rejected,
                computed >= TIMEOUT_SECONDS_MIN ? Optional.of(Duration.ofSeconds((long) computed)) : Optional.empty(),
                confirmed));
    }

    /** Openings per second, those that were rejected included. */
    private static double offeredPerSecond(NlbMetricsResult metrics) {
        long offered = metrics.total(NlbMetric.NEW_FLOW_COUNT) + metrics.total(NlbMetric.REJECTED_FLOW_COUNT);
        return offered / Math.max(SECONDS_MIN, seconds(metrics));
    }

    /** How long a flow stays on average beside its time-out: by Little's law it stays flows / openings per second. */
    private static double besideSeconds(NlbMetricsResult metrics, Listener listener) {
        double openedPerSecond = metrics.total(NlbMetric.NEW_FLOW_COUNT) / Math.max(SECONDS_MIN, seconds(metrics));
        double stay = openedPerSecond == 0 ? 0 : averageFlows(metrics) / openedPerSecond;
        return Math.max(0, stay - idleShare(metrics) * listener.idle().toSeconds());
    }

    /** The share of the flows that silence ends, of those that have ended. */
    private static double idleShare(NlbMetricsResult metrics) {
        long ended = metrics.ends().values().stream().mapToLong(Long::longValue).sum();
        return ended == 0 ? 0 : (double) metrics.ended(FlowEnd.IDLE) / ended;
    }

    private static double seconds(NlbMetricsResult metrics) {
        return metrics.periods().stream()
                .mapToDouble(period -> period.lengthNanos() / 1e9)
                .sum();
    }

    private static double averageFlows(NlbMetricsResult metrics) {
        double flowSeconds = metrics.periods().stream()
                .mapToDouble(period -> period.activeFlowNanos() / 1e9)
                .sum();
        return flowSeconds / Math.max(SECONDS_MIN, seconds(metrics));
    }

    private static ImmutableList<Occupancy> occupancy(Scenario scenario, Listener listener, NlbResult asIs) {
        TreeSet<Long> timeouts = new TreeSet<>(TIMEOUTS_SHOWN);
        timeouts.add(listener.idle().toSeconds());
        double idleShare = idleShare(asIs.metrics());
        double besideSeconds = besideSeconds(asIs.metrics(), listener);
        double offeredPerSecond = offeredPerSecond(asIs.metrics());
        return timeouts.stream()
                .map(timeout -> {
                    NlbMetricsResult metrics = run(scenario, listener, timeout).metrics();
                    return new Occupancy(
                            Duration.ofSeconds(timeout),
                            offeredPerSecond * (besideSeconds + idleShare * timeout),
                            averageFlows(metrics),
                            most(metrics),
                            metrics.total(NlbMetric.REJECTED_FLOW_COUNT));
                })
                .collect(toImmutableList());
    }

    /** N5: keepalive first, the time-out only where no keepalive can be had. */
    private static String decision(Option today, Option keepalive, Option timeout) {
        if (today.resetsToClients() == 0 && today.rejectedFlows() == 0) {
            return "nothing to do: no client meets an RST and no flow is rejected";
        }
        if (today.resetsToClients() == 0) {
            return "no client meets an RST, but flows are rejected: shorten the time-out";
        }
        if (keepalive.possible() && keepalive.rejectedFlows() == 0) {
            return "let clients send a keepalive every " + keepalive.value().toSeconds() + " s, and leave the time-out"
                    + (timeout.possible()
                            ? "; where no keepalive can be had, set "
                                    + timeout.value().toSeconds() + " s"
                            : "");
        }
        return timeout.possible() && timeout.rejectedFlows() == 0
                ? "set the time-out to " + timeout.value().toSeconds() + " s: keepalives alone do not help here"
                : "neither keepalives nor a time-out help without rejecting flows: let clients retry on a fresh connection";
    }
}
