package io.github.snatsim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.collect.ImmutableList;
import io.github.snatsim.plan.AlertThreshold;
import io.github.snatsim.plan.Caveat;
import io.github.snatsim.plan.CommonPools;
import io.github.snatsim.plan.Confirmation;
import io.github.snatsim.plan.Demand;
import io.github.snatsim.plan.DemandPart;
import io.github.snatsim.plan.DestinationPlan;
import io.github.snatsim.plan.ExhaustionAfter;
import io.github.snatsim.plan.FeasiblePools.PoolRange;
import io.github.snatsim.plan.InstancePlan;
import io.github.snatsim.plan.LoadPlan;
import io.github.snatsim.plan.PoolSize;
import io.github.snatsim.plan.PortCapacity;
import io.github.snatsim.plan.ScenarioPlan;
import io.github.snatsim.sim.Estimate;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** A plan for machines: one JSON object on one line. Stateless. */
public final class PlanJson {
    private static final int ROWS_MAX = 100;

    private PlanJson() {}

    /**
     * Returns the plan as a JSON object. Times are seconds; {@code null} stands for what is unlimited, or never. Of many
     * destinations the first hundred are listed.
     *
     * @param report the plan
     * @return one line without a line end
     */
    public static String line(PlanReport report) {
        return MetricsJson.object(json -> {
            ScenarioPlan plan = report.plan();
            json.writeStringField("scenario", report.name());
            json.writeStringField("answer", report.answer());
            figure("targetShare", plan.load().targetShare(), json);
            confirmation(plan.confirmation(), json);
            json.writeArrayFieldStart("instances");
            for (InstancePlan instance : plan.instances()) {
                instance(instance, json);
            }
            json.writeEndArray();
            load(plan, json);
            json.writeArrayFieldStart("alertThresholds");
            for (AlertThreshold alert : plan.alertThresholds()) {
                json.writeStartObject();
                alert(alert, json);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void confirmation(Confirmation confirmation, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("confirmation");
        json.writeStringField("verdict", confirmation.verdict().name());
        json.writeStringField("sentence", confirmation.verdict().sentence());
        figure("refusedShare", confirmation.refusedShare(), json);
        figure("closedFormShare", confirmation.closedFormShare(), json);
        estimate(confirmation.simulatedShare(), json);
        json.writeBooleanField("insideInterval", confirmation.insideInterval());
        json.writeBooleanField("agrees", confirmation.agrees());
        json.writeNumberField("attempts", confirmation.attempts());
        json.writeNumberField("refused", confirmation.refused());
        json.writeNumberField("portsUsedMax", confirmation.portsUsedMax());
        json.writeArrayFieldStart("caveats");
        for (Caveat caveat : confirmation.caveats()) {
            json.writeStartObject();
            json.writeStringField("caveat", caveat.name());
            json.writeStringField("effect", caveat.effect().name());
            json.writeStringField("sentence", caveat.sentence());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void estimate(Estimate estimate, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("simulatedShare");
        figure("mean", estimate.mean(), json);
        figure("low", estimate.low(), json);
        figure("high", estimate.high(), json);
        json.writeNumberField("n", estimate.n());
        json.writeEndObject();
    }

    private static void instance(InstancePlan plan, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("instances", plan.instance().instances());
        json.writeNumberField("ports", plan.instance().ports());
        json.writeNumberField("portsRedeploying", plan.instance().portsRedeploying());
        json.writeBooleanField("translatesPorts", plan.instance().translatesPorts());
        number("portsNeeded", plan.portsNeeded(), json);
        number("udpPortsNeededOnePerFlow", plan.udpPortsNeededOnePerFlow(), json);
        json.writeNumberField("destinationCount", plan.destinations().size());
        json.writeArrayFieldStart("destinations");
        for (DestinationPlan destination :
                plan.destinations().stream().limit(ROWS_MAX).toList()) {
            destination(destination, json);
        }
        json.writeEndArray();
        if (plan.pools().isPresent()) {
            CommonPools pools = plan.pools().get();
            json.writeObjectFieldStart("pools");
            pools(pools.normal(), pools.redeploying(), pools.sizesThatGrowingBreaks(), json);
            json.writeEndObject();
        }
        if (plan.withoutPools().isPresent()) {
            json.writeStringField("withoutPools", plan.withoutPools().get().name());
        }
        if (plan.alert().isPresent()) {
            json.writeObjectFieldStart("alert");
            alert(plan.alert().get(), json);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void destination(DestinationPlan plan, JsonGenerator json) throws IOException {
        json.writeStartObject();
        demand(plan.demand(), json);
        number("portsNeeded", plan.normal().portsNeeded(), json);
        capacity("normal", plan.normal(), json);
        capacity("redeploying", plan.redeploying(), json);
        json.writeArrayFieldStart("exhaustionAfter");
        for (ExhaustionAfter after : plan.exhaustion()) {
            json.writeStartObject();
            json.writeStringField("change", after.change().name());
            json.writeNumberField("instances", after.instances());
            json.writeNumberField("ports", after.ports());
            seconds("earliestSeconds", after.earliestNanos(), json);
            seconds("latestSeconds", after.latestNanos(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        if (plan.pools().isPresent()) {
            json.writeObjectFieldStart("pools");
            pools(
                    plan.pools().get().normal(),
                    plan.pools().get().redeploying(),
                    plan.pools().get().sizesThatGrowingBreaks(),
                    json);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void demand(Demand demand, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("destinations");
        for (int i = 0; i < Math.min(ROWS_MAX, demand.destinations().size()); i++) {
            json.writeString(demand.destinations().get(i).toString());
        }
        json.writeEndArray();
        figure("perSecond", demand.perSecond(), json);
        figure("erlangs", demand.erlangs(), json);
        json.writeBooleanField("exact", demand.exactPart().isPresent());
        json.writeArrayFieldStart("parts");
        for (DemandPart part : demand.parts().stream().limit(ROWS_MAX).toList()) {
            json.writeStartObject();
            json.writeStringField("client", part.client());
            json.writeStringField("protocol", part.protocol().toString());
            figure("perSecond", part.arrivals().perSecond(), json);
            figure("lifetimeSecondsMean", part.lifetimeSecondsMean(), json);
            json.writeStringField("freed", part.freed().name());
            seconds("holdSeconds", part.holdNanos(), json);
            json.writeStringField("connections", part.connections().name());
            figure("erlangs", part.erlangs(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void capacity(String name, PortCapacity capacity, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("ports", capacity.ports());
        number("headroomPorts", capacity.headroomPorts(), json);
        figure("refusedShare", capacity.refusedShare(), json);
        figure("loadMultipleMax", capacity.loadMultipleMax(), json);
        figure("perSecondMax", capacity.perSecondMax(), json);
        figure("busySecondsMax", capacity.busySecondsMax(), json);
        figure("holdSecondsMax", capacity.holdSecondsMax().orElse(Double.NaN), json);
        seconds("firstRefusalSeconds", capacity.firstRefusalNanos(), json);
        json.writeEndObject();
    }

    private static void pools(
            ImmutableList<PoolRange> normal,
            ImmutableList<PoolRange> redeploying,
            Iterable<Integer> growingBreaks,
            JsonGenerator json)
            throws IOException {
        ranges("normal", normal, PoolSize::normal, json);
        ranges("redeploying", redeploying, PoolSize::redeploying, json);
        json.writeArrayFieldStart("sizesThatGrowingBreaks");
        for (int size : growingBreaks) {
            json.writeNumber(size);
        }
        json.writeEndArray();
    }

    private static void ranges(
            String name,
            ImmutableList<PoolRange> ranges,
            Function<PoolSize, PoolSize.Allotment> state,
            JsonGenerator json)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (PoolRange range : ranges) {
            json.writeStartObject();
            json.writeNumberField("smallest", range.smallest().instances());
            json.writeNumberField("largest", range.largest().instances());
            json.writeNumberField(
                    "portsPerInstance", state.apply(range.smallest()).portsPerInstance());
            json.writeNumberField(
                    "publicIpsOfSmallest", state.apply(range.smallest()).publicIps());
            json.writeNumberField(
                    "publicIpsOfLargest", state.apply(range.largest()).publicIps());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void load(ScenarioPlan plan, JsonGenerator json) throws IOException {
        LoadPlan load = plan.load();
        figure("loadMultipleMax", load.loadMultipleMax(), json);
        figure("loadMultipleMaxRedeploying", load.loadMultipleMaxRedeploying(), json);
        if (plan.simulatedMultipleThatBreaks().isPresent()) {
            json.writeNumberField(
                    "simulatedMultipleThatBreaks",
                    plan.simulatedMultipleThatBreaks().getAsLong());
        } else {
            json.writeNullField("simulatedMultipleThatBreaks");
        }
        json.writeArrayFieldStart("loadSteps");
        for (int i = 0; i < load.steps().size(); i++) {
            LoadPlan.LoadStep step = load.steps().get(i);
            json.writeStartObject();
            json.writeNumberField("multiple", step.multiple());
            figure("refusedShare", step.refusedShare(), json);
            figure("refusedShareWorst", step.refusedShareWorst(), json);
            figure("refusedShareRedeploying", step.refusedShareRedeploying(), json);
            number("headroomPortsMin", step.headroomPortsMin(), json);
            if (i < plan.simulated().size()) {
                estimate(plan.simulated().get(i).confirmation().simulatedShare(), json);
                json.writeBooleanField(
                        "agrees", plan.simulated().get(i).confirmation().agrees());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void alert(AlertThreshold alert, JsonGenerator json) throws IOException {
        json.writeNumberField("poolSizeMin", alert.poolSizeMin());
        json.writeNumberField("poolSizeMax", alert.poolSizeMax());
        json.writeNumberField("ports", alert.ports());
        figure("erlangs", alert.erlangs(), json);
        figure("portsUsedMean", alert.portsUsedMean(), json);
        figure("portUsePercent", alert.portUsePercent(), json);
    }

    private static void figure(String name, double value, JsonGenerator json) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, Numbers.exact(value));
        } else {
            json.writeNullField(name);
        }
    }

    private static void number(String name, OptionalInt value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsInt());
        } else {
            json.writeNullField(name);
        }
    }

    private static void seconds(String name, OptionalLong nanos, JsonGenerator json) throws IOException {
        if (nanos.isPresent()) {
            json.writeNumberField(name, Numbers.seconds(nanos.getAsLong()));
        } else {
            json.writeNullField(name);
        }
    }
}
