package io.github.snatsim.scenario;

import io.github.snatsim.aws.ActiveFlows;
import io.github.snatsim.aws.Alarm;
import io.github.snatsim.aws.Encryption;
import io.github.snatsim.aws.FullTable;
import io.github.snatsim.aws.Listener;
import io.github.snatsim.aws.ListenerAttribute;
import io.github.snatsim.aws.ListenerProtocol;
import io.github.snatsim.aws.NetworkLoadBalancer;
import io.github.snatsim.aws.NlbMetrics;
import io.github.snatsim.aws.OpeningCost;
import io.github.snatsim.aws.TargetPackets;
import io.github.snatsim.net.Endpoint;
import io.github.snatsim.sim.NlbSetup;
import java.time.Duration;
import java.util.List;

/** Writes a Network Load Balancer: the inverse of {@link NlbBinder}. */
final class NlbWriter {
    private NlbWriter() {}

    static Block setup(NlbSetup setup) {
        NetworkLoadBalancer balancer = setup.balancer();
        OpeningCost cost = setup.cost();
        OpeningCost usual = OpeningCost.of(cost.encryption(), cost.roundTrip());
        return Block.of("listeners", ScenarioWriter.list(balancer.listeners(), NlbWriter::listener))
                .put("targets", ScenarioWriter.list(balancer.targets(), Endpoint::toString))
                .put("flows-max", Integer.toString(balancer.flowsMax()))
                .putUnless(NetworkLoadBalancer.HALF_OPEN_IDLE, "half-open-idle", balancer.halfOpenIdle(), Units::write)
                .putUnless(FullTable.SILENT, "full-table", balancer.fullTable(), Words::of)
                .putUnless(TargetPackets.SEEN, "target-packets", balancer.targetPackets(), Words::of)
                .putUnless(ActiveFlows.ESTABLISHED, "active-flows", balancer.activeFlows(), Words::of)
                .putUnless(0L, "target-seed", balancer.seed(), seed -> Long.toString(seed))
                .putUnless(NlbMetrics.PERIOD, "metrics-period", setup.metricsPeriod(), Units::write)
                .putIfPresent("alarm", setup.alarm(), NlbWriter::alarm)
                .putUnless(Encryption.NONE, "encryption", cost.encryption(), Words::of)
                .putUnless(
                        usual.handshakeBytes(),
                        "handshake-bytes",
                        cost.handshakeBytes(),
                        bytes -> Integer.toString(bytes))
                .putUnless(Duration.ZERO, "round-trip", cost.roundTrip(), Units::write);
    }

    private static Block listener(Listener listener) {
        return Block.of("arn", YamlText.quote(listener.arn()))
                .putUnless(ListenerProtocol.TCP, "protocol", listener.protocol(), Words::of)
                .put("endpoint", listener.endpoint().toString())
                .putUnless(listener.protocol().idle(), "idle", listener.idle(), Units::write);
    }

    private static Block alarm(Alarm alarm) {
        Alarm usual = Alarm.onRejections();
        return new Block()
                .putUnless(usual.metric(), "metric", alarm.metric(), metric -> metric.metricName())
                .putUnless(usual.threshold(), "threshold", alarm.threshold(), value -> Long.toString(value))
                .putUnless(usual.period(), "period", alarm.period(), Units::write)
                .putUnless(
                        usual.evaluationPeriods(),
                        "evaluation-periods",
                        alarm.evaluationPeriods(),
                        count -> Integer.toString(count))
                .putUnless(
                        alarm.evaluationPeriods(),
                        "datapoints-to-alarm",
                        alarm.datapointsToAlarm(),
                        count -> Integer.toString(count));
    }

    static Block attributes(List<ListenerAttribute> attributes) {
        Block block = new Block();
        attributes.forEach(attribute -> block.put(attribute.key(), YamlText.inQuotes(attribute.value())));
        return block;
    }
}
