package io.github.snatsim.report;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.plan.AlertThreshold;
import io.github.snatsim.plan.CommonPools;
import io.github.snatsim.plan.Demand;
import io.github.snatsim.plan.DemandPart;
import io.github.snatsim.plan.DestinationPlan;
import io.github.snatsim.plan.ExhaustionAfter;
import io.github.snatsim.plan.FeasiblePools.PoolRange;
import io.github.snatsim.plan.InstancePlan;
import io.github.snatsim.plan.PoolSize;
import io.github.snatsim.plan.PortCapacity;
import io.github.snatsim.plan.ScenarioPlan;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The sections of a plan, for people. */
final class PlanText {
    private static final int ROWS_MAX = 10;

    /** Below this a rate shows three significant digits. */
    private static final double SLOW_PER_SECOND = 0.1;

    private final StringBuilder text;
    private final double targetShare;

    PlanText(StringBuilder text, double targetShare) {
        this.text = text;
        this.targetShare = targetShare;
    }

    /** The names of those who ask, each once. */
    static String clients(Demand demand) {
        return demand.parts().stream()
                .map(part -> Numbers.printable(part.client()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    void instance(InstancePlan plan) {
        line("");
        line("Destinations of each " + (plan.instance().translatesPorts() ? "" : "directly connected ")
                + "instance with " + Numbers.count(plan.instance().ports()) + " ports, the highest load first");
        plan.destinations().stream().limit(ROWS_MAX).forEach(this::destination);
        if (plan.destinations().size() > ROWS_MAX) {
            line("  ... and " + Numbers.count(plan.destinations().size() - ROWS_MAX) + " more");
        }
        if (plan.udpPortsNeededOnePerFlow().isPresent()) {
            line("  UDP flows that could not share ports would need "
                    + Numbers.count(plan.udpPortsNeededOnePerFlow().getAsInt()) + " (T7)");
        }
        plan.pools().ifPresent(pools -> pools(plan, pools));
        plan.withoutPools().ifPresent(reason -> line("").line("Pool sizes: not planned, " + reason.sentence()));
    }

    private void destination(DestinationPlan plan) {
        Demand demand = plan.demand();
        line("  " + demand.destinations().stream().map(Object::toString).collect(Collectors.joining(", ")));
        demand.parts().stream().limit(ROWS_MAX).forEach(part -> row("asked", asked(part)));
        if (demand.parts().size() > 1) {
            row("together", Numbers.grouped(demand.erlangs(), 1) + " erlangs");
        }
        row(
                "needed",
                needed(plan.normal())
                        + (plan.normal().equals(plan.redeploying())
                                ? ", while redeploying too"
                                : "; while redeploying " + owned(plan.redeploying())));
        both("refused", plan, capacity -> Numbers.share(capacity.refusedShare()));
        both("sustained", plan, PlanText::sustained);
        both("longest hold", plan, capacity -> hold(capacity.holdSecondsMax()));
        if (demand.exactPart().isPresent()) {
            row("from empty", fromEmpty(plan));
        }
        plan.exhaustion().forEach(after -> row(name(after), lasts(after)));
    }

    /** What happens if arrivals begin with all ports free, where that is known exactly. */
    static String fromEmpty(DestinationPlan plan) {
        if (plan.demand().exactPart().isEmpty()) {
            return "-";
        }
        return plan.normal().firstRefusalNanos().isPresent()
                ? "first refused after "
                        + Numbers.duration(plan.normal().firstRefusalNanos().getAsLong())
                : "never refused";
    }

    private static String asked(DemandPart part) {
        String lifetime = part.lifetimeSecondsMean() == Double.POSITIVE_INFINITY
                ? "lifetimes without a mean"
                : Numbers.decimal(part.lifetimeSecondsMean(), 3) + " s";
        String hold = part.holdNanos().isEmpty()
                ? "a hold without end"
                : Numbers.decimal(part.holdNanos().getAsLong() / 1e9, 1) + " s after "
                        + switch (part.freed()) {
                            case FIN -> "FINs";
                            case RST -> "an RST";
                            case IDLE, NEVER -> "the last packet";
                        };
        String use = switch (part.connections()) {
            case PER_REQUEST -> "";
            case REUSED -> ", connections used again";
            case POOLED -> ", a pool of connections";
        };
        return Numbers.printable(part.client()) + ": "
                + rate(part.arrivals().perSecond()) + ", "
                + lifetime + " open and " + hold + use + ": "
                + (Double.isInfinite(part.erlangs()) ? "no finite number of" : Numbers.grouped(part.erlangs(), 1))
                + " erlangs";
    }

    private static String needed(PortCapacity capacity) {
        return capacity.portsNeeded().isPresent()
                ? Numbers.count(capacity.portsNeeded().getAsInt()) + " ports, " + owned(capacity)
                : "no number of ports is enough, " + owned(capacity);
    }

    private static String owned(PortCapacity capacity) {
        OptionalInt headroom = capacity.headroomPorts();
        String owned = Numbers.count(capacity.ports()) + " owned";
        if (headroom.isEmpty()) {
            return owned;
        }
        return owned + ", " + Numbers.count(Math.abs(headroom.getAsInt()))
                + (headroom.getAsInt() < 0 ? " too few" : " to spare");
    }

    private void both(String name, DestinationPlan plan, Function<PortCapacity, String> figure) {
        String normal = figure.apply(plan.normal());
        row(
                name,
                plan.normal().equals(plan.redeploying())
                        ? normal
                        : normal + "; while redeploying " + figure.apply(plan.redeploying()));
    }

    private static String rate(double perSecond) {
        return (perSecond < SLOW_PER_SECOND ? Numbers.significant(perSecond) : Numbers.grouped(perSecond, 3)) + "/s";
    }

    static String sustained(PortCapacity capacity) {
        return capacity.perSecondMax() == Double.POSITIVE_INFINITY
                ? "any rate"
                : rate(capacity.perSecondMax()) + ", " + Numbers.significant(capacity.loadMultipleMax())
                        + " times the load";
    }

    static String hold(OptionalDouble seconds) {
        return seconds.isEmpty()
                ? "none, lifetimes alone are too long"
                : seconds.getAsDouble() == Double.POSITIVE_INFINITY
                        ? "any"
                        : Numbers.grouped(seconds.getAsDouble(), 1) + " s";
    }

    static String name(ExhaustionAfter after) {
        return switch (after.change()) {
            case LOAD_DOUBLES -> "at 2x load";
            case NEXT_TIER -> "at " + Numbers.count(after.instances()) + " inst.";
            case REDEPLOYMENT -> "redeploying";
        };
    }

    static String lasts(ExhaustionAfter after) {
        String ports = "with " + Numbers.count(after.ports()) + " ports ";
        if (after.latestNanos().isEmpty()) {
            return ports + "never refused";
        }
        long earliestNanos = after.earliestNanos().orElse(0);
        long latestNanos = after.latestNanos().getAsLong();
        String earliest = earliestNanos == 0 ? "at once" : "after " + Numbers.duration(earliestNanos);
        return ports
                + (earliestNanos == latestNanos
                        ? "first refused " + earliest
                        : "first refused between " + earliest + " and " + Numbers.duration(latestNanos)
                                + ", whichever ports are reclaimed");
    }

    private void pools(InstancePlan plan, CommonPools pools) {
        line("").line("Pool sizes that carry the load of all instances together");
        line(String.format(
                Locale.ROOT,
                "  %-14s %-12s %12s %22s %12s",
                "",
                "Instances",
                "Ports each",
                "Ports in all",
                "Public IPs"));
        ranges("normal", pools.normal(), PoolSize::normal);
        ranges("redeploying", pools.redeploying(), PoolSize::redeploying);
        int now = plan.instance().instances();
        line("  now " + Numbers.count(now) + ": "
                + (pools.contains(now) ? "enough" : "not enough") + ", while redeploying "
                + (pools.containsRedeploying(now) ? "enough" : "not enough"));
        if (!pools.sizesThatGrowingBreaks().isEmpty()) {
            line("  one instance more is not enough at "
                    + pools.sizesThatGrowingBreaks().stream()
                            .map(Numbers::count)
                            .collect(Collectors.joining(", "))
                    + ": the next tier has fewer ports (P9)");
        }
    }

    private void ranges(String name, ImmutableList<PoolRange> ranges, Function<PoolSize, PoolSize.Allotment> state) {
        if (ranges.isEmpty()) {
            line("  " + String.format(Locale.ROOT, "%-14s ", name) + "none");
        }
        String label = name;
        for (PoolRange range : ranges) {
            PoolSize.Allotment smallest = state.apply(range.smallest());
            PoolSize.Allotment largest = state.apply(range.largest());
            line(String.format(
                    Locale.ROOT,
                    "  %-14s %-12s %12s %22s %12s",
                    label,
                    range(range.smallest().instances(), range.largest().instances()),
                    Numbers.count(smallest.portsPerInstance()),
                    range(smallest.portsTotal(), largest.portsTotal()),
                    range(smallest.publicIps(), largest.publicIps())));
            label = "";
        }
    }

    static String range(long from, long to) {
        return from == to ? Numbers.count(from) : Numbers.count(from) + "-" + Numbers.count(to);
    }

    void alerts(ScenarioPlan plan) {
        if (plan.alertThresholds().isEmpty()) {
            return;
        }
        line("").line("Alerts: mean port use at which " + Numbers.smallShare(targetShare)
                + " of Poisson arrivals are refused");
        line(String.format(Locale.ROOT, "  %-14s %12s %14s %12s", "Pool", "Ports each", "In use", "Of them"));
        plan.instances().forEach(instance -> instance.alert().ifPresent(alert -> alert("now", alert)));
        plan.alertThresholds().forEach(alert -> alert(range(alert.poolSizeMin(), alert.poolSizeMax()), alert));
    }

    private void alert(String name, AlertThreshold alert) {
        line(String.format(
                Locale.ROOT,
                "  %-14s %12s %14s %12s",
                name,
                Numbers.count(alert.ports()),
                Numbers.grouped(alert.portsUsedMean(), 1),
                Numbers.decimal(alert.portUsePercent(), 1) + " %"));
    }

    private PlanText line(String line) {
        text.append(line).append('\n');
        return this;
    }

    private void row(String name, String value) {
        line(String.format(Locale.ROOT, "    %-14s%s", name, value));
    }
}
