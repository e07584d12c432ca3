package io.github.snatsim.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import io.github.snatsim.metrics.MetricsResult;
import io.github.snatsim.metrics.PortUse;
import io.github.snatsim.report.TimeChart.Limit;
import io.github.snatsim.report.TimeChart.Mark;
import io.github.snatsim.sim.ClientResult;
import io.github.snatsim.sim.Estimate;
import io.github.snatsim.sim.ProbeResult;
import io.github.snatsim.sim.Replications;
import io.github.snatsim.sim.ScaleEvent;
import io.github.snatsim.sim.SimulationResult;
import java.util.Locale;
import java.util.stream.IntStream;

/** A simulation as a page. Stateless. */
final class SimulationPage {
    private static final int MARKS_MAX = 50;

    private SimulationPage() {}

    static String of(SimulationReport report, PageOrigin origin) {
        SimulationResult run = report.runs().runs().get(0);
        MetricsResult metrics = run.metrics();
        MetricsText words = new MetricsText(report.portsPerInstance(), Numbers::duration);
        boolean isBalancer = run.nlb().isPresent();
        HtmlPage page = new HtmlPage(
                "Simulation of " + report.name(),
                sentence(isBalancer ? words.placesHeadline(metrics) : words.headline(metrics)),
                lead(run));
        facts(page, report, run);
        TimeAxis axis = new TimeAxis(run.endNanos() - run.countedNanos(), run.endNanos(), false);
        ImmutableList<Mark> marks = marks(run);
        MetricsPage sections = new MetricsPage(page, metrics, axis, report.portsPerInstance());
        run.nlb().ifPresent(nlb -> NlbPage.balancer(page, nlb, run.endNanos(), report.portsPerInstance()));
        if (!isBalancer) {
            sections.ports(limits(run), marks).refusals(marks).episodes();
        }
        scaleEvents(page, run.scaleEvents());
        run.http().ifPresent(http -> ApiManagementPage.calls(page, http, axis));
        clients(page, run.clients());
        if (!isBalancer) {
            sections.busiest().instances();
        }
        run.http().ifPresent(http -> ApiManagementPage.units(page, http));
        probes(page, run.probes());
        replications(page, report.runs());
        return page.end(
                origin,
                "The scenario below with seed " + run.seed()
                        + " gives the same bytes on every machine, with this command:");
    }

    /** A headline of the text report as a sentence begins. */
    static String sentence(String headline) {
        return headline.substring(0, 1).toUpperCase(Locale.ROOT) + headline.substring(1);
    }

    private static String lead(SimulationResult run) {
        MetricsResult metrics = run.metrics();
        String first = metrics.firstRefusalNanos().isPresent()
                ? "The first refusal came at "
                        + Numbers.duration(metrics.firstRefusalNanos().getAsLong()) + "."
                : "";
        if (run.nlb().isPresent() || metrics.refused() == 0) {
            return first;
        }
        return first + " For " + Numbers.duration(metrics.exhaustedNanos())
                + " of " + Numbers.duration(run.countedNanos())
                + " some instance had no free port for some destination.";
    }

    private static void facts(HtmlPage page, SimulationReport report, SimulationResult run) {
        MetricsResult metrics = run.metrics();
        page.facts(facts -> {
            boolean isBalancer = run.nlb().isPresent();
            facts.add(
                    run.http().isPresent()
                            ? "Units, at the beginning"
                            : isBalancer ? "Hosts of clients, at the beginning" : "Instances, at the beginning",
                    Numbers.count(report.instances()));
            facts.add(
                    isBalancer
                            ? "Places of the flow table"
                            : run.portsShared() ? "SNAT ports shared, by protocol" : "SNAT ports each, by protocol",
                    Numbers.count(report.portsPerInstance()));
            facts.add("Attempts", Numbers.count(metrics.attempts()));
            facts.add("Opened", Numbers.count(metrics.opened()));
            facts.add(
                    "Refused",
                    Numbers.count(metrics.refused()) + " (" + Numbers.percent(metrics.refused(), metrics.attempts())
                            + ")");
            facts.add("Requests given up", Numbers.count(run.gaveUp()));
            if (!isBalancer) {
                facts.add("Opens sustained", Numbers.decimal(run.sustainedOpensPerSecond(), 2) + " per second");
                facts.add("Late packets, dropped", Numbers.count(metrics.latePackets()));
            }
            if (metrics.untranslated() > 0) {
                facts.add("Packets without SNAT", Numbers.count(metrics.untranslated()));
            }
            facts.add("Simulated", Numbers.duration(run.endNanos()));
            if (run.countedNanos() < run.endNanos()) {
                facts.add("Counted", "the last " + Numbers.duration(run.countedNanos()));
            }
            facts.add("Seed", Long.toString(run.seed()));
        });
    }

    private static ImmutableList<Mark> marks(SimulationResult run) {
        return IntStream.range(0, Math.min(MARKS_MAX, run.scaleEvents().size()))
                .mapToObj(i -> new Mark(run.scaleEvents().get(i).timeNanos(), i + 1))
                .collect(toImmutableList());
    }

    /** How many ports the busiest instance owned, as scale events tell it; empty without one. */
    private static ImmutableList<Limit> limits(SimulationResult run) {
        if (run.metrics().portUse().isEmpty()) {
            return ImmutableList.of();
        }
        PortUse busiest = run.metrics().portUse().get(0);
        ImmutableList<ScaleEvent> resizes = run.scaleEvents().stream()
                .filter(event -> event.frontend().equals(busiest.frontend()))
                .filter(event -> event.portsBefore() > 0 && event.portsAfter() > 0)
                .collect(toImmutableList());
        if (resizes.isEmpty()) {
            return ImmutableList.of();
        }
        ImmutableList.Builder<Limit> limits = ImmutableList.builder();
        limits.add(new Limit(0, resizes.get(0).portsBefore()));
        resizes.forEach(event -> limits.add(new Limit(event.timeNanos(), event.portsAfter())));
        return limits.build();
    }

    private static void scaleEvents(HtmlPage page, ImmutableList<ScaleEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        page.section("Scale events", () -> {
            boolean isMethodChanged = events.stream().anyMatch(event -> event.flowsMethodChanged() > 0);
            HtmlTable table = new HtmlTable(
                            "What each change cost. Flows cut: as simulated, and the range whichever ports are "
                                    + "reclaimed. Refused: everywhere, in the minutes that followed")
                    .number("No.")
                    .text("At")
                    .prose("What happened")
                    .text("Instances")
                    .text("Ports each")
                    .text("Flows cut")
                    .number("Gone with instances");
            if (isMethodChanged) {
                table.number("Ended with their method");
            }
            table.number("Refused afterwards");
            for (int i = 0; i < events.size(); i++) {
                ScaleEvent event = events.get(i);
                boolean hasPorts = event.portsBefore() + event.portsAfter() > 0;
                table.row(
                        Integer.toString(i + 1),
                        Numbers.duration(event.timeNanos()),
                        event.cause()
                                + event.frontend()
                                        .map(publicIp -> ", " + publicIp)
                                        .orElse(""),
                        hasPorts ? change(event.instancesBefore(), event.instancesAfter()) : "-",
                        hasPorts ? change(event.portsBefore(), event.portsAfter()) : "-",
                        Numbers.count(event.flowsCut()) + " (" + Numbers.count(event.flowsCutMin()) + " to "
                                + Numbers.count(event.flowsCutMax()) + ")",
                        Numbers.count(event.flowsRemoved()));
                if (isMethodChanged) {
                    table.cell(Numbers.count(event.flowsMethodChanged()));
                }
                table.cell(Numbers.count(event.refusedAfter()) + " in "
                        + event.refusedByMinute().size() + " min");
            }
            page.table(table);
        });
    }

    private static String change(int before, int after) {
        return Numbers.count(before) + " to " + Numbers.count(after);
    }

    private static void clients(HtmlPage page, ImmutableList<ClientResult> clients) {
        if (clients.isEmpty()) {
            return;
        }
        boolean isPortless = clients.stream().anyMatch(client -> client.sourcePortsOut() > 0);
        page.section("Clients", () -> {
            HtmlTable table = new HtmlTable("What each client saw on all its instances, warm-up included")
                    .name("Client")
                    .number("Requests")
                    .number("Completed")
                    .number("Gave up")
                    .number("In progress")
                    .number("Connections per request")
                    .number("Retries")
                    .number("Failures")
                    .number("Waited p50")
                    .number("p99")
                    .number("at most");
            if (isPortless) {
                table.number("No source port on the host");
            }
            for (ClientResult client : clients) {
                table.row(
                        client.client(),
                        Numbers.count(client.requests()),
                        Numbers.count(client.completed()),
                        Numbers.count(client.gaveUp()),
                        Numbers.count(client.inProgress()),
                        Numbers.decimal(client.connectionsPerRequest(), 3),
                        Numbers.count(client.retries()),
                        Numbers.count(client.failures()),
                        Numbers.duration(client.waits().p50Nanos()),
                        Numbers.duration(client.waits().p99Nanos()),
                        Numbers.duration(client.waits().maxNanos()));
                if (isPortless) {
                    table.cell(Numbers.count(client.sourcePortsOut()));
                }
            }
            page.table(table);
        });
    }

    private static void probes(HtmlPage page, ImmutableList<ProbeResult> probes) {
        if (probes.isEmpty()) {
            return;
        }
        page.section("Packets sent by the scenario", () -> {
            HtmlTable table = new HtmlTable("What became of each")
                    .text("At")
                    .text("Protocol")
                    .name("From")
                    .text("To")
                    .prose("What became of it");
            for (ProbeResult probe : probes) {
                table.row(
                        Numbers.duration(probe.timeNanos()),
                        probe.protocol().toString(),
                        probe.instance(),
                        probe.destination().toString(),
                        probe.sentence());
            }
            page.table(table);
        });
    }

    private static void replications(HtmlPage page, Replications runs) {
        int n = runs.runs().size();
        if (n == 1) {
            return;
        }
        page.section("Replications", () -> {
            HtmlTable table = new HtmlTable(
                            "Mean and 95 % interval (Student's t over whole runs) of " + Numbers.count(n)
                                    + " runs with seeds " + runs.runs().get(0).seed() + " to "
                                    + runs.runs().get(n - 1).seed())
                    .text("Figure")
                    .number("Mean")
                    .number("From")
                    .number("To");
            estimate(table, "Attempts", runs.estimate(run -> run.metrics().attempts()));
            estimate(table, "Refused", runs.estimate(run -> run.metrics().refused()));
            estimate(table, "Refused share", runs.estimate(SimulationResult::refusedShare));
            estimate(table, "Requests given up", runs.estimate(SimulationResult::gaveUp));
            estimate(table, "Most ports in use", runs.estimate(SimulationResult::peakPortsUsed));
            page.table(table);
            page.note("All else on this page is of the first run.");
        });
    }

    private static void estimate(HtmlTable table, String name, Estimate estimate) {
        table.row(
                name,
                Numbers.decimal(estimate.mean(), 4),
                Numbers.decimal(estimate.low(), 4),
                Numbers.decimal(estimate.high(), 4));
    }
}
