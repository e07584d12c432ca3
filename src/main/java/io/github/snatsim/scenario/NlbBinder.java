package io.github.snatsim.scenario;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.aws.ActiveFlows;
import io.github.snatsim.aws.Alarm;
import io.github.snatsim.aws.Encryption;
import io.github.snatsim.aws.FullTable;
import io.github.snatsim.aws.Listener;
import io.github.snatsim.aws.ListenerAttribute;
import io.github.snatsim.aws.ListenerProtocol;
import io.github.snatsim.aws.NetworkLoadBalancer;
import io.github.snatsim.aws.NlbMetric;
import io.github.snatsim.aws.NlbMetrics;
import io.github.snatsim.aws.OpeningCost;
import io.github.snatsim.aws.TargetPackets;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.scenario.Node.Kind;
import io.github.snatsim.sim.NlbSetup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes the Network Load Balancer of a scenario. */
final class NlbBinder {
    private static final ImmutableList<String> KEYS = ImmutableList.of(
            "listeners",
            "targets",
            "flows-max",
            "half-open-idle",
            "full-table",
            "target-packets",
            "active-flows",
            "target-seed",
            "metrics-period",
            "alarm",
            "encryption",
            "handshake-bytes",
            "round-trip");

    private NlbBinder() {}

    static NlbSetup setup(Node node) {
        Keys keys = Keys.of(node, KEYS);
        if (!keys.has("flows-max")) {
            throw keys.error(
                    "the key 'flows-max' is missing: the size of the table is unpublished, so there is no default"
                            + " (N4)");
        }
        ImmutableList<Listener> listeners =
                keys.require("listeners", list -> ScenarioBinder.list(list, "listeners", NlbBinder::listener));
        ImmutableList<Endpoint> targets = keys.require(
                "targets", list -> ScenarioBinder.list(list, "targets", item -> Units.parsed(item, Endpoint::parse)));
        int flowsMax = keys.require("flows-max", Units::count);
        Duration halfOpen = keys.find("half-open-idle", Units::aboveZero, NetworkLoadBalancer.HALF_OPEN_IDLE);
        FullTable fullTable = keys.find("full-table", word -> Units.word(word, FullTable.class), FullTable.SILENT);
        TargetPackets packets =
                keys.find("target-packets", word -> Units.word(word, TargetPackets.class), TargetPackets.SEEN);
        ActiveFlows active =
                keys.find("active-flows", word -> Units.word(word, ActiveFlows.class), ActiveFlows.ESTABLISHED);
        long seed = keys.find("target-seed", Units::seed, 0L);
        NetworkLoadBalancer balancer = keys.build(
                "listeners",
                () -> new NetworkLoadBalancer(
                        listeners, targets, flowsMax, halfOpen, fullTable, packets, active, seed));
        Duration period = keys.find("metrics-period", Units::aboveZero, NlbMetrics.PERIOD);
        Optional<Alarm> alarm = keys.find("alarm", NlbBinder::alarm);
        OpeningCost cost = cost(keys);
        return keys.build("alarm", () -> new NlbSetup(balancer, period, alarm, cost));
    }

    private static OpeningCost cost(Keys keys) {
        Encryption encryption = keys.find("encryption", word -> Units.word(word, Encryption.class), Encryption.NONE);
        Duration roundTrip = keys.find("round-trip", Units::duration, Duration.ZERO);
        OpeningCost usual = OpeningCost.of(encryption, roundTrip);
        int bytes = keys.find("handshake-bytes", Units::countOrNone, usual.handshakeBytes());
        return keys.build("handshake-bytes", () -> new OpeningCost(encryption, bytes, roundTrip));
    }

    private static Listener listener(Node node) {
        Keys keys = Keys.of(node, List.of("arn", "protocol", "endpoint", "idle"));
        String arn = keys.require("arn", Units::text);
        ListenerProtocol protocol =
                keys.find("protocol", word -> Units.word(word, ListenerProtocol.class), ListenerProtocol.TCP);
        Endpoint endpoint = keys.require("endpoint", text -> Units.parsed(text, Endpoint::parse));
        Duration idle = keys.find("idle", Units::aboveZero, protocol.idle());
        return keys.build("idle", () -> new Listener(arn, protocol, endpoint, idle));
    }

    private static Alarm alarm(Node node) {
        Keys keys =
                Keys.of(node, List.of("metric", "threshold", "period", "evaluation-periods", "datapoints-to-alarm"));
        Alarm usual = Alarm.onRejections();
        NlbMetric metric = keys.find("metric", NlbBinder::metric, usual.metric());
        long threshold = keys.find("threshold", number -> Units.whole(number, 1, Long.MAX_VALUE), usual.threshold());
        Duration period = keys.find("period", Units::aboveZero, usual.period());
        int periods = keys.find("evaluation-periods", Units::count, usual.evaluationPeriods());
        int datapoints = keys.find("datapoints-to-alarm", Units::count, periods);
        return keys.build("datapoints-to-alarm", () -> new Alarm(metric, threshold, period, periods, datapoints));
    }

    private static NlbMetric metric(Node node) {
        String name = Units.text(node);
        List<String> names =
                Arrays.stream(NlbMetric.values()).map(NlbMetric::metricName).toList();
        if (!names.contains(name)) {
            throw node.error("value " + ScenarioException.quoted(name) + ": " + Words.didYouMean(name, names)
                    + Words.expected(names));
        }
        return NlbMetric.values()[names.indexOf(name)];
    }

    /** Attributes by key, with texts as values. */
    static ImmutableList<ListenerAttribute> attributes(Node node) {
        ImmutableList.Builder<ListenerAttribute> attributes = ImmutableList.builder();
        for (Node entry : node.expect(Kind.MAPPING, "a mapping of attributes").children()) {
            String value = entry.expect(Kind.SCALAR, "a text such as \"600\"").text();
            attributes.add(new ListenerAttribute(entry.step(), value));
        }
        return attributes.build();
    }
}
