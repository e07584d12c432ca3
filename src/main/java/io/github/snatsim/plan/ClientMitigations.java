package io.github.snatsim.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.gateway.SnatProfile;
import io.github.snatsim.net.Protocol;
import io.github.snatsim.sim.Scenario;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Rate;
import io.github.snatsim.workload.Retry;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Mitigations that clients have (rules C1, M3).
 *
 * @param before the scenario without
 */
record ClientMitigations(Scenario before) {
    private static final double JITTER = 0.5;
    private static final double HARDLY = 10;

    Mitigated with(ScenarioMitigation mitigation) {
        if (mitigation instanceof ScenarioMitigation.Reuse reuse) {
            return reuse(reuse);
        } else if (mitigation instanceof ScenarioMitigation.Pool pool) {
            return pool(pool.size());
        } else if (mitigation instanceof ScenarioMitigation.Backoff backoff) {
            return backoff(backoff);
        } else if (mitigation instanceof ScenarioMitigation.Keepalive keepalive) {
            return keepalive(keepalive.interval());
        } else if (mitigation instanceof ScenarioMitigation.RstClose) {
            return rstClose();
        } else if (mitigation instanceof ScenarioMitigation.Caching caching) {
            return caching(caching.hitRatio());
        } else if (mitigation instanceof ScenarioMitigation.RateLimit limit) {
            return rateLimit(limit.rate());
        }
        return fasterBackend(((ScenarioMitigation.FasterBackend) mitigation).lifetimeFactor());
    }

    private SnatProfile profile() {
        return before.gateway().profile();
    }

    private ImmutableList<Client> clients() {
        return before.workload().clients();
    }

    /** The reason for the change, or for there being none. */
    private Mitigated either(Scenario after, String reason, String otherwise) {
        return new Mitigated(after, after.equals(before) ? otherwise : reason);
    }

    private Mitigated reuse(ScenarioMitigation.Reuse reuse) {
        Connections.Kept kept =
                reuse.idleLimit().map(Connections.reuse()::withIdleLimit).orElseGet(Connections::reuse);
        return either(
                ScenarioEdit.withClients(
                        before,
                        client -> client.connections() instanceof Connections.Kept
                                ? client
                                : client.withConnections(kept)),
                "an idle connection serves the next request: ports follow the requests in progress, not those of a hold"
                        + outages(),
                "every client keeps its connections already: it does nothing");
    }

    private Mitigated pool(int size) {
        return either(
                ScenarioEdit.withClients(before, client -> client.withConnections(pooled(client.connections(), size))),
                "at most " + size
                        + " ports for each client, instance and destination: a request that finds all connections busy waits"
                        + outages(),
                "every client has such a pool already: it does nothing");
    }

    private String outages() {
        return before.workload().outages().isEmpty()
                ? ""
                : "; but a request that fails closes its connection, and every retry opens another (C6)";
    }

    private static Connections pooled(Connections connections, int size) {
        return connections instanceof Connections.Kept kept
                ? new Connections.Kept(
                        OptionalInt.of(size),
                        kept.idleLimit(),
                        kept.lifetimeMax(),
                        kept.order(),
                        kept.queueMax(),
                        kept.queueTimeout())
                : Connections.pool(size);
    }

    private Mitigated backoff(ScenarioMitigation.Backoff backoff) {
        return either(
                ScenarioEdit.withClients(
                        before,
                        client -> client.retry().retriesMax() == 0
                                ? client
                                : client.withRetry(Retry.exponential(
                                        client.retry().retriesMax(), backoff.delay(), backoff.cap(), JITTER))),
                "retries of failed requests are spread over more time, in which ports come back (C6)",
                "no client retries: there is nothing to delay, it does nothing");
    }

    private Mitigated keepalive(Duration interval) {
        Scenario after = ScenarioEdit.withClients(
                before,
                client -> client.keepalive()
                                .filter(present -> present.compareTo(interval) <= 0)
                                .isPresent()
                        ? client
                        : client.withKeepalive(interval));
        Duration idle = clients().stream()
                .map(client -> protocol(client) == Protocol.TCP
                        ? profile().idle().tcp()
                        : profile().idle().udp())
                .max(Duration::compareTo)
                .orElseThrow();
        if (interval.compareTo(idle) >= 0) {
            return either(
                    after,
                    "every " + Figures.seconds(interval) + " is too late for an idle time of " + Figures.seconds(idle)
                            + ": it does nothing",
                    "every client sends them as often already: it does nothing");
        }
        boolean pins = clients().stream()
                .anyMatch(client -> client.close() == Close.NONE || client.connections() instanceof Connections.Kept);
        return either(
                after,
                "it does nothing against the holds of closed connections; it keeps idle ones from being cut, for which one"
                        + " side suffices"
                        + (pins ? ", and pins the ports of those that nobody closes: idle never frees them" : ""),
                "every client sends them as often already: it does nothing");
    }

    private static Protocol protocol(Client client) {
        return client.destinations().all().get(0).protocol();
    }

    private Mitigated rstClose() {
        return either(
                ScenarioEdit.withClients(
                        before, client -> protocol(client) == Protocol.TCP ? client.withClose(Close.RST) : client),
                "a port waits " + Figures.seconds(profile().flows().rstHold()) + " after an RST, "
                        + Figures.seconds(profile().flows().finHold())
                        + " after FINs; data that is under way can be lost",
                "no client closes TCP connections another way: it does nothing");
    }

    private Mitigated fasterBackend(double factor) {
        double lifetimeSeconds = clients().stream()
                .mapToDouble(client -> client.lifetime().meanNanos() / 1e9)
                .max()
                .orElseThrow();
        double holdSeconds = profile().flows().finHold().toNanos() / 1e9;
        return either(
                ScenarioEdit.withClients(
                        before, client -> client.withLifetime(client.lifetime().scaledBy(factor))),
                "a port is taken for the lifetime and the hold after it: "
                        + (Double.isInfinite(lifetimeSeconds)
                                ? "the mean of the lifetime has no bound, with it or without"
                                : lifetimeSeconds * HARDLY < holdSeconds
                                        ? Figures.number(lifetimeSeconds) + " s hardly count beside "
                                                + Figures.number(holdSeconds) + " s"
                                        : Figures.number(lifetimeSeconds * factor) + " s instead of "
                                                + Figures.number(lifetimeSeconds) + " s, before a hold of "
                                                + Figures.number(holdSeconds) + " s"),
                "requests take no time: it does nothing");
    }

    private Mitigated caching(double hitRatio) {
        refuseClosedLoops("how many requests a cache spares them is not known");
        return either(
                ScenarioEdit.scaled(before, ScenarioEdit.clientNames(before), LoadScale.allBut(hitRatio)),
                Figures.percent(hitRatio) + " of the requests need no connection",
                "requests that are counted are rounded up, and so few stay as they are: it does nothing");
    }

    private void refuseClosedLoops(String reason) {
        clients().stream()
                .filter(client -> client.arrivals() instanceof Arrivals.ClosedLoop)
                .findFirst()
                .ifPresent(client -> {
                    throw new IllegalArgumentException(
                            "the workers of " + client.name() + " ask again when they are answered: " + reason);
                });
    }

    private Mitigated rateLimit(Rate limit) {
        refuseClosedLoops("they would only wait elsewhere");
        return either(
                ScenarioEdit.withArrivals(
                        before, ScenarioEdit.clientNames(before), arrivals -> limited(arrivals, limit)),
                "what is more than " + limit + " of a client on an instance is turned away, before it takes a port",
                "no client makes more than " + limit + " on an instance: it does nothing");
    }

    /** Poisson arrivals stay such, at the lower rate. */
    private static Arrivals limited(Arrivals arrivals, Rate limit) {
        if (arrivals instanceof Arrivals.Even even) {
            return new Arrivals.Even(lower(even.rate(), limit));
        } else if (arrivals instanceof Arrivals.Poisson poisson) {
            return new Arrivals.Poisson(lower(poisson.rate(), limit));
        } else if (arrivals instanceof Arrivals.Daily daily) {
            return new Arrivals.Daily(daily.hourly().stream()
                    .map(hour -> hour.map(rate -> lower(rate, limit)))
                    .collect(toImmutableList()));
        } else if (arrivals instanceof Arrivals.Bursts bursts) {
            long allowed = BigInteger.valueOf(bursts.every().toNanos())
                    .multiply(BigInteger.valueOf(limit.count()))
                    .divide(BigInteger.valueOf(limit.perNanos()))
                    .min(BigInteger.valueOf(bursts.size()))
                    .longValueExact();
            return allowed == 0
                    ? new Arrivals.Bursts(1, Duration.ofNanos(limit.timeNanos(1)))
                    : new Arrivals.Bursts((int) allowed, bursts.every());
        }
        return spaced(((Arrivals.Recorded) arrivals).times(), limit);
    }

    private static Rate lower(Rate rate, Rate limit) {
        return rate.meanGapNanos() < limit.meanGapNanos() ? limit : rate;
    }

    /** Those that come no sooner after the last one let through than the limit says. */
    private static Arrivals spaced(ImmutableList<Duration> times, Rate limit) {
        long gapNanos = limit.timeNanos(1);
        List<Duration> kept = new ArrayList<>();
        for (Duration time : times) {
            if (kept.isEmpty() || time.minus(kept.get(kept.size() - 1)).toNanos() >= gapNanos) {
                kept.add(time);
            }
        }
        return new Arrivals.Recorded(ImmutableList.copyOf(kept));
    }
}
