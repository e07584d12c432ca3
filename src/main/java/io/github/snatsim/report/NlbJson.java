package io.github.snatsim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.snatsim.aws.AlarmChange;
import io.github.snatsim.aws.MetricPeriod;
import io.github.snatsim.aws.NlbMetric;
import io.github.snatsim.sim.NlbResult;
import java.io.IOException;

/** What a Network Load Balancer did, for machines. Stateless. */
final class NlbJson {
    private static final int PERIODS_MAX = 10_000;

    private NlbJson() {}

    static void write(NlbResult nlb, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("nlb");
        json.writeNumberField(
                "periodSeconds", Numbers.seconds(nlb.metrics().period().toNanos()));
        json.writeArrayFieldStart("periods");
        for (MetricPeriod period :
                nlb.metrics().periods().stream().limit(PERIODS_MAX).toList()) {
            json.writeStartObject();
            json.writeNumberField("seconds", Numbers.seconds(period.startNanos()));
            for (NlbMetric metric : NlbMetric.values()) {
                json.writeNumberField(metric.metricName(), metric.valueIn(period));
            }
            json.writeNumberField("ActiveFlowCountAverage", Numbers.exact(period.activeFlowCountAverage()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("alarm");
        for (AlarmChange change : nlb.alarmChanges()) {
            json.writeStartObject();
            json.writeNumberField("seconds", Numbers.seconds(change.timeNanos()));
            json.writeStringField("from", change.before().name());
            json.writeStringField("to", change.after().name());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("resetsToClients", nlb.metrics().resetsToClients());
        json.writeNumberField("resetsToTargets", nlb.metrics().resetsToTargets());
        json.writeNumberField("lateDatagrams", nlb.metrics().lateDatagrams());
        json.writeNumberField("halfOpenFlowsMax", nlb.metrics().halfOpenFlowsMax());
        json.writeNumberField("connections", nlb.connections());
        json.writeNumberField("openingRoundTrips", nlb.roundTrips());
        json.writeNumberField("openingBytes", nlb.bytes());
        json.writeArrayFieldStart("findings");
        for (String finding : nlb.findings()) {
            json.writeString(finding);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
