package io.github.snatsim.scenario;

import io.github.snatsim.workload.Client;
import io.github.snatsim.workload.Close;
import io.github.snatsim.workload.Connections;
import io.github.snatsim.workload.Distribution;
import io.github.snatsim.workload.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes a client: the inverse of {@link ClientBinder}. */
final class ClientWriter {
    private ClientWriter() {}

    static Block client(Client client) {
        Client.Timing timing = client.timing();
        Client.Timing usual = Client.Timing.DEFAULT;
        Block block = new Block()
                .put("name", YamlText.quote(client.name()))
                .put("arrivals", ArrivalsWriter.arrivals(client.arrivals()))
                .put("destinations", DestinationsWriter.destinations(client.destinations()))
                .putUnless(Connections.perRequest(), "connections", client.connections(), ClientWriter::connections)
                .putUnless(
                        Distribution.fixed(Duration.ZERO), "lifetime", client.lifetime(), ArrivalsWriter::distribution)
                .putUnless(Close.FIN_BY_CLIENT, "close", client.close(), Words::of)
                .putIfPresent("keepalive", client.keepalive(), Units::write)
                .putUnless(Retry.none(), "retry", client.retry(), ClientWriter::retry)
                .putUnless(usual.start(), "start", timing.start(), Units::write)
                .putIfPresent("stop", timing.stop(), Units::write);
        timing.requestsMax().ifPresent(count -> block.put("requests", Long.toString(count)));
        return block.putUnless(usual.timeout(), "timeout", timing.timeout(), Units::write)
                .putUnless(usual.refusalNotice(), "refusal-notice", timing.refusalNotice(), Units::write)
                .putUnless(
                        usual.synRetransmissions(),
                        "syn-retransmissions",
                        timing.synRetransmissions(),
                        times -> ScenarioWriter.list(times, Units::write));
    }

    private static Object connections(Connections connections) {
        if (connections instanceof Connections.PerRequest) {
            return "per-request";
        } else if (connections instanceof Connections.Kept kept) {
            return kept(kept);
        }
        throw ScenarioWriter.unknown(connections);
    }

    private static Object kept(Connections.Kept kept) {
        Connections.Kept usual = Connections.reuse();
        OptionalInt size = kept.sizeMax();
        Block rules = new Block();
        size.ifPresent(max -> rules.put("size", Integer.toString(max)));
        rules.putIfPresent("idle-limit", kept.idleLimit(), Units::write)
                .putIfPresent("lifetime-max", kept.lifetimeMax(), Units::write)
                .putUnless(usual.order(), "order", kept.order(), Words::of)
                .putUnless(usual.queueMax(), "queue-max", kept.queueMax(), max -> Integer.toString(max))
                .putIfPresent("queue-timeout", kept.queueTimeout(), Units::write);
        if (size.isEmpty()) {
            return rules.isEmpty() ? "reuse" : Block.of("reuse", rules);
        }
        boolean sizeOnly = kept.equals(Connections.pool(size.getAsInt()));
        return Block.of("pool", sizeOnly ? Integer.toString(size.getAsInt()) : rules);
    }

    private static Object retry(Retry retry) {
        Optional<String> retries = retry.retriesMax() == Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Integer.toString(retry.retriesMax()));
        if (retry.equals(Retry.immediate(retry.retriesMax()))) {
            return retries.isEmpty() ? "immediate" : Block.of("immediate", Block.of("retries", retries.get()));
        }
        Block rules = Block.of("delay", Units.write(retry.delay()));
        if (retry.equals(Retry.fixed(retry.retriesMax(), retry.delay()))) {
            return Block.of("fixed", rules.putIfPresent("retries", retries, text -> text));
        }
        return Block.of(
                "exponential",
                rules.put("cap", Units.write(retry.cap()))
                        .putUnless(0.0, "jitter", retry.jitter(), Units::write)
                        .putUnless(RetryBinder.USUAL_FACTOR, "factor", retry.factor(), Units::write)
                        .putIfPresent("retries", retries, text -> text));
    }
}
