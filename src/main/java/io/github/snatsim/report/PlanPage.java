package io.github.snatsim.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.plan.AlertThreshold;
import io.github.snatsim.plan.CommonPools;
import io.github.snatsim.plan.Confirmation;
import io.github.snatsim.plan.DestinationPlan;
import io.github.snatsim.plan.ExhaustionAfter;
import io.github.snatsim.plan.FeasiblePools.PoolRange;
import io.github.snatsim.plan.InstancePlan;
import io.github.snatsim.plan.LoadPlan;
import io.github.snatsim.plan.PoolSize;
import io.github.snatsim.plan.PortCapacity;
import io.github.snatsim.plan.ScenarioPlan;
import io.github.snatsim.sim.Estimate;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A plan as a page. Stateless. */
final class PlanPage {
    private PlanPage() {}

    static String of(PlanReport report, PageOrigin origin) {
        ScenarioPlan plan = report.plan();
        HtmlPage page = new HtmlPage(
                "Plan for " + report.name(),
                SimulationPage.sentence(report.answer()),
                SimulationPage.sentence(plan.confirmation().verdict().sentence()) + ".");
        page.facts(facts -> {
            facts.add("Target", PlanReport.target(plan.load().targetShare()));
            plan.instances().forEach(instance -> facts.add("Instances", PlanReport.owned(instance.instance())));
            facts.add(
                    "Most ports for one destination, simulated",
                    Numbers.count(plan.confirmation().portsUsedMax()));
            facts.add(
                    "Refused, simulated",
                    Numbers.count(plan.confirmation().refused()) + " of "
                            + Numbers.count(plan.confirmation().attempts()) + " attempts");
        });
        page.section("Arithmetic and simulation", () -> confirmation(page, plan.confirmation()));
        plan.instances().forEach(instance -> instance(page, instance));
        page.section("As the load grows", () -> loadSteps(page, report));
        alerts(page, plan);
        return page.end(
                origin, "The scenario below gives the same bytes on every machine, with its seed and this command:");
    }

    private static void confirmation(HtmlPage page, Confirmation confirmation) {
        Estimate simulated = confirmation.simulatedShare();
        double low = Math.max(0, simulated.low());
        double high = Math.min(1, simulated.high());
        HtmlTable table = new HtmlTable("Share of attempts that are refused, with the 95 % interval over "
                        + Numbers.count(simulated.n()) + " runs")
                .text("By")
                .number("Refused")
                .number("From")
                .number("To")
                .row("closed form", Numbers.share(confirmation.closedFormShare()), "-", "-")
                .row("simulation", Numbers.share(simulated.mean()), Numbers.share(low), Numbers.share(high));
        new BarChart(
                        "Share of attempts that are refused",
                        "By closed form " + Numbers.share(confirmation.closedFormShare()) + ", simulated "
                                + Numbers.share(simulated.mean()) + ".",
                        ImmutableList.of(
                                share("closed form", confirmation.closedFormShare(), 0),
                                new BarChart.Bar(
                                        "simulation, mean and 95 % interval",
                                        simulated.mean(), Numbers.share(simulated.mean()), low, high, 1)),
                        Optional.empty())
                .write(page.markup(), table);
        confirmation.caveats().forEach(caveat -> page.paragraph(SimulationPage.sentence(caveat.sentence()) + "."));
    }

    private static BarChart.Bar share(String name, double share, int style) {
        return new BarChart.Bar(name, share, Numbers.share(share), share, share, style);
    }

    private static void instance(HtmlPage page, InstancePlan plan) {
        String of = Numbers.count(plan.instance().instances())
                + (plan.instance().translatesPorts() ? "" : " directly connected")
                + (plan.instance().instances() == 1 ? " instance with " : " instances with ")
                + Numbers.count(plan.instance().ports()) + " ports";
        if (!plan.destinations().isEmpty()) {
            page.section("Destinations of " + of, () -> destinations(page, plan));
        }
        plan.pools().ifPresent(pools -> page.section("Pool sizes for " + of, () -> pools(page, plan, pools)));
        plan.withoutPools()
                .ifPresent(
                        reason -> page.note("Pool sizes are not planned for " + of + ": " + reason.sentence() + "."));
    }

    private static void destinations(HtmlPage page, InstancePlan plan) {
        HtmlTable table = new HtmlTable(
                        "What each destination needs of the ports of one instance, the highest load first")
                .prose("Destination")
                .prose("Asked for by")
                .number("Ports needed")
                .number("Owned")
                .number("Owned while redeploying")
                .number("Refused")
                .number("Sustained")
                .number("Longest hold")
                .prose("From empty");
        ImmutableList.Builder<BarChart.Bar> bars = ImmutableList.builder();
        for (DestinationPlan destination : plan.destinations()) {
            PortCapacity normal = destination.normal();
            String name = name(destination);
            normal.portsNeeded().ifPresent(needed -> bars.add(BarChart.Bar.of(name, needed, 0)));
            table.row(
                    name,
                    PlanText.clients(destination.demand()),
                    needed(normal),
                    Numbers.count(normal.ports()),
                    Numbers.count(destination.redeploying().ports()),
                    Numbers.share(normal.refusedShare()),
                    PlanText.sustained(normal),
                    PlanText.hold(normal.holdSecondsMax()),
                    PlanText.fromEmpty(destination));
        }
        ImmutableList<BarChart.Bar> drawn = bars.build();
        if (drawn.isEmpty()) {
            page.table(table);
        } else {
            long most = plan.portsNeeded().orElse(0);
            boolean hasLimit = plan.instance().ports() <= 5 * Math.max(1, most);
            new BarChart(
                            "Ports that one instance needs for each destination",
                            "The instance owns " + Numbers.count(plan.instance().ports()) + " ports.",
                            drawn,
                            hasLimit ? Optional.of((long) plan.instance().ports()) : Optional.empty())
                    .write(page.markup(), table);
        }
        plan.udpPortsNeededOnePerFlow()
                .ifPresent(ports -> page.note(
                        "UDP flows that could not share ports would need " + Numbers.count(ports) + " (T7)."));
        changes(page, plan);
    }

    private static String needed(PortCapacity capacity) {
        return capacity.portsNeeded().isPresent()
                ? Numbers.count(capacity.portsNeeded().getAsInt())
                : "no number is enough";
    }

    private static String name(DestinationPlan plan) {
        return plan.demand().destinations().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static void changes(HtmlPage page, InstancePlan plan) {
        HtmlTable table = new HtmlTable("How long the ports last after a change")
                .prose("Destination")
                .text("Change")
                .prose("What comes of it");
        boolean any = false;
        for (DestinationPlan destination : plan.destinations()) {
            for (ExhaustionAfter after : destination.exhaustion()) {
                table.row(name(destination), PlanText.name(after), SimulationPage.sentence(PlanText.lasts(after)));
                any = true;
            }
        }
        if (any) {
            page.table(table);
        }
    }

    private static void pools(HtmlPage page, InstancePlan plan, CommonPools pools) {
        HtmlTable table = new HtmlTable("Sizes of a pool that carry the load of all instances together")
                .text("State")
                .number("Instances")
                .number("Ports each")
                .number("Ports in all")
                .number("Public IPs");
        ranges(table, "normal", pools.normal(), PoolSize::normal);
        ranges(table, "redeploying", pools.redeploying(), PoolSize::redeploying);
        page.table(table);
        int now = plan.instance().instances();
        page.paragraph("The present size, " + Numbers.count(now) + ", is "
                + (pools.contains(now) ? "enough" : "not enough") + "; while redeploying it is "
                + (pools.containsRedeploying(now) ? "enough." : "not enough."));
        if (!pools.sizesThatGrowingBreaks().isEmpty()) {
            page.paragraph("One instance more is not enough at "
                    + pools.sizesThatGrowingBreaks().stream()
                            .map(Numbers::count)
                            .collect(Collectors.joining(", "))
                    + ": the next tier has fewer ports (P9).");
        }
    }

    private static void ranges(
            HtmlTable table,
            String state,
            ImmutableList<PoolRange> ranges,
            Function<PoolSize, PoolSize.Allotment> allotment) {
        if (ranges.isEmpty()) {
            table.row(state, "none", "-", "-", "-");
        }
        for (PoolRange range : ranges) {
            PoolSize.Allotment smallest = allotment.apply(range.smallest());
            PoolSize.Allotment largest = allotment.apply(range.largest());
            table.row(
                    state,
                    PlanText.range(range.smallest().instances(), range.largest().instances()),
                    Numbers.count(smallest.portsPerInstance()),
                    PlanText.range(smallest.portsTotal(), largest.portsTotal()),
                    PlanText.range(smallest.publicIps(), largest.publicIps()));
        }
    }

    private static void loadSteps(HtmlPage page, PlanReport report) {
        LoadPlan load = report.plan().load();
        HtmlTable table = new HtmlTable("By the closed form, and as simulated with a 95 % interval")
                .number("Load")
                .number("Refused")
                .number("Worst destination")
                .number("While redeploying")
                .number("Ports to spare")
                .text("Simulated");
        for (int i = 0; i < load.steps().size(); i++) {
            LoadPlan.LoadStep step = load.steps().get(i);
            table.row(
                    Numbers.count(step.multiple()) + "x",
                    Numbers.share(step.refusedShare()),
                    Numbers.share(step.refusedShareWorst()),
                    Numbers.share(step.refusedShareRedeploying()),
                    step.headroomPortsMin().isPresent()
                            ? Numbers.count(step.headroomPortsMin().getAsInt())
                            : "no number fits",
                    report.simulated(i));
        }
        new BarChart(
                        "Share of attempts refused, by load",
                        "One bar for each multiple of the present load.",
                        load.steps().stream()
                                .map(step -> share(Numbers.count(step.multiple()) + "x", step.refusedShare(), 3))
                                .collect(toImmutableList()),
                        Optional.empty())
                .write(page.markup(), table);
        page.paragraph(SimulationPage.sentence(report.breakingByTheory()) + ".");
        page.paragraph(SimulationPage.sentence(report.breakingInRuns()) + ".");
    }

    private static void alerts(HtmlPage page, ScenarioPlan plan) {
        if (plan.alertThresholds().isEmpty()) {
            return;
        }
        page.section("Alerts", () -> {
            HtmlTable table = new HtmlTable("Mean port use at which "
                            + Numbers.share(plan.load().targetShare()) + " of Poisson arrivals are refused")
                    .text("Pool")
                    .number("Ports each")
                    .number("In use")
                    .number("Of them");
            plan.instances().forEach(instance -> instance.alert().ifPresent(alert -> alert(table, "now", alert)));
            plan.alertThresholds()
                    .forEach(alert -> alert(table, PlanText.range(alert.poolSizeMin(), alert.poolSizeMax()), alert));
            page.table(table);
        });
    }

    private static void alert(HtmlTable table, String name, AlertThreshold alert) {
        table.row(
                name,
                Numbers.count(alert.ports()),
                Numbers.grouped(alert.portsUsedMean(), 1),
                Numbers.decimal(alert.portUsePercent(), 1) + " %");
    }
}
