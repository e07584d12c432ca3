package io.github.snatsim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.snatsim.metrics.DestinationPeak;
import io.github.snatsim.metrics.DestinationUse;
import io.github.snatsim.metrics.Episode;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.metrics.PortUse;
import io.github.snatsim.sim.ClientResult;
import io.github.snatsim.sim.Estimate;
import io.github.snatsim.sim.ProbeResult;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.ScaleEvent;
import io.github.snatsim.sim.SimulationResult;
import java.io.IOException;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A simulation, or several replications of it, for machines: one JSON object on one line. Stateless. */
public final class SimulationJson {
    private static final int ROWS_MAX = 100;

    private SimulationJson() {}

    /**
     * Returns the report as a JSON object. Times are seconds of virtual time; the first run is shown in full, and several
     * runs add estimates.
     *
     * @param report the report
     * @return one line without a line end
     */
    public static String line(SimulationReport report) {
        return MetricsJson.object(json -> {
            SimulationResult first = report.runs().runs().get(0);
            json.writeStringField("scenario", report.name());
            totals(first, json);
            states(first.metrics(), json);
            clients(first, json);
            ports(first.metrics(), json);
            destinations(first.metrics(), json);
            scaleEvents(first, json);
            if (first.nlb().isPresent()) {
                NlbJson.write(first.nlb().get(), json);
            }
            if (first.http().isPresent()) {
                HttpJson.write(first.http().get(), first.portsShared(), json);
            }
            if (!first.probes().isEmpty()) {
                probes(first, json);
            }
            episodes(first.metrics(), json);
            if (report.runs().runs().size() > 1) {
                replications(report.runs(), json);
            }
        });
    }

    private static void totals(SimulationResult run, JsonGenerator json) throws IOException {
        MetricsResult metrics = run.metrics();
        json.writeNumberField("seed", run.seed());
        json.writeNumberField("simulatedSeconds", Numbers.seconds(run.endNanos()));
        json.writeNumberField("countedSeconds", Numbers.seconds(run.countedNanos()));
        json.writeNumberField("events", run.events());
        json.writeNumberField("attempts", metrics.attempts());
        json.writeNumberField("opened", metrics.opened());
        json.writeNumberField("refused", metrics.refused());
        json.writeNumberField("gaveUp", run.gaveUp());
        if (metrics.firstRefusalNanos().isEmpty()) {
            json.writeNullField("firstRefusalSeconds");
        } else {
            json.writeNumberField(
                    "firstRefusalSeconds",
                    Numbers.seconds(metrics.firstRefusalNanos().getAsLong()));
        }
        json.writeNumberField("refusedShare", Numbers.exact(run.refusedShare()));
        json.writeNumberField("sustainedOpensPerSecond", Numbers.exact(run.sustainedOpensPerSecond()));
        json.writeNumberField("peakPortsUsed", run.peakPortsUsed());
        json.writeNumberField("peakPortsAtOneDestination", metrics.peakPortsAtOneDestination());
        json.writeNumberField("exhaustedSeconds", Numbers.seconds(metrics.exhaustedNanos()));
        json.writeNumberField("latePackets", metrics.latePackets());
        json.writeNumberField("untranslatedPackets", metrics.untranslated());
    }

    private static void states(MetricsResult metrics, JsonGenerator json) throws IOException {
        counts("refusedByReason", metrics.refusedByReason(), json);
        counts("endsByReason", metrics.ends(), json);
        json.writeObjectFieldStart("portsInUseAtEnd");
        MetricsJson.states(metrics.portsInUse(), json);
        json.writeEndObject();
    }

    private static void counts(String field, Map<? extends Enum<?>, Long> counts, JsonGenerator json)
            throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<? extends Enum<?>, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey().name(), count.getValue());
        }
        json.writeEndObject();
    }

    private static void clients(SimulationResult run, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("clients");
        for (ClientResult client : run.clients()) {
            json.writeStartObject();
            json.writeStringField("client", client.client());
            json.writeNumberField("requests", client.requests());
            json.writeNumberField("completed", client.completed());
            json.writeNumberField("gaveUp", client.gaveUp());
            json.writeNumberField("inProgress", client.inProgress());
            json.writeNumberField("attempts", client.attempts());
            json.writeNumberField("refused", client.refused());
            json.writeNumberField("failures", client.failures());
            json.writeNumberField("retries", client.retries());
            json.writeNumberField("sourcePortsOut", client.sourcePortsOut());
            json.writeNumberField("connectionsPerRequest", Numbers.exact(client.connectionsPerRequest()));
            json.writeNumberField(
                    "waitSecondsP50", Numbers.seconds(client.waits().p50Nanos()));
            json.writeNumberField(
                    "waitSecondsP95", Numbers.seconds(client.waits().p95Nanos()));
            json.writeNumberField(
                    "waitSecondsP99", Numbers.seconds(client.waits().p99Nanos()));
            json.writeNumberField(
                    "waitSecondsMax", Numbers.seconds(client.waits().maxNanos()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void ports(MetricsResult metrics, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("ports");
        for (PortUse use : metrics.portUse().stream().limit(ROWS_MAX).toList()) {
            json.writeStartObject();
            json.writeStringField("instance", use.instance().toString());
            MetricsJson.frontend(use.frontend(), json);
            json.writeStringField("protocol", use.protocol().toString());
            json.writeNumberField("portsUsedMax", use.portsUsedMax());
            json.writeNumberField("p50", use.percentiles().p50());
            json.writeNumberField("p95", use.percentiles().p95());
            json.writeNumberField("p99", use.percentiles().p99());
            json.writeObjectFieldStart("atPeak");
            MetricsJson.states(use.atPeak(), json);
            json.writeEndObject();
            json.writeObjectFieldStart("atEnd");
            MetricsJson.states(use.atEnd(), json);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void destinations(MetricsResult metrics, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("busiestDestinations");
        for (DestinationPeak peak : metrics.busiest()) {
            MetricsJson.peak(peak, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("destinations");
        for (DestinationUse use :
                metrics.destinations().stream().limit(ROWS_MAX).toList()) {
            json.writeStartObject();
            json.writeStringField("instance", use.instance().toString());
            MetricsJson.frontend(use.frontend(), json);
            json.writeStringField("destination", use.destination().toString());
            json.writeNumberField("opened", use.opened());
            json.writeNumberField("refused", use.refused());
            json.writeNumberField("portsUsedMax", use.portsUsedMax());
            json.writeNumberField("exhaustedSeconds", Numbers.seconds(use.exhaustedNanos()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void scaleEvents(SimulationResult run, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("scaleEvents");
        for (ScaleEvent event : run.scaleEvents()) {
            json.writeStartObject();
            json.writeNumberField("seconds", Numbers.seconds(event.timeNanos()));
            json.writeNumberField("instancesBefore", event.instancesBefore());
            json.writeNumberField("instancesAfter", event.instancesAfter());
            json.writeNumberField("portsBefore", event.portsBefore());
            json.writeNumberField("portsAfter", event.portsAfter());
            json.writeNumberField("flowsCut", event.flowsCut());
            json.writeNumberField("flowsCutMin", event.flowsCutMin());
            json.writeNumberField("flowsCutMax", event.flowsCutMax());
            json.writeNumberField("flowsRemoved", event.flowsRemoved());
            json.writeStringField("cause", event.cause());
            MetricsJson.frontend(event.frontend(), json);
            json.writeNumberField("portsReclaimed", event.portsReclaimed());
            json.writeNumberField("flowsMethodChanged", event.flowsMethodChanged());
            impacts(event, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void impacts(ScaleEvent event, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("refusedByMinute");
        for (long refused : event.refusedByMinute()) {
            json.writeNumber(refused);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("instances");
        for (ScaleEvent.InstanceLoss instance :
                event.instances().stream().limit(ROWS_MAX).toList()) {
            json.writeStartObject();
            json.writeStringField("instance", instance.instance().toString());
            json.writeNumberField("portsBefore", instance.portsBefore());
            json.writeNumberField("portsAfter", instance.portsAfter());
            json.writeNumberField("portsReclaimed", instance.portsReclaimed());
            json.writeNumberField("flowsCut", instance.flowsCut());
            json.writeNumberField("flowsCutMin", instance.flowsCutMin());
            json.writeNumberField("flowsCutMax", instance.flowsCutMax());
            json.writeNumberField("flowsRemoved", instance.flowsRemoved());
            json.writeNumberField("flowsMethodChanged", instance.flowsMethodChanged());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void probes(SimulationResult run, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("probes");
        for (ProbeResult probe : run.probes().stream().limit(ROWS_MAX).toList()) {
            json.writeStartObject();
            json.writeNumberField("seconds", Numbers.seconds(probe.timeNanos()));
            json.writeStringField("instance", probe.instance());
            json.writeStringField("protocol", probe.protocol().toString());
            json.writeStringField("destination", probe.destination().toString());
            json.writeStringField("outcome", probe.outcomeName());
            if (probe.publicIp().isPresent()) {
                json.writeStringField("publicIp", probe.publicIp().get().toString());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void episodes(MetricsResult metrics, JsonGenerator json) throws IOException {
        json.writeNumberField("episodeCount", metrics.episodeCount());
        json.writeArrayFieldStart("episodes");
        for (Episode episode : metrics.episodes().stream().limit(ROWS_MAX).toList()) {
            json.writeStartObject();
            json.writeStringField("instance", episode.instance().toString());
            MetricsJson.frontend(episode.frontend(), json);
            json.writeStringField("destination", episode.destination().toString());
            json.writeNumberField("startSeconds", Numbers.seconds(episode.firstRefusalNanos()));
            json.writeNumberField("endSeconds", Numbers.seconds(episode.lastRefusalNanos()));
            json.writeNumberField("refused", episode.refused());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void replications(Replications runs, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("replications");
        json.writeNumberField("n", runs.runs().size());
        estimate("attempts", runs, run -> run.metrics().attempts(), json);
        estimate("refused", runs, run -> run.metrics().refused(), json);
        estimate("refusedShare", runs, SimulationResult::refusedShare, json);
        estimate("gaveUp", runs, SimulationResult::gaveUp, json);
        estimate("peakPortsUsed", runs, SimulationResult::peakPortsUsed, json);
        json.writeEndObject();
    }

    private static void estimate(
            String name, Replications runs, ToDoubleFunction<SimulationResult> figure, JsonGenerator json)
            throws IOException {
        Estimate estimate = runs.estimate(figure);
        json.writeObjectFieldStart(name);
        json.writeNumberField("mean", Numbers.exact(estimate.mean()));
        json.writeNumberField("low", Numbers.exact(estimate.low()));
        json.writeNumberField("high", Numbers.exact(estimate.high()));
        json.writeNumberField("n", estimate.n());
        json.writeEndObject();
    }
}
