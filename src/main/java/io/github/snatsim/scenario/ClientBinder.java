package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.workload.Arrivals;
import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Destinations;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Makes a client; what is left out is as {@link Client#of} has it. */
final class ClientBinder {
    private static final List<String> KEYS = List.of(
            "name",
            "arrivals",
            "destinations",
            "connections",
            "lifetime",
            "close",
            "keepalive",
            "retry",
            "start",
            "stop",
            "requests",
            "timeout",
            "refusal-notice",
            "syn-retransmissions");

    private ClientBinder() {}

    static Client client(Node node) {
        Keys keys = Keys.of(node, KEYS);
        String name = keys.require("name", Units::text);
        Arrivals arrivals = keys.require("arrivals", ArrivalsBinder::arrivals);
        Destinations destinations = keys.require("destinations", DestinationsBinder::destinations);
        Connections connections = keys.find("connections", ClientBinder::connections, Connections.perRequest());
        Distribution lifetime =
                keys.find("lifetime", DistributionBinder::distribution, Distribution.fixed(Duration.ZERO));
        Close close = keys.find("close", word -> Units.word(word, Close.class), Close.FIN_BY_CLIENT);
        Optional<Duration> keepalive = keys.find("keepalive", Units::aboveZero);
        Retry retry = keys.find("retry", RetryBinder::retry, Retry.none());
        Client.Timing timing = timing(keys);
        return keys.build(
                "",
                () -> new Client(name, arrivals, destinations, connections, lifetime, close, keepalive, retry, timing));
    }

    private static Client.Timing timing(Keys keys) {
        Client.Timing usual = Client.Timing.DEFAULT;
        Duration start = keys.find("start", Units::duration, usual.start());
        Optional<Duration> stop = keys.find("stop", Units::aboveZero);
        OptionalLong requests = keys.find("requests", node -> Units.whole(node, 1, Long.MAX_VALUE))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
        Duration timeout = keys.find("timeout", Units::aboveZero, usual.timeout());
        Duration notice = keys.find("refusal-notice", Units::duration, usual.refusalNotice());
        ImmutableList<Duration> again = keys.find(
                "syn-retransmissions",
                node -> ScenarioBinder.list(node, "durations", Units::duration),
                usual.synRetransmissions());
        keys.build(
                "syn-retransmissions",
                () -> new Client.Timing(Duration.ZERO, Optional.empty(), requests, timeout, notice, again));
        return keys.build("stop", () -> new Client.Timing(start, stop, requests, timeout, notice, again));
    }

    private static Connections connections(Node node) {
        Choice choice = Choice.of(node, List.of("per-request", "reuse"), List.of("pool", "reuse"));
        if (choice.value() == null) {
            return choice.kind().equals("reuse") ? Connections.reuse() : Connections.perRequest();
        }
        boolean pool = choice.kind().equals("pool");
        if (pool && !choice.content().is(Kind.MAPPING)) {
            return Connections.pool(Units.count(choice.content()));
        }
        List<String> rules = List.of("idle-limit", "lifetime-max", "order", "queue-max", "queue-timeout");
        ImmutableList<String> known =
                pool ? ImmutableList.<String>builder().add("size").addAll(rules).build() : ImmutableList.copyOf(rules);
        Keys keys = Keys.of(choice.content(), known);
        Connections.Kept usual = Connections.reuse();
        OptionalInt size = pool ? OptionalInt.of(keys.require("size", Units::count)) : OptionalInt.empty();
        return keys.build(
                "",
                () -> new Connections.Kept(
                        size,
                        keys.find("idle-limit", Units::aboveZero),
                        keys.find("lifetime-max", Units::aboveZero),
                        keys.find("order", word -> Units.word(word, Connections.Order.class), usual.order()),
                        keys.find("queue-max", Units::countOrNone, usual.queueMax()),
                        keys.find("queue-timeout", Units::aboveZero)));
    }
}
