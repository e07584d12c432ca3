package io.github.snatsim.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
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
import io.github.snatsim.sim.ScheduledAction;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Workload;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * Tries what can be done about a load balancer's idle time-out: runs the scenario as it stands, with keepalives, and with other
 * time-outs. Costs some forty runs.
 */
public final class NlbAdvisor {
    /** A table that does not fill. */
    private static final int ROOMY_FLOWS_MAX = 100_000_000;

    private static final long TIMEOUT_SECONDS_MIN = 60;
    private static final long TIMEOUT_SECONDS_MAX = 6_000;

    /** A keepalive comes three times within a time-out, so that one or two may be lost. */
    private static final int KEEPALIVES_PER_TIMEOUT = 3;

    /** Keeps a run without length from dividing by zero. */
    private static final double SECONDS_MIN = 1e-9;

    private static final ImmutableList<Long> TIMEOUTS_SHOWN = ImmutableList.of(60L, 120L, 350L, 600L, 1_800L, 6_000L);

    private final Scenario scenario;
    private final NlbSetup setup;

    /** The TCP listeners that clients connect to. */
    private final ImmutableSet<Listener> listeners;

    private final NlbResult asIs;

    private NlbAdvisor(Scenario scenario, NlbSetup setup) {
        this.scenario = scenario;
        this.setup = setup;
        this.listeners = scenario.workload().clients().stream()
                .flatMap(client -> client.destinations().all().stream())
                .flatMap(destination -> setup.listenerAt(destination).stream())
                .filter(found -> found.protocol() == ListenerProtocol.TCP)
                .collect(toImmutableSet());
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException(
                    "no client connects to a TCP listener: expected one, since only those have a time-out to set");
        }
        this.asIs = run(scenario);
    }

    /**
     * Advises on the TCP listeners of a scenario that clients connect to, all with one time-out.
     *
     * @param scenario a scenario with a load balancer
     * @return the advice
     * @throws IllegalArgumentException if the scenario has no load balancer, no client connects to a TCP listener, or an action
     *     changes a listener
     */
    public static NlbAdvice advise(Scenario scenario) {
        if (!(scenario.gateway() instanceof NlbSetup setup)) {
            throw new IllegalArgumentException(
                    "there is no load balancer to advise on: expected network-load-balancer");
        }
        if (scenario.actions().stream().anyMatch(ScheduledAction.ModifyListener.class::isInstance)) {
            throw new IllegalArgumentException(
                    "an action changes a listener: expected none, since advice is on one time-out for the whole run");
        }
        return new NlbAdvisor(scenario, setup).advise();
    }

    private NlbAdvice advise() {
        Option today = option(Kind.AS_IS, shortestIdle(), true, asIs);
        Option keepalive = keepalive();
        Option timeout = timeout();
        Optional<Rejections> rejections = rejections();
        boolean silenceHurts = silenceHurts(scenario);
        return new NlbAdvice(
                listeners.stream().map(Listener::arn).collect(toImmutableList()),
                ImmutableList.of(today, keepalive, timeout),
                rejections,
                occupancy(),
                decision(silenceHurts, keepalive, timeout, rejections));
    }

    private Duration shortestIdle() {
        return Collections.min(idles());
    }

    private Duration longestIdle() {
        return Collections.max(idles());
    }

    private ImmutableList<Duration> idles() {
        return listeners.stream().map(Listener::idle).collect(toImmutableList());
    }

    private static NlbResult run(Scenario scenario) {
        return ScenarioRun.run(scenario).nlb().orElseThrow();
    }

    private Scenario with(long timeoutSeconds) {
        ImmutableList<Listener> next = setup.balancer().listeners().stream()
                .map(listener ->
                        listeners.contains(listener) ? listener.withIdle(Duration.ofSeconds(timeoutSeconds)) : listener)
                .collect(toImmutableList());
        return scenario.withGateway(setup.withBalancer(setup.balancer().withListeners(next)));
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

    private Option keepalive() {
        Workload workload = scenario.workload();
        ImmutableList<Client> clients =
                workload.clients().stream().map(this::withKeepalive).collect(toImmutableList());
        NlbResult result =
                run(scenario.withWorkload(new Workload(clients, workload.outages(), workload.sourcePorts())));
        return option(Kind.KEEPALIVE, interval(shortestIdle()), result.metrics().resetsToClients() == 0, result);
    }

    private static Duration interval(Duration idle) {
        return Duration.ofSeconds(idle.toSeconds() / KEEPALIVES_PER_TIMEOUT);
    }

    /** A keepalive is for TCP connections that are used again; others it would only pin. One that is often enough stays. */
    private Client withKeepalive(Client client) {
        Optional<Duration> interval = client.destinations().all().stream()
                .flatMap(destination -> setup.listenerAt(destination).stream())
                .filter(listener -> listener.protocol() != ListenerProtocol.UDP)
                .map(listener -> interval(listener.idle()))
                .min(Comparator.naturalOrder());
        boolean keeps = client.connections() instanceof Connections.Kept;
        return interval.filter(next -> keeps
                        && client.keepalive()
                                .map(own -> own.compareTo(next) > 0)
                                .orElse(true))
                .map(client::withKeepalive)
                .orElse(client);
    }

    /** The shortest time-out with which no client meets an RST because of silence. */
    private Option timeout() {
        long seconds = least(TIMEOUT_SECONDS_MIN, TIMEOUT_SECONDS_MAX, candidate -> !silenceHurts(with(candidate)));
        Scenario tried = with(seconds);
        return option(Kind.TIMEOUT, Duration.ofSeconds(seconds), !silenceHurts(tried), run(tried));
    }

    /** Whether clients would meet RSTs if the table never filled: a full one brings RSTs of its own. */
    private static boolean silenceHurts(Scenario tried) {
        NlbSetup setup = (NlbSetup) tried.gateway();
        NlbSetup roomy = setup.withBalancer(setup.balancer().withFlowsMax(ROOMY_FLOWS_MAX));
        return run(tried.withGateway(roomy)).metrics().resetsToClients() > 0;
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
    private Optional<Rejections> rejections() {
        long rejected = asIs.metrics().total(NlbMetric.REJECTED_FLOW_COUNT);
        if (rejected == 0) {
            return Optional.empty();
        }
        double computed = setup.balancer().flowsMax() / offeredPerSecond(asIs.metrics()) - besideSeconds();
        LongPredicate rejects = candidate -> run(with(candidate)).metrics().total(NlbMetric.REJECTED_FLOW_COUNT) > 0;
        Optional<Duration> confirmed = Optional.empty();
        if (!rejects.test(TIMEOUT_SECONDS_MIN)) {
            long firstThatRejects = least(TIMEOUT_SECONDS_MIN + 1, longestIdle().toSeconds(), rejects);
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
    private double besideSeconds() {
        NlbMetricsResult metrics = asIs.metrics();
        double openedPerSecond = metrics.total(NlbMetric.NEW_FLOW_COUNT) / Math.max(SECONDS_MIN, seconds(metrics));
        double stay = openedPerSecond == 0 ? 0 : averageFlows(metrics) / openedPerSecond;
        return Math.max(0, stay - idleShare(metrics) * shortestIdle().toSeconds());
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

    private ImmutableList<Occupancy> occupancy() {
        TreeSet<Long> timeouts = new TreeSet<>(TIMEOUTS_SHOWN);
        listeners.forEach(listener -> timeouts.add(listener.idle().toSeconds()));
        double idleShare = idleShare(asIs.metrics());
        double besideSeconds = besideSeconds();
        double offeredPerSecond = offeredPerSecond(asIs.metrics());
        return timeouts.stream()
                .map(timeout -> {
                    NlbMetricsResult metrics = run(with(timeout)).metrics();
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
    private static String decision(
            boolean silenceHurts, Option keepalive, Option timeout, Optional<Rejections> rejections) {
        if (!silenceHurts && rejections.isEmpty()) {
            return "nothing to do: no client meets an RST and no flow is rejected";
        }
        boolean timeoutHelps = timeout.possible() && timeout.rejectedFlows() == 0;
        if (silenceHurts && keepalive.possible() && keepalive.rejectedFlows() == 0) {
            return "let clients send a keepalive every " + seconds(keepalive.value()) + ", and leave the time-out"
                    + (timeoutHelps ? "; where no keepalive can be had, set " + seconds(timeout.value()) : "");
        }
        Optional<Duration> longest = rejections.flatMap(Rejections::confirmed);
        if (timeoutHelps) {
            return "set the time-out to "
                    + longest.filter(value -> value.compareTo(timeout.value()) > 0)
                            .map(value -> timeout.value().toSeconds() + " to " + seconds(value))
                            .orElse(seconds(timeout.value()))
                    + ": no client meets an RST then, and no flow is rejected";
        }
        return longest.map(
                        value -> "shorten the time-out to " + seconds(value)
                                + ", so that no flow is rejected, and let clients send a keepalive or retry on a fresh connection")
                .orElse("neither keepalives nor a time-out help: close connections that are not needed, and let clients"
                        + " retry on a fresh connection");
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
